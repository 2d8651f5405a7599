/**
 * What a pack lists (B-133): each entry of the books that is of a gift, a payment or a delivery, with
 * the number of its paper, the code of its recipient, and no name of anyone.
 */

import { type Db, prepared } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import type { Month } from './months.ts';
import type { List } from './schema.ts';

export type Documented = {
  entryId: number;
  list: List;
  /** As 1405-12: its number in the journal. */
  entry: string;
  on: string;
  /** What the books have; less than nothing for what took another entry back. */
  amountRial: number;
  /** What its own paper says. */
  paperRial: number;
  /** The number of its receipt, its voucher, its slip, its count of a box. */
  number: string;
  kind: string;
  /** The recipient's code; null for whatever is not aid. */
  recipient: number | null;
  funds: string[];
  accounts: string[];
  /** The code of the committee's own system. */
  code: string | null;
  /** Of what took back: that entry's day, when it is another month's. */
  takesBackOn: string | null;
  /** Of what was taken back after its month. */
  takenBackOn: string | null;
};

type Raw = Omit<Documented, 'entry' | 'funds' | 'accounts' | 'number' | 'paperRial'> & {
  year: number;
  number: number;
  reverses: number | null;
  paperYear: number | null;
  paperNumber: number | null;
  paperRial: number | null;
  funds: string;
  accounts: string;
};

/** The deed behind the entry tells its number, its kind and its own amount. */
const SELECT = `SELECT d.entry_id AS entryId, d.list, d.year, d.number, d.entry_on AS "on",
    d.amount_rial AS amountRial, d.reverses_entry_id AS reverses,
    CASE WHEN d.reverses_entry_id IS NOT NULL THEN d.base_on END AS takesBackOn,
    (SELECT x.entry_on FROM entries x WHERE x.reverses_entry_id = d.entry_id) AS takenBackOn,
    coalesce(r.year, pm.year, dm.year) AS paperYear,
    coalesce(r.number, pm.number, dm.number, bo.id) AS paperNumber,
    coalesce(g.kind, p.kind, CASE WHEN dl.id IS NOT NULL THEN 'delivery' ELSE 'box' END) AS kind,
    coalesce(rp.number, rd.number) AS recipient,
    CASE WHEN d.list = 'deliveries' THEN coalesce((SELECT -sum(m.value_rial) FROM stock_moves m
        WHERE m.subject = 'deliveries/' || dl.id AND m.entry_id = d.entry_id), 0)
      ELSE (CASE WHEN d.reverses_entry_id IS NULL THEN 1 ELSE -1 END)
        * coalesce(g.amount_rial, p.amount_rial, bo.total_rial, 0) END AS paperRial,
    (SELECT group_concat(DISTINCT l.fund) FROM entry_lines l WHERE l.entry_id = d.entry_id
      AND l.fund <> 'unidentified') AS funds,
    (SELECT group_concat(DISTINCT l.account) FROM entry_lines l WHERE l.entry_id = d.entry_id
      AND CASE d.list WHEN 'receipts' THEN l.account GLOB '5*' OR l.account GLOB '[34][13]*'
        ELSE l.account NOT GLOB '11*' AND (d.list = 'payments' OR l.account NOT GLOB '13*') END)
      AS accounts,
    (SELECT c.code FROM registration_codes c
      WHERE c.subject = coalesce('donations/' || g.id, 'payments/' || p.id, 'deliveries/' || dl.id,
        'box-openings/' || bo.id) ORDER BY c.id DESC LIMIT 1) AS code
  FROM documented_entries d
  LEFT JOIN receipts r ON d.list = 'receipts' AND r.entry_id = d.base_id
  LEFT JOIN donations g ON g.id = r.donation_id
  LEFT JOIN box_confirmations b ON d.list = 'receipts' AND b.entry_id = d.base_id
  LEFT JOIN box_openings bo ON bo.id = b.opening_id
  LEFT JOIN payments_made pm ON d.list = 'payments' AND pm.entry_id = d.base_id
  LEFT JOIN payments p ON p.id = pm.payment_id
  LEFT JOIN recipients rp ON rp.id = p.recipient_id
  LEFT JOIN delivery_returns dr ON d.list = 'deliveries' AND dr.entry_id = d.entry_id
  LEFT JOIN deliveries_made dm ON d.list = 'deliveries'
    AND dm.delivery_id = coalesce(dr.delivery_id,
      (SELECT delivery_id FROM deliveries_made WHERE entry_id = d.base_id))
  LEFT JOIN deliveries dl ON dl.id = dm.delivery_id
  LEFT JOIN recipients rd ON rd.id = dl.recipient_id`;
