/** Self-checks of the papers: what is kept is what was issued, and its act says so too. */
import { createHash } from 'node:crypto';
import type { Check } from '../provinces/check.ts';
import type { Db } from '../provinces/connection.ts';
import { hashContent } from './papers.ts';

export const paperChecks: Check[] = [
  { name: 'papers', run: papersComplaint },
  { name: 'prints', run: printsComplaint },
];

type Row = { id: number; number: string; content: string; sha256: Buffer; told: string | null };

function papersComplaint(db: Db): string | null {
  const rows = db.$client
    .prepare(
      `SELECT p.id, p.number, p.content, p.sha256, json_extract(a.after, '$.paper') AS told
       FROM papers p LEFT JOIN acts a ON a.id = p.act_id ORDER BY p.id`,
    )
    .iterate() as IterableIterator<Row>;
  for (const row of rows) {
    if (!hashContent(row.content).equals(row.sha256)) return `paper ${row.number} was changed`;
    if (row.told !== row.sha256.toString('hex')) return `paper ${row.number} is not its act's`;
  }
  return null;
}

function printsComplaint(db: Db): string | null {
  const rows = db.$client
    .prepare('SELECT paper_id AS id, pdf, sha256 FROM paper_prints WHERE nth = 1')
    .iterate() as IterableIterator<{ id: number; pdf: Buffer; sha256: Buffer }>;
  for (const { id, pdf, sha256 } of rows) {
    const hash = createHash('sha256').update(pdf).digest();
    if (!hash.equals(sha256)) return `the first print of paper ${id} was changed`;
  }
  return null;
}
