/** The register of volunteers, in every format. */
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { partsOfCentre } from '../boundary/area-parts.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import {
  type Column,
  type Listing,
  listForms,
  mapped,
  pageAsked,
  ROWS_PER_PAGE,
} from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { VOLUNTEER_FIELDS, VOLUNTEER_STATES, WEEKDAYS } from './kinds.ts';
import {
  countListed,
  everyVolunteer,
  listedVolunteers,
  VOLUNTEER_ORDERS,
  type VolunteerSort,
} from './volunteer-list.ts';
import { skillsOf, type Volunteer } from './volunteer-rows.ts';
import { fieldWords, volunteerAddress, volunteerShownTo } from './volunteer-words.ts';
import { countVolunteers } from './volunteers.ts';

export const volunteerListPages = Router({ mergeParams: true });

volunteerListPages.get('/network/volunteers', allow('network.read'), async (req, res) => {
  await answer(res, {
    html: () => sendListPage(req, res),
    ...listForms(req, res, listingOf(req, res)),
  });
});

const FILTERS = ['q', 'field', 'gender', 'state', 'day', 'part'] as const;

function askedFor(req: Request): {
  filter: Record<string, string | undefined>;
  sort: VolunteerSort;
} {
  const filter = Object.fromEntries(FILTERS.map((name) => [name, wordAsked(req.query, name)]));
  const [, minus, typed] = /^(-?)(\w+)$/.exec(wordAsked(req.query, 'sort') ?? '') ?? [];
  const by = VOLUNTEER_ORDERS.find((known) => known === typed);
  return { filter, sort: { by: by ?? 'name', down: by !== undefined && minus === '-' } };
}

const readerOf = ({ locals: { actor, centre } }: Response) => ({ actor: actor!, centre });

/** The page asked for; beyond the last it is the last. */
function pageOf(req: Request, res: Response) {
  const { db } = res.locals.province;
  const { filter, sort } = askedFor(req);
  const total = countListed(db, readerOf(res), filter);
  const of = Math.max(1, Math.ceil(total / ROWS_PER_PAGE));
  const at = Math.min(pageAsked(req), of);
  const part = { limit: ROWS_PER_PAGE, offset: (at - 1) * ROWS_PER_PAGE };
  return { rows: listedVolunteers(db, readerOf(res), filter, sort, part), total, at, of };
}

function sendListPage(req: Request, res: Response): void {
  const { province, centre, actor, t } = res.locals;
  const { filter, sort } = askedFor(req);
  const { rows, total, at, of } = pageOf(req, res);
  sendPage(req, res, 'network/volunteers', {
    title: t('network:volunteers.title'),
    root: `${centreRoot(res)}/network`,
    rows: rows.map((row) => ({
      ...volunteerShownTo(res, row),
      href: volunteerAddress(res, row),
      fieldWords: fieldWords(res.locals, row),
    })),
    ...{ total, at, of, sort: `${sort.down ? '-' : ''}${sort.by}` },
    serving: countVolunteers(province.db, centre.id),
    isFiltered: Object.values(filter).some(Boolean),
    skills: skillsOf(province.db, centre.id).slice(0, 24),
    ...{ fields: VOLUNTEER_FIELDS, states: VOLUNTEER_STATES, days: WEEKDAYS },
    areaParts: partsOfCentre(province.db, centre.id),
    mayRegister: may(actor!, 'volunteers.register', centre),
    mayCards: may(actor!, 'volunteers.cards', centre),
  });
}

/** CSV and JSON keep the codes that programs know; papers and sheets say them in words. */
function listingOf(req: Request, res: Response): Listing {
  const { centre, t, format } = res.locals;
  const inWords = format !== 'csv' && format !== 'json';
  const cells = (row: Volunteer) => {
    const { number, name, gender, mobile, nationalId, skills, days, hours, state, ...rest } =
      volunteerShownTo(res, row);
    const word = (kind: string, one: string) => (inWords ? t(`network:${kind}.${one}`) : one);
    return {
      ...{ number, name, mobile, nationalId, hours, since: rest.sinceOn },
      ...{ areaPart: rest.partName, part: rest.part },
      gender: inWords ? t(`board:genders.${gender}`) : gender,
      fields: inWords
        ? fieldWords(res.locals, row).join(t('network:comma'))
        : rest.fields.join(' '),
      skills: skills.join(t('network:comma')),
      days: days.map((day) => word('days', day)).join(inWords ? t('network:comma') : ' '),
      weeklyHours: rest.weeklyHours,
      state: word('states', state),
    };
  };
  return {
    ...{ name: `volunteers-${centre.code}`, title: t('network:volunteers.title') },
    columns: columnsOf(res),
    page: () => {
      const { rows, total } = pageOf(req, res);
      return { rows: rows.map(cells), total };
    },
    all: (db) => {
      const { filter, sort } = askedFor(req);
      return mapped(everyVolunteer(db, readerOf(res), filter, sort), cells);
    },
  };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const column = (key: string, kind: Column['kind'], width: number): Column => {
    return { key, title: t(`network:volunteers.columns.${key}`), kind, width };
  };
  return [
    column('number', 'count', 1),
    column('name', 'text', 3),
    column('gender', 'text', 1),
    column('mobile', 'code', 2),
    column('nationalId', 'code', 2),
    column('fields', 'text', 3),
    column('skills', 'text', 3),
    column('days', 'text', 2),
    column('weeklyHours', 'count', 1.2),
    column('areaPart', 'text', 2),
    column('part', 'text', 2),
    column('since', 'day', 2),
    column('hours', 'count', 1.2),
    column('state', 'text', 1.5),
  ];
}
