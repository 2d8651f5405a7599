/** What checking a paper tells: what the paper itself says, never more, and what became of it. */
import type { DecreePaper } from '../board/decree-paper.ts';
import type { BookPaper } from '../books/book-paper.ts';
import type { SheetPaper } from '../boundary/sheet-paper.ts';
import type { IntroductionPaper } from '../centres/introduction-paper.ts';
import type { ReceiptPaper } from '../donations/receipt-paper.ts';
import type { TributePaper } from '../donations/tribute-paper.ts';
import { tributeFate } from '../donations/tributes.ts';
import { type Powerless, powerlessOn } from '../licence/licence-fate.ts';
import type { CardPaper } from '../network/card-paper.ts';
import { cardOver } from '../network/volunteer-cards.ts';
import type { SlipPaper } from '../payments/slip-paper.ts';
import type { VoucherPaper } from '../payments/voucher-paper.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { addDays, dayInTehran } from '../values/jalali-date.ts';
import { withoutMarks } from './bidi.ts';
import { fateOf } from './fates.ts';
import type { OfficialLetter } from './official-letter.ts';
import { EMPOWERING, type IssuedPaper, LETTER_KINDS } from './papers.ts';

/** Days ISO, amounts whole rials. */
export type Verified = {
  kind: IssuedPaper['kind'];
  number: string;
  code: string;
  issuedOn: string;
  province: string;
  centre: string;
  /** Of a receipt. */
  amount?: number;
  receivedOn?: string;
  fund?: string;
  /** Of a map sheet. */
  version?: number;
  /** Of a decree. */
  seat?: string;
  name?: string;
  from?: string;
  to?: string;
  /** Of a sealed book, with its days as `from` and `to`. */
  book?: BookPaper['book'];
  account?: { code: string; name: string } | null;
  columns?: number | null;
  level?: BookPaper['level'];
  lastEntry?: string;
  entries?: number;
  debit?: number;
  credit?: number;
  /** Of an official letter. */
  subject?: string;
  signer?: string;
  /**
   * `cancelled` and `ended` papers have no force any more, nor has a decree outside its days, nor a
   * letter that was `lifted` or `replaced`, or whose matter is `over`. A paper that gives somebody a
   * power is `powerless` while its centre has no licence that runs.
   */
  state:
    | ('valid' | 'cancelled' | 'ended' | 'not-accepted' | 'not-yet' | 'past')
    | ('suspended' | 'lifted' | 'replaced' | 'over' | 'redrawn' | 'powerless');
  /** Why it is powerless: in which state the centre's licence is, `since` when. */
  licence?: Powerless;
  /** The day it lost its force, if it did. */
  since?: string;
  sha256: string;
};

const statements = prepared((db) => ({
  cancelled: db.$client
    .prepare(
      `SELECT c.cancelled_on FROM receipt_cancellations c
       JOIN receipts r ON r.id = c.receipt_id WHERE r.paper_id = ?`,
    )
    .pluck(),
  reversed: db.$client
    .prepare(
      `SELECT z.reversed_on FROM payment_reversals z
       JOIN payments_made m ON m.payment_id = z.payment_id WHERE m.paper_id = ?`,
    )
    .pluck(),
  laterArea: db.$client
    .prepare(
      `SELECT from_on FROM approved_boundaries
       WHERE centre_id = ? AND version > ? AND from_on <= ? ORDER BY from_on LIMIT 1`,
    )
    .pluck(),
  laterLetter: db.$client
    .prepare(
      `SELECT later.issued_on FROM introductions i
       JOIN introductions later ON later.replaces_id = i.id WHERE i.paper_id = ?`,
    )
    .pluck(),
  decree: db.$client.prepare(
    `SELECT e.ended_on AS endedOn, a.accepted_on AS acceptedOn
     FROM decree_issues i LEFT JOIN decree_endings e ON e.decree_id = i.decree_id
     LEFT JOIN decree_acceptances a ON a.decree_id = i.decree_id WHERE i.paper_id = ?`,
  ),
}));

type Content =
  | CardPaper
  | VoucherPaper
  | SlipPaper
  | TributePaper
  | SheetPaper
  | ReceiptPaper
  | DecreePaper
  | IntroductionPaper
  | BookPaper
  | OfficialLetter;

export function verifiedOf(db: Db, paper: IssuedPaper, province: string, now: Date): Verified {
  const verified = saidOf(db, paper, province, now);
  if (verified.state !== 'valid' || !EMPOWERING.includes(paper.kind)) return verified;
  const without = powerlessOn(db, paper.centreId, dayInTehran(now));
  if (!without) return verified;
  return { ...verified, state: 'powerless', licence: without.state, since: without.since };
}

