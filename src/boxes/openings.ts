/** Opening a box: counted by one, counted again by another, and only then in the books. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { contentOf, nextEntry, postEntry, reverseEntry } from '../books/entries.ts';
import type { Centre } from '../centres/centres.ts';
import { accountOfFund } from '../funds/funds.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { persianDigits } from '../values/persian-text.ts';
import { wordsFor } from '../words.ts';
import { findBox } from './boxes.ts';
import { denominationsOn, requireSum, type Sheet } from './denominations.ts';
import { countMinutes } from './minutes.ts';
import { findOpening, type Opening } from './opening-rows.ts';
import { findTwo } from './people.ts';
import { findRound, stopsOf } from './rounds.ts';

/** What is short or over where money is counted. */
export const SHORT = '8101';

export type CountTyped = {
  openedOn: string;
  /** The number of the round on which it was opened, if it was on one. */
  round?: number | null;
  /** Who opened it; the two of the round unless said. */
  first?: string;
  second?: string;
  bag?: { number: string; rial: number | null } | null;
  account: '1101' | '1104';
  sheet: Sheet;
  totalRial: number;
  difference?: string | null;
  /** What is missing of what the slip in the bag says: a loss, which the difference explains. */
  shortRial?: number;
};

const statements = prepared(({ $client: client }) => ({
  nextId: client.prepare('SELECT 1 + coalesce(max(id), 0) FROM box_openings').pluck(),
  row: client.prepare('INSERT INTO box_count_rows VALUES (?, ?, ?, ?)'),
  insert: client.prepare(
    'INSERT INTO box_openings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
  waiting: client
    .prepare(
      `SELECT id FROM box_openings o WHERE o.box_id = ?
         AND o.id NOT IN (SELECT opening_id FROM box_confirmations)
         AND o.id NOT IN (SELECT opening_id FROM box_count_withdrawals)`,
    )
    .pluck(),
  installed: client
    .prepare("SELECT min(happened_on) FROM box_events WHERE box_id = ? AND event = 'installed'")
    .pluck(),
  confirm: client.prepare('INSERT INTO box_confirmations VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
  withdraw: client.prepare('INSERT INTO box_count_withdrawals VALUES (?, ?, ?, ?, ?)'),
}));

/** Writes down what was found in a box; it waits for the second count. */
export function countBox(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: number,
  typed: CountTyped,
): Opening {
  return writeCount(tx, actor, centre, number, { ...typed, replaces: null, reason: null });
}

/**
 * Counts again what two had signed: by another than those two, with his reason. The wrong count
 * stands until a second person has confirmed this one.
 */
export function correctCount(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  { reason, ...typed }: CountTyped & { reason: string },
): Opening {
  requirePower(actor, 'boxes.count', centre);
  const replaces = findOpening(tx, centre.id, id);
  if (replaces.state !== 'confirmed') throw new Refusal(`boxes:refusals.is-${replaces.state}`);
  const by = actor.user!.id;
  if (by === replaces.countedById || by === replaces.confirmedById) {
    throw new Refusal('boxes:refusals.correct-other', { clause: 'B-35' });
  }
  return writeCount(tx, actor, centre, replaces.box, { ...typed, replaces, reason });
}

type Written = CountTyped & { replaces: Opening | null; reason: string | null };

function writeCount(tx: Tx, actor: Actor, centre: Centre, number: number, typed: Written): Opening {
  requirePower(actor, 'boxes.count', centre);
  const { openedOn, bag = null, account, sheet, totalRial, difference = null } = typed;
  const { replaces, reason, shortRial = 0 } = typed;
  const box = findBox(tx, centre.id, number);
  refuseUnfit(tx, actor, box.id, typed);
  const [round, first, second] = openersOf(tx, actor, centre, number, typed);
  const id = statements(tx).nextId.get() as number;
  const told = {
    ...{ box: number, openedOn, round: round?.number, first: first.name, second: second.name },
    ...{ bag, account, fund: box.fund, totalRial, difference, sheet },
    ...(shortRial > 0 && { shortRial }),
    ...{ replaces: replaces?.id, reason },
  };
  const act = record(tx, actor, {
    ...{ kind: replaces ? 'box.recounted' : 'box.counted', subject: `box-openings/${id}` },
    ...{ centreId: centre.id, after: told },
  });
  for (const { faceRial, form, pieces } of sheet) {
    statements(tx).row.run(id, faceRial, form, pieces);
  }
  statements(tx).insert.run(
    ...[id, centre.id, box.id, round?.id ?? null, openedOn],
    ...[first.key, first.name, second.key, second.name],
    ...[bag?.number ?? null, bag?.rial ?? null, account, box.fund, totalRial, difference],
    ...[replaces?.id ?? null, reason, actor.today, actor.user!.id, act.id, shortRial],
  );
  return findOpening(tx, centre.id, id);
}

function refuseUnfit(tx: Tx, actor: Actor, boxId: number, typed: Written): void {
  const { openedOn, sheet, totalRial, bag, difference, shortRial = 0 } = typed;
  const refuse = (key: string, field: string) =>
    new Refusal(`boxes:refusals.${key}`, { status: 422, field });
  if (openedOn > actor.today) throw refuse('future', 'openedOn');
  if (openedOn < (statements(tx).installed.get(boxId) as string)) {
    throw refuse('before-installed', 'openedOn');
  }
  if (statements(tx).waiting.get(boxId) !== undefined) {
    throw new Refusal('boxes:refusals.one-waits', { mend: '/donations/boxes/openings' });
  }
  requireSum(sheet, totalRial);
  const known = denominationsOn(tx, actor.today);
  const isMoney = (one: Sheet[number]) =>
    known.some(({ faceRial, form }) => faceRial === one.faceRial && form === one.form);
  if (!sheet.every(isMoney)) throw refuse('no-such-money', 'sheet');
  const differs = bag && bag.rial !== null && bag.rial !== totalRial;
  if (differs && !difference) throw refuse('explain', 'difference');
  if (shortRial > Math.max(0, (bag?.rial ?? 0) - totalRial)) throw refuse('short-of-slip', 'short');
}

function openersOf(tx: Tx, actor: Actor, centre: Centre, number: number, typed: Written) {
  const { replaces, first, second } = typed;
  if (replaces) {
    const { firstKey, firstName, secondKey, secondName } = replaces;
    const round = replaces.round === null ? null : findRound(tx, centre.id, replaces.round);
    const two = [
      { key: firstKey, name: firstName },
      { key: secondKey, name: secondName },
    ] as const;
    return [round, ...two] as const;
  }
  const round = typed.round == null ? null : findRound(tx, centre.id, typed.round);
  if (round && !stopsOf(tx, round.id).some((stop) => stop.number === number)) {
    throw new Refusal('boxes:refusals.not-a-stop', { status: 422, field: 'round' });
  }
  if (round && !first && !second) {
    const { firstKey, firstName, secondKey, secondName } = round;
    const two = [
      { key: firstKey, name: firstName },
      { key: secondKey, name: secondName },
    ] as const;
    return [round, ...two] as const;
  }
  const two = findTwo(tx, centre.id, actor.today, { first: first ?? '', second: second ?? '' });
  return [round, ...two] as const;
}

/**
 * The second of the two counts again, without looking at the first total, and comes to the same:
 * then the money is booked, a wrong count taken back, and the minutes are issued.
 */
export function confirmCount(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  totalRial: number,
): Opening {
  requirePower(actor, 'boxes.count', centre);
  const opening = findOpening(tx, centre.id, id);
  if (opening.state !== 'waiting') throw new Refusal(`boxes:refusals.is-${opening.state}`);
  if (opening.countedById === actor.user!.id) {
    throw new Refusal('boxes:refusals.second-other', { clause: 'B-35' });
  }
  if (totalRial !== opening.totalRial) {
    throw new Refusal('boxes:refusals.counts-differ', {
      ...{ status: 422, field: 'total', clause: 'B-35' },
    });
  }
  const wrong = opening.replacesId === null ? null : wrongOf(tx, centre, opening.replacesId);
  const entry = entryOf(tx, centre, opening);
  const next = nextEntry(tx, centre.id, opening.countedOn);
  const isNothing = totalRial + opening.shortRial === 0;
  const booked = isNothing ? null : { id: next.id, ...contentOf(entry, next) };
  const { paperId, act } = countMinutes(tx, actor, centre, opening, {
    entry: booked ? `${next.year}-${next.number}` : null,
    wrong,
    deed: {
      ...{ kind: 'box.confirmed', subject: `box-openings/${id}` },
      after: { box: opening.box, totalRial, entry: booked, replaces: opening.replacesId },
    },
  });
  const reverses = wrong?.entryId ?? null;
  const entryId = booked ? next.id : null;
  const reversalId = reverses === null ? null : next.id + (booked ? 1 : 0);
  statements(tx).confirm.run(
    ...[id, totalRial, entryId, reversalId, paperId, actor.today, actor.user!.id, act.id],
  );
  if (booked) postEntry(tx, actor, { ...entry, actId: act.id });
  if (reverses !== null) reverseEntry(tx, actor, reverses, opening.reason!, { actId: act.id });
  return findOpening(tx, centre.id, id);
}

const wrongOf = (db: Db, centre: Centre, id: number) => findOpening(db, centre.id, id);

function entryOf(db: Db, centre: Centre, opening: Opening) {
  const { account, fund, totalRial, shortRial, countedOn, box, countedById } = opening;
  const { difference } = opening;
  const description = wordsFor('fa')('boxes:entry.counted', { number: persianDigits(String(box)) });
  return {
    ...{ centreId: centre.id, entryOn: countedOn, description, source: 'box' as const },
    draftedBy: countedById,
    lines: [
      ...(totalRial > 0 ? [{ account, fund, debitRial: totalRial, creditRial: 0 }] : []),
      // What was given and is missing is given all the same, and lost.
      ...(shortRial > 0
        ? [{ account: SHORT, fund, debitRial: shortRial, creditRial: 0, detail: difference }]
        : []),
      { account: accountOfFund(db, fund)!, fund, debitRial: 0, creditRial: totalRial + shortRial },
    ],
  };
}

/** A count that waits is given up, with its reason; the box is counted anew. */
export function withdrawCount(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  reason: string,
): Opening {
  requirePower(actor, 'boxes.count', centre);
  const opening = findOpening(tx, centre.id, id);
  if (opening.state !== 'waiting') throw new Refusal(`boxes:refusals.is-${opening.state}`);
  const act = record(tx, actor, {
    ...{ kind: 'box.count-withdrawn', subject: `box-openings/${id}`, centreId: centre.id },
    after: { box: opening.box, totalRial: opening.totalRial, reason },
  });
  statements(tx).withdraw.run(id, reason, actor.today, actor.user!.id, act.id);
  return findOpening(tx, centre.id, id);
}
