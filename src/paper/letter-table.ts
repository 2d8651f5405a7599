/** A table within a letter: its heads stand again on every page it runs over. */
import { formatDay } from '../values/jalali-date.ts';
import { ltr, own, withoutMarks } from './bidi.ts';
import type { Letter } from './letter.ts';
import type { LetterColumn, LetterTable } from './official-letter.ts';
import type { Paper } from './paper.ts';
import { type Cell, type Column, Table } from './table.ts';

type Given = string | number | null;

export function drawLetterTable(
  paper: Paper,
  letter: Letter,
  { title, columns, rows, total }: LetterTable,
  sum: string,
): void {
  const { x, width } = letter.box;
  const table = new Table(paper, columns.map(columnOf), x, width);
  const cellsOf = (row: Given[]) => row.map((cell, at) => shown(paper, columns[at]!, cell));
  const opening = rows[0] ? table.measured(cellsOf(rows[0])).height : 0;
  // A title never stands alone at the foot of a page.
  letter.room(opening + (title ? 4 : 2) * table.sumHeight);
  if (title) letter.line([{ text: title, weight: 'bold' }]);
  let y = head(paper, letter, table);
  for (const row of rows) {
    const cells = cellsOf(row);
    const { lines, height } = table.measured(cells);
    y = placeFor(paper, letter, table, { y, height });
    paper.tag('P', told(cells), () => {
      y = table.row(lines, height, y);
    });
  }
  if (total) y = drawTotal(paper, letter, table, { sum, cells: cellsOf(total), y });
  paper.artifact(() => table.close(y, false));
  letter.goOn(y);
  letter.space(4);
}

function head(paper: Paper, letter: Letter, table: Table): number {
  let y = letter.box.y;
  const titles = table.columns.map((column) => column.title);
  paper.tag('P', told(titles), () => {
    y = table.head(y);
  });
  return y;
}

/** Where the next row begins: here, or under the heads of a new page. */
function placeFor(
  paper: Paper,
  letter: Letter,
  table: Table,
  { y, height }: { y: number; height: number },
): number {
  if (y + height <= letter.bottom) return y;
  paper.artifact(() => table.close(y, false));
  letter.addPage();
  return head(paper, letter, table);
}

function drawTotal(
  paper: Paper,
  letter: Letter,
  table: Table,
  { sum, cells, y }: { sum: string; cells: Cell[]; y: number },
): number {
  let at = placeFor(paper, letter, table, { y, height: table.sumHeight });
  paper.tag('P', told([sum, ...cells]), () => {
    at = table.sums(sum, cells, at);
  });
  return at;
}

function columnOf({ title, kind, width = 2 }: LetterColumn): Column {
  const amount = kind === 'rial' || kind === 'count';
  return { title, width, kind: amount ? 'amount' : kind === 'text' ? 'text' : 'code' };
}

function shown(paper: Paper, { kind }: LetterColumn, cell: Given): Cell {
  if (cell === null || typeof cell === 'number') return cell;
  if (kind === 'day') return ltr(formatDay(cell, paper.lang, 'date'));
  if (kind === 'clause') return ltr(cell);
  return kind === 'code' ? ltr(paper.digits(cell)) : own(paper.digits(cell));
}

/** The cells of a row, for whoever hears the paper. */
const told = (cells: Cell[]): string =>
  cells
    .filter((cell) => cell !== null && cell !== '')
    .map((cell) => withoutMarks(String(cell)))
    .join(' \u00b7 ');
