/** Collection boxes with their rounds, and books of paper receipts. */

import { insidePoint } from '../../src/boundary/measure.ts';
import { boundaryOn } from '../../src/boundary/versions.ts';
import { boxesOf, installBox } from '../../src/boxes/boxes.ts';
import { confirmCount, countBox } from '../../src/boxes/openings.ts';
import { peopleOf } from '../../src/boxes/people.ts';
import { remitBoxMoney } from '../../src/boxes/remittances.ts';
import { planRound } from '../../src/boxes/rounds.ts';
import { issueReceipt } from '../../src/donations/receipts.ts';
import {
  closeBook,
  issueBook,
  recordLeaf,
  registerBook,
  returnBook,
  useLeaf,
} from '../../src/receiptbooks/books.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { amount, donorOf } from './gifts.ts';
import { holdings, serial, type Turn, words } from './house.ts';

export function installBoxes({ tx, centre, house, today, finance }: Turn): void {
  const at = insidePoint(boundaryOn(tx, centre.id, today)!.area);
  const places = house.large ? words.boxes : words.boxes.slice(0, 1);
  for (const { kind, place, keeper } of places) {
    const by = { kind: kind === 'shop' ? 'shop' : 'person', name: keeper, mobile: null } as const;
    const box = { kind, fund: 'sadaqa', place, at, keeper: by, installedOn: today };
    installBox(tx, finance, centre, box);
  }
}

const two = ({ tx, centre, today }: Turn) => {
  const [first, second] = peopleOf(tx, centre.id, today);
  return { first: first!.key, second: second!.key };
};

/** A round of all boxes: each opened by two, counted by one and by another, and the money banked. */
export function emptyBoxes(turn: Turn): void {
  const { tx, centre, house, today, chance, chair, finance } = turn;
  const standing = boxesOf(tx, centre.id, { state: 'standing' }, { limit: 100 });
  const boxes = standing.map(({ number }) => number);
  if (boxes.length === 0) return;
  const pair = two(turn);
  const round = planRound(tx, finance, centre, { roundOn: today, ...pair, boxes, note: null });
  for (const number of boxes) {
    const sheet = [
      { form: 'note' as const, faceRial: 100_000, pieces: 4 + chance.below(30) },
      { form: 'note' as const, faceRial: 50_000, pieces: chance.below(20) },
      { form: 'coin' as const, faceRial: 5_000, pieces: chance.below(8) },
    ].filter(({ pieces }) => pieces > 0);
    const totalRial = sheet.reduce((sum, { faceRial, pieces }) => sum + faceRial * pieces, 0);
    const bag = { number: serial(turn, 4), rial: totalRial };
    const counted = { openedOn: today, round: round.number, ...pair, bag, sheet, totalRial };
    const { id } = countBox(tx, chair, centre, number, { ...counted, account: '1104' });
    confirmCount(tx, finance, centre, id, totalRial);
  }
  for (const { fund, collectors } of holdings(turn)) {
    if (collectors <= 0) continue;
    const account = house.banks ? '1102' : '1101';
    const reference = house.banks ? serial(turn) : null;
    remitBoxMoney(tx, finance, centre, {
      ...{ remittedOn: today, account, fund, amountRial: collectors, reference },
    });
  }
}

const LEAVES = 25;
const WRITTEN = 12;

/** A book goes into a volunteer's hands for half a year. */
export function giveOutBook({ tx, centre, today, finance, house }: Turn): void {
  const from = house.kept.leaf + 1;
  const book = { series: '', fromNumber: from, toNumber: from + LEAVES - 1 };
  const { id } = registerBook(tx, finance, centre, book);
  const holder = peopleOf(tx, centre.id, today).at(-1)!.key;
  issueBook(tx, finance, centre, id, { holder, dueOn: addDays(today, 200) });
}

/** A gift that was receipted by hand in a shop, entered with the number of its leaf. */
export function giveOnPaper(turn: Turn): void {
  const { tx, centre, house, chance, today, finance } = turn;
  if (house.kept.leaf % LEAVES >= WRITTEN) return;
  const { id } = issueReceipt(tx, finance, centre, {
    ...{ amountRial: amount(chance), fund: 'sadaqa', receivedOn: today },
    ...{ donor: donorOf(chance.below(house.donors)), unusualAmount: 'confirmed' },
  });
  house.kept.leaf += 1;
  useLeaf(tx, finance, centre, { series: '', number: house.kept.leaf }, id);
}

/** The book comes back: a leaf was crossed out, one is lost, the rest is blank. */
export function takeBookBack({ tx, centre, house, finance }: Turn): void {
  const book = 1;
  const { said } = words;
  const leaf = (fate: 'cancelled' | 'lost', reason: string, report: string | null) => {
    house.kept.leaf += 1;
    recordLeaf(tx, finance, centre, book, { number: house.kept.leaf, fate, reason, report });
  };
  leaf('cancelled', said.crossedOut, null);
  leaf('lost', said.lost, said.reported);
  returnBook(tx, finance, centre, book, house.kept.leaf);
  closeBook(tx, finance, centre, book);
  house.kept.leaf = LEAVES;
}
