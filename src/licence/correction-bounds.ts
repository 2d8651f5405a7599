/** B-128, B-109: how far a correction may go before it is another licence. */
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { addDays, daysBetween } from '../values/jalali-date.ts';
import { WARNING_DAYS } from './states.ts';

type Days = { fromOn: string; toOn: string };
/** The days for which it was given, and the day on which it was. */
type Given = Days & { issuedOn: string };

const statements = prepared((db) => ({
  given: db.$client.prepare(
    `SELECT l.from_on AS fromOn, l.to_on AS toOn, date(a.at, '+210 minutes') AS issuedOn
     FROM licences l JOIN acts a ON a.id = l.act_id WHERE l.id = ?`,
  ),
  // What a wrong correction let in, no later one has to keep its days for.
  gift: db.$client
    .prepare(
      `SELECT 1 FROM donations d WHERE d.centre_id = @centre AND (
         (d.received_on BETWEEN @givenFrom AND @givenTo
           AND d.received_on BETWEEN @fromOn AND @toOn
           AND d.received_on NOT BETWEEN @newFrom AND @newTo)
         OR (date(d.entered_at, '+210 minutes') BETWEEN @givenFrom AND @givenTo
           AND date(d.entered_at, '+210 minutes') BETWEEN @fromOn AND @toOn
           AND date(d.entered_at, '+210 minutes') NOT BETWEEN @newFrom AND @newTo)) LIMIT 1`,
    )
    .pluck(),
  stays: db.$client
    .prepare(
      `SELECT count(*) FROM donations d WHERE d.centre_id = @centre
         AND d.received_on BETWEEN @fromOn AND @toOn
         AND d.received_on NOT BETWEEN @newFrom AND @newTo`,
    )
    .pluck(),
  // Those who hold a seat or a task by a letter whose days this licence carries.
  held: db.$client
    .prepare(
      `SELECT p.name FROM decrees d JOIN decree_issues i ON i.decree_id = d.id
       JOIN persons p ON p.id = d.person_id LEFT JOIN decree_endings e ON e.decree_id = d.id
       WHERE d.centre_id = @centre AND e.decree_id IS NULL
         AND d.from_on >= @fromOn AND d.to_on <= @toOn
         AND (d.from_on < @newFrom OR d.to_on > @newTo)
       UNION ALL SELECT p.name FROM assignments a JOIN persons p ON p.id = a.person_id
       LEFT JOIN assignment_endings e ON e.assignment_id = a.id
       WHERE a.centre_id = @centre AND e.assignment_id IS NULL
         AND a.from_on >= @fromOn AND a.to_on <= @toOn
         AND (a.from_on < @newFrom OR a.to_on > @newTo) LIMIT 1`,
    )
    .pluck(),
}));

const givenOf = (db: Db, id: number): Given => statements(db).given.get(id) as Given;

/** No more days than were given, none before it was given, and none more near its end. */
export function refuseOutOfBounds(
  tx: Tx,
  today: string,
  licence: Days & { id: number },
  right: Days,
): void {
  const given = givenOf(tx, licence.id);
  if (right.fromOn < given.fromOn && right.fromOn < given.issuedOn) {
    const values = { issuedOn: given.issuedOn };
    throw new Refusal('licence:refusals.before-decision', {
      ...{ clause: 'B-128', field: 'from', values },
    });
  }
  const days = daysBetween(given.fromOn, given.toOn) + 1;
  const mend = '/licence/renewal';
  if (daysBetween(right.fromOn, right.toOn) + 1 > days) {
    const values = { days };
    throw new Refusal('licence:refusals.longer', { clause: 'B-109', field: 'to', mend, values });
  }
  const nearest = given.toOn < licence.toOn ? given.toOn : licence.toOn;
  const later = right.toOn > licence.toOn && right.toOn > given.toOn;
  if (later && today >= addDays(nearest, -WARNING_DAYS)) {
    throw new Refusal('licence:refusals.more-days', { clause: 'B-109', field: 'to', mend });
  }
}

/** B-128, B-129: what stands on the licence's own days would stand on none. */
export function refuseLeaving(
  tx: Tx,
  centreId: number,
  licence: Days & { id: number },
  right: Days,
): void {
  const { fromOn: givenFrom, toOn: givenTo } = givenOf(tx, licence.id);
  const asked = askedOf(centreId, licence, right);
  if (statements(tx).gift.get({ ...asked, givenFrom, givenTo }) !== undefined) {
    throw new Refusal('licence:refusals.leaves-gifts', { clause: 'B-128', field: 'from' });
  }
  const name = statements(tx).held.get(asked) as string | undefined;
  if (name === undefined) return;
  const told = { clause: 'B-129', field: 'to', mend: '/board', values: { name } } as const;
  throw new Refusal('licence:refusals.leaves-decrees', told);
}

/** How many gifts stay as they were written, on days that are the licence's no more. */
export const staysOutside = (db: Db, centreId: number, licence: Days, right: Days): number =>
  statements(db).stays.get(askedOf(centreId, licence, right)) as number;

const askedOf = (centre: number, { fromOn, toOn }: Days, right: Days) => ({
  ...{ centre, fromOn, toOn, newFrom: right.fromOn, newTo: right.toOn },
});
