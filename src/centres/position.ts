/** What a centre has today: its cash and bank, and the gifts that came last. */
import { findFund, versionOn } from '../funds/funds.ts';
import { type Db, prepared } from '../provinces/connection.ts';

export type Balance = { code: string; nameFa: string; nameEn: string; balanceRial: number };

/** What lies in the centre's cash and bank for one intention. */
export type FundBalance = {
  code: string;
  nameFa: string;
  nameEn: string;
  restriction: 'free' | 'restricted' | 'held';
  balanceRial: number;
};

export type LastReceipt = {
  receipt: string;
  issuedAt: string;
  amountRial: number;
  fundFa: string;
  fundEn: string;
  /** null for an anonymous gift, and for one who asked not to be named (B-104). */
  donor: string | null;
  withheld: number;
  cancelled: number;
};

/** The general account of cash and bank; its subsidiaries are the places where money lies. */
const MONEY = '11__';

const statements = prepared((db) => ({
  money: db.$client.prepare(
    `SELECT a.code, a.name_fa AS nameFa, a.name_en AS nameEn,
       coalesce(sum(b.debit_rial), 0) - coalesce(sum(b.credit_rial), 0) AS balanceRial
     FROM accounts a
     LEFT JOIN balances b ON b.centre_id = a.centre_id AND b.account = a.code
     WHERE a.centre_id = ? AND a.level = 'subsidiary' AND a.code LIKE ?
     GROUP BY a.code
     HAVING balanceRial <> 0 OR a.code IN ('1101', '1102')
     ORDER BY a.code`,
  ),
  funds: db.$client.prepare(
    `SELECT f.code, f.restriction,
       sum(b.debit_rial) - sum(b.credit_rial) AS balanceRial
     FROM balances b JOIN funds f ON f.code = b.fund
     WHERE b.centre_id = ? AND b.account LIKE ?
     GROUP BY f.code HAVING balanceRial <> 0 ORDER BY balanceRial DESC, f.position`,
  ),
  last: db.$client.prepare(
    `SELECT r.year || '-' || printf('%06d', r.number) AS receipt, r.issued_at AS issuedAt,
       d.amount_rial AS amountRial, v.name_fa AS fundFa, v.name_en AS fundEn,
       CASE WHEN o.may_be_named = 1 THEN o.name END AS donor,
       coalesce(o.may_be_named = 0, 0) AS withheld, c.receipt_id IS NOT NULL AS cancelled
     FROM receipts r JOIN donations d ON d.id = r.donation_id
     JOIN fund_versions v ON v.id = ${versionOn('d.fund', 'd.received_on')}
     LEFT JOIN donors o ON o.id = d.donor_id
     LEFT JOIN receipt_cancellations c ON c.receipt_id = r.id
     WHERE r.centre_id = ? ORDER BY r.year DESC, r.number DESC LIMIT 5`,
  ),
}));

/** Where the money lies, account by account. */
export function moneyOf(db: Db, centreId: number): Balance[] {
  return statements(db).money.all(centreId, MONEY) as Balance[];
}

/** For what the money is meant, the greatest first, as the funds are called on this day. */
export function fundsOf(db: Db, centreId: number, day: string): FundBalance[] {
  const rows = statements(db).funds.all(centreId, MONEY) as Omit<
    FundBalance,
    'nameFa' | 'nameEn'
  >[];
  return rows.map((row) => {
    const { nameFa = row.code, nameEn = row.code } = findFund(db, row.code, day) ?? {};
    return { ...row, nameFa, nameEn };
  });
}

/** The receipts issued last, the newest first. */
export function lastReceipts(db: Db, centreId: number): LastReceipt[] {
  return statements(db).last.all(centreId) as LastReceipt[];
}
