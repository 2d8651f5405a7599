/** Books and papers: what may not stand in them, and that nothing in them is lost. */
import { createRequire } from 'node:module';
import type { Facts, SeriesFacts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';

type Names = { nameFa: string; nameEn: string };
type Unwanted = { fa: string[]; en: string[] };

const unwanted = createRequire(import.meta.url)('../../seeds/unwanted-accounts.json') as Record<
  'mosque' | 'wages' | 'rent',
  Unwanted
>;

const LEDGER: Mend = { to: '/books/ledger', power: 'books.read' };
const RECEIPTS: Mend = { to: '/donations/receipts', power: 'donations.read' };
const PAPER_BOOKS: Mend = { to: '/donations/receipt-books', power: 'receipt-books.read' };
const TRAIL: Mend = { to: '/trail', power: 'trail.read' };

/** B-46, B-136: nobody is paid, so no account for wages exists. */
export const noWages = (facts: Facts): Judgement => accountsWithout(facts, unwanted.wages);

/** B-114: the office costs nothing, so no account for rent exists. */
export const noRent = (facts: Facts): Judgement => accountsWithout(facts, unwanted.rent);

function accountsWithout({ accounts }: Facts, words: Unwanted): Judgement {
  const found = accounts.find((account) => isNamed(account, words));
  if (found) return broken(LEDGER, { name: found.nameFa });
  return accounts.length > 0 ? kept() : notDue();
}

/** B-98: the mosque's money has no account, no fund and no receipt here. */
export function mosqueKeptApart({ accounts, funds, gifts }: Facts): Judgement {
  const found = [...accounts, ...funds].find((one) => isNamed(one, unwanted.mosque));
  if (found) return broken(LEDGER, { name: found.nameFa });
  if (gifts.forMosque) return broken({ to: '/donations', power: 'donations.read' }, {}, 'gift');
  return accounts.length > 0 ? kept() : notDue();
}

/** Persian endings join the word, English ones do not: "current" is no rent. */
function isNamed({ nameFa, nameEn }: Names, { fa, en }: Unwanted): boolean {
  const words = nameEn.toLowerCase().split(/[^a-z]+/);
  return fa.some((word) => nameFa.includes(word)) || en.some((word) => words.includes(word));
}

/** B-110: the committee has looked, and has written nothing in the centre's books. */
export function openToCommittee({ looks, officersEntries }: Facts): Judgement {
  if (officersEntries > 0) {
    return broken({ to: '/books/journal', power: 'books.read' }, { count: officersEntries });
  }
  return looks.lastOn ? kept({ day: looks.lastOn }) : notDue();
}

/**
 * B-132: every gift has its receipt, no number of any series is unaccounted for, and paper books are
 * back on their day with all their numbers told of.
 */
export function numberedWithoutGap({ series, gifts, receipts, paperBooks }: Facts): Judgement {
  const unreceipted = gifts.count - receipts.count;
  if (unreceipted !== 0) return broken(RECEIPTS, { count: Math.abs(unreceipted) }, 'unreceipted');
  const gap = series.find((one) => missing(one) !== 0);
  if (gap) return broken(RECEIPTS, { count: Math.abs(missing(gap)), number: String(gap.year) });
  if (paperBooks.unaccounted > 0) {
    return broken(PAPER_BOOKS, { count: paperBooks.unaccounted }, 'unaccounted');
  }
  if (paperBooks.late > 0) return broken(PAPER_BOOKS, { count: paperBooks.late }, 'unreturned');
  if (receipts.last === null) return notDue();
  const lost = series.reduce((sum, one) => sum + one.lost, 0);
  return lost > 0
    ? kept({ number: receipts.last, count: lost }, 'keptLost')
    : kept({ number: receipts.last });
}

/** B-134: as many papers and numbers as were ever given out. */
export function nothingDestroyed({ series, papers }: Facts): Judgement {
  const gone = series.reduce((sum, one) => sum + Math.abs(missing(one)), 0);
  const unpapered = Math.abs(papers.issued - papers.kept);
  if (gone + unpapered > 0) return broken(TRAIL, { count: gone + unpapered });
  return series.length > 0 ? kept({ count: papers.kept }) : notDue();
}

/** Numbers given of which neither a row nor a note of their loss is found. */
const missing = ({ last, found, lost }: SeriesFacts): number => last - found - lost;
