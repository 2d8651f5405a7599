/**
 * Who is helped: a code with the marks that the rules of the funds ask for, and no name (B-104).
 *
 * The file of a household finds its place here: a table of its own names its recipient, once, and
 * writes the marks; payments and deliveries stay as they are.
 */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import type { Need } from './schema.ts';

export type Marks = { sayyid: boolean; poor: boolean; need: Need; persons: number };

export type Recipient = Marks & {
  id: number;
  centreId: number;
  /** The code by which the centre knows him. */
  number: number;
  markedOn: string;
  markedBy: string;
};

export type RecipientFilter = { sayyid?: boolean; poor?: boolean; need?: Need; number?: number };

type Row = Omit<Recipient, 'sayyid' | 'poor'> & { sayyid: number; poor: number };

const MARKS = `m.sayyid, m.poor, m.need, m.persons, m.marked_on AS markedOn, u.name AS markedBy`;
const RECIPIENT = `SELECT r.id, r.centre_id AS centreId, r.number, ${MARKS}
  FROM recipients r JOIN recipient_marks m
    ON m.id = (SELECT max(id) FROM recipient_marks WHERE recipient_id = r.id)
  JOIN users u ON u.id = m.marked_by`;
const ASKED = `r.centre_id = @centreId AND (@sayyid IS NULL OR m.sayyid = @sayyid)
  AND (@poor IS NULL OR m.poor = @poor) AND (@need IS NULL OR m.need = @need)
  AND (@number IS NULL OR r.number = @number)`;

const statements = prepared((db) => ({
  byNumber: db.$client.prepare(`${RECIPIENT} WHERE r.centre_id = ? AND r.number = ?`),
  byId: db.$client.prepare(`${RECIPIENT} WHERE r.id = ?`),
  list: db.$client.prepare(
    `${RECIPIENT} WHERE ${ASKED} ORDER BY r.number LIMIT @limit OFFSET @from`,
  ),
  count: db.$client
    .prepare(
      `SELECT count(*) FROM recipients r JOIN recipient_marks m
         ON m.id = (SELECT max(id) FROM recipient_marks WHERE recipient_id = r.id) WHERE ${ASKED}`,
    )
    .pluck(),
  marks: db.$client.prepare(
    `SELECT ${MARKS} FROM recipient_marks m JOIN users u ON u.id = m.marked_by
     WHERE m.recipient_id = ? ORDER BY m.id DESC`,
  ),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM recipients').pluck(),
  nextNumber: db.$client
    .prepare('SELECT coalesce(max(number), 0) + 1 FROM recipients WHERE centre_id = ?')
    .pluck(),
  nextMark: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM recipient_marks').pluck(),
  insert: db.$client.prepare('INSERT INTO recipients VALUES (?, ?, ?, ?)'),
  mark: db.$client.prepare('INSERT INTO recipient_marks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
}));

/** Registers somebody who is helped, under the centre's next code. */
export function registerRecipient(tx: Tx, actor: Actor, centre: Centre, marks: Marks): Recipient {
  requirePower(actor, 'recipients.keep', centre);
  const id = statements(tx).nextId.get() as number;
  const number = statements(tx).nextNumber.get(centre.id) as number;
  const act = record(tx, actor, {
    ...{ kind: 'recipient.registered', subject: `recipients/${id}`, centreId: centre.id },
    after: { number, ...marks },
  });
  writeMarks(tx, actor, id, marks, act.id);
  statements(tx).insert.run(id, centre.id, number, act.id);
  return findRecipientById(tx, id);
}

/** Writes the marks anew; those of before stay to be seen, with what was given under them. */
export function markRecipient(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { recipient, marks }: { recipient: Recipient; marks: Marks },
): Recipient {
  requirePower(actor, 'recipients.keep', centre);
  const { sayyid, poor, need, persons } = recipient;
  const before = { sayyid, poor, need, persons };
  if (JSON.stringify(before) === JSON.stringify(marks)) {
    throw new Refusal('payments:refusals.same-marks', { status: 422, field: 'need' });
  }
  const act = record(tx, actor, {
    ...{ kind: 'recipient.marked', subject: `recipients/${recipient.id}`, centreId: centre.id },
    ...{ before, after: { number: recipient.number, ...marks } },
  });
  writeMarks(tx, actor, recipient.id, marks, act.id);
  return findRecipientById(tx, recipient.id);
}

/** A recipient of the centre by his code; throws NotFound. */
export function findRecipient(db: Db, centreId: number, number: number): Recipient {
  return told(statements(db).byNumber.get(centreId, number));
}

export function findRecipientById(db: Db, id: number): Recipient {
  return told(statements(db).byId.get(id));
}

const inSql = (asked: boolean | undefined) => (asked === undefined ? null : Number(asked));

export function recipientsOf(
  db: Db,
  centreId: number,
  asked: RecipientFilter,
  { limit, from }: { limit: number; from: number },
): Recipient[] {
  const values = { ...valuesOf(centreId, asked), limit, from };
  return (statements(db).list.all(values) as Row[]).map(told);
}

export function countRecipients(db: Db, centreId: number, asked: RecipientFilter): number {
  return statements(db).count.get(valuesOf(centreId, asked)) as number;
}

const valuesOf = (centreId: number, { sayyid, poor, need, number }: RecipientFilter) => ({
  ...{ centreId, sayyid: inSql(sayyid), poor: inSql(poor) },
  ...{ need: need ?? null, number: number ?? null },
});

export type Marked = Marks & { markedOn: string; markedBy: string };

/** All marks a recipient ever had, the newest first. */
export function marksOf(db: Db, recipientId: number): Marked[] {
  const rows = statements(db).marks.all(recipientId) as (Omit<Marked, 'sayyid' | 'poor'> & {
    sayyid: number;
    poor: number;
  })[];
  return rows.map((row) => ({ ...row, sayyid: row.sayyid === 1, poor: row.poor === 1 }));
}

function writeMarks(tx: Tx, actor: Actor, recipientId: number, marks: Marks, actId: number): void {
  const { sayyid, poor, need, persons } = marks;
  statements(tx).mark.run(
    ...[statements(tx).nextMark.get(), recipientId, Number(sayyid), Number(poor), need, persons],
    ...[actor.today, actor.user!.id, actId],
  );
}

function told(found: unknown): Recipient {
  if (!found) throw new NotFound();
  const row = found as Row;
  return { ...row, sayyid: row.sayyid === 1, poor: row.poor === 1 };
}
