/** The page of a centre's way: what is done, what is next, whose turn it is, and since when. */
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { daysBetween } from '../values/jalali-date.ts';
import { answer } from '../web/formats.ts';
import { type Column, listForms, type Row } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { readyOf } from './ready.ts';
import { isComplete, type Step, stepsOf } from './steps.ts';

export const pathPages = Router({ mergeParams: true });

pathPages.get('/opening', allow('opening.read'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const steps = stepsOf(province.db, centre, actor!.today);
  const rows = steps.map((step) => told(step));
  await answer(res, {
    html: () => sendPath(req, res, steps),
    ...listForms(req, res, {
      ...{ name: `opening-${centre.code}`, title: t('opening:title'), columns: columnsOf(res) },
      page: () => ({ rows, total: rows.length }),
      all: () => (res.locals.format === 'csv' ? rows : steps.map((step) => inWords(res, step))),
      json: () => ({ complete: isComplete(steps), done: doneOf(steps), of: steps.length, steps }),
    }),
  });
});

/** What the home of a centre shows of its way; null once the centre works. */
export function progressOf(res: Response) {
  const { province, actor, centre } = res.locals;
  if (!may(actor!, 'opening.read', centre)) return null;
  const steps = stepsOf(province.db, centre, actor!.today);
  if (isComplete(steps)) return null;
  const next = steps.find(({ state }) => state === 'next') ?? null;
  return { done: doneOf(steps), of: steps.length, next, turn: next && turnSaid(res, next) };
}

const doneOf = (steps: Step[]): number => steps.filter(({ state }) => state === 'done').length;

function told({ key, clause, state, since, turn }: Step): Row {
  return { step: key, clause: clause ?? null, state, since, turn: turn.join(' ') };
}

function inWords(res: Response, { key, clause, state, since, ...step }: Step): Row {
  const { t } = res.locals;
  return {
    ...{ step: t(`opening:steps.${key}.title`), clause: clause ?? null, since },
    ...{ state: t(`opening:states.${state}`), turn: turnSaid(res, step) },
  };
}

/** The offices and seats whose turn it is, as people call them. */
export function turnSaid({ locals: { t } }: Response, { turn }: Pick<Step, 'turn'>): string {
  return turn
    .map((one) => {
      const isOffice = ['county-head', 'province-deputy', 'security', 'selection'].includes(one);
      return t(isOffice ? `common:roles.${one}` : `board:seats.${one}`);
    })
    .join(t('opening:and'));
}

/** An application is the committee's to read, and the seal those who keep it see. */
function opens({ locals: { actor, centre } }: Response, { key, ofProvince }: Step): boolean {
  if (ofProvince) return may(actor!, 'applications.read', centre);
  return key !== 'seal' || may(actor!, 'seals.read', centre);
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`opening:columns.${key}`);
  return [
    { key: 'step', title: title('step'), kind: 'text', width: 4 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
    { key: 'since', title: title('since'), kind: 'day', width: 2 },
    { key: 'turn', title: title('turn'), kind: 'text', width: 4 },
    { key: 'clause', title: title('clause'), kind: 'code', width: 1 },
  ];
}

function sendPath(req: Request, res: Response, steps: Step[]): void {
  const { province, actor, centre, t } = res.locals;
  const { today } = actor!;
  sendPage(req, res, 'opening/path', {
    ...{ title: t('opening:title'), done: doneOf(steps), complete: isComplete(steps) },
    steps: steps.map((step) => ({
      ...{ ...step, turnSaid: turnSaid(res, step) },
      days: step.since === null ? null : daysBetween(step.since, today),
      mayOpen: opens(res, step),
    })),
    ready: readyOf(province.db, centre.id, today),
    styles: ['/assets/opening.css'],
  });
}
