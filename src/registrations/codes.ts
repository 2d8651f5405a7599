/**
 * B-112: what a row of ours is called in the committee's own system. A code is a row of its own,
 * never written into what is issued; a later code of the same row takes the place of the earlier.
 */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';

/** What stands in the committee's system by a code of its own: what came in and what went out. */
export const CODED_ROWS = ['gift', 'payment', 'delivery', 'count'] as const;
export type CodedRow = (typeof CODED_ROWS)[number];

/** A row as it is listed for the committee's system. */
export type Registrable = {
  /** As donations/12 or payments/3. */
  subject: string;
  row: CodedRow;
  /** Our number: the receipt's, as 1405-000001; P, D or B before that of other papers. */
  number: string;
  receivedOn: string;
  kind: string;
  amountRial: number;
  fund: string;
  code: string | null;
};

export const CODE_STATES = ['without', 'with'] as const;
export type CodeState = (typeof CODE_STATES)[number];

export type CodeFilter = { from: string; to: string; state?: CodeState; row?: CodedRow };

// Petty cash is only moved, what was reversed or corrected stands in no list; an empty box is no row.
const ROWS = `
  SELECT 'gift' AS row, 'donations/' || d.id AS subject, d.id,
    r.year || '-' || printf('%06d', r.number) AS number, d.received_on AS receivedOn, d.kind,
    d.amount_rial AS amountRial, d.fund
  FROM donations d JOIN receipts r ON r.donation_id = d.id
  WHERE d.centre_id = @centreId AND d.received_on BETWEEN @from AND @to
    AND (@row IS NULL OR @row = 'gift')
    AND NOT EXISTS (SELECT 1 FROM receipt_cancellations x WHERE x.receipt_id = r.id)
  UNION ALL
  SELECT 'payment', 'payments/' || p.id, p.id, 'P-' || m.year || '-' || printf('%04d', m.number),
    m.paid_on, p.kind, p.amount_rial,
    (SELECT fund FROM payment_lines WHERE payment_id = p.id ORDER BY line LIMIT 1)
  FROM payments p JOIN payments_made m ON m.payment_id = p.id
  WHERE p.centre_id = @centreId AND m.paid_on BETWEEN @from AND @to AND p.kind <> 'petty'
    AND (@row IS NULL OR @row = 'payment')
    AND NOT EXISTS (SELECT 1 FROM payment_reversals x WHERE x.payment_id = p.id)
  UNION ALL
  SELECT 'delivery', 'deliveries/' || d.id, d.id,
    'D-' || m.year || '-' || printf('%04d', m.number), m.delivered_on, 'goods',
    coalesce((SELECT -sum(value_rial) FROM stock_moves WHERE subject = 'deliveries/' || d.id), 0),
    (SELECT o.fund FROM delivery_items i JOIN lots o ON o.id = i.lot_id
      WHERE i.delivery_id = d.id ORDER BY o.id LIMIT 1)
  FROM deliveries d JOIN deliveries_made m ON m.delivery_id = d.id
  WHERE d.centre_id = @centreId AND m.delivered_on BETWEEN @from AND @to
    AND (@row IS NULL OR @row = 'delivery')
  UNION ALL
  SELECT 'count', 'box-openings/' || o.id, o.id, 'B-' || a.number, o.counted_on, 'cash',
    o.total_rial, o.fund
  FROM box_openings o JOIN box_confirmations c ON c.opening_id = o.id
  JOIN papers a ON a.id = c.paper_id
  WHERE o.centre_id = @centreId AND o.counted_on BETWEEN @from AND @to AND o.total_rial > 0
    AND (@row IS NULL OR @row = 'count')
    AND NOT EXISTS (SELECT 1 FROM box_openings n JOIN box_confirmations k ON k.opening_id = n.id
      WHERE n.replaces_id = o.id)`;
const CODED = `SELECT *, (SELECT c.code FROM registration_codes c
    WHERE c.subject = s.subject ORDER BY c.id DESC LIMIT 1) AS code FROM (${ROWS}) s`;
const FROM = `FROM (${CODED}) WHERE @state IS NULL OR (@state = 'with') = (code IS NOT NULL)`;

