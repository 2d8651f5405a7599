/** The table of benches as text. */
import type { Row } from './bench.ts';

const HEADS: Row = {
  ...{ name: 'bench', figure: 'figure', peer: 'limit or peer', ratio: 'ratio' },
  ...{ target: 'target', state: '' as 'reached', note: 'note' },
};
const COLUMNS = ['name', 'figure', 'peer', 'ratio', 'target', 'state', 'note'] as const;

/** Every row as a line, the columns under each other. */
export function tableOf(rows: Row[]): string {
  const all = [HEADS, ...rows];
  const widths = COLUMNS.map((column) => Math.max(...all.map((row) => row[column].length)));
  const lines = all.map((row) =>
    COLUMNS.map((column, i) => row[column].padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
