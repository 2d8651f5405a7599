/** Where what an import made is found. */
import type { Response } from 'express';
import { type Db, prepared } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { centreRoot } from '../web/written.ts';
import type { Import } from './imports.ts';

type Receipt = { year: number; number: number };

const statements = prepared((db) => ({
  ends: db.$client.prepare(
    `SELECT year, number FROM receipts WHERE donation_id IN (?, ?) ORDER BY donation_id`,
  ),
}));

export type MadeLinks = { first: string; last: string; href: string } | null;

/** The first and the last of what came of it, and the page where they stand. */
export function madeOf(res: Response, { what, firstId, lastId }: Import): MadeLinks {
  if (firstId === null || lastId === null) return null;
  const root = centreRoot(res);
  if (what === 'donors') return { first: '', last: '', href: `${root}/donations/donors` };
  if (what === 'opening') return { first: '', last: '', href: `${root}/books/drafts/${firstId}` };
  const [first, last] = endsOf(res.locals.province.db, firstId, lastId);
  return { first, last, href: `${root}/donations/receipts` };
}

function endsOf(db: Db, firstId: number, lastId: number): [string, string] {
  const ends = statements(db).ends.all(firstId, lastId) as Receipt[];
  const written = ends.map(({ year, number }) => writtenNumber(year, number, 6));
  return [written[0]!, written.at(-1)!];
}
