/**
 * What the rules of the funds say of a payment or a delivery (B-81): whom it may reach, which gift it
 * serves, what the giver asked. The file holds the same by triggers (b81_payment_by_the_rules, …).
 */
import { ruleOfFund } from '../bylaw/spending.ts';
import { type Fund, type FundRule, findFund } from '../funds/funds.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import type { Marks } from './recipients.ts';
import type { PaymentKind } from './schema.ts';

export type OutgoingLine = {
  fund: string;
  account: string;
  amountRial: number;
  /** The gift whose intention it serves; of goods, the gift that they were or were bought with. */
  donationId: number | null;
};

/** What is about to leave, as the rules look at it. */
export type Outgoing = {
  /** `payments/3` once it is written; null before. */
  subject: string | null;
  kind: PaymentKind | 'delivery';
  /** The day on which it leaves. */
  day: string;
  recipient: (Marks & { id: number; number: number }) | null;
  payeeId: number | null;
  lines: OutgoingLine[];
};

/** A rule that it does not keep. */
export type Breach = Pick<FundRule, 'rule' | 'mayOverride' | 'words' | 'source'> & {
  fund: Fund;
  reaction: 'block' | 'warn';
};

export type Passed = { fund: string; rule: string };

const statements = prepared((db) => ({
  hadGift: db.$client
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM aid_given
       WHERE recipient_id = ? AND donation_id = ? AND subject IS NOT ?)`,
    )
    .pluck(),
  hadDowry: db.$client
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM aid_given
       WHERE recipient_id = ? AND account = '6103' AND subject IS NOT ?)`,
    )
    .pluck(),
  elsewhere: db.$client
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM payment_lines l JOIN payments p ON p.id = l.payment_id
         JOIN payments_made m ON m.payment_id = p.id
       WHERE l.donation_id = ? AND l.account = '3104' AND p.payee_id <> ?
         AND NOT EXISTS (SELECT 1 FROM payment_reversals z WHERE z.payment_id = p.id))`,
    )
    .pluck(),
  passed: db.$client.prepare('SELECT fund, rule FROM fund_overrides WHERE subject = ?'),
}));

type Asked = { db: Db; out: Outgoing; line: OutgoingLine };
type Judge = (asked: Asked) => boolean;

/** Of the eight uses of zakat, those that need no poverty. */
const USES_OF_ZAKAT: readonly string[] = ['debt', 'stranded', 'prison'];

/** To the needy themselves, or for goods that are to reach them. */
const forTheNeedy = ({ out: { kind } }: Asked) => kind === 'aid' || kind === 'purchase';
const reachesSomebody = ({ out: { kind } }: Asked) => kind === 'aid' || kind === 'delivery';

const toSayyid: Judge = ({ out: { recipient } }) => recipient?.sayyid === true;
const namesNoGift: Judge = (asked) => forTheNeedy(asked) && asked.line.donationId === null;
const hadOfGift: Judge = ({ db, out: { recipient, subject }, line: { donationId } }) =>
  recipient !== null &&
  donationId !== null &&
  statements(db).hadGift.get(recipient.id, donationId, subject) === 1;

/** True where the rule is not kept. */
const JUDGES: Record<string, Judge> = {
  'not-to-sayyids': toSayyid,
  'better-not-to-sayyids': toSayyid,
  'only-to-sayyids': (asked) => reachesSomebody(asked) && asked.out.recipient?.sayyid !== true,
  'only-the-poor': (asked) => reachesSomebody(asked) && asked.out.recipient?.poor !== true,
  'eight-uses': (asked) => {
    const { recipient } = asked.out;
    if (!reachesSomebody(asked) || recipient?.poor) return false;
    return !USES_OF_ZAKAT.includes(recipient?.need ?? '');
  },
  'in-kind-only': ({ out: { kind } }) => kind === 'aid',
  'only-its-purpose': namesNoGift,
  'as-vowed': namesNoGift,
  'sixty-persons': (asked) => namesNoGift(asked) || hadOfGift(asked),
  'named-child': ({ db, out: { payeeId }, line: { account, donationId } }) =>
    account === '3104' &&
    (donationId === null || statements(db).elsewhere.get(donationId, payeeId) === 1),
  'second-dowry': ({ db, out: { recipient, subject }, line: { account } }) =>
    account === '6103' &&
    recipient !== null &&
    statements(db).hadDowry.get(recipient.id, subject) === 1,
  'as-agreed': (asked) => forTheNeedy(asked) || asked.out.kind === 'delivery',
};

/** Every rule that it does not keep, once for each fund: those that refuse, and those that warn. */
export function breachesOf(db: Db, out: Outgoing): Breach[] {
  const found = new Map<string, Breach>();
  for (const line of out.lines) {
    const fund = findFund(db, line.fund, out.day);
    if (!fund) continue;
    for (const { rule, reaction, mayOverride, words, source } of fund.rules) {
      if (reaction === 'allow' || !JUDGES[rule]?.({ db, out, line })) continue;
      const breach = { fund, rule, reaction, mayOverride, words, source };
      found.set(`${fund.code} ${rule}`, breach);
    }
  }
  return [...found.values()];
}

/** The rules that the chair let this deed pass. */
export function passedBy(db: Db, subject: string): Passed[] {
  return statements(db).passed.all(subject) as Passed[];
}

export const isPassed = ({ fund, rule }: Breach, passed: readonly Passed[]): boolean =>
  passed.some((one) => one.fund === fund.code && one.rule === rule);

/**
 * Refuses with B-81 what breaks a rule that refuses, naming the rule and its source. `waiting` is
 * true of what asks the chair to let it pass, where the rule may be passed at all.
 */
export function requireRules(
  db: Db,
  out: Outgoing,
  { passed = [], waiting = false }: { passed?: readonly Passed[]; waiting?: boolean } = {},
): void {
  for (const breach of breachesOf(db, out)) {
    const { fund, rule, reaction, mayOverride, words, source } = breach;
    const overridden = isPassed(breach, passed) || (waiting && mayOverride);
    if (ruleOfFund.holds({ reaction, overridden })) continue;
    throw new Refusal(`payments:refusals.rules.${rule}`, {
      clause: ruleOfFund.id,
      values: {
        ...{ fundFa: fund.nameFa, fundEn: fund.nameEn, ruleFa: words.fa, ruleEn: words.en },
        ...{ source, number: out.recipient?.number ?? 0 },
      },
    });
  }
}
