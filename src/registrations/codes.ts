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

/** A gift as it is listed for the committee's system. */
export type Registrable = {
  /** As donations/12. */
  subject: string;
  /** Our number: the receipt's, as 1405-000001. */
  number: string;
  receivedOn: string;
  kind: string;
  amountRial: number;
  fund: string;
  code: string | null;
};

export const CODE_STATES = ['without', 'with'] as const;
export type CodeState = (typeof CODE_STATES)[number];

export type CodeFilter = { from: string; to: string; state?: CodeState };

const CODE = `(SELECT c.code FROM registration_codes c
  WHERE c.subject = 'donations/' || d.id ORDER BY c.id DESC LIMIT 1)`;

const FROM = `FROM donations d JOIN receipts r ON r.donation_id = d.id
  WHERE d.centre_id = @centreId AND d.received_on BETWEEN @from AND @to
    AND NOT EXISTS (SELECT 1 FROM receipt_cancellations x WHERE x.receipt_id = r.id)
    AND (@state IS NULL OR (@state = 'with') = (${CODE} IS NOT NULL))`;

const statements = prepared(({ $client: client }) => ({
  list: client.prepare(
    `SELECT 'donations/' || d.id AS subject, r.year || '-' || printf('%06d', r.number) AS number,
       d.received_on AS receivedOn, d.kind, d.amount_rial AS amountRial, d.fund,
       ${CODE} AS code
     ${FROM} ORDER BY d.received_on, d.id LIMIT @limit OFFSET @offset`,
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
  subject: client
    .prepare(
      `SELECT 'donations/' || r.donation_id FROM receipts r
       WHERE r.centre_id = ? AND r.year = ? AND r.number = ?`,
    )
    .pluck(),
  insert: client.prepare(
    `INSERT INTO registration_codes (centre_id, subject, code, recorded_on, recorded_by, act_id)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ),
}));

/** Gifts of some days, the oldest first, a part at a time. */
export function registrables(
  db: Db,
  centreId: number,
  { from, to, state }: CodeFilter,
  limit = 1000,
  offset = 0,
): Registrable[] {
  const asked = { centreId, from, to, state: state ?? null, limit, offset };
  return statements(db).list.all(asked) as Registrable[];
}

export function countRegistrables(
  db: Db,
  centreId: number,
  { from, to, state }: CodeFilter,
): number {
  return statements(db).count.get({ centreId, from, to, state: state ?? null }) as number;
}

export type RecordedCode = { code: string; recordedOn: string; recordedBy: string };

/** The code of a row, as donations/12; undefined while it has none. */
export function codeOf(db: Db, subject: string): RecordedCode | undefined {
  return statements(db).codeOf.get(subject) as RecordedCode | undefined;
}

/** Our row by its number, as 1405-000001; undefined when there is none. */
export function subjectOfNumber(db: Db, centreId: number, number: string): string | undefined {
  const parts = /^(\d{4})-(\d{1,9})$/.exec(number);
  if (!parts) return undefined;
  const found = statements(db).subject.get(centreId, Number(parts[1]), Number(parts[2]));
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
