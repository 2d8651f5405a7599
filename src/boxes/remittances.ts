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

export type RemittanceTyped = {
  remittedOn: string;
  account: '1101' | '1102';
  fund: string;
  amountRial: number;
  /** The number of the bank's slip. */
  reference?: string | null;
};

export type Remittance = Required<RemittanceTyped> & { id: number; entry: string; by: string };

/** Money that is still with the collectors. */
const WITH_COLLECTORS = '1104';

const statements = prepared(({ $client: client }) => ({
  held: client.prepare(
    `SELECT fund, sum(debit_rial - credit_rial) AS rial FROM balances
     WHERE centre_id = ? AND account = '1104' GROUP BY fund HAVING rial <> 0 ORDER BY fund`,
  ),
  list: client.prepare(
    `SELECT m.id, m.remitted_on AS remittedOn, m.account, m.fund, m.amount_rial AS amountRial,
       m.reference, e.year || '-' || e.number AS entry, u.name AS by
     FROM box_remittances m JOIN entries e ON e.id = m.entry_id JOIN users u ON u.id = m.recorded_by
     WHERE m.centre_id = ? ORDER BY m.id DESC LIMIT ? OFFSET ?`,
  ),
  count: client.prepare('SELECT count(*) FROM box_remittances WHERE centre_id = ?').pluck(),
  one: client.prepare('SELECT centre_id FROM box_remittances WHERE id = ?').pluck(),
  nextId: client.prepare('SELECT 1 + coalesce(max(id), 0) FROM box_remittances').pluck(),
  insert: client.prepare('INSERT INTO box_remittances VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
}));

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
  refuseUnfit(tx, actor, centre, { ...typed, reference });
  const id = statements(tx).nextId.get() as number;
  const description = wordsFor('fa')(`boxes:entry.remitted-${account}`);
  const entry = {
    ...{ centreId: centre.id, entryOn: remittedOn, description, source: 'box' as const },
    draftedBy: actor.user!.id,
    lines: [
      { account, fund, debitRial: amountRial, creditRial: 0, detail: reference },
      { account: WITH_COLLECTORS, fund, debitRial: 0, creditRial: amountRial },
    ],
  };
  const next = nextEntry(tx, centre.id, remittedOn);
  const act = record(tx, actor, {
    ...{ kind: 'box.remitted', subject: `box-remittances/${id}`, centreId: centre.id },
    after: {
      ...{ remittedOn, account, fund, amountRial, reference },
      entry: { id: next.id, ...contentOf(entry, next) },
    },
  });
  statements(tx).insert.run(
    ...[id, centre.id, remittedOn, account, fund, amountRial, reference, next.id],
    ...[actor.today, actor.user!.id, act.id],
  );
  postEntry(tx, actor, { ...entry, actId: act.id });
  return remittancesOf(tx, centre.id, 1)[0]!;
}

function refuseUnfit(tx: Tx, actor: Actor, centre: Centre, typed: RemittanceTyped): void {
  const { remittedOn, account, fund, amountRial, reference } = typed;
  const refuse = (key: string, field: string) =>
    new Refusal(`boxes:refusals.${key}`, { status: 422, field });
  if (remittedOn > actor.today) throw refuse('future', 'remittedOn');
  const held = heldByCollectors(tx, centre.id).find((one) => one.fund === fund);
  if (!held) throw refuse('nothing-held', 'fund');
  if (amountRial > held.rial) {
    const values = { heldRial: held.rial };
    throw new Refusal('boxes:refusals.more-than-held', { status: 422, field: 'amount', values });
  }
  if (account !== '1102') return;
  if (!reference) throw new Refusal('common:refusals.needed', { status: 422, field: 'reference' });
  if (!bankAccountOrNone(tx, centre.id)) {
    throw new Refusal('bylaw:refusals.B-118', { clause: 'B-118', mend: '/bank-account' });
  }
}
