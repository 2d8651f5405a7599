/** Handovers: laid out, counted, acknowledged by giver and taker, issued before a witness. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { type Centre, findCentreById } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { type Recorded, record } from '../trail/acts.ts';
import type { Decree } from './decree-rows.ts';
import { layOut } from './handover-layout.ts';
import { handoverLetter } from './handover-paper.ts';
import {
  findHandover,
  type Handover,
  handoversOf,
  type Line,
  type Side,
  unreadyLines,
} from './handover-rows.ts';
import { isSide, mayCount, placeOf, refusePaper, refuseSide } from './handover-sides.ts';

export type HandoverTyped = {
  giver: Decree;
  /** Null when the committee takes it until somebody follows. */
  taker: Decree | null;
  handoverOn: string;
  reason: string;
};

/** `laid` follows the program's own lines; `typed` is what was written beside them. */
export type Counting = {
  version: number;
  laid: Pick<Line, 'counted' | 'remark'>[];
  typed: Line[];
};

const statements = prepared((db) => ({
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM handovers').pluck(),
  insert: db.$client.prepare('INSERT INTO handovers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  count: db.$client.prepare('INSERT INTO handover_counts VALUES (?, ?, ?, ?, ?, ?)'),
  acknowledge: db.$client.prepare(
    'INSERT INTO handover_acknowledgements VALUES (?, ?, ?, ?, ?, ?, ?)',
  ),
  issue: db.$client.prepare('INSERT INTO handover_issues VALUES (?, ?, ?, ?, ?, ?)'),
  withdraw: db.$client.prepare('INSERT INTO handover_withdrawals VALUES (?, ?, ?, ?, ?)'),
}));

/** Begins a handover; its lines are laid out from what is recorded by its day. */
export function draftHandover(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  typed: HandoverTyped,
): Handover {
  requirePower(actor, 'handovers.keep', centre);
  const { giver, taker, handoverOn, reason } = typed;
  refuseUnfit(actor, typed);
  refuseSecond(tx, centre, giver);
  const { seat } = giver;
  const id = statements(tx).nextId.get() as number;
  const lines = layOut(tx, { centreId: centre.id, seat, day: handoverOn, today: actor.today });
  const act = record(tx, actor, {
    ...{ kind: 'handover.drafted', subject: `handovers/${id}`, centreId: centre.id },
    after: { seat, giver: giver.id, taker: taker?.id ?? null, handoverOn, reason, lines },
  });
  const by = actor.user!.id;
  statements(tx).insert.run(
    ...[id, centre.id, seat, giver.id, taker?.id ?? null, handoverOn, reason, actor.today],
    ...[by, act.id],
  );
  statements(tx).count.run(id, 1, JSON.stringify(lines), actor.today, by, act.id);
  const people = [giver.personId, ...(taker ? [taker.personId] : [])];
  tell(tx, actor, act, {
    ...{ key: 'board:notices.handover-drafted', said: { centre: centre.name } },
    ...{ href: `/board/handovers/${id}`, centreId: centre.id },
    to: people.map((personId) => ({ personId })),
  });
  return findHandover(tx, centre.id, id);
}

/** Writes what was found, as a new version; who said yes to the version before says it again. */
export function countHandover(
  tx: Tx,
  actor: Actor,
  handover: Handover,
  { version, laid, typed }: Counting,
): Handover {
  const now = again(tx, handover);
  if (!mayCount(actor, now)) requirePower(actor, 'handovers.keep', placeOf(now));
  refuseUnless(now, 'draft');
  if (version !== now.version) throw new Refusal('board:refusals.handover-changed');
  const own = now.lines.filter((line) => line.laid);
  const lines = [
    ...own.map((line, at) => ({ ...line, counted: null, remark: null, ...laid[at] })),
    ...typed.map((line) => ({ ...line, laid: false })),
  ];
  const act = deed(tx, actor, now, { step: 'counted', after: { version: version + 1, lines } });
  statements(tx).count.run(
    ...[now.id, version + 1, JSON.stringify(lines), actor.today, actor.user!.id, act.id],
  );
  return again(tx, now);
}

/** One side says that the newest lines are true: by his own user, or on paper where he has none. */
export function acknowledgeHandover(
  tx: Tx,
  actor: Actor,
  handover: Handover,
  { side, version }: { side: Side; version: number },
): Handover {
  const now = again(tx, handover);
  refuseUnless(now, 'draft');
  if (version !== now.version) throw new Refusal('board:refusals.handover-changed');
  if (now.acknowledgements.some((said) => said.side === side)) {
    throw new Refusal('board:refusals.handover-said');
  }
  refuseUnready(now);
  const how = isSide(actor, now, side) ? 'user' : 'paper';
  if (how === 'paper') refusePaper(tx, actor, now, side);
  const act = deed(tx, actor, now, { step: 'acknowledged', after: { version, side, how } });
  statements(tx).acknowledge.run(
    ...[now.id, version, side, how, actor.today, actor.user!.id, act.id],
  );
  return again(tx, now);
}

/** Issues the minutes, once; whoever issues them is neither giver nor taker, and is their witness. */
export function issueHandover(tx: Tx, actor: Actor, handover: Handover): Handover {
  const now = again(tx, handover);
  requirePower(actor, 'handovers.issue', placeOf(now));
  refuseUnless(now, 'settled');
  refuseSide(actor, now);
  const centre = findCentreById(tx, now.centreId);
  const { paperId, act } = handoverLetter(tx, actor, centre, now);
  statements(tx).issue.run(...[now.id, now.version, actor.today, actor.user!.id, paperId, act.id]);
  return again(tx, now);
}

/** Gives a draft up; it stays with its reason, and another may be begun. */
export function withdrawHandover(
  tx: Tx,
  actor: Actor,
  handover: Handover,
  reason: string,
): Handover {
  const now = again(tx, handover);
  requirePower(actor, 'handovers.keep', placeOf(now));
  refuseUnless(now, 'draft', 'settled');
  const act = deed(tx, actor, now, { step: 'withdrawn', after: { reason } });
  statements(tx).withdraw.run(now.id, reason, actor.today, actor.user!.id, act.id);
  return again(tx, now);
}

function refuseUnready({ id, lines }: Handover): void {
  const { uncounted, unexplained } = unreadyLines(lines);
  const mend = `/board/handovers/${id}/count`;
  if (uncounted > 0) {
    throw new Refusal('board:refusals.handover-uncounted', { mend, values: { number: uncounted } });
  }
  if (unexplained > 0) {
    const values = { number: unexplained };
    throw new Refusal('board:refusals.handover-unexplained', { mend, values });
  }
}

/** Two may press at once; the second reads what the first did, and is told. */
function refuseUnless({ state }: Handover, ...wanted: Handover['state'][]): void {
  if (!wanted.includes(state)) throw new Refusal(`board:refusals.handover-${state}`);
}

function refuseUnfit(actor: Actor, { giver, taker, handoverOn }: HandoverTyped): void {
  if (giver.acceptedOn === null) {
    throw new Refusal('board:refusals.handover-never-held', { status: 422, field: 'giver' });
  }
  const fits = !taker || (taker.seat === giver.seat && taker.issuedOn !== null);
  if (!fits || taker?.personId === giver.personId) {
    throw new Refusal('board:refusals.handover-taker', { status: 422, field: 'taker' });
  }
  if (handoverOn > actor.today || handoverOn < giver.fromOn) {
    throw new Refusal('board:refusals.handover-day', { status: 422, field: 'handoverOn' });
  }
}

/** One at a time for a seat, and once for each who leaves it. */
function refuseSecond(tx: Tx, centre: Centre, giver: Decree): void {
  const all = handoversOf(tx, centre.id);
  const open = all.find(
    ({ seat, state }) => seat === giver.seat && (state === 'draft' || state === 'settled'),
  );
  if (open) throw new Refusal('board:refusals.handover-open', { mend: addressOf(open) });
  const done = all.find((one) => one.giverDecreeId === giver.id && one.state === 'issued');
  if (done) throw new Refusal('board:refusals.handover-done', { mend: addressOf(done) });
}

const addressOf = ({ id }: Handover): string => `/board/handovers/${id}`;
const again = (db: Db, { centreId, id }: Handover) => findHandover(db, centreId, id);

function deed(
  tx: Tx,
  actor: Actor,
  { id, centreId }: Handover,
  { step, after }: { step: string; after: object },
): Recorded {
  const kind = `handover.${step}`;
  return record(tx, actor, { kind, subject: `handovers/${id}`, centreId, after });
}
