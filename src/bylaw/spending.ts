/** B-81: every expense by the rules, and the first rule is the giver's intention. */
import type { Clause } from './clause.ts';

/** What a fund has in one place, in rials, is never less than nothing. */
export const withinBalance: Clause<{ balanceRial: number; takenRial: number }> = {
  id: 'B-81',
  holds: ({ balanceRial, takenRial }) => takenRial <= balanceRial,
};

/** A fund is spent on the accounts that its rules name. */
export const onItsUse: Clause<{ uses: readonly string[]; account: string }> = {
  id: 'B-81',
  holds: ({ uses, account }) => uses.includes(account),
};

/** What is due in food or clothing does not leave as money, but through an agent, proved. */
export const inKind: Clause<{ inKindOnly: boolean; paidInMoney: boolean; overridden: boolean }> = {
  id: 'B-81',
  holds: ({ inKindOnly, paidInMoney, overridden }) => !inKindOnly || !paidInMoney || overridden,
};

/** What needs the leave of a marja or mujtahid is spent under one, and not beyond what is left of it. */
export const underLeave: Clause<{ leftRial: number; amountRial: number }> = {
  id: 'B-81',
  holds: ({ leftRial, amountRial }) => amountRial <= leftRial,
};

/** Only where the ruling allows it does the chair let one case pass. */
export const overriddenWhereAllowed: Clause<{ mayOverride: boolean }> = {
  id: 'B-81',
  holds: ({ mayOverride }) => mayOverride,
};

/** What was given for one purpose goes to another only where both funds allow it. */
export const changedWhereAllowed: Clause<{ mayLeave: boolean; mayTake: boolean }> = {
  id: 'B-81',
  holds: ({ mayLeave, mayTake }) => mayLeave && mayTake,
};

/** Of a gift no more goes elsewhere than is left of it. */
export const changedWithinGift: Clause<{ leftRial: number; amountRial: number }> = {
  id: 'B-81',
  holds: ({ leftRial, amountRial }) => amountRial <= leftRial,
};

/** What leaves the centre was agreed by its chair, and signed by another who keeps the books. */
export const chairAgreed: Clause<{ signedAs: readonly string[]; signers: number }> = {
  id: 'B-58',
  holds: ({ signedAs, signers }) =>
    signedAs.includes('chair') && signedAs.includes('finance') && signers >= 2,
};

/** A rule of a fund that refuses is kept, but where the chair let this case pass it. */
export const ruleOfFund: Clause<{ reaction: 'block' | 'warn'; overridden: boolean }> = {
  id: 'B-81',
  holds: ({ reaction, overridden }) => reaction !== 'block' || overridden,
};

/** From a gift named for its intention no more is taken than is left; of a cancelled one nothing. */
export const withinGift: Clause<{ leftRial: number; amountRial: number }> = {
  id: 'B-81',
  holds: ({ leftRial, amountRial }) => amountRial <= leftRial,
};

/** Above the limit of its day a payment has its document, or the chair's reason. */
export const documented: Clause<{
  amountRial: number;
  limitRial: number;
  documents: number;
  allowed: boolean;
}> = {
  id: 'B-81',
  holds: ({ amountRial, limitRial, documents, allowed }) =>
    amountRial <= limitRial || documents > 0 || allowed,
};

/** Petty cash holds no more than its float. */
export const withinFloat: Clause<{ floatRial: number; heldRial: number }> = {
  id: 'B-81',
  holds: ({ floatRial, heldRial }) => heldRial <= floatRial,
};

/** What has a deed of its own is not done by an entry written by hand. */
export const byItsDeed: Clause<{ byHand: boolean }> = {
  id: 'B-81',
  holds: ({ byHand }) => !byHand,
};

/** What is owed is paid to its end and no further. */
export const owedOnly: Clause<{ owedRial: number; paidRial: number }> = {
  id: 'B-81',
  holds: ({ owedRial, paidRial }) => paidRial <= owedRial,
};

/** What is given to the needy was approved by the chair, also where it is booked by hand. */
export const aidByChair: Clause<{ isAid: boolean; byChair: boolean }> = {
  id: 'B-58',
  holds: ({ isAid, byChair }) => !isAid || byChair,
};

/** What is given to stay comes with the deed that says so. */
export const deedGiven: Clause<{ deedRequired: boolean; hasDeed: boolean }> = {
  id: 'B-81',
  holds: ({ deedRequired, hasDeed }) => !deedRequired || hasDeed,
};

/** What is lent, and what is held to be lent, earns nothing. */
export const withoutInterest: Clause<{ noInterest: boolean; earns: boolean }> = {
  id: 'B-81',
  holds: ({ noInterest, earns }) => !noInterest || !earns,
};
