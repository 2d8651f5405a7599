/** Persons and their clearances: who is proposed, and what security and selection decided. */
import { randomUUID } from 'node:crypto';
import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may, requirePower } from '../access/powers.ts';
import { refuseOtherCounty } from '../centres/centres.ts';
import { countiesOf, countyOrNone } from '../centres/counties.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { maskNationalId, readNationalId } from '../values/national-id.ts';
import { readName, readPaperNumber } from '../values/persian-text.ts';
import { readMobile } from '../values/phone.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendCreated } from '../web/written.ts';
import { type Clearance, clearancesOf, giveClearance } from './clearances.ts';
import { decreesOfPerson } from './decree-rows.ts';
import {
  findPerson,
  LEAST_LETTERS,
  type Person,
  type PersonRow,
  personsOf,
  registerPerson,
} from './persons.ts';

export const personListPages = Router({ mergeParams: true });

export const GENDERS = ['man', 'woman'] as const;

export const personFields = {
  name: typed((text) => readName(text)),
  nationalId: typed(readNationalId),
  gender: chosen(GENDERS),
  isCleric: ticked,
  mobile: typedOrNone(readMobile),
};

const personForm = z.object({ ...personFields, county: typed((text) => readName(text)) });

const clearanceForm = (today: string) =>
  z.object({
    state: chosen(['approved', 'refused']),
    number: typed(readPaperNumber),
    decidedOn: typed((text) => readDay(text, { today })),
  });

describeBody('POST /{province}/persons', personForm);
describeBody('POST /{province}/persons/{person}/clearances', clearanceForm(''));

personListPages.get('/persons', allow('persons.read'), async (req, res) => {
  const { t } = res.locals;
  const rows = asked(req, res);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const shown = rows.slice(offset, offset + ROWS_PER_PAGE);
  await answer(res, {
    html: () => sendList(req, res, shown, rows.length),
    ...listForms(req, res, {
      ...{ name: 'persons', title: t('board:persons.title'), columns: columnsOf(res) },
      page: () => ({ rows: shown.map(listed), total: rows.length }),
      all: () => rows.map((row) => (res.locals.format === 'csv' ? listed(row) : inWords(res, row))),
    }),
  });
});

personListPages.get('/persons/new', allow('persons.register'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res, {}) });
});

