/**
 * Change of intention: money of a gift goes to another purpose than it was given for, with the giver's
 * recorded consent or, for the chair's reason, to the nearest one; undone by reversing its entry.
 */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import {
  contentOf,
  type EntryToPost,
  nextEntry,
  postEntry,
  reversalOf,
  reverseEntry,
} from '../books/entries.ts';
import { changedWhereAllowed, changedWithinGift } from '../bylaw/spending.ts';
import type { Centre } from '../centres/centres.ts';
import { type Receipt, receiptNumber } from '../donations/receipts.ts';
import { issueLetter } from '../paper/letters.ts';
import type { Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { record } from '../trail/acts.ts';
import { persianDigits } from '../values/persian-text.ts';
import { type Fund, findFund } from './funds.ts';
import {
  findChange,
  type IntentionChange,
  insertChange,
  leftOfGift,
  chequeWaits as waits,
} from './intention-rows.ts';
import type { CONSENTS, WAYS } from './schema.ts';
import { requireSpending } from './spending.ts';

export type ChangeAsked = {
  fromFund: string;
  toFund: string;
  amountRial: number;
  /** Where the money lies: 1101 to 1104. */
  account: string;
  way: (typeof WAYS)[number];
  consent?: (typeof CONSENTS)[number];
  consentedOn?: string;
  reason: string;
};

/** Money's way between two funds. */
const TRANSFERS = '4104';

/** Moves money of a gift to another purpose: its row, its paper, its entry and one act. */
export function changeIntention(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { receipt, asked }: { receipt: Receipt; asked: ChangeAsked },
): IntentionChange {
  requirePower(actor, 'intentions.change', centre);
  if (asked.way === 'nearest') requirePower(actor, 'overrides.make', centre);
  requireWhole(actor, receipt, asked);
  const funds = requireAllowed(tx, actor, asked);
  requireLeft(tx, receipt, asked, funds);
  const next = nextEntry(tx, centre.id, actor.today);
  const number = receiptNumber(receipt);
  const entry = entryOf(tx, actor, centre, { asked, funds, number });
  requireSpending(tx, entry);
  const { id: changeId, write } = insertChange(tx);
  const letter = issueLetter(tx, actor, {
    ...{ centre, kind: 'intention', head: 'centre' },
    values: {
      ...{ receipt: number, receivedOn: receipt.receivedOn, reason: asked.reason },
      ...{ fromPurpose: funds.from.nameFa, toPurpose: funds.to.nameFa },
      ...{ amountRial: asked.amountRial, consent: consentSaid(tx, actor, asked) },
      consentedOn: asked.consentedOn ?? null,
    },
    addressee: [wordsOn(tx, actor.today)('funds:change.addressee')],
    deed: {
      ...{ kind: 'intention.changed', subject: `intentions/${changeId}` },
      after: {
        ...{ ...asked, receipt: number },
        entry: { id: next.id, ...contentOf(entry, next) },
      },
    },
  });
  write({
    ...{ ...asked, centreId: centre.id, donationId: receipt.donationId, entryId: next.id },
    ...{ changedOn: actor.today, changedBy: actor.user!.id },
    ...{ paperId: letter.paperId, actId: letter.act.id },
  });
  postEntry(tx, actor, { ...entry, actId: letter.act.id });
  return findChange(tx, centre.id, changeId);
}

/** Takes a change back, as of today: what was moved returns to the purpose it was given for. */
export function takeBackChange(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { change, reason }: { change: IntentionChange; reason: string },
): IntentionChange {
  requirePower(actor, 'intentions.change', centre);
  if (change.changedById === actor.user?.id) throw new Refusal('funds:refusals.own-change');
  if (reversalOf(tx, change.entryId)) throw new Refusal('funds:refusals.taken-back-before');
  const act = record(tx, actor, {
    ...{ kind: 'intention.restored', subject: `intentions/${change.id}`, centreId: centre.id },
    after: { reason },
  });
  reverseEntry(tx, actor, change.entryId, reason, { actId: act.id });
  return findChange(tx, centre.id, change.id);
}

function requireWhole(
  actor: Actor,
  { receivedOn }: Receipt,
  { way, consent, consentedOn, reason }: ChangeAsked,
): void {
  if (reason.trim().length < 10) refuseField('reason', 'longer-reason');
  if (way === 'nearest') return;
  if (!consent) refuseField('consent', 'no-consent');
  if (!consentedOn || consentedOn > actor.today) refuseField('consentedOn', 'no-consent-day');
  if (consentedOn < receivedOn) refuseField('consentedOn', 'consent-before-gift');
}

type Both = { from: Fund; to: Fund };

function requireAllowed(tx: Tx, actor: Actor, { fromFund, toFund, way }: ChangeAsked): Both {
  const from = findFund(tx, fromFund, actor.today);
  const to = findFund(tx, toFund, actor.today);
  if (!from) refuseField('fromFund', 'unknown-fund');
  if (!to || fromFund === toFund) refuseField('toFund', 'unknown-fund');
  const rule = way === 'consent' ? 'change-by-consent' : 'change-to-nearest';
  const mayLeave = allows(from, rule);
  const mayTake = mayReceive(to) && !(way === 'nearest' && toFund === 'running-costs');
  if (changedWhereAllowed.holds({ mayLeave, mayTake })) return { from, to };
  const key = mayLeave ? 'may-not-take' : way === 'consent' ? 'may-not-leave' : 'not-to-nearest';
  const { nameFa: fundFa, nameEn: fundEn } = mayLeave ? to : from;
  throw new Refusal(`funds:refusals.${key}`, {
    ...{ clause: changedWhereAllowed.id, values: { fundFa, fundEn } },
  });
}

/** Whether a purpose may leave a fund this way. */
export const allows = (fund: Fund, rule: string): boolean =>
  fund.rules.some((one) => one.rule === rule && one.reaction === 'allow');

/** Whether a gift may be moved to this purpose: not to what is owed, held or kept as principal. */
export const mayReceive = (fund: Fund): boolean =>
  fund.takesGifts && (fund.restriction === 'free' || allows(fund, 'change-by-consent'));

function requireLeft(tx: Tx, receipt: Receipt, asked: ChangeAsked, { from }: Both): void {
  if (receipt.cancellation) throw new Refusal('funds:refusals.gift-cancelled');
  if (receipt.kind === 'cheque' && waits(tx, receipt.donationId)) {
    const mend = `/donations/cheques/${receiptNumber(receipt)}`;
    throw new Refusal('funds:refusals.cheque-waits', { clause: changedWithinGift.id, mend });
  }
  const leftRial = leftOfGift(tx, receipt.donationId, asked.fromFund);
  if (changedWithinGift.holds({ leftRial, amountRial: asked.amountRial })) return;
  const { nameFa: fundFa, nameEn: fundEn } = from;
  throw new Refusal('funds:refusals.beyond-gift', {
    ...{ clause: changedWithinGift.id, field: 'amount', values: { leftRial, fundFa, fundEn } },
  });
}

/** Out of the one fund and into the other on the account where the money lies. */
function entryOf(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { asked, funds, number }: { asked: ChangeAsked; funds: Both; number: string },
): EntryToPost {
  const { amountRial: rial, account, fromFund, toFund } = asked;
  const t = wordsOn(tx, actor.today);
  const description = t('funds:change.entry', {
    ...{ from: funds.from.nameFa, to: funds.to.nameFa, number: persianDigits(number) },
  });
  return {
    ...{ centreId: centre.id, entryOn: actor.today, source: 'intention', description },
    draftedBy: actor.user!.id,
    lines: [
      { account: TRANSFERS, fund: fromFund, debitRial: rial, creditRial: 0 },
      { account, fund: fromFund, debitRial: 0, creditRial: rial },
      { account, fund: toFund, debitRial: rial, creditRial: 0 },
      { account: TRANSFERS, fund: toFund, debitRial: 0, creditRial: rial },
    ],
  };
}

function consentSaid(tx: Tx, actor: Actor, { way, consent }: ChangeAsked): string {
  const key = way === 'nearest' ? 'nearest' : consent!;
  return wordsOn(tx, actor.today)(`funds:change.said.${key}`);
}

function refuseField(field: string, key: string): never {
  throw new Refusal(`funds:refusals.${key}`, { status: 422, field });
}
