/** B-93, B-131: requests to change who holds a seat, and the committee's opinion of each. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { type Column, listForms, mapped, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { type ChangeAsked, opinionForm, readChange, withdrawalForm } from './change-form.ts';
import { type Change, changesOf, countChanges, everyChange, findChange } from './change-rows.ts';
import { answerChange, requestChange, withdrawChange } from './changes.ts';
import { decreesOf, findDecree } from './decree-rows.ts';
import { isCommittees, isOpen } from './decree-states.ts';
import { GENDERS } from './person-pages.ts';
import { personById, registerOrFindPerson } from './persons.ts';

export const changePages = Router({ mergeParams: true });

const LOOKS = { waiting: 'wait', agreed: 'ok', refused: 'bad', withdrawn: 'void' };

changePages.get('/board/changes', allow('board.read'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const total = countChanges(province.db, centre.id);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const shown = changesOf(province.db, centre.id, ROWS_PER_PAGE, offset);
  const title = t('board:changes.title');
  await answer(res, {
    html: () =>
      sendPage(req, res, 'board/changes', {
        ...{ title, rows: shown, total, at: pageAsked(req), looks: LOOKS },
        of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
        mayAsk: may(actor!, 'changes.request', centre),
      }),
    ...listForms(req, res, {
      ...{ name: `changes-${centre.code}`, title, columns: columnsOf(res) },
      page: () => ({ rows: shown.map(listed), total }),
      all: (db) => mapped(everyChange(db, centre.id), (one) => inWords(res, one)),
    }),
  });
});

changePages.get('/board/changes/new', allow('changes.request'), async (req, res) => {
  const { decree, kind, person } = req.query;
  const values = { decree: String(decree ?? ''), kind: String(kind ?? '') };
  await answer(res, {
    html: () => {
      const known: Record<string, string> = person ? { personId: String(person) } : {};
      sendForm(req, res, { values: { ...values, ...known } });
    },
  });
});

changePages.post('/board/changes', allow('changes.request'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const asked = readChange(req);
    const created = await enterOnce(req, res, (tx) => {
      const change = requestChange(tx, actor!, centre, {
        ...{ kind: asked.kind, reason: asked.reason, personId: successor(tx, res, asked) },
        decreeId: findDecree(tx, centre.id, asked.decree, actor!.today).id,
      });
      return { location: addressOf(res, change), body: told(change) };
    });
    sendCreated(req, res, created, t('board:flash.change-requested'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as Record<string, string> }),
    );
  }
});

/** Whoever is proposed in the place of another, registered now if he has to be. */
function successor(tx: Tx, res: Response, { kind, person, personId }: ChangeAsked): number | null {
  const { actor, centre } = res.locals;
  if (kind === 'end') return null;
  if (person) {
    return registerOrFindPerson(tx, actor!, { ...person, countyId: centre.countyId }).id;
  }
  const ours = decreesOf(tx, centre.id, actor!.today).some((one) => one.personId === personId);
  if (!ours) throw new NotFound();
  return personId ?? null;
}

changePages.get('/board/changes/:change', allow('board.read'), async (req, res) => {
  const change = changeNamed(req, res);
  await answer(res, {
    html: () => sendChange(req, res, change),
    json: () => res.json(told(change)),
  });
});

changePages.post('/board/changes/:change/answer', allow('changes.answer'), (req, res) =>
  step(req, res, 'change-answered', (change) => {
    const { actor } = res.locals;
    const form = readBody(req, opinionForm(actor!.today));
    return (tx) => answerChange(tx, actor!, change, form);
  }),
);

changePages.post('/board/changes/:change/withdrawal', allow('changes.request'), (req, res) =>
  step(req, res, 'change-withdrawn', (change) => {
    const { actor } = res.locals;
    const { reason } = readBody(req, withdrawalForm);
    return (tx) => withdrawChange(tx, actor!, change, reason);
  }),
);

async function step(
  req: Request,
  res: Response,
  said: string,
  read: (change: Change) => (tx: Tx) => Change,
): Promise<void> {
  const change = changeNamed(req, res);
  try {
    const changed = await enter(res.locals.province, read(change));
    const done = { to: addressOf(res, changed), body: told(changed) };
    sendChanged(req, res, done, res.locals.t(`board:flash.${said}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendChange(req, res, changeNamed(req, res), { ...refused, values: req.body as object }),
    );
  }
}

function changeNamed(req: Request, res: Response): Change {
  const { province, centre } = res.locals;
  const named = String(req.params.change);
  if (!/^\d{1,10}$/.test(named)) throw new NotFound();
  return findChange(province.db, centre.id, Number(named));
}

const addressOf = (res: Response, { id }: Change) => `${centreRoot(res)}/board/changes/${id}`;

/** A request as a program is told of it. */
function told(change: Change) {
  const { decreeId, personId, reason, number, decidedOn, withdrawnOn } = change;
  return { ...listed(change), decreeId, personId, reason, number, decidedOn, withdrawnOn };
}

function listed({ id, kind, seat, holder, person, requestedOn, state }: Change) {
  return { id, kind, seat, holder, person, requestedOn, state };
}

function inWords({ locals: { t, format } }: Response, change: Change) {
  const row = listed(change);
  if (format === 'csv') return row;
  const [kind, state] = [`board:changes.kinds.${row.kind}`, `board:changes.states.${row.state}`];
  return { ...row, seat: t(`board:seats.${row.seat}`), kind: t(kind), state: t(state) };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`board:changes.${key}`);
  return [
    { key: 'seat', title: title('seat'), kind: 'text', width: 3 },
    { key: 'kind', title: title('kind'), kind: 'text', width: 2 },
    { key: 'holder', title: title('holder'), kind: 'text', width: 2 },
    { key: 'person', title: title('person'), kind: 'text', width: 2 },
    { key: 'requestedOn', title: title('requested-on'), kind: 'day', width: 2 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
  ];
}

/** The form lists every seat of the board's own that somebody holds, or held last. */
function sendForm(req: Request, res: Response, form: { values: Record<string, string> }): void {
  const { province, actor, centre, t } = res.locals;
  const decrees = decreesOf(province.db, centre.id, actor!.today);
  const seen = new Set<string>();
  const holders = decrees.filter(({ seat, issuedOn, state }) => {
    if (issuedOn === null || isCommittees(seat) || seen.has(seat)) return false;
    seen.add(seat);
    return state === 'accepted' || state === 'ended' || isOpen(state);
  });
  const id = Number(form.values.personId);
  const ours = decrees.some(({ personId }) => personId === id);
  sendPage(req, res, 'board/change-new', {
    ...{ title: t('board:changes.new'), key: randomUUID(), genders: GENDERS, holders },
    known: ours ? personById(province.db, id, centre.countyId) : null,
    ...form,
  });
}

function sendChange(req: Request, res: Response, change: Change, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  const waits = change.state === 'waiting';
  const open = decreesOf(province.db, centre.id, actor!.today).find(
    ({ seat, personId }) => seat === change.seat && personId === change.personId,
  );
  const holder = findDecree(province.db, centre.id, String(change.decreeId), actor!.today);
  sendPage(req, res, 'board/change', {
    title: t('board:changes.one', { seat: t(`board:seats.${change.seat}`) }),
    ...{ change, holder, look: LOOKS[change.state], open: open ?? null },
    mayAnswer: waits && may(actor!, 'changes.answer', centre),
    mayWithdraw: waits && may(actor!, 'changes.request', centre),
    seesPapers: may(actor!, 'papers.read', centre),
    mayCarryOut: change.state === 'agreed' && may(actor!, 'changes.request', centre),
    ...refused,
  });
}