const statements = prepared(({ $client: client }) => ({
  list: client.prepare(
    `SELECT subject, row, number, receivedOn, kind, amountRial, fund, code
     ${FROM} ORDER BY receivedOn, row = 'gift' DESC, row, id LIMIT @limit OFFSET @offset`,
  ),
  count: client.prepare(`SELECT count(*) ${FROM}`).pluck(),
  codeOf: client.prepare(
    `SELECT c.code, c.recorded_on AS recordedOn, u.name AS recordedBy FROM registration_codes c
     JOIN users u ON u.id = c.recorded_by WHERE c.subject = ? ORDER BY c.id DESC LIMIT 1`,
  ),
  holder: client
    .prepare(
      `SELECT c.subject FROM registration_codes c
       WHERE c.centre_id = ? AND c.code = ? AND c.id = (SELECT max(id) FROM registration_codes
         WHERE subject = c.subject)`,
    )
    .pluck(),
  gift: client
    .prepare(
      `SELECT 'donations/' || r.donation_id FROM receipts r
       WHERE r.centre_id = ? AND r.year = ? AND r.number = ?`,
    )
    .pluck(),
  payment: client
    .prepare(
      `SELECT 'payments/' || payment_id FROM payments_made
       WHERE centre_id = ? AND year = ? AND number = ?`,
    )
    .pluck(),
  delivery: client
    .prepare(
      `SELECT 'deliveries/' || delivery_id FROM deliveries_made
       WHERE centre_id = ? AND year = ? AND number = ?`,
    )
    .pluck(),
  minutes: client
    .prepare(
      `SELECT 'box-openings/' || c.opening_id FROM papers a
       JOIN box_confirmations c ON c.paper_id = a.id
       WHERE a.centre_id = ? AND a.kind = 'box-count'
         AND a.number = ? || '-' || printf('%04d', ?)`,
    )
    .pluck(),
  insert: client.prepare(
    `INSERT INTO registration_codes (centre_id, subject, code, recorded_on, recorded_by, act_id)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ),
}));

/** Rows of some days, the oldest first, a part at a time. */
export function registrables(
  db: Db,
  centreId: number,
  filter: CodeFilter,
  limit = 1000,
  offset = 0,
): Registrable[] {
  const asked = { ...valuesOf(centreId, filter), limit, offset };
  return statements(db).list.all(asked) as Registrable[];
}

/** All of them in one pass, read as they are asked for. */
export function everyRegistrable(
  db: Db,
  centreId: number,
  filter: CodeFilter,
): IterableIterator<Registrable> {
  const asked = { ...valuesOf(centreId, filter), limit: -1, offset: 0 };
  return statements(db).list.iterate(asked) as IterableIterator<Registrable>;
}

export function countRegistrables(db: Db, centreId: number, filter: CodeFilter): number {
  return statements(db).count.get(valuesOf(centreId, filter)) as number;
}

const valuesOf = (centreId: number, { from, to, state, row }: CodeFilter) => ({
  ...{ centreId, from, to, state: state ?? null, row: row ?? null },
});

export type RecordedCode = { code: string; recordedOn: string; recordedBy: string };

/** The code of a row, as donations/12; undefined while it has none. */
export function codeOf(db: Db, subject: string): RecordedCode | undefined {
  return statements(db).codeOf.get(subject) as RecordedCode | undefined;
}

/** How our numbers are written: bare of a receipt, a letter before those of other papers. */
export const OUR_NUMBER = /^(?:([PDB])-)?(1[34]\d{2})-(\d{1,9})$/i;

/** Our row by its number, as 1405-000001 or P-1405-0001; undefined when there is none. */
export function subjectOfNumber(db: Db, centreId: number, number: string): string | undefined {
  const [, letter = '', year, serial] = OUR_NUMBER.exec(number) ?? [];
  if (!year) return undefined;
  const { gift, payment, delivery, minutes } = statements(db);
  const finders: Record<string, typeof gift> = { '': gift, P: payment, D: delivery, B: minutes };
  const found = finders[letter.toUpperCase()]!.get(centreId, Number(year), Number(serial));
  return (found ?? undefined) as string | undefined;
}

/** Whose code it is now in this centre. */
export function holderOfCode(db: Db, centreId: number, code: string): string | undefined {
  return (statements(db).holder.get(centreId, code) ?? undefined) as string | undefined;
}

/** Writes the code of one row; the same code again changes nothing. */
export function recordCode(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { subject, code }: { subject: string; code: string },
): RecordedCode {
  requirePower(actor, 'registrations.record', centre);
  const before = codeOf(tx, subject);
  if (before?.code === code) return before;
  const holder = holderOfCode(tx, centre.id, code);
  if (holder !== undefined && holder !== subject) {
    throw new Refusal('registrations:refusals.code-of-another', {
      ...{ status: 422, field: 'code', clause: 'B-112', values: { code } },
    });
  }
  const act = record(tx, actor, {
    ...{ kind: 'registration.recorded', subject, centreId: centre.id },
    ...{ before: before ? { code: before.code } : undefined, after: { code } },
  });
  write(tx, actor, centre, { subject, code, actId: act.id });
  return codeOf(tx, subject)!;
}

/** Writes many at once under one act; `codes` are known to be sound. */
export function recordCodes(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  codes: { subject: string; code: string }[],
): number {
  requirePower(actor, 'registrations.record', centre);
  const fresh = codes.filter(({ subject, code }) => codeOf(tx, subject)?.code !== code);
  if (fresh.length === 0) return 0;
  const act = record(tx, actor, {
    ...{ kind: 'registration.imported', subject: 'registrations', centreId: centre.id },
    after: { codes: fresh },
  });
  for (const one of fresh) write(tx, actor, centre, { ...one, actId: act.id });
  return fresh.length;
}

type Written = { subject: string; code: string; actId: number };

function write(tx: Tx, actor: Actor, centre: Centre, { subject, code, actId }: Written): void {
  const by = actor.user!.id;
  statements(tx).insert.run(centre.id, subject, code, actor.today, by, actId);
}
