/** The assemblies of a centre: the list, forming one, its page with members and their leaving. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { institutionsOf } from '../institutions/institutions.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName } from '../values/persian-text.ts';
import { readMobile } from '../values/phone.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  type Assembly,
  assembliesOf,
  countAssemblies,
  endAssembly,
  findAssembly,
  formAssembly,
  joinAssembly,
  leaveAssembly,
  membersOf,
} from './assemblies.ts';
import { ASSEMBLY_KINDS, FIXED_KINDS, MEMBER_ROLES } from './kinds.ts';
import { meetingsOf } from './meetings.ts';

export const assemblyPages = Router({ mergeParams: true });

const assemblyForm = (today: string) =>
  z.object({
    kind: chosen(ASSEMBLY_KINDS),
    name: typed((text) => readName(text)),
    purpose: typedOrNone((text) => readName(text, { max: 300 })),
    formedOn: typed((text) => readDay(text, { today })),
  });

const memberForm = z.object({
  name: typed((text) => readName(text)),
  role: chosen(MEMBER_ROLES),
  institution: typedOrNone(readId),
  mobile: typedOrNone(readMobile),
});

const endForm = z.object({ reason: typed((text) => readName(text, { max: 300 })) });

const HERE = '/{province}/centres/{code}/assemblies';
describeBody(`POST ${HERE}`, assemblyForm(''));
describeBody(`POST ${HERE}/{assembly}/members`, memberForm);
describeBody(`POST ${HERE}/{assembly}/end`, endForm);
describeWishes(`POST ${HERE}/{assembly}/members/{member}/leave`);

function readId(text: string) {
  const fits = /^\d{1,10}$/.test(text);
  return fits ? { value: Number(text) } : { fault: 'common:refusals.unreadable' };
}

assemblyPages.get('/assemblies', allow('assemblies.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const total = countAssemblies(province.db, centre.id);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = assembliesOf(province.db, centre.id, ROWS_PER_PAGE, offset);
  await answer(res, {
    html: () => sendList(req, res, rows, total),
    ...listForms(req, res, {
      ...{ name: `assemblies-${centre.code}`, title: t('assemblies:title') },
      columns: columnsOf(res),
      page: () => ({ rows: rows.map(listed), total }),
      all: (db) =>
        everyRow((limit, from) =>
          assembliesOf(db, centre.id, limit, from).map((one) => inWords(res, one)),
        ),
    }),
  });
});

assemblyPages.get('/assemblies/new', allow('assemblies.edit'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res, {}) });
});

assemblyPages.post('/assemblies', allow('assemblies.edit'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const form = readBody(req, assemblyForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => {
      const formed = formAssembly(tx, actor!, centre, form);
      return { location: addressOf(res, formed.id), body: formed };
    });
    sendCreated(req, res, created, t('assemblies:flash.formed', { name: form.name }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

assemblyPages.get('/assemblies/:assembly', allow('assemblies.read'), async (req, res) => {
  const assembly = named(req, res);
  await answer(res, {
    html: () => sendAssembly(req, res, assembly),
    json: () => res.json({ ...assembly, members: membersSeen(res, assembly.id) }),
  });
});

assemblyPages.post('/assemblies/:assembly/members', allow('assemblies.edit'), (req, res) =>
  change(req, res, 'joined', (tx, assembly) => {
    const { institution, ...member } = readBody(req, memberForm);
    const typedIn = { ...member, institutionId: institution };
    return joinAssembly(tx, res.locals.actor!, res.locals.centre, {
      ...{ id: assembly.id, typed: typedIn },
    });
  }),
);

assemblyPages.post(
  '/assemblies/:assembly/members/:member/leave',
  allow('assemblies.edit'),
  (req, res) =>
    change(req, res, 'left', (tx, { id }) => {
      const memberId = Number(req.params.member);
      if (!Number.isInteger(memberId)) throw new NotFound();
      return leaveAssembly(tx, res.locals.actor!, res.locals.centre, { id, memberId });
    }),
);

assemblyPages.post('/assemblies/:assembly/end', allow('assemblies.edit'), (req, res) =>
  change(req, res, 'ended', (tx, { id }) => {
    const { reason } = readBody(req, endForm);
    return endAssembly(tx, res.locals.actor!, res.locals.centre, { id, reason });
  }),
);

type Verb = (tx: Parameters<typeof endAssembly>[0], assembly: Assembly) => Assembly;

/** A change of one assembly: its page is shown again with what was typed when it is refused. */
async function change(req: Request, res: Response, said: string, verb: Verb): Promise<void> {
  const { province, t } = res.locals;
  const assembly = named(req, res);
  try {
    const changed = await enter(province, (tx) => verb(tx, assembly));
    const done = { to: addressOf(res, assembly.id), body: changed };
    sendChanged(req, res, done, t(`assemblies:flash.${said}`, { name: assembly.name }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendAssembly(req, res, assembly, { ...refused, values: req.body as object, said }),
    );
  }
}

function named(req: Request, res: Response): Assembly {
  const id = Number(req.params.assembly);
  if (!Number.isInteger(id)) throw new NotFound();
  return findAssembly(res.locals.province.db, res.locals.centre.id, id);
}

const addressOf = (res: Response, id: number) => `${centreRoot(res)}/assemblies/${id}`;

/** B-105: telephones are for the chair and the officer of assemblies. */
function membersSeen(res: Response, id: number) {
  const { province, actor, centre } = res.locals;
  return membersOf(province.db, id, may(actor!, 'assemblies.contact', centre));
}

function listed({ id, kind, name, formedOn, members, meetings, lastMetOn, endedOn }: Assembly) {
  return { id, kind, name, formedOn, members, meetings, lastMetOn, endedOn };
}

/** For people: the kind as a word. CSV and JSON keep the codes that programs know. */
function inWords({ locals: { t, format } }: Response, one: Assembly) {
  const row = listed(one);
  return format === 'csv' ? row : { ...row, kind: t(`assemblies:kinds.${one.kind}`) };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`assemblies:columns.${key}`);
  return [
    { key: 'name', title: title('name'), kind: 'text', width: 4 },
    { key: 'kind', title: title('kind'), kind: 'text', width: 3 },
    { key: 'formedOn', title: title('formed-on'), kind: 'day', width: 2 },
    { key: 'members', title: title('members'), kind: 'count', width: 1 },
    { key: 'meetings', title: title('meetings'), kind: 'count', width: 1 },
    { key: 'lastMetOn', title: title('last-met-on'), kind: 'day', width: 2 },
    { key: 'endedOn', title: title('ended-on'), kind: 'day', width: 2 },
  ];
}

