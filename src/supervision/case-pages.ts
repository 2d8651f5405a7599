/** The committee's complaints and suggestions: the list, one case, and each step of it (B-19, B-107). */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { changing, idAsked } from '../bank/asked.ts';
import { findCentre } from '../centres/centres.ts';
import type { Tx } from '../provinces/connection.ts';
import { addDays, readDay } from '../values/jalali-date.ts';
import { readLine, readParagraph } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot } from '../web/written.ts';
import {
  answerCase,
  CASE_STATES,
  type Case,
  type CaseFilter,
  casesOf,
  countCases,
  findCase,
  placeCase,
  referCase,
  stepsOfCase,
} from './cases.ts';
import { CASE_KINDS } from './schema.ts';

export const casePages = Router({ mergeParams: true });

const HERE = '/supervision/complaints';
const TOLD = '/{province}/supervision/complaints';

/** A centre has so many days to say what it has to say, unless told. */
const DAYS_TO_TELL = 7;

const readAnswer = (text: string): Reading<string> => {
  const read = readParagraph(text, { max: 4000 });
  return 'value' in read && read.value.length < 3 ? { fault: 'values:text.reason' } : read;
};
export const answerField = typed(readAnswer);
const placeForm = z.object({ centre: typed((text) => readLine(text, { max: 60 })) });
const referForm = (today: string) =>
  z.object({
    text: typedOrNone(readAnswer),
    untilOn: typed((text) => readDay(text, { today: addDays(today, 366) })),
  });
const answerForm = z.object({ step: chosen(['answered', 'closed']), text: answerField });
describeBody(`POST ${TOLD}/{case}/centre`, placeForm);
describeBody(`POST ${TOLD}/{case}/referral`, referForm(''));
describeBody(`POST ${TOLD}/{case}/answer`, answerForm);

casePages.get(HERE, allow('complaints.read'), (req, res) => {
  const { province, actor, t } = res.locals;
  const filter = filterAsked(req);
  const total = countCases(province.db, actor!, filter);
  const from = (limit: number, offset: number) =>
    casesOf(province.db, actor!, { ...filter, limit, offset });
  const rows = from(ROWS_PER_PAGE, (pageAsked(req) - 1) * ROWS_PER_PAGE);
  return answer(res, {
    html: () =>
      sendPage(req, res, 'supervision/cases', {
        ...{ title: t('supervision:cases.title'), rows, total, at: pageAsked(req) },
        of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
        ...{ states: CASE_STATES, kinds: CASE_KINDS, root: provinceRoot(res) },
        late: countCases(province.db, actor!, { late: true }),
      }),
    ...listForms(req, res, {
      ...{ name: 'complaints', title: t('supervision:cases.title'), columns: columnsOf(res) },
      page: () => ({ rows: rows.map(row), total }),
      all: () => everyRow((limit, offset) => from(limit, offset).map((one) => inWords(res, one))),
    }),
  });
});

casePages.get(`${HERE}/:case`, allow('complaints.read'), (req, res) => {
  const one = named(req, res);
  return answer(res, {
    html: () => sendCase(req, res),
    json: () => res.json({ ...one, steps: stepsOfCase(res.locals.province.db, one.id) }),
  });
});

casePages.post(`${HERE}/:case/centre`, allow('complaints.handle'), (req, res) =>
  step(req, res, 'placed', (tx, id) => {
    const { centre } = readBody(req, placeForm);
    return placeCase(tx, res.locals.actor!, id, findCentre(tx, centre.toLowerCase()));
  }),
);

casePages.post(`${HERE}/:case/referral`, allow('complaints.handle'), (req, res) =>
  step(req, res, 'referred', (tx, id) => {
    const { text = null, untilOn } = readBody(req, referForm(res.locals.actor!.today));
    return referCase(tx, res.locals.actor!, id, { text, untilOn });
  }),
);

casePages.post(`${HERE}/:case/answer`, allow('complaints.handle'), (req, res) =>
  step(req, res, 'answered', (tx, id) =>
    answerCase(tx, res.locals.actor!, id, readBody(req, answerForm)),
  ),
);

function step(
  req: Request,
  res: Response,
  said: string,
  verb: (tx: Tx, id: number) => Case,
): Promise<void> {
  const { id } = named(req, res);
  const again = (refused: object) => sendCase(req, res, refused);
  return changing(req, res, { said: `supervision:flash.${said}`, again }, (tx) => ({
    ...{ body: verb(tx, id), to: `${provinceRoot(res)}${HERE}/${id}` },
  }));
}

const named = (req: Request, res: Response): Case =>
  findCase(res.locals.province.db, res.locals.actor!, idAsked(req, 'case'));

function sendCase(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, t, show } = res.locals;
  const one = named(req, res);
  sendPage(req, res, 'supervision/case', {
    title: t(`supervision:case.${one.kind}`, { number: show.digits(one.number) }),
    ...{ one, steps: stepsOfCase(province.db, one.id), root: provinceRoot(res) },
    address: `${provinceRoot(res)}${HERE}/${one.id}`,
    until: addDays(actor!.today, DAYS_TO_TELL),
    ...refused,
  });
}

function filterAsked(req: Request): CaseFilter {
  return {
    state: CASE_STATES.find((one) => one === wordAsked(req.query, 'state')),
    kind: CASE_KINDS.find((one) => one === wordAsked(req.query, 'kind')),
    late: wordAsked(req.query, 'late') === '1',
  };
}

/** A list goes from hand to hand: no words of the sender, and not who he is. */
function row({ number, kind, topic, centre, centreNamed, filedOn, dueOn, ...one }: Case) {
  const { state, waitedDays, answeredOn } = one;
  return {
    ...{ number, kind, topic, centre: centre ?? centreNamed, filedOn, dueOn },
    ...{ state, answeredOn, waitedDays },
  };
}

function inWords({ locals: { t, format } }: Response, one: Case) {
  if (format === 'csv') return row(one);
  return {
    ...row(one),
    kind: t(`supervision:kinds.${one.kind}`),
    topic: t(`supervision:topics.${one.topic}`),
    state: t(`supervision:states.${one.state}`),
  };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`supervision:columns.${key}`);
  return [
    { key: 'number', title: title('number'), kind: 'code', width: 2 },
    { key: 'kind', title: title('kind'), kind: 'text', width: 2 },
    { key: 'topic', title: title('topic'), kind: 'text', width: 3 },
    { key: 'centre', title: title('centre'), kind: 'text', width: 4 },
    { key: 'filedOn', title: title('filed-on'), kind: 'day', width: 2 },
    { key: 'dueOn', title: title('due-on'), kind: 'day', width: 2 },
    { key: 'state', title: title('state'), kind: 'text', width: 3 },
    { key: 'answeredOn', title: title('answered-on'), kind: 'day', width: 2 },
    { key: 'waitedDays', title: title('waited'), kind: 'count', width: 1 },
  ];
}
