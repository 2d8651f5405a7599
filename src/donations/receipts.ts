/** Receipts: issued whole with the gift, its entry and its paper; cancelled only by a reversal. */
import type { Actor } from '../access/actor.ts';
import { contentOf, nextEntry, postEntry, reverseEntry } from '../books/entries.ts';
import { uphold } from '../bylaw/clause.ts';
import { receiptOnlyReversed } from '../bylaw/rules.ts';
import { centreOnPaper } from '../centres/centre-on-paper.ts';
import type { Centre } from '../centres/centres.ts';
import { asKept } from '../goods/items.ts';
import { bringIn, takeBackGift } from '../goods/lots.ts';
import { giftEnteredOn, lateDaysSql } from '../lateness/mark.ts';
import { issuePaper } from '../paper/papers.ts';
import { pledgeKept, promiser, refusePassedOn, writeKept } from '../pledges/kept.ts';
import type { PledgeShown } from '../pledges/pledge-rows.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { nextNumber, writtenNumber } from '../provinces/numbering.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { record } from '../trail/acts.ts';
import { dayInTehran, fiscalYear } from '../values/jalali-date.ts';
import { searchText } from '../values/persian-text.ts';
import { upholdForGift } from './clauses.ts';
import { type Deed, requireDeed, writeDeed } from './deeds.ts';
import { addDonorRow, type Donor, type GivenDonor, meetDonor, withholdDonor } from './donors.ts';
import { findFund, type GiftFund, refuseHeldGoods } from './funds.ts';
import { entryOfGift } from './gift-entry.ts';
import { type GiftParts, writeParts } from './gift-parts.ts';
import { upholdForKind } from './gift-rules.ts';
import type { GiftKind } from './posting.ts';
import { receiptPaperOf } from './receipt-content.ts';
import { findTaker, type Taker } from './takers.ts';
import { UnusualAmount, type Usual, unusual } from './usual.ts';
import { refuseStrayVow, told as toldVow, type Vow, writeVow } from './vows.ts';

/** A gift as somebody tells of it, before it is entered. */
export type Gift = GiftParts & {
  /** Cash unless said. */
  kind?: GiftKind;
  /** Of goods, what all lines are worth. */
  amountRial: number;
  /** Of a gift over several funds, that of its first part. */
  fund: string;
  receivedOn: string;
  /** Left out for an anonymous gift. */
  donor?: GivenDonor;
  purpose?: string;
  /** The user who took it; the actor unless said. */
  receivedBy?: number;
  /** The deposit of an unknown giver that this gift was found to be. */
  depositId?: number;
  /** The number of the promise it keeps; its giver is the one who promised, unless told. */
  pledge?: number;
  /** The deed of what is given to stay. */
  deed?: Deed;
  /** What was vowed, of a gift with that intention. */
  vow?: Vow;
  /** Whether an unusual amount is asked about first (people) or only told of (programs). */
  unusualAmount?: 'ask' | 'tell' | 'confirmed';
};

export type IssuedReceipt = {
  id: number;
  receiptId: number;
  /** As `1405-000001`. */
  receipt: string;
  verifyCode: string;
  /** The number of its entry in the year's journal. */
  entry: number;
  donor: Donor | undefined;
  taker: Taker;
  unusual: Usual | undefined;
};

export type Receipt = {
  id: number;
  donationId: number;
  year: number;
  number: number;
  entryId: number;
  entryNumber: number;
  entryYear: number;
  paperId: number;
  issuedAt: string;
  issuedBy: number;
  issuedByName: string;
  kind: string;
  amountRial: number;
  fund: string;
  donorId: number | null;
  mayBeNamed: number | null;
  receivedOn: string;
  /** B-112: so many days after it was received it was entered, if that was too late; else null. */
  lateDays: number | null;
  cancellation: Cancellation | undefined;
};

export type Cancellation = {
  entryId: number;
  reason: string;
  cancelledOn: string;
  cancelledByName: string;
  entryYear: number;
  entryNumber: number;
};

