/** A journal of so many lines: the days of the sample that have them. */
import { connectForReading } from '../../src/provinces/connection.ts';
import type { Kept } from './data.ts';

export type Printed = { from: string; to: string; lines: number; path: string };

const DAYS = `SELECT e.entry_on AS day, count(*) AS lines
  FROM entries e JOIN entry_lines l ON l.entry_id = e.id GROUP BY e.entry_on ORDER BY e.entry_on`;

/** From the sample's first day on, as many whole days as come nearest to the lines asked for. */
export function journalOf({ file }: Kept, lines: number): Printed {
  const { $client } = connectForReading(file);
  const days = $client.prepare(DAYS).all() as { day: string; lines: number }[];
  $client.close();
  let sum = 0;
  let to = days[0]!.day;
  for (const { day, lines: more } of days) {
    if (sum > 0 && sum + more / 2 > lines) break;
    sum += more;
    to = day;
  }
  const from = days[0]!.day;
  return { from, to, lines: sum, path: `/books/journal.pdf?from=${from}&to=${to}` };
}
