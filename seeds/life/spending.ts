/** What a centre does with money: helps, buys, pays its bills, passes on what is another's. */

import { recordPassOn } from '../../src/payments/ending.ts';
import { leftToSpend } from '../../src/payments/gift-rest.ts';
import type { Payee } from '../../src/payments/payees.ts';
import { findPayment } from '../../src/payments/payment-rows.ts';
import { type AskedPayment, preparePayment } from '../../src/payments/payments.ts';
import { countPettyCash, heldInPettyCash, setFloat } from '../../src/payments/petty-cash.ts';
import type { Recipient } from '../../src/payments/recipients.ts';
import type { PaymentSigned } from '../../src/payments/signing.ts';
import { signPayment } from '../../src/payments/signing.ts';
import { itemOf } from './gifts.ts';
import { deliver } from './goods.ts';
import { holdings, purse, rounded, serial, type Turn, words } from './house.ts';
import { anyOf, payeeOf, recipientsOfHouse } from './people.ts';

const FLOAT = 20_000_000;

type Paying = Pick<AskedPayment, 'kind' | 'purpose' | 'lines'> &
  Partial<Pick<AskedPayment, 'account' | 'recipient' | 'payee' | 'goods' | 'exception'>> &
  Pick<PaymentSigned, 'passes'>;

/** Prepared by who keeps the books, signed by both; the papers lie in the centre's own folder. */
export function pay(turn: Turn, { passes, ...asked }: Paying): number {
  const { tx, centre, chair, finance } = turn;
  const { id } = preparePayment(tx, finance, centre, {
    ...{ account: '1102', recipient: null, payee: null, goods: [], exception: false },
    ...{ ...asked, storeId: null, reference: asked.account === '1101' ? null : serial(turn) },
  });
  for (const actor of [finance, chair]) {
    const payment = findPayment(tx, centre.id, id);
    const signed = { undocumented: words.said.undocumented, ...(actor === chair && { passes }) };
    signPayment(tx, actor, centre, { payment, signed });
  }
  return id;
}

type Aid = { fund: string; account: string; rial: number; recipient: Recipient; gift?: number };

/** Helps with so much, or with as much as there is in one place. */
function aid(turn: Turn, { fund, account, rial, recipient, gift }: Aid, purpose: string): void {
  const from = purse(turn, fund);
  const amountRial = rounded(Math.min(rial, from.rial));
  if (amountRial <= 0) return;
  const lines = [{ fund, account, amountRial, donationId: gift ?? null }];
  pay(turn, { kind: 'aid', account: from.account, recipient, purpose, lines });
}

/** What each fund is spent on as money, and how much of it in a month. */
const AIDS: { fund: string; account: string; share: number; said: keyof typeof words.said }[] = [
  { fund: 'sadaqa', account: '6101', share: 0.2, said: 'livelihood' },
  { fund: 'sadaqa', account: '6102', share: 0.2, said: 'treatment' },
  { fund: 'zakat-general', account: '6101', share: 0.5, said: 'debt' },
  { fund: 'orphans', account: '6108', share: 0.4, said: 'orphans' },
  { fund: 'committee-share', account: '6104', share: 0.7, said: 'study' },
  { fund: 'csr', account: '6104', share: 0.6, said: 'study' },
  { fund: 'dowry', account: '6103', share: 0.5, said: 'dowry' },
];

/** The help of a month: to each household in its turn. */
export function help(turn: Turn): void {
  const month = Math.floor(turn.moment.getTime() / 86_400_000 / 29);
  const funds = turn.house.large ? AIDS : AIDS.slice(0, 2);
  for (const [n, { fund, account, share, said }] of funds.entries()) {
    const rial = (purse(turn, fund).rial - heldForChildren(turn, fund)) * share;
    aid(turn, { fund, account, rial, recipient: anyOf(turn, month + n) }, words.said[said]);
  }
}

/** What sponsors gave for one child each is not for the others. */
function heldForChildren({ tx, centre }: Turn, fund: string): number {
  return tx.$client
    .prepare(
      `SELECT coalesce(sum(credit_rial - debit_rial), 0) FROM balances
       WHERE centre_id = ? AND account = '3104' AND fund = ?`,
    )
    .pluck()
    .get(centre.id, fund) as number;
}

