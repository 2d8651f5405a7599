/** What collectors hold is handed in: into the cash box or to the bank, fund by fund. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { contentOf, nextEntry, postEntry } from '../books/entries.ts';
import { bankAccountOrNone } from '../centres/bank-accounts.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { wordsFor } from '../words.ts';
import { SHORT } from './openings.ts';

export type RemittanceTyped = {
  remittedOn: string;
  account: '1101' | '1102';
  fund: string;
  amountRial: number;
  /** The number of the bank's slip. */
  reference?: string | null;
  /** What was lost on the way, and how; it is taken from what the collectors hold. */
  shortRial?: number;
  explanation?: string | null;
};

export type Remittance = Required<RemittanceTyped> & { id: number; entry: string; by: string };

/**
 * Money that is still with the collectors. What they hand in is a deed of boxes, not a transfer between
 * cash and bank: nobody signs it a second time, for two had signed the count that it comes from.
 */
const WITH_COLLECTORS = '1104';

const statements = prepared(({ $client: client }) => ({
  held: client.prepare(
    `SELECT fund, sum(debit_rial - credit_rial) AS rial FROM balances
     WHERE centre_id = ? AND account = '1104' GROUP BY fund HAVING rial <> 0 ORDER BY fund`,
  ),
  list: client.prepare(
    `SELECT m.id, m.remitted_on AS remittedOn, m.account, m.fund, m.amount_rial AS amountRial,
       m.reference, m.short_rial AS shortRial, m.explanation, e.year || '-' || e.number AS entry, u.name AS by
     FROM box_remittances m JOIN entries e ON e.id = m.entry_id JOIN users u ON u.id = m.recorded_by
     WHERE m.centre_id = ? ORDER BY m.id DESC LIMIT ? OFFSET ?`,
  ),
  count: client.prepare('SELECT count(*) FROM box_remittances WHERE centre_id = ?').pluck(),
  one: client.prepare('SELECT centre_id FROM box_remittances WHERE id = ?').pluck(),
  nextId: client.prepare('SELECT 1 + coalesce(max(id), 0) FROM box_remittances').pluck(),
  insert: client.prepare(
    'INSERT INTO box_remittances VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
  slip: client.prepare(
    `SELECT m.remitted_on AS remittedOn FROM box_remittances m
     WHERE m.centre_id = ? AND m.reference IS NOT NULL
       AND ltrim(m.reference, '0') = ltrim(?, '0')`,
  ),
  elsewhere: client
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM deposits d WHERE d.centre_id = @centreId
           AND ltrim(d.reference, '0') = ltrim(@reference, '0')
           AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = d.entry_id))
         OR EXISTS (SELECT 1 FROM gift_references g CROSS JOIN donations d ON d.id = g.donation_id
           JOIN receipts r ON r.donation_id = d.id
           WHERE ltrim(g.reference, '0') = ltrim(@reference, '0') AND d.centre_id = @centreId
             AND d.kind = 'transfer'
             AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id))`,
    )
    .pluck(),
}));

/** The day on which this slip was recorded for box money; undefined while it is not. */
export function boxSlipOn(db: Db, centreId: number, reference: string): string | undefined {
  const found = statements(db).slip.get(centreId, reference) as { remittedOn: string } | undefined;
  return found?.remittedOn;
}

/** A transfer or a deposit is not entered under the number of a slip that brought box money. */
export function refuseBoxSlip(db: Db, centreId: number, reference: string): void {
  const remittedOn = boxSlipOn(db, centreId, reference);
  if (remittedOn === undefined) return;
  throw new Refusal('boxes:refusals.slip-remitted', {
    ...{ field: 'reference', values: { number: reference, remittedOn } },
    mend: '/donations/boxes/remittances',
  });
}

/** What collectors hold of each fund. */
export const heldByCollectors = (db: Db, centreId: number) =>
  statements(db).held.all(centreId) as { fund: string; rial: number }[];

export const remittancesOf = (db: Db, centreId: number, limit: number, offset = 0): Remittance[] =>
  statements(db).list.all(centreId, limit, offset) as Remittance[];

export const countRemittances = (db: Db, centreId: number): number =>
  statements(db).count.get(centreId) as number;

export function remitBoxMoney(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  typed: RemittanceTyped,
): Remittance {
  requirePower(actor, 'boxes.remit', centre);
  const { remittedOn, account, fund, amountRial } = typed;
  const reference = account === '1102' ? (typed.reference ?? null) : null;
  const { shortRial = 0 } = typed;
  const explanation = shortRial > 0 ? (typed.explanation ?? null) : null;
  refuseUnfit(tx, actor, centre, { ...typed, reference });
  const id = statements(tx).nextId.get() as number;
  const description = wordsFor('fa')(`boxes:entry.remitted-${account}`);
  const entry = {
    ...{ centreId: centre.id, entryOn: remittedOn, description, source: 'box' as const },
    draftedBy: actor.user!.id,
    lines: [
      { account, fund, debitRial: amountRial, creditRial: 0, detail: reference },
      ...(shortRial > 0
        ? [{ account: SHORT, fund, debitRial: shortRial, creditRial: 0, detail: explanation }]
        : []),
      { account: WITH_COLLECTORS, fund, debitRial: 0, creditRial: amountRial + shortRial },
    ],
  };
  const next = nextEntry(tx, centre.id, remittedOn);
  const act = record(tx, actor, {
    ...{ kind: 'box.remitted', subject: `box-remittances/${id}`, centreId: centre.id },
    after: {
      ...{ remittedOn, account, fund, amountRial, reference },
      ...(shortRial > 0 && { shortRial, explanation }),
      entry: { id: next.id, ...contentOf(entry, next) },
    },
  });
  statements(tx).insert.run(
    ...[id, centre.id, remittedOn, account, fund, amountRial, reference, next.id],
    ...[actor.today, actor.user!.id, act.id, shortRial, explanation],
  );
  postEntry(tx, actor, { ...entry, actId: act.id });
  return remittancesOf(tx, centre.id, 1)[0]!;
}

function refuseUnfit(tx: Tx, actor: Actor, centre: Centre, typed: RemittanceTyped): void {
  const { remittedOn, account, fund, amountRial, reference, shortRial = 0, explanation } = typed;
  const refuse = (key: string, field: string) =>
    new Refusal(`boxes:refusals.${key}`, { status: 422, field });
  if (remittedOn > actor.today) throw refuse('future', 'remittedOn');
  const held = heldByCollectors(tx, centre.id).find((one) => one.fund === fund);
  if (!held) throw refuse('nothing-held', 'fund');
  if (amountRial + shortRial > held.rial) {
    const values = { heldRial: held.rial };
    throw new Refusal('boxes:refusals.more-than-held', { status: 422, field: 'amount', values });
  }
  if (shortRial > 0 && !explanation) throw refuse('explain-short', 'explanation');
  if (account !== '1102') return;
  if (!reference) throw new Refusal('common:refusals.needed', { status: 422, field: 'reference' });
  if (!bankAccountOrNone(tx, centre.id)) {
    throw new Refusal('bylaw:refusals.B-118', { clause: 'B-118', mend: '/bank-account' });
  }
  refuseKnownSlip(tx, centre.id, reference);
}

/** A slip of the bank is one deposit, whoever writes it down, and as whatever. */
function refuseKnownSlip(db: Db, centreId: number, reference: string): void {
  refuseBoxSlip(db, centreId, reference);
  if (statements(db).elsewhere.get({ centreId, reference }) === 0) return;
  throw new Refusal('boxes:refusals.slip-known', {
    ...{ field: 'reference', values: { number: reference } },
  });
}
