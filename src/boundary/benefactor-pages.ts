/** Benefactors of other areas: the links, what came of them by place, and where donors are counted. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName, readPaperNumber, readParagraph, readReason } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  BENEFACTOR_KINDS,
  type Benefactor,
  benefactorsOf,
  countBenefactors,
  endBenefactor,
  findBenefactor,
  incomingHelp,
  linkBenefactor,
} from './benefactors.ts';
import { donorOutsideOrNone, donorsBySide, donorsOutside } from './donor-places.ts';
import { centreNamed } from './permit-form.ts';

export const benefactorPages = Router({ mergeParams: true });

const ADDRESS = '/{province}/centres/{code}/boundary/benefactors' as const;

const form = (today: string) =>
  z.object({
    kind: chosen(BENEFACTOR_KINDS),
    donor: z.union([z.string(), z.number()]).optional(),
    otherCentre: z.string().optional(),
    name: typedOrNone((text) => readName(text, { max: 120 })),
    place: typed((text) => readName(text, { max: 120 })),
    number: typed(readPaperNumber),
    coordinatedOn: typed((text) => readDay(text, { today })),
    note: typedOrNone((text) => readParagraph(text, { max: 500 })),
  });
const ending = z.object({ reason: typed(readReason) });

describeBody(`POST ${ADDRESS}`, form(''));
describeBody(`POST ${ADDRESS}/{id}/ending`, ending);

benefactorPages.get('/boundary/benefactors', allow('donations.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const total = countBenefactors(province.db, centre.id);
  const from = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const links = benefactorsOf(province.db, centre.id, ROWS_PER_PAGE, from);
  const report = {
    incoming: incomingHelp(province.db, centre.id),
    donors: donorsBySide(province.db, centre.id),
  };
  await answer(res, {
    html: () => sendList(req, res, { links, total, ...report }),
    ...listForms(req, res, {
      ...{ name: `benefactors-${centre.code}`, title: t('boundary:benefactors.title') },
      columns: columnsOf(res),
      page: () => ({ rows: links.map((link) => rowOf(res, link)), total }),
      all: (db) =>
        everyRow((limit, offset) =>
          benefactorsOf(db, centre.id, limit, offset).map((link) => rowOf(res, link)),
        ),
      json: () => ({ links: links.map((link) => told(res, link)), total, ...report }),
    }),
  });
});

benefactorPages.get('/boundary/benefactors/new', allow('benefactors.link'), (req, res) =>
  answer(res, {
    html: () => sendForm(req, res, { values: { donor: String(req.query.donor ?? '') } }),
  }),
);

benefactorPages.post('/boundary/benefactors', allow('benefactors.link'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const { donor, otherCentre, ...link } = readBody(req, form(actor!.today));
    const other =
      link.kind === 'centre' ? centreNamed(res, otherCentre ?? '', 'otherCentre') : null;
    const donorId = donor === undefined || donor === '' ? null : Number(donor);
    const created = await enterOnce(req, res, (tx) => {
      const asked = { ...link, donorId, otherCentre: other };
      const linked = linkBenefactor(tx, actor!, centre, asked);
      return { location: listOf(res), body: told(res, linked) };
    });
    sendCreated(req, res, created, t('boundary:benefactors.flash.linked'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

benefactorPages.post(
  '/boundary/benefactors/:id/ending',
  allow('benefactors.link'),
  async (req, res) => {
    const { province, actor, centre, t } = res.locals;
    const id = Number(req.params.id);
    if (!Number.isSafeInteger(id)) throw new NotFound();
    findBenefactor(province.db, centre.id, id);
    const { reason } = readBody(req, ending);
    const ended = await enter(province, (tx) => endBenefactor(tx, actor!, centre, id, { reason }));
    const to = { to: listOf(res), body: told(res, ended) };
    sendChanged(req, res, to, t('boundary:benefactors.flash.ended'));
  },
);

const listOf = (res: Response) => `${centreRoot(res)}/boundary/benefactors`;

/** B-104: a donor who asked not to be named has no name here either. */
function told({ locals: { t } }: Response, { donorId, mayBeNamed, ...link }: Benefactor) {
  const name = mayBeNamed ? link.name : t('boundary:benefactors.withheld');
  return { ...link, name, donor: donorId, state: link.endedOn ? 'ended' : 'linked' };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const column = (key: string, kind: Column['kind'], width: number): Column => ({
    ...{ key, kind, width, title: t(`boundary:benefactors.columns.${key}`) },
  });
  return [
    ...[column('name', 'text', 4), column('kind', 'text', 2), column('place', 'text', 3)],
    ...[column('number', 'code', 2), column('coordinatedOn', 'day', 2)],
    ...[column('gifts', 'count', 1), column('rial', 'rial', 3), column('state', 'text', 2)],
  ];
}

function rowOf(res: Response, link: Benefactor) {
  const { t, format } = res.locals;
  const { name, kind, place, number, coordinatedOn, gifts, rial, state } = told(res, link);
  const word = (key: string, plain: string) =>
    format === 'csv' ? plain : t(`boundary:benefactors.${key}.${plain}`);
  const said = { kind: word('kinds', kind), state: word('states', state) };
  return { name, place, number, coordinatedOn, gifts, rial, ...said };
}

type Listed = { links: Benefactor[]; total: number; incoming: object; donors: object };

function sendList(req: Request, res: Response, { links, total, ...report }: Listed): void {
  const { actor, centre, t } = res.locals;
  sendPage(req, res, 'boundary/benefactors', {
    title: t('boundary:benefactors.title'),
    ...{ total, at: pageAsked(req), of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)) },
    links: links.map((link) => told(res, link)),
    ...report,
    mayLink: may(actor!, 'benefactors.link', centre),
    seesDonors: may(actor!, 'donors.read', centre),
  });
}

type Outside = NonNullable<ReturnType<typeof donorOutsideOrNone>>;
type Choice = { value: number; text: string };

/** B-104: a donor who asked not to be named has no name here either. */
function choiceOf({ locals: { t } }: Response, donor: Outside): Choice {
  const { id, name, mayBeNamed } = donor;
  return { value: id, text: mayBeNamed === 1 ? name : t('boundary:benefactors.withheld') };
}

/** Whoever was chosen already stays to be chosen, on whichever page he is. */
function withChosen(req: Request, res: Response, outside: Choice[]): Choice[] {
  const { province, centre } = res.locals;
  const body = (req.body ?? {}) as { donor?: unknown };
  const id = Number(body.donor ?? req.query.donor ?? 0);
  if (!Number.isSafeInteger(id) || id <= 0) return outside;
  if (outside.some(({ value }) => value === id)) return outside;
  const donor = donorOutsideOrNone(province.db, centre.id, id);
  return donor ? [choiceOf(res, donor), ...outside] : outside;
}

function sendForm(req: Request, res: Response, refused: object = {}): void {
  const { province, centre, t } = res.locals;
  const q = wordAsked(req.query, 'q');
  const at = pageAsked(req);
  const part = { limit: ROWS_PER_PAGE, offset: (at - 1) * ROWS_PER_PAGE };
  const { rows, total } = donorsOutside(province.db, centre.id, { q, ...part });
  const outside = rows.map((donor) => choiceOf(res, donor));
  sendPage(req, res, 'boundary/benefactor-new', {
    title: t('boundary:benefactors.new.title'),
    ...{ key: randomUUID(), kinds: BENEFACTOR_KINDS, outside: withChosen(req, res, outside) },
    ...{ at, of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)), isFiltered: q !== undefined },
    ...{ faults: {}, refusal: null, ...refused },
  });
}