function sendList(req: Request, res: Response, rows: Assembly[], total: number): void {
  const { province, centre, actor, t } = res.locals;
  const standing = assembliesOf(province.db, centre.id).filter(({ endedOn }) => endedOn === null);
  sendPage(req, res, 'assemblies/list', {
    ...{ title: t('assemblies:title'), rows, total, at: pageAsked(req) },
    of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
    missing: FIXED_KINDS.filter((kind) => !standing.some((one) => one.kind === kind)),
    mayEdit: may(actor!, 'assemblies.edit', centre),
  });
}

function sendForm(req: Request, res: Response, form: object): void {
  const { t } = res.locals;
  const kind = ASSEMBLY_KINDS.find((one) => one === req.query.kind) ?? 'charity';
  sendPage(req, res, 'assemblies/new', {
    ...{ title: t('assemblies:new.title'), key: randomUUID(), kinds: ASSEMBLY_KINDS, kind },
    ...form,
  });
}

function sendAssembly(req: Request, res: Response, one: Assembly, refused: object = {}): void {
  const { province, centre, actor } = res.locals;
  const assembly = findAssembly(province.db, centre.id, one.id);
  sendPage(req, res, 'assemblies/show', {
    ...{ title: assembly.name, assembly, members: membersSeen(res, assembly.id) },
    meetings: meetingsOf(province.db, centre.id, { assembly: assembly.id }, { limit: 20 }),
    institutions: institutionsOf(province.db, centre.id, {}, { limit: 500 }),
    mayEdit: may(actor!, 'assemblies.edit', centre) && assembly.endedOn === null,
    ...{ roles: MEMBER_ROLES, ...refused },
  });
}