/** Gifts for one purpose each are spent gift by gift: what was vowed, what was named. */
export function spendNamed(turn: Turn): void {
  const { tx, centre } = turn;
  for (const fund of ['vow', 'purpose']) {
    const gifts = tx.$client
      .prepare(
        `SELECT id FROM donations WHERE centre_id = ? AND fund = ? AND kind <> 'goods'
         ORDER BY id DESC LIMIT 4`,
      )
      .pluck()
      .all(centre.id, fund) as number[];
    for (const gift of gifts) {
      const rial = leftToSpend(tx, gift, fund);
      aid(
        turn,
        { fund, account: '6101', rial, recipient: anyOf(turn, gift), gift },
        said.livelihood,
      );
    }
  }
}
const { said } = words;

type Buying = { fund: string; rial: number; good?: number; gift?: number };

/** So much of a good as the money reaches for. */
export function buy(turn: Turn, { fund, rial, good = 0, gift }: Buying): void {
  const from = purse(turn, fund);
  const kind = words.goods[good]!;
  const units = Math.floor(Math.min(rial, from.rial) / kind.rial);
  if (units < 1) return;
  const { quantityMilli, valueRial, condition, expiresOn } = itemOf(kind, units, turn.today);
  const bought = { name: kind.name, unit: kind.unit, quantityMilli, valueRial };
  pay(turn, {
    ...{ kind: 'purchase', account: from.account, payee: payeeOf(turn, 'shop') },
    purpose: said.food,
    lines: [{ fund, account: kind.account, amountRial: valueRial, donationId: gift ?? null }],
    goods: [{ ...bought, condition, expiresOn, line: 0 }],
  });
}

/** Food for the baskets of the next weeks. */
export function buyFood(turn: Turn): void {
  const { house, chance } = turn;
  for (const fund of house.large ? ['sadaqa', 'fidya'] : ['sadaqa']) {
    buy(turn, { fund, rial: purse(turn, fund).rial * 0.6, good: chance.below(3) });
  }
}

/** Kaffara is flour to the last: bought of each gift apart, and given to others each time. */
export function atone(turn: Turn, limit = 3): void {
  const { tx, centre } = turn;
  const gifts = tx.$client
    .prepare(
      `SELECT id FROM donations WHERE centre_id = ? AND fund = 'kaffara' AND kind <> 'goods'
       ORDER BY id DESC LIMIT ?`,
    )
    .pluck()
    .all(centre.id, limit) as number[];
  for (const gift of gifts) {
    const flour = words.goods.findIndex(({ unit, account }) => unit === 'kg' && account === '1301');
    buy(turn, { fund: 'kaffara', rial: leftToSpend(tx, gift, 'kaffara'), good: flour, gift });
    feed(turn, gift);
  }
}

/** All that was bought of one gift of kaffara, to one household that had none of it. */
function feed(turn: Turn, gift: number): void {
  const { tx, centre } = turn;
  const lots = tx.$client
    .prepare(
      `SELECT l.item_id AS itemId, l.number AS lotNumber, s.store_id AS storeId,
         s.quantity_milli AS quantityMilli
       FROM lot_gifts g JOIN lots l ON l.id = g.lot_id JOIN stock s ON s.lot_id = l.id
       WHERE g.donation_id = ? AND l.centre_id = ? AND l.fund = 'kaffara' AND l.donation_id IS NULL
         AND s.quantity_milli > 0`,
    )
    .all(gift, centre.id) as { itemId: number; lotNumber: number; storeId: number }[];
  const had = tx.$client
    .prepare('SELECT recipient_id FROM aid_given WHERE donation_id = ?')
    .pluck()
    .all(gift);
  const recipient = recipientsOfHouse(turn).find(({ id }) => !had.includes(id));
  for (const { storeId, ...lot } of lots) {
    const wanted = [{ ...lot, field: 'items.0', reason: said.food }] as never;
    if (recipient) deliver(turn, { recipient, storeId, wanted });
  }
}

/** The bills of a month, of what was given for running costs and of nothing else. */
export function payBills(turn: Turn): void {
  const bills: [string, Payee['kind'], string, number][] = [
    ['7101', 'utility', said.bill, 0.3],
    ['7103', 'printer', said.prints, 0.2],
    ['7104', 'carrier', said.carriage, 0.2],
  ];
  for (const [account, kind, purpose, share] of turn.house.large ? bills : bills.slice(0, 1)) {
    const fund = 'running-costs';
    const from = purse(turn, fund);
    const amountRial = rounded(from.rial * share);
    const lines = [{ fund, account, amountRial, donationId: null }];
    const payee = payeeOf(turn, kind);
    if (amountRial > 0 && payee) {
      pay(turn, { kind: 'running', account: from.account, payee, purpose, lines });
    }
  }
}