const statements = prepared((db) => ({
  nextDonation: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM donations').pluck(),
  nextReceipt: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM receipts').pluck(),
  donation: db.$client.prepare(
    'INSERT INTO donations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
  receipt: db.$client.prepare('INSERT INTO receipts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  match: db.$client.prepare('INSERT INTO deposit_matches (donation_id, deposit_id) VALUES (?, ?)'),
  chequeState: db.$client.prepare('SELECT state FROM cheques WHERE donation_id = ?').pluck(),
  changed: db.$client
    .prepare(
      `SELECT id FROM intention_changes c WHERE donation_id = ?
         AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = c.entry_id) LIMIT 1`,
    )
    .pluck(),
  cancel: db.$client.prepare('INSERT INTO receipt_cancellations VALUES (?, ?, ?, ?, ?, ?, ?)'),
  find: db.$client.prepare(
    `SELECT r.id, r.donation_id AS donationId, r.year, r.number, r.entry_id AS entryId,
       e.number AS entryNumber, e.year AS entryYear, r.paper_id AS paperId,
       r.issued_at AS issuedAt, r.issued_by AS issuedBy, u.name AS issuedByName,
       d.kind, d.amount_rial AS amountRial, d.fund, d.donor_id AS donorId,
       o.may_be_named AS mayBeNamed, d.received_on AS receivedOn,
       ${lateDaysSql('d.received_on', giftEnteredOn('d'))} AS lateDays
     FROM receipts r JOIN donations d ON d.id = r.donation_id
     JOIN entries e ON e.id = r.entry_id JOIN users u ON u.id = r.issued_by
     LEFT JOIN donors o ON o.id = d.donor_id
     WHERE r.centre_id = ? AND r.year = ? AND r.number = ?`,
  ),
  cancellation: db.$client.prepare(
    `SELECT c.reason, c.cancelled_on AS cancelledOn, u.name AS cancelledByName,
       c.entry_id AS entryId, e.year AS entryYear, e.number AS entryNumber
     FROM receipt_cancellations c JOIN users u ON u.id = c.cancelled_by
     JOIN entries e ON e.id = c.entry_id WHERE c.receipt_id = ?`,
  ),
}));

/**
 * Enters a gift whole: its receipt with the year's next number, its entry in the books, its paper and
 * one act in the trail; or refuses it and leaves nothing behind.
 */
export function issueReceipt(tx: Tx, actor: Actor, centre: Centre, gift: Gift): IssuedReceipt {
  const kind = gift.kind ?? 'cash';
  const day = gift.receivedOn;
  const fund = findFund(tx, gift.fund, day);
  const funds = gift.parts?.map((part, at) => findFund(tx, part.fund, day, fieldOf(gift, at)));
  requireDeed(gift.deed, funds ?? [fund]);
  refuseHeldGoods(kind, funds ?? [fund]);
  refuseStrayVow(gift.vow, [gift.fund, ...(gift.parts ?? []).map((part) => part.fund)]);
  const purpose = gift.purpose || null;
  const purposeSearch = purpose && searchText(purpose);
  upholdForGift(tx, actor, centre, { receivedOn: gift.receivedOn, purposeSearch });
  const taker = findTaker(tx, actor, centre.id, gift.receivedBy);
  upholdForKind(tx, actor, centre, { ...gift, kind, taker });
  const given = gift.donor ?? promiser(tx, actor, centre, gift.pledge);
  const met = given && meetDonor(tx, centre, given);
  const far = askIfUnusual(tx, centre, gift, met);
  const donor = met && withheldIfAsked(met.donor, gift.donor);
  const items = gift.items && asKept(tx, centre.id, gift.items);
  const told = { kind, fund: fund.code, parts: gift.parts, donorId: donor?.id ?? null };
  const kept =
    gift.pledge === undefined ? undefined : pledgeKept(tx, actor, centre, gift.pledge, told);
  const written = { ...gift, items, kind, purpose, purposeSearch, fund, funds, taker, donor, kept };
  const entered = enterGift(tx, actor, centre, written, met?.isNew === true);
  if (donor && met && !met.isNew && donor.mayBeNamed !== met.donor.mayBeNamed) {
    withholdDonor(tx, actor, centre, met.donor);
  }
  return { ...entered, donor, taker, unusual: far };
}

/**
 * Takes a receipt back: its issuer the same day, another seat on any day. The entry is reversed as
 * of today; number, paper and gift stay where they are.
 */
export function cancelReceipt(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  receipt: Receipt,
  reason: string,
): Cancellation {
  refuseChequeAtBank(tx, receipt);
  return takeReceiptBack(tx, actor, centre, receipt, reason);
}

/** As `cancelReceipt`, where what became of its cheque is recorded in the same deed. */
export function takeReceiptBack(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  receipt: Receipt,
  reason: string,
): Cancellation {
  const values = { number: receiptNumber(receipt) };
  uphold(receiptOnlyReversed, { alreadyCancelled: receipt.cancellation !== undefined }, { values });
  requireOtherSeat(actor, receipt);
  refuseClearedCheque(tx, receipt);
  refuseChanged(tx, receipt.donationId);
  refusePassedOn(tx, centre.id, receipt.donationId, receipt.amountRial);
  // The goods of a gift go out of the store by the very entry that takes its receipt back.
  const entry = nextEntry(tx, centre.id, actor.today);
  const act = record(tx, actor, {
    ...{ kind: 'receipt.cancelled', subject: subjectOf(receipt), centreId: centre.id },
    after: { receipt: values.number, reason, entry },
  });
  const { donationId, entryId } = receipt;
  takeBackGift(tx, actor, { donationId, actId: act.id, entryId: entry.id });
  reverseEntry(tx, actor, entryId, reason);
  statements(tx).cancel.run(
    ...[receipt.id, reason, actor.today, actor.now, actor.user!.id, entry.id, act.id],
  );
  return cancellationOf(tx, receipt.id)!;
}

/** The receipt of a number as it is written; throws NotFound. */
export function findReceipt(db: Db, centreId: number, written: string): Receipt {
  const [, year, number] = /^(\d{4})-(\d{6,})$/.exec(written) ?? [];
  if (!year) throw new NotFound();
  const row = statements(db).find.get(centreId, Number(year), Number(number));
  if (!row) throw new NotFound();
  const receipt = row as Omit<Receipt, 'cancellation'>;
  return { ...receipt, cancellation: cancellationOf(db, receipt.id) };
}

export function receiptNumber({ year, number }: { year: number; number: number }): string {
  return writtenNumber(year, number, 6);
}

/** Whether this actor may cancel this receipt today, were it not for the power itself. */
export function mayCancel(actor: Actor, receipt: Receipt): boolean {
  const isIssuer = receipt.issuedBy === actor.user?.id;
  return !isIssuer || dayInTehran(receipt.issuedAt) === actor.today;
}

type Written = Omit<Gift, 'fund' | 'donor' | 'purpose' | 'kind'> & {
  kind: GiftKind;
  purpose: string | null;
  purposeSearch: string | null;
  fund: GiftFund;
  /** Of each part, in their order. */
  funds: GiftFund[] | undefined;
  taker: Taker;
  donor: Donor | undefined;
  /** The promise it keeps. */
  kept: PledgeShown | undefined;
};

function enterGift(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  gift: Written,
  isNew: boolean,
): Pick<IssuedReceipt, 'id' | 'receiptId' | 'receipt' | 'verifyCode' | 'entry'> {
  const year = fiscalYear(gift.receivedOn);
  const number = nextNumber(tx, 'receipt', centre.id, year);
  const ids = {
    donation: statements(tx).nextDonation.get() as number,
    receipt: statements(tx).nextReceipt.get() as number,
  };
  const receipt = receiptNumber({ year, number });
  const user = actor.user!.id;
  // What was unidentified is booked as known on the day on which it became known.
  const entryOn = gift.depositId === undefined ? gift.receivedOn : actor.today;
  const heldFor = gift.kept?.sponsoredCode ?? undefined;
  const booked = { ...gift, entryOn, centreId: centre.id, donationId: ids.donation, heldFor };
  const entry = { ...entryOfGift(booked, receipt), draftedBy: user };
  const next = nextEntry(tx, centre.id, entryOn);
  const paper = issuePaper(tx, actor, {
    ...{ centreId: centre.id, kind: 'receipt', number: receipt, issuedOn: actor.today },
    content: (code, verifyAddress) => {
      const onPaper = { ...gift, number: receipt, year, issuedAt: actor.now };
      const t = wordsOn(tx, actor.today);
      return receiptPaperOf(centreOnPaper(tx, centre), onPaper, { code, verifyAddress, t });
    },
    deed: {
      ...{ kind: 'receipt.issued', subject: subjectOf({ id: ids.receipt }) },
      after: {
        ...{ receipt, ...told(gift, ids.donation) },
        entry: { id: next.id, ...contentOf(entry, next) },
      },
    },
  });
  if (gift.donor && isNew) addDonorRow(tx, actor, centre, gift.donor, paper.act.id);
  writeParts(tx, ids.donation, gift);
  if (gift.depositId !== undefined) statements(tx).match.run(ids.donation, gift.depositId);
  statements(tx).donation.run(
    ...[
      ids.donation,
      centre.id,
      gift.kind,
      gift.amountRial,
      gift.fund.code,
      gift.donor?.id ?? null,
    ],
    ...[gift.purpose, gift.purposeSearch, gift.receivedOn, gift.taker.userId],
    ...[actor.now, user, paper.act.id],
  );
  if (gift.items) {
    bringIn(tx, actor, centre, gift.items, {
      ...{ fund: gift.fund.code, receivedOn: gift.receivedOn, origin: 'gift', entryId: next.id },
      ...{ donationId: ids.donation, subject: `donations/${ids.donation}`, actId: paper.act.id },
    });
  }
  if (gift.deed) writeDeed(tx, ids.donation, gift.deed, paper.act.id);
  if (gift.vow) writeVow(tx, ids.donation, gift.vow, paper.act.id);
  if (gift.kept) writeKept(tx, ids.donation, gift.kept, paper.act.id);
  const posted = postEntry(tx, actor, { ...entry, actId: paper.act.id });
  const row = [ids.receipt, ids.donation, centre.id, year, number, posted.id, paper.id];
  statements(tx).receipt.run(...row, actor.now, user);
  const { donation: id, receipt: receiptId } = ids;
  return { id, receiptId, receipt, verifyCode: paper.code, entry: posted.number };
}

/** As the trail keeps it, so that a changed row is found out; the donor stands by number only. */
function told(gift: Written, donation: number) {
  const { kind, amountRial, receivedOn, purpose, parts, reference, items, service } = gift;
  return {
    ...{ donation, kind, amountRial, fund: gift.fund.code, donor: gift.donor?.id ?? null },
    ...{ purpose, receivedOn, receivedBy: gift.taker.userId },
    // What a gift does not have is not said: JSON leaves it out.
    ...{ parts, reference, items, service, deposit: gift.depositId, pledge: gift.kept?.id },
    ...(gift.vow && { vow: toldVow(gift.vow) }),
    ...(gift.deed && { deed: gift.deed }),
  };
}

/** Where the intention of a part was chosen: with its amount, or on a line of goods. */
function fieldOf({ items, parts }: Gift, at: number): string {
  const line = items?.findIndex(({ fund }) => fund === parts![at]!.fund);
  return line === undefined ? `funds.${at}.fund` : `items.${line}.fund`;
}

function askIfUnusual(
  tx: Tx,
  centre: Centre,
  { kind = 'cash', amountRial, unusualAmount = 'tell' }: Gift,
  met: { donor: Donor } | undefined,
): Usual | undefined {
  // Goods and services are valued line by line, and a part of a gift is no slip of a zero.
  if (unusualAmount === 'confirmed' || kind === 'goods' || kind === 'service') return undefined;
  const far = unusual(tx, centre.id, { donorId: met?.donor.id ?? null, amountRial });
  if (far && unusualAmount === 'ask') throw new UnusualAmount(far, amountRial);
  return far;
}

/** Whoever asks not to be named with one gift is not named from then on. */
function withheldIfAsked(donor: Donor, given: GivenDonor | undefined): Donor {
  return given?.mayBeNamed === false ? { ...donor, mayBeNamed: false } : donor;
}

function requireOtherSeat(actor: Actor, receipt: Receipt): void {
  if (mayCancel(actor, receipt)) return;
  throw new Refusal('donations:refusals.cancel-other-seat', { clause: receiptOnlyReversed.id });
}

/** A cheque that was paid is money: first its clearing is taken back in the books. */
function refuseClearedCheque(tx: Tx, { kind, donationId }: Receipt): void {
  if (kind !== 'cheque' || statements(tx).chequeState.get(donationId) !== 'cleared') return;
  throw new Refusal('donations:refusals.cheque-cleared', { mend: '/donations/cheques' });
}

/** What is at the bank bounces or is handed back; that is told with the cheque, not beside it. */
function refuseChequeAtBank(tx: Tx, { kind, donationId, ...receipt }: Receipt): void {
  if (kind !== 'cheque' || statements(tx).chequeState.get(donationId) !== 'deposited') return;
  const mend = `/donations/cheques/${receiptNumber(receipt)}`;
  throw new Refusal('donations:refusals.cheque-at-bank', { mend });
}

/** What went to another purpose is no longer there to be paid back. */
export function refuseChanged(tx: Tx, donationId: number): void {
  const change = statements(tx).changed.get(donationId) as number | undefined;
  if (change === undefined) return;
  const mend = `/funds/intentions/${change}`;
  throw new Refusal('donations:refusals.intention-changed', { clause: 'B-81', mend });
}

function cancellationOf(db: Db, receiptId: number): Cancellation | undefined {
  return statements(db).cancellation.get(receiptId) as Cancellation | undefined;
}

const subjectOf = ({ id }: { id: number }) => `receipts/${id}`;