/** What the paper says and what became of the paper itself. */
function saidOf(db: Db, paper: IssuedPaper, province: string, now: Date): Verified {
  const content = JSON.parse(paper.content) as Content;
  const common = {
    ...{ kind: paper.kind, number: paper.number, code: paper.code, issuedOn: paper.issuedOn },
    ...{ province, centre: content.centre.name, sha256: paper.sha256.toString('hex') },
  };
  if (content.kind === 'receipt') return { ...common, ...receiptOf(db, paper, content) };
  if (content.kind === 'voucher') return { ...common, ...voucherOf(db, paper, content) };
  if (content.kind === 'decree') return { ...common, ...decreeOf(db, paper, content, now) };
  if (content.kind === 'book') return { ...common, ...bookOf(content) };
  if (content.kind === 'map-sheet') return { ...common, ...sheetOf(db, paper, content, now) };
  if (content.kind === 'volunteer-card') return { ...common, ...cardOf(db, paper, content, now) };
  if (content.kind === 'tribute') return { ...common, ...tributeOf(db, paper, content) };
  if (isLetter(content)) return { ...common, ...letterOf(db, paper, content, now) };
  if (content.kind === 'introduction') return { ...common, ...introductionOf(db, paper) };
  return { ...common, state: 'valid' };
}

const isLetter = (content: Content): content is OfficialLetter =>
  (LETTER_KINDS as readonly string[]).includes(content.kind);

/** What the letter is about and who signed it; the capability it is of tells what became of it. */
function letterOf(db: Db, { id, centreId, number }: IssuedPaper, says: OfficialLetter, now: Date) {
  const letter = { id, centreId, number, says };
  const fate = fateOf(db, says.kind, letter, dayInTehran(now));
  const subject = withoutMarks(says.subject || says.title);
  const { name, office } = says.signer;
  const told = { subject, signer: `${name}\u060c ${office}` };
  return { ...told, state: fate?.state ?? ('valid' as const), since: fate?.since };
}

/** A card is good on its days, while the volunteer serves; whoever holds it may read the name. */
function cardOf(db: Db, { id }: IssuedPaper, { name, toOn }: CardPaper, now: Date) {
  const today = dayInTehran(now);
  const left = cardOver(db, id);
  const since = left ?? (toOn < today ? addDays(toOn, 1) : undefined);
  return { subject: name, state: since ? ('over' as const) : ('valid' as const), since };
}

/** A card says whom it remembers; it falls with its gift's receipt, or to a newer card. */
function tributeOf(db: Db, { id }: IssuedPaper, { title }: TributePaper) {
  const { state, since } = tributeFate(db, id);
  return { subject: withoutMarks(title), state, since };
}

/** A map is good until a later version of the area comes into force. */
function sheetOf(db: Db, { centreId }: IssuedPaper, { version }: SheetPaper, now: Date) {
  const later = statements(db).laterArea.get(centreId, version, dayInTehran(now));
  const since = later as string | undefined;
  return { version, state: since ? ('redrawn' as const) : ('valid' as const), since };
}

/** What was sealed holds for good: later entries are not of it. */
function bookOf(content: BookPaper) {
  const { book, account, columns, level, from, to, lastEntry, entries } = content;
  const { debitRial: debit, creditRial: credit } = content;
  const named = account && { code: account.code, name: account.name };
  const told = { book, account: named, columns, level, from, to, lastEntry, entries };
  return { ...told, debit, credit, state: 'valid' as const };
}

/** B-118: a letter whose place another has taken introduces nobody any more. */
function introductionOf(db: Db, paper: IssuedPaper): Pick<Verified, 'state' | 'since'> {
  const since = statements(db).laterLetter.get(paper.id) as string | undefined;
  return since === undefined ? { state: 'valid' } : { state: 'replaced', since };
}

/** A voucher tells its sum and no more; one whose payment was taken back has no force. */
function voucherOf(db: Db, { id }: IssuedPaper, { amountRial: amount }: VoucherPaper) {
  const since = statements(db).reversed.get(id) as string | undefined;
  return { amount, state: since ? ('cancelled' as const) : ('valid' as const), since };
}

function receiptOf(db: Db, paper: IssuedPaper, content: ReceiptPaper) {
  const since = statements(db).cancelled.get(paper.id) as string | undefined;
  const { amountRial: amount, receivedOn, fund } = content;
  const state = since ? ('cancelled' as const) : ('valid' as const);
  return { amount, receivedOn, fund: fund.name, state, since };
}

type DecreeFacts = { endedOn: string | null; acceptedOn: string | null };

function decreeOf(db: Db, paper: IssuedPaper, content: DecreePaper, now: Date) {
  const facts = statements(db).decree.get(paper.id) as DecreeFacts;
  const { seat, person, from, to } = content;
  return { seat, name: person.name, from, to, ...decreeState(facts, from, to, dayInTehran(now)) };
}

/** A decree has force once accepted, from its first to its last day, unless it was ended before. */
function decreeState(
  { endedOn, acceptedOn }: DecreeFacts,
  from: string,
  to: string,
  today: string,
): Pick<Verified, 'state' | 'since'> {
  if (endedOn && endedOn <= today) return { state: 'ended', since: endedOn };
  if (!acceptedOn) return { state: 'not-accepted' };
  if (today < from) return { state: 'not-yet' };
  return today > to ? { state: 'past', since: to } : { state: 'valid' };
}