personListPages.post('/persons', allow('persons.register'), async (req, res) => {
  const { actor, province, t } = res.locals;
  try {
    const { county: typedCounty, ...person } = readBody(req, personForm);
    const county = countyOrNone(province.db, typedCounty);
    if (!county) {
      throw new Refusal('centres:refusals.no-such-county', { status: 422, field: 'county' });
    }
    refuseOtherCounty(actor!, county.id);
    const created = await enterOnce(req, res, (tx) => {
      const known = registerPerson(tx, actor!, { ...person, countyId: county.id });
      return { location: addressOf(res, known.id), body: told(known) };
    });
    sendCreated(req, res, created, t('board:persons.registered', { name: person.name }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

personListPages.get('/persons/:person', allow('persons.read'), async (req, res) => {
  const person = personNamed(req, res);
  await answer(res, {
    html: () => sendPerson(req, res, person),
    json: () => {
      const clearances = clearancesOf(res.locals.province.db, person.id);
      res.json({ ...told(person), clearances });
    },
  });
});

personListPages.post('/persons/:person/clearances', allowClearance, async (req, res) => {
  const { actor, province, t } = res.locals;
  const person = personNamed(req, res);
  try {
    const form = readBody(req, clearanceForm(actor!.today));
    const given = await enter(province, (tx) => giveClearance(tx, actor!, person, form));
    const location = addressOf(res, person.id);
    const sentence = t(`board:clearance.given-${given.state}`, { name: person.name });
    sendCreated(req, res, { location, body: given }, sentence);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendPerson(req, res, person, { ...refused, values: req.body as object }),
    );
  }
});

/** B-14: each of the two offices gives its own clearance, and nobody else gives any. */
function allowClearance(_req: Request, res: Response, next: NextFunction): void {
  const actor = res.locals.actor!;
  const kind = actor.office?.role === 'selection' ? 'selection' : 'security';
  requirePower(actor, `clearances.${kind}`);
  next();
}

function asked(req: Request, res: Response): PersonRow[] {
  const { province, actor } = res.locals;
  const word = (name: string) => wordAsked(req.query, name);
  const county = word('county');
  const countyId = county === undefined ? undefined : countyOrNone(province.db, county)?.id;
  return personsOf(province.db, actor!, {
    ...{ q: word('q'), clearance: word('clearance') },
    countyId: county === undefined ? undefined : (countyId ?? -1),
  });
}

function personNamed(req: Request, res: Response): Person {
  const { province, actor } = res.locals;
  const named = String(req.params.person);
  if (!/^\d{1,10}$/.test(named)) throw new NotFound();
  return findPerson(province.db, actor!, Number(named));
}

const addressOf = (res: Response, id: number) => `${provinceRoot(res)}/persons/${id}`;

function told({ countyId, countyName, ...person }: Person) {
  return { ...person, county: countyName };
}

/** A list may be seen by others over the shoulder; the whole ID stands on the person's own page. */
function listed(row: PersonRow) {
  const { id, name, nationalId, gender, countyName, security, selection, seats } = row;
  const masked = maskNationalId(nationalId);
  return { id, name, nationalId: masked, gender, county: countyName, security, selection, seats };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`board:persons.${key}`);
  return [
    { key: 'name', title: title('name'), kind: 'text', width: 3 },
    { key: 'nationalId', title: title('national-id'), kind: 'code', width: 2 },
    { key: 'county', title: title('county'), kind: 'text', width: 2 },
    { key: 'security', title: title('security'), kind: 'text', width: 2 },
    { key: 'selection', title: title('selection'), kind: 'text', width: 2 },
    { key: 'seats', title: title('seats'), kind: 'count', width: 1 },
  ];
}

function inWords({ locals: { t } }: Response, row: PersonRow) {
  const word = (state: Clearance['state'] | null) => t(`board:clearance.states.${state ?? 'none'}`);
  return { ...listed(row), security: word(row.security), selection: word(row.selection) };
}

function sendList(req: Request, res: Response, rows: PersonRow[], total: number): void {
  const { province, actor, t } = res.locals;
  const q = String(req.query.q ?? '').trim();
  sendPage(req, res, 'board/persons', {
    ...{ title: t('board:persons.title'), total, at: pageAsked(req), least: LEAST_LETTERS },
    rows: rows.map((row) => ({ ...listed(row), isCleric: row.isCleric })),
    of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
    counties: actor!.office?.countyId === null ? countiesOf(province.db, actor!) : [],
    mayRegister: may(actor!, 'persons.register'),
    tooShort: q !== '' && [...q].length < LEAST_LETTERS,
    isFiltered: ['q', 'county', 'clearance'].some((key) => req.query[key]),
  });
}

function sendForm(req: Request, res: Response, form: object): void {
  const { province, actor, t } = res.locals;
  sendPage(req, res, 'board/person-new', {
    ...{ title: t('board:persons.new'), key: randomUUID(), genders: GENDERS },
    ...{ counties: countiesOf(province.db, actor!), ...form },
  });
}

function sendPerson(req: Request, res: Response, person: Person, refused: object = {}): void {
  const { province, actor } = res.locals;
  const role = actor!.office?.role;
  const own = role === 'security' || role === 'selection' ? role : null;
  sendPage(req, res, 'board/person', {
    mayCorrect: may(actor!, 'persons.register', { countyId: person.countyId }),
    ...{ title: person.name, person, own, clearances: clearancesOf(province.db, person.id) },
    // Security and selection see persons and clearances, and nothing of the centres.
    decrees: own ? [] : decreesOfPerson(province.db, person.id, actor!.today),
    ...refused,
  });
}
