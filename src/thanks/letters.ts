/** Letters to a giver: one asks a firm for help, one thanks a giver and names the receipts. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Donor, findDonor } from '../donations/donors.ts';
import { fundNames } from '../funds/funds.ts';
import { type IssuedLetter, issueLetter } from '../paper/letters.ts';
import type { LetterTable } from '../paper/official-letter.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { contactOf, isFirm } from './firms.ts';
import type { DonorLetterKind } from './schema.ts';

export type RequestTyped = {
  /** What is asked for, in a few words. */
  need: string;
  amountRial?: number;
  byOn?: string;
};
export type Period = { fromOn: string; toOn: string };

export type DonorLetter = {
  paperId: number;
  number: string;
  kind: DonorLetterKind;
  fromOn: string | null;
  toOn: string | null;
  issuedOn: string;
  issuedBy: string;
  gifts: number;
};

export type GiftToThank = {
  id: number;
  year: number;
  number: number;
  receivedOn: string;
  kind: string;
  fund: string;
  amountRial: number;
  isThanked: number;
};

const statements = prepared(({ $client: client }) => ({
  gifts: client.prepare(
    `SELECT d.id, r.year, r.number, d.received_on AS receivedOn, d.kind, d.fund,
       d.amount_rial AS amountRial,
       EXISTS (SELECT 1 FROM thanked_gifts WHERE donation_id = d.id) AS isThanked
     FROM donations d JOIN receipts r ON r.donation_id = d.id
     WHERE d.donor_id = ? AND d.received_on BETWEEN ? AND ?
       AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id)
     ORDER BY d.received_on, d.id`,
  ),
  firstUnthanked: client
    .prepare(
      `SELECT min(d.received_on) FROM donations d JOIN receipts r ON r.donation_id = d.id
       WHERE d.donor_id = ? AND NOT EXISTS (SELECT 1 FROM thanked_gifts WHERE donation_id = d.id)
         AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id)`,
    )
    .pluck(),
  letters: client.prepare(
    `SELECT l.paper_id AS paperId, p.number, l.kind, l.from_on AS fromOn, l.to_on AS toOn,
       l.issued_on AS issuedOn, u.name AS issuedBy,
       (SELECT count(*) FROM thanked_gifts WHERE paper_id = l.paper_id) AS gifts
     FROM donor_letters l JOIN papers p ON p.id = l.paper_id JOIN users u ON u.id = l.issued_by
     WHERE l.donor_id = ? ORDER BY l.paper_id DESC`,
  ),
  thankedOn: client
    .prepare(`SELECT max(issued_on) FROM donor_letters WHERE donor_id = ? AND kind = 'thanks'`)
    .pluck(),
  thanked: client.prepare('INSERT INTO thanked_gifts VALUES (?, ?)'),
  insert: client.prepare('INSERT INTO donor_letters VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
}));

/** The letters of a giver, the newest first. */
export const lettersOf = (db: Db, donorId: number): DonorLetter[] =>
  statements(db).letters.all(donorId) as DonorLetter[];

/** The day of the last thanks; null before the first. */
export const thankedOn = (db: Db, donorId: number): string | null =>
  statements(db).thankedOn.get(donorId) as string | null;

/** From which day on gifts wait to be thanked for; null where none does. */
export const unthankedSince = (db: Db, donorId: number): string | null =>
  statements(db).firstUnthanked.get(donorId) as string | null;

/** The gifts of some days that stand, with or without thanks. */
export const giftsToThank = (db: Db, donorId: number, { fromOn, toOn }: Period): GiftToThank[] =>
  statements(db).gifts.all(donorId, fromOn, toOn) as GiftToThank[];

/** Asks a firm for help, in the province's words, to the one whom the centre knows there. */
export function askFirm(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  donorId: number,
  { need, amountRial, byOn }: RequestTyped,
): IssuedLetter {
  const donor = addressed(tx, actor, centre, donorId);
  if (!isFirm(donor)) throw new Refusal('thanks:refusals.no-firm', { status: 422 });
  if (byOn !== undefined && byOn < actor.today) {
    throw new Refusal('thanks:refusals.by-past', { status: 422, field: 'byOn' });
  }
  const letter = issueLetter(tx, actor, {
    ...{ centre, kind: 'gift-request', head: 'centre', addressee: addresseeOf(tx, donor) },
    values: {
      ...{ firm: donor.name, need },
      ...(amountRial === undefined ? {} : { amountRial }),
      ...(byOn === undefined ? {} : { byOn }),
    },
    deed: {
      ...{ kind: 'firm.asked', subject: `donors/${donorId}` },
      after: { donor: donorId, need, amountRial, byOn },
    },
  });
  keep(tx, actor, donorId, { letter, kind: 'gift-request', period: null });
  return letter;
}

/** Thanks a giver for all that was given in these days; the letter names each receipt. */
export function thankDonor(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  donorId: number,
  period: Period,
): IssuedLetter {
  const donor = addressed(tx, actor, centre, donorId);
  const { fromOn, toOn } = period;
  const refuse = (key: string, field: string) =>
    new Refusal(`thanks:refusals.${key}`, { status: 422, field });
  if (fromOn > toOn) throw refuse('backwards', 'toOn');
  if (toOn > actor.today) throw refuse('future', 'toOn');
  const gifts = giftsToThank(tx, donorId, period);
  if (gifts.length === 0) throw refuse('nothing-given', 'fromOn');
  const totalRial = gifts.reduce((sum, gift) => sum + gift.amountRial, 0);
  const letter = issueLetter(tx, actor, {
    ...{ centre, kind: 'thanks', head: 'centre', addressee: addresseeOf(tx, donor) },
    values: { giver: donor.name, fromOn, toOn, count: gifts.length, totalRial },
    tables: [receiptTable(tx, actor, gifts, totalRial)],
    deed: {
      ...{ kind: 'donor.thanked', subject: `donors/${donorId}` },
      after: { donor: donorId, fromOn, toOn, gifts: gifts.map(({ id }) => id) },
    },
  });
  for (const { id } of gifts) statements(tx).thanked.run(letter.paperId, id);
  keep(tx, actor, donorId, { letter, kind: 'thanks', period });
  return letter;
}

/** B-104: no letter for whoever asked to be named nowhere. */
function addressed(tx: Tx, actor: Actor, centre: Centre, donorId: number): Donor {
  requirePower(actor, 'thanks.issue', centre);
  const donor = findDonor(tx, centre.id, donorId);
  if (donor.mayBeNamed) return donor;
  throw new Refusal('thanks:refusals.unnamed', { clause: 'B-104' });
}

/** In a firm whoever is its contact, and the firm; else the giver. */
function addresseeOf(db: Db, donor: Donor): string[] {
  const contact = isFirm(donor) ? contactOf(db, donor.id) : undefined;
  if (!contact) return [donor.name];
  const { name, office } = contact;
  return [name, ...(office ? [`${office}\u060c ${donor.name}`] : [donor.name])];
}

function receiptTable(tx: Tx, actor: Actor, gifts: GiftToThank[], totalRial: number): LetterTable {
  const t = wordsOn(tx, actor.today);
  const funds = fundNames(tx, 'fa');
  return {
    title: t('thanks:table.title'),
    columns: [
      { title: t('thanks:table.receipt'), kind: 'code', width: 2 },
      { title: t('thanks:table.day'), kind: 'day', width: 2 },
      { title: t('thanks:table.kind'), kind: 'text', width: 2 },
      { title: t('thanks:table.fund'), kind: 'text', width: 4 },
      { title: t('thanks:table.amount'), kind: 'rial', width: 3 },
    ],
    rows: gifts.map((gift) => [
      ...[writtenNumber(gift.year, gift.number, 6), gift.receivedOn],
      ...[t(`donations:kinds.${gift.kind}`), funds.get(gift.fund) ?? gift.fund, gift.amountRial],
    ]),
    total: [null, null, null, null, totalRial],
  };
}

type Kept = { letter: IssuedLetter; kind: DonorLetterKind; period: Period | null };

function keep(tx: Tx, actor: Actor, donorId: number, { letter, kind, period }: Kept): void {
  const days = [period?.fromOn ?? null, period?.toOn ?? null];
  const { paperId, act } = letter;
  const row = [paperId, donorId, kind, ...days, actor.today, actor.user!.id, act.id];
  statements(tx).insert.run(...row);
}
