/** Rows of opening balances: lines of one entry, held to what an opening entry is held to. */
import type { Actor } from '../access/actor.ts';
import { accountsOf } from '../books/accounts.ts';
import { requireSound, type WrittenDraft } from '../books/drafts.ts';
import type { Line } from '../books/entries.ts';
import type { Centre } from '../centres/centres.ts';
import { fundsOf } from '../funds/funds.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import type { SheetCell } from '../sheets/sheet-reading.ts';
import { latinDigits, readLine } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { readRial } from '../values/rial.ts';
import { wordsFor } from '../words.ts';
import { type Cells, Choices, textOf } from './cells.ts';
import type { Chosen, RowFault, Said } from './kinds.ts';

type Fault = Omit<RowFault, 'line'>;

const statements = prepared((db) => ({
  licensedOn: db.$client
    .prepare('SELECT min(from_on) FROM current_licences WHERE centre_id = ?')
    .pluck(),
}));

/** The day on which the books of a centre begin unless it is said: that of its first licence. */
export function usualOpeningDay(db: Db, centreId: number, today: string): string {
  return (statements(db).licensedOn.get(centreId) as string | null) ?? today;
}

/** Reads lines of one sheet, with the accounts of the centre and the funds of the province. */
export function lineReader(db: Db, centre: Centre, { unit }: Chosen) {
  const [accounts, funds] = [new Choices(), new Choices()];
  for (const { code, level, nameFa, nameEn } of accountsOf(db, centre.id)) {
    if (level === 'subsidiary')
      accounts.add(code, nameFa, nameEn, `${code} ${nameFa}`, `${code} ${nameEn}`);
  }
  for (const { code, nameFa, nameEn } of fundsOf(db)) funds.add(code, nameFa, nameEn);
  const side = (cell: SheetCell): Reading<number> => {
    const isNothing = /^[-\u2013\u2014]?$|^0+$/.test(latinDigits(textOf(cell)).trim());
    return isNothing ? { value: 0 } : readRial(cell!, unit);
  };
  return (cells: Cells): { value: Line } | Fault[] => {
    const faults: Fault[] = [];
    const choice = (field: string, choices: Choices) => {
      const code = choices.codeOf(cells(field));
      if (code !== undefined) return code;
      const empty = textOf(cells(field)) === '';
      faults.push({
        field,
        key: empty ? 'common:refusals.needed' : `imports:faults.no-such-${field}`,
      });
      return '';
    };
    const amount = (field: string) => {
      const read = side(cells(field));
      if ('value' in read) return read.value;
      faults.push({ field, key: read.fault, values: read.values });
      return Number.NaN;
    };
    const [account, fund] = [choice('account', accounts), choice('fund', funds)];
    const [debitRial, creditRial] = [amount('debit'), amount('credit')];
    if (debitRial > 0 && creditRial > 0) faults.push({ field: 'credit', key: ONE_SIDE });
    if (debitRial === 0 && creditRial === 0) faults.push({ field: 'debit', key: NO_AMOUNT });
    const detail = readLine(textOf(cells('detail')), { max: 200 });
    if ('fault' in detail)
      faults.push({ field: 'detail', key: detail.fault, values: detail.values });
    const said = 'value' in detail ? detail.value || null : null;
    return faults.length > 0
      ? faults
      : { value: { account, fund, debitRial, creditRial, detail: said } };
  };
}

const ONE_SIDE = 'books:refusals.one-side';
const NO_AMOUNT = 'books:refusals.no-amount';

/** The draft that the lines would be: whoever writes it has another one post it. */
export function openingDraft(entryOn: string, lines: Line[]): WrittenDraft {
  const description = wordsFor('fa')('books:drafts.opening-description');
  return { entryOn, description, lines, kind: 'opening' };
}

/** What the draft would be refused for: its cells, and what is wrong with it as a whole. */
export function openingFaults(
  db: Db,
  actor: Actor,
  centre: Centre,
  { draft, rows }: { draft: WrittenDraft; rows: number[] },
): { faults: RowFault[]; refusal: Said | null } {
  try {
    requireSound(db, actor, centre.id, draft);
    return { faults: [], refusal: null };
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    const fields = fault.details.fields ?? [];
    const faults = fields.flatMap(({ field, key, values }): RowFault[] => {
      const [, at, name] = /^lines\.(\d+)\.(\w+)$/.exec(field) ?? [];
      return at === undefined ? [] : [{ line: rows[Number(at)]!, field: name!, key, values }];
    });
    const refusal = { key: fault.key, values: fault.details.values };
    return { faults, refusal: faults.length > 0 ? null : refusal };
  }
}
