/** The letter that goes with a pack: what it holds, what that comes to, and the hash it is sealed by. */
import type { Actor } from '../access/actor.ts';
import type { Centre } from '../centres/centres.ts';
import { ltr } from '../paper/bidi.ts';
import type { LetterAsked } from '../paper/letters.ts';
import type { LetterTable } from '../paper/official-letter.ts';
import type { Tx } from '../provinces/connection.ts';
import { wordsOn } from '../templates/board-name.ts';
import { showFor } from '../web/show.ts';
import type { Words } from '../words.ts';
import { type Documented, sumsOf } from './documented.ts';
import { type Draft, MANIFEST } from './making.ts';
import { saidMonth, writtenMonth } from './months.ts';

export function packLetter(tx: Tx, actor: Actor, centre: Centre, draft: Draft): LetterAsked {
  const t = wordsOn(tx, actor.today);
  const { month, nth, rows, scans, files } = draft;
  const sums = sumsOf(rows);
  const seal = files.find(({ name }) => name === MANIFEST)!.sha256.toString('hex');
  const given = { count: sums.payments.count + sums.deliveries.count };
  return {
    ...{ centre, kind: 'monthly-pack', head: 'centre' },
    addressee: [t('board:letter.to-committee', { county: centre.countyName })],
    values: {
      ...{ month: saidMonth(month, 'fa'), fromOn: month.from, toOn: month.to },
      ...{ receiptsCount: sums.receipts.count, receiptsRial: sums.receipts.rial },
      ...{ givenCount: given.count, givenRial: sums.payments.rial + sums.deliveries.rial },
      ...(scans.length > 0 ? { scans: scans.length } : {}),
      ...(nth > 1 ? { correction: nth - 1 } : {}),
    },
    tables: [sumTable(t, rows)],
    annexes: [
      {
        title: t('packs:letter.enclosed'),
        lead: t('packs:letter.seal', { name: ltr(MANIFEST), seal: ltr(seal) }),
        items: enclosed(draft, t),
      },
    ],
    deed: {
      ...{ kind: 'pack.issued', subject: `packs/${writtenMonth(month)}-${nth}` },
      after: { month: writtenMonth(month), nth, sums, scans: scans.length, seal },
    },
  };
}

/** Kind by kind: how many and how much, what was taken back beside what it takes from. */
function sumTable(t: Words, rows: Documented[]): LetterTable {
  const kinds = Map.groupBy(rows, ({ list, kind }) => `${list} ${kind}`);
  const total = rows.length;
  return {
    columns: [
      { title: t('packs:letter.list'), kind: 'text', width: 3 },
      { title: t('packs:columns.kind'), kind: 'text', width: 3 },
      { title: t('packs:letter.count'), kind: 'count', width: 2 },
      { title: t('packs:columns.amount'), kind: 'rial', width: 3 },
    ],
    rows: [...kinds.values()].map((of) => [
      t(`packs:lists.${of[0]!.list}`),
      t(`packs:kinds.${of[0]!.kind}`),
      of.length,
      of.reduce((sum, { amountRial }) => sum + amountRial, 0),
    ]),
    total: [null, null, total, null],
  };
}

function enclosed({ files, scans }: Draft, t: Words): string[] {
  const show = showFor('fa');
  const named = files.map(({ name, bytes }) =>
    t('packs:letter.file', { name: ltr(name), size: show.number(bytes.length) }),
  );
  return scans.length === 0
    ? named
    : [...named, t('packs:letter.scans', { number: show.number(scans.length) })];
}