/** Petty cash is filled to its float, and small things are paid of it. */
export function usePettyCash(turn: Turn): void {
  const { tx, centre, finance } = turn;
  const fund = 'running-costs';
  const held = heldInPettyCash(tx, centre.id);
  const from = purse(turn, fund);
  const fill = rounded(Math.min(FLOAT / 2 - held, from.rial * 0.3));
  const line = { fund, donationId: null };
  if (fill > 0) {
    const lines = [{ ...line, account: '1103', amountRial: fill }];
    pay(turn, { kind: 'petty', account: from.account, purpose: said.pettyCash, lines });
  }
  const small = rounded(heldInPettyCash(tx, centre.id) * 0.6);
  if (small > 0) {
    const lines = [{ ...line, account: '7102', amountRial: small }];
    const payee = payeeOf(turn, 'shop');
    pay(turn, { kind: 'running', account: '1103', payee, purpose: said.expense, lines });
  }
  const countedRial = heldInPettyCash(tx, centre.id);
  countPettyCash(tx, finance, centre, { countedRial, note: null });
}

export function beginPettyCash({ tx, centre, chair }: Turn): void {
  setFloat(tx, chair, centre, { floatRial: FLOAT, keeper: words.stores[0]!.keeper });
}

/** What is held for a child goes to the child's own account, gift by gift; khums to the office. */
export function passOn(turn: Turn): void {
  const { tx, centre, today } = turn;
  const held = tx.$client
    .prepare(
      `SELECT d.id, d.amount_rial AS rial, d.fund FROM donations d
       JOIN receipts r ON r.donation_id = d.id
       WHERE d.centre_id = ? AND d.kind <> 'goods' AND (d.fund = 'khums-imam' OR EXISTS (
           SELECT 1 FROM pledge_gifts g JOIN pledges p ON p.id = g.pledge_id
           WHERE g.donation_id = d.id AND p.sponsored_code IS NOT NULL))
         AND NOT EXISTS (SELECT 1 FROM payment_lines l WHERE l.donation_id = d.id)
         AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id)`,
    )
    .all(centre.id) as { id: number; rial: number; fund: string }[];
  for (const [fund, of] of Map.groupBy(held, (one) => one.fund)) {
    const khums = fund === 'khums-imam';
    const total = of.reduce((sum, { rial }) => sum + rial, 0);
    const from = purse(turn, fund);
    if (from.rial < total) continue;
    const account = khums ? '3103' : '3104';
    const lines = of.map(({ id, rial }) => ({ fund, account, amountRial: rial, donationId: id }));
    const payee = payeeOf(turn, khums ? 'marja-office' : 'child-account');
    const purpose = khums ? said.khums : said.passOn;
    const id = pay(turn, { kind: 'pass-on', account: from.account, payee, purpose, lines });
    const payment = findPayment(tx, centre.id, id);
    const receipt = { number: serial(turn, 4), receivedOn: today };
    if (khums) recordPassOn(tx, turn.finance, centre, { payment, receipt });
  }
}

/** The chair lets a part of a gift of kaffara be paid out as money, to one who buys with it himself. */
export function letPass(turn: Turn, gift: number): void {
  const fund = 'kaffara';
  const from = purse(turn, fund);
  const amountRial = Math.min(from.rial, rounded(leftToSpend(turn.tx, gift, fund) / 4));
  if (amountRial <= 0) return;
  const { source: document } = words;
  pay(turn, {
    ...{ kind: 'aid', account: from.account, recipient: anyOf(turn, 3), purpose: said.food },
    lines: [{ fund, account: '6107', amountRial, donationId: gift }],
    exception: true,
    passes: [{ fund, rule: 'in-kind-only', reason: said.override, document }],
  });
}

/** Fitra reaches the poor within three days: of sayyids' givers to anybody, of others not to sayyids. */
export function spendFitra(turn: Turn): void {
  const sayyid = recipientsOfHouse(turn).find((one) => one.sayyid) ?? anyOf(turn, 0);
  for (const { fund } of holdings(turn).filter((one) => one.fund.startsWith('fitra-'))) {
    const half = purse(turn, fund).rial / 2;
    const to = fund === 'fitra-sadat' ? [sayyid, anyOf(turn, 1)] : [anyOf(turn, 2), anyOf(turn, 3)];
    for (const [n, recipient] of to.entries()) {
      const rial = n === 0 ? half : Number.MAX_SAFE_INTEGER;
      aid(turn, { fund, account: '6101', rial, recipient }, said.fitra);
    }
  }
}
