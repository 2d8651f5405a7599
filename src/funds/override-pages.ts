/** What the chair let pass: on the centre's own list, and on the supervisor's. */
import { type Request, type Response, Router } from 'express';
import { entryNumber, entryOrNone } from '../books/entries.ts';
import { answer } from '../web/formats.ts';
import {
  type Column,
  everyRow,
  type Listing,
  listForms,
  mapped,
  pageAsked,
  ROWS_PER_PAGE,
} from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot } from '../web/written.ts';
import { knownWord } from '../words.ts';
import { findFund, fundNames } from './funds.ts';
import { countOverrides, type Override, overridesOf, type Whose } from './overrides.ts';

export const overridePages = Router({ mergeParams: true });
export const supervisedOverridePages = Router({ mergeParams: true });

overridePages.get('/funds/overrides', allow('overrides.read'), (req, res) =>
  sendList(req, res, { centreId: res.locals.centre.id }),
);

/** B-17: the head of a county office sees those of his county. */
supervisedOverridePages.get('/supervision/overrides', allow('reports.read'), (req, res) =>
  sendList(req, res, { countyId: res.locals.actor!.office?.countyId ?? null }),
);

async function sendList(req: Request, res: Response, whose: Whose): Promise<void> {
  const { province, centre, t } = res.locals;
  const total = countOverrides(province.db, whose);
  const at = pageAsked(req);
  const rows = overridesOf(province.db, whose, ROWS_PER_PAGE, (at - 1) * ROWS_PER_PAGE);
  const overrides = rows.map((one) => shown(res, one));
  const title = t(centre ? 'funds:overrides.title' : 'funds:overrides.of-all');
  await answer(res, {
    html: () =>
      sendPage(req, res, 'funds/overrides', {
        ...{ title, overrides, total, at, of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)) },
        ofAll: !centre,
      }),
    ...listForms(req, res, listingOf(res, { whose, title, overrides, total })),
  });
}

function shown(res: Response, one: Override) {
  const { province, language } = res.locals;
  const { centre, ...row } = one;
  const rule = findFund(province.db, one.fund, one.madeOn)?.rules.find(
    (known) => known.rule === one.rule,
  );
  return {
    ...{ ...row, centre: centre.name, county: centre.county, code: centre.code },
    fundName: fundNames(province.db, language).get(one.fund) ?? one.fund,
    ruleSaid: rule?.words[language] ?? one.rule,
    ...deedOf(res, one),
  };
}

/** The deed in words, and where it is looked at: an entry by its number, others below the centre. */
function deedOf(res: Response, { subject, centre }: Override) {
  const { province, language } = res.locals;
  const root = `${provinceRoot(res)}/centres/${centre.code}`;
  const [kind = '', id = ''] = subject.split('/');
  const said = knownWord(language, `trail:subjects.${kind}`) ?? kind;
  if (kind !== 'entries') return { deed: `${said} ${id}`, href: `${root}/${subject}` };
  const entry = entryOrNone(province.db, Number(id));
  const number = entry ? entryNumber(entry) : '';
  return { deed: `${said} ${number}`, href: `${root}/books/journal/${number}` };
}

type Listed = {
  whose: Whose;
  title: string;
  overrides: ReturnType<typeof shown>[];
  total: number;
};

function listingOf(res: Response, { whose, title, overrides, total }: Listed): Listing {
  const { t } = res.locals;
  const say = (key: string) => t(`funds:overrides.${key}`);
  const ofAll: Column[] = [
    { key: 'centre', title: say('centre'), kind: 'text', width: 3 },
    { key: 'county', title: say('county'), kind: 'text', width: 2 },
  ];
  return {
    ...{ name: 'overrides', title },
    columns: [
      { key: 'madeOn', title: say('madeOn'), kind: 'day', width: 2 },
      ...(whose.centreId == null ? ofAll : []),
      { key: 'fundName', title: say('fund'), kind: 'text', width: 3 },
      { key: 'ruleSaid', title: say('rule'), kind: 'text', width: 4 },
      { key: 'reason', title: say('reason'), kind: 'text', width: 4 },
      { key: 'document', title: say('document'), kind: 'text', width: 3 },
      { key: 'madeBy', title: say('madeBy'), kind: 'text', width: 2 },
      { key: 'deed', title: say('subject'), kind: 'text', width: 2 },
    ],
    page: () => ({ rows: overrides, total }),
    all: (db) =>
      mapped(
        everyRow((limit, from) => overridesOf(db, whose, limit, from)),
        (one) => shown(res, one),
      ),
  };
}
