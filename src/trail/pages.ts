/** The trail of a centre, and who of the committee looked at it. */
import { type Request, type Response, Router } from 'express';
import { ltr } from '../paper/bidi.ts';
import type { Language } from '../values/language.ts';
import { answer } from '../web/formats.ts';
import {
  type Column,
  everyRow,
  type Listing,
  listForms,
  pageAsked,
  ROWS_PER_PAGE,
} from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { knownWord } from '../words.ts';
import { actsOf, countActs } from './acts-of-centre.ts';
import { countLooks, looksAt, SECTIONS } from './looks.ts';

export const trailPages = Router({ mergeParams: true });

trailPages.get('/trail', allow('trail.read'), (req, res) =>
  sendList(req, res, trail(req, res), codes(res)),
);
trailPages.get('/looks', allow('looks.read'), (req, res) => sendList(req, res, looks(req, res)));

/** A plain list page: its columns and rows are those of its files, but for the files' codes. */
async function sendList(
  req: Request,
  res: Response,
  listing: Listing,
  codes: Column[] = [],
): Promise<void> {
  const { t } = res.locals;
  const files = { ...listing, columns: [...listing.columns, ...codes] };
  const words = listing.name.split('-', 1)[0] ?? '';
  await answer(res, {
    html: () => {
      const { rows, total } = listing.page();
      const of = Math.max(1, Math.ceil(total / ROWS_PER_PAGE));
      const lead = t(`trail:${words}.lead`);
      const empty = { title: t(`trail:${words}.empty`), text: t(`trail:${words}.empty-text`) };
      const { title, columns } = listing;
      const at = pageAsked(req);
      sendPage(req, res, 'trail/list', { title, lead, empty, columns, rows, total, at, of });
    },
    ...listForms(req, res, files),
    pdf: listForms(req, res, listing).pdf,
  });
}

function trail(req: Request, res: Response): Listing {
  const { province, centre, t, language } = res.locals;
  const total = countActs(province.db, centre.id);
  const rowsFrom = (limit: number, from: number, db = province.db) =>
    actsOf(db, centre.id, limit, from).map((act) => ({
      id: act.id,
      at: act.at,
      who: act.name ?? t('trail:acts.system'),
      capacity: capacityOf(act.capacity, t),
      kind: act.kind,
      subject: act.subject,
      deed: deedOf(act.kind, language),
      about: aboutOf(act.subject, res),
      hash: act.hash.toString('hex'),
    }));
  const column = (key: string) => ({
    key: key === 'number' ? 'id' : key,
    title: t(`trail:acts.${key}`),
  });
  return {
    name: `acts-${centre.code}`,
    title: t('trail:acts.title'),
    columns: [
      { ...column('number'), kind: 'count', width: 1 },
      { ...column('at'), kind: 'moment', width: 3 },
      { ...column('who'), kind: 'text', width: 3 },
      { ...column('capacity'), kind: 'text', width: 2 },
      { key: 'deed', title: t('trail:acts.kind'), kind: 'text', width: 3 },
      { key: 'about', title: t('trail:acts.subject'), kind: 'text', width: 3 },
      { ...column('hash'), kind: 'code', width: 5 },
    ],
    page: () => ({ rows: rowsFrom(ROWS_PER_PAGE, (pageAsked(req) - 1) * ROWS_PER_PAGE), total }),
    all: (db) => everyRow((limit, from) => rowsFrom(limit, from, db)),
  };
}

function looks(req: Request, res: Response): Listing {
  const { province, centre, t } = res.locals;
  const total = countLooks(province.db, centre.id);
  const rowsFrom = (limit: number, from: number, db = province.db) =>
    looksAt(db, centre.id, limit, from).map((look) => ({
      on: look.lookedOn,
      at: look.firstAt,
      who: look.name,
      office: t(`common:roles.${look.office}`),
      section: t(`trail:sections.${SECTIONS.has(look.section) ? look.section : 'other'}`),
    }));
  const column = (key: string) => ({ key, title: t(`trail:looks.${key}`) });
  return {
    name: `looks-${centre.code}`,
    title: t('trail:looks.title'),
    columns: [
      { ...column('on'), kind: 'day', width: 2 },
      { ...column('at'), kind: 'moment', width: 3 },
      { ...column('who'), kind: 'text', width: 3 },
      { ...column('office'), kind: 'text', width: 3 },
      { ...column('section'), kind: 'text', width: 3 },
    ],
    page: () => ({ rows: rowsFrom(ROWS_PER_PAGE, (pageAsked(req) - 1) * ROWS_PER_PAGE), total }),
    all: (db) => everyRow((limit, from) => rowsFrom(limit, from, db)),
  };
}

/** What programs know a deed and its subject by. */
function codes({ locals: { t } }: Response): Column[] {
  return ['kind', 'subject'].map((key) => ({ key, title: t(`trail:acts.${key}`), kind: 'code' }));
}

/** `receipt.issued` in the reader's words; one without words is told as it is. */
function deedOf(kind: string, language: Language): string {
  return knownWord(language, `trail:kinds.${kind}`) ?? kind;
}

/** `receipts/12` in the reader's words. */
function aboutOf(subject: string, { locals: { language, show } }: Response): string {
  const [what = '', ...rest] = subject.split('/');
  const which =
    what === 'licences' ? rest.join('/') : rest[what === 'centres' ? 0 : rest.length - 1];
  const word = knownWord(language, `trail:subjects.${what}`) ?? what;
  return `${word} ${ltr(show.digits(which ?? ''))}`;
}

/** `decree:12` and `office:county-head` in the reader's words. */
function capacityOf(capacity: string, t: Express.Locals['t']): string {
  const [kind = 'system', which] = capacity.split(':');
  if (kind === 'office') return t('trail:capacities.office', { role: t(`common:roles.${which}`) });
  return t(`trail:capacities.${kind}`);
}
