/** Handovers: the list, a new one, its page with who says yes, and counting line by line. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { decreesOf, findDecree } from './decree-rows.ts';
import { draftForm, readCounting, sideForm, withdrawalForm } from './handover-form.ts';
import { sendCount, sendHandover, told } from './handover-page.ts';
import { findHandover, type Handover, handoversOf } from './handover-rows.ts';
import { mayCount, sidesOf } from './handover-sides.ts';
import {
  acknowledgeHandover,
  countHandover,
  draftHandover,
  issueHandover,
  withdrawHandover,
} from './handovers.ts';

export const handoverPages = Router({ mergeParams: true });

const LOOKS = { draft: 'wait', settled: 'wait', issued: 'ok', withdrawn: 'void' };

handoverPages.get('/board/handovers', allow('board.read'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const all = handoversOf(province.db, centre.id);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = all.slice(offset, offset + ROWS_PER_PAGE);
  const title = t('board:handover.title');
  await answer(res, {
    html: () =>
      sendPage(req, res, 'board/handovers', {
        ...{ title, rows, total: all.length, at: pageAsked(req), looks: LOOKS },
        of: Math.max(1, Math.ceil(all.length / ROWS_PER_PAGE)),
        mayKeep: may(actor!, 'handovers.keep', centre),
        opens: (one: Handover) => mayRead(res, one),
      }),
    ...listForms(req, res, {
      ...{ name: `handovers-${centre.code}`, title, columns: columnsOf(res) },
      page: () => ({ rows: rows.map(listed), total: all.length }),
      all: () => all.map((one) => inWords(res, one)),
    }),
  });
});

handoverPages.get('/board/handovers/new', allow('handovers.keep'), async (req, res) => {
  const { giver, taker } = req.query;
  const values = { giver: String(giver ?? ''), taker: String(taker ?? '') };
  await answer(res, { html: () => sendForm(req, res, { values }) });
});

handoverPages.post('/board/handovers', allow('handovers.keep'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const form = readBody(req, draftForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => {
      const decree = (id: number) => findDecree(tx, centre.id, String(id), actor!.today);
      const taker = form.taker === 'committee' ? null : decree(form.taker);
      const asked = { ...form, giver: decree(form.giver), taker };
      const handover = draftHandover(tx, actor!, centre, asked);
      return { location: addressOf(res, handover), body: told(handover) };
    });
    sendCreated(req, res, created, t('board:flash.handover-drafted'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as Record<string, string> }),
    );
  }
});

handoverPages.get('/board/handovers/:handover', allow('board.read'), async (req, res) => {
  await sendHandover(req, res, readable(req, res));
});

handoverPages.get('/board/handovers/:handover/count', allow('board.read'), async (req, res) => {
  const handover = readable(req, res);
  await answer(res, { html: () => sendCount(req, res, handover, {}) });
});

handoverPages.post('/board/handovers/:handover/count', allow('board.read'), async (req, res) => {
  const handover = countable(req, res);
  try {
    const counting = readCounting(req, handover);
    const { actor, province, t } = res.locals;
    const counted = await enter(province, (tx) => countHandover(tx, actor!, handover, counting));
    const done = { to: addressOf(res, counted), body: told(counted) };
    sendChanged(req, res, done, t('board:flash.handover-counted'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendCount(req, res, handover, { ...refused, values: req.body as Record<string, string> }),
    );
  }
});

handoverPages.post('/board/handovers/:handover/acknowledgement', allow('board.read'), (req, res) =>
  step(req, res, 'handover-acknowledged', (handover) => {
    const form = readBody(req, sideForm);
    return (tx) => acknowledgeHandover(tx, res.locals.actor!, handover, form);
  }),
);

handoverPages.post('/board/handovers/:handover/issue', allow('handovers.issue'), (req, res) =>
  step(
    ...[req, res, 'handover-issued' as const],
    (handover) => (tx) => issueHandover(tx, res.locals.actor!, handover),
  ),
);

handoverPages.post('/board/handovers/:handover/withdrawal', allow('handovers.keep'), (req, res) =>
  step(req, res, 'handover-withdrawn', (handover) => {
    const { reason } = readBody(req, withdrawalForm);
    return (tx) => withdrawHandover(tx, res.locals.actor!, handover, reason);
  }),
);

async function step(
  req: Request,
  res: Response,
  said: string,
  read: (handover: Handover) => (tx: Tx) => Handover,
): Promise<void> {
  const handover = readable(req, res);
  try {
    const changed = await enter(res.locals.province, read(handover));
    const done = { to: addressOf(res, changed), body: told(changed) };
    sendChanged(req, res, done, res.locals.t(`board:flash.${said}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => {
      const values = req.body as object;
      return sendHandover(req, res, readable(req, res), { ...refused, values });
    });
  }
}

const addressOf = (res: Response, { id }: Handover) => `${centreRoot(res)}/board/handovers/${id}`;

/** Cash and papers are for those who keep them, and for the two themselves. */
function mayRead(res: Response, handover: Handover): boolean {
  const { actor, centre } = res.locals;
  return may(actor!, 'handovers.read', centre) || sidesOf(actor!, handover).length > 0;
}

function readable(req: Request, res: Response): Handover {
  const named = String(req.params.handover);
  if (!/^\d{1,10}$/.test(named)) throw new NotFound();
  const { province, centre } = res.locals;
  const handover = findHandover(province.db, centre.id, Number(named));
  if (!mayRead(res, handover)) throw new NotFound();
  return handover;
}

function countable(req: Request, res: Response): Handover {
  const handover = readable(req, res);
  if (!mayCount(res.locals.actor!, handover)) throw new NotFound();
  return handover;
}

function listed({ id, seat, giver, taker, handoverOn, state, issuedOn }: Handover) {
  return { id, seat, giver, taker, handoverOn, state, issuedOn };
}

function inWords({ locals: { t, format } }: Response, handover: Handover) {
  const row = listed(handover);
  if (format === 'csv') return row;
  const [seat, state] = [t(`board:seats.${row.seat}`), t(`board:handover.states.${row.state}`)];
  return { ...row, seat, state, taker: row.taker ?? t('board:handover.committee') };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`board:handover.${key}`);
  return [
    { key: 'seat', title: title('seat'), kind: 'text', width: 3 },
    { key: 'giver', title: title('giver'), kind: 'text', width: 3 },
    { key: 'taker', title: title('taker'), kind: 'text', width: 3 },
    { key: 'handoverOn', title: title('handover-on'), kind: 'day', width: 2 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
    { key: 'issuedOn', title: title('issued-on'), kind: 'day', width: 2 },
  ];
}

/** Whoever has held a seat gives it; whoever has a decree for it takes it, or the committee. */
function sendForm(req: Request, res: Response, form: { values: Record<string, string> }): void {
  const { province, actor, centre, t } = res.locals;
  const decrees = decreesOf(province.db, centre.id, actor!.today);
  sendPage(req, res, 'board/handover-new', {
    ...{ title: t('board:handover.new'), key: randomUUID() },
    givers: decrees.filter(({ acceptedOn }) => acceptedOn !== null),
    takers: decrees.filter(({ state }) => state === 'issued' || state === 'accepted'),
    ...form,
  });
}