const ORDER = 'ORDER BY d.entry_on, d.year, d.number';

/** Whether a pack of this month has the entry already. */
const SENT = `EXISTS (SELECT 1 FROM pack_rows s JOIN packs k ON k.id = s.pack_id
  WHERE s.entry_id = d.entry_id AND k.centre_id = @centreId
    AND k.year = @year AND k.month = @month)`;
const IN_MONTH = `d.centre_id = @centreId AND d.entry_on BETWEEN @from AND @to AND d.amount_rial <> 0`;
/** What took back, in a later month, what a pack of this month has. */
const TAKES_BACK = `d.entry_id IN (SELECT e.id FROM entries e
  WHERE e.centre_id = @centreId AND e.reverses_entry_id IS NOT NULL AND e.entry_on > @to
    AND EXISTS (SELECT 1 FROM pack_rows s JOIN packs k ON k.id = s.pack_id
      WHERE s.entry_id = e.reverses_entry_id AND k.centre_id = @centreId
        AND k.year = @year AND k.month = @month))`;

const statements = prepared(({ $client: client }) => ({
  month: client.prepare(`${SELECT} WHERE ${IN_MONTH} ${ORDER}`),
  fresh: client.prepare(`${SELECT} WHERE ${IN_MONTH} AND NOT ${SENT} ${ORDER}`),
  takers: client.prepare(`${SELECT} WHERE ${TAKES_BACK} AND NOT ${SENT} ${ORDER}`),
  ofPack: client.prepare(
    `${SELECT} JOIN pack_rows w ON w.entry_id = d.entry_id WHERE w.pack_id = ? ${ORDER}`,
  ),
  sums: client.prepare(
    `SELECT d.list, count(*) AS count, sum(d.amount_rial) AS rial FROM documented_entries d
     WHERE ${IN_MONTH} GROUP BY d.list`,
  ),
}));

const asked = (centreId: number, { year, month, from, to }: Month) => ({
  ...{ centreId, year, month, from, to },
});

/** Everything of the month as it stands in the books now. */
export function documentedIn(db: Db, centreId: number, month: Month): Documented[] {
  return (statements(db).month.all(asked(centreId, month)) as Raw[]).map(whole);
}

/** What the next pack of the month is to have: all of it the first time, then only what is new. */
export function unsentOf(db: Db, centreId: number, month: Month): Documented[] {
  const { fresh, takers } = statements(db);
  const rows = [...fresh.all(asked(centreId, month)), ...takers.all(asked(centreId, month))];
  return (rows as Raw[]).map(whole);
}

/** What a pack that was made has. */
export function documentedOfPack(db: Db, packId: number): Documented[] {
  return (statements(db).ofPack.all(packId) as Raw[]).map(whole);
}

export type Sum = { count: number; rial: number };
export type Sums = Record<List, Sum>;

/** What the books of the month come to, list by list. */
export function booksOfMonth(db: Db, centreId: number, month: Month): Sums {
  const sums = noSums();
  const rows = statements(db).sums.all(asked(centreId, month)) as (Sum & { list: List })[];
  for (const { list, count, rial } of rows) sums[list] = { count, rial };
  return sums;
}

export function sumsOf(rows: Documented[]): Sums {
  const sums = noSums();
  for (const { list, amountRial } of rows) {
    sums[list].count += 1;
    sums[list].rial += amountRial;
  }
  return sums;
}

const noSums = (): Sums => ({
  receipts: { count: 0, rial: 0 },
  payments: { count: 0, rial: 0 },
  deliveries: { count: 0, rial: 0 },
});

function whole({ year, number, reverses, paperYear, paperNumber, ...raw }: Raw): Documented {
  const { funds, accounts, list, paperRial } = raw;
  const places = list === 'receipts' ? 6 : 4;
  return {
    ...raw,
    kind: reverses === null && raw.amountRial > 0 ? raw.kind : `${raw.kind}-back`,
    entry: `${year}-${number}`,
    paperRial: paperRial ?? 0,
    number:
      paperYear === null
        ? String(paperNumber ?? '')
        : writtenNumber(paperYear, paperNumber!, places),
    funds: funds.split(','),
    accounts: accounts ? accounts.split(',') : [],
  };
}
