/** The child process of `journal-pdf`: prints the journal from the file to a file, as the page does. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountName, accountsOf } from '../../src/books/accounts.ts';
import { type JournalRow, journalRows } from '../../src/books/journal.ts';
import { type JournalLine, journalPdf } from '../../src/books/journal-pdf.ts';
import { findCentre } from '../../src/centres/centres.ts';
import { connectForReading, type Db } from '../../src/provinces/connection.ts';
import { newestAct } from '../../src/trail/acts.ts';
import type { Kept } from './data.ts';

/** Milliseconds by the clock and of the processor; the most memory ever held, in bytes. */
export type Printing = { ms: number; cpu: number; lines: number; peak: number };

const { file, code } = JSON.parse(process.argv[2]!) as Kept;

process.on('message', ({ from, to }: { from: string; to: string }) => {
  void print(from, to).then((told) => process.send?.(told));
});
process.on('disconnect', () => process.exit());
process.send?.({ address: '' });

async function print(from: string, to: string): Promise<Printing> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const began = performance.now();
  const used = process.cpuUsage();
  const db = connectForReading(file);
  const centre = findCentre(db, code);
  const { name, place } = centre;
  const head = {
    ...{ lang: 'fa' as const, centre: { name, place }, from, to, printedOn: to, lastEntry: 1 },
    newestHash: newestAct(db)!.hash.toString('hex'),
  };
  const out = createWriteStream(join(folder, 'journal.pdf'));
  const { rows } = await journalPdf(head, linesOf(db, centre.id, { from, to }), out);
  db.$client.close();
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(used);
  const cpu = (user + system) / 1000;
  await rm(folder, { recursive: true });
  return { ms, cpu, lines: rows, peak: process.resourceUsage().maxRSS * 1024 };
}

function* linesOf(
  db: Db,
  centreId: number,
  days: { from: string; to: string },
): Generator<JournalLine[]> {
  const accounts = new Map(
    accountsOf(db, centreId).map((account) => [account.code, accountName(account, 'fa')]),
  );
  let row = 0;
  const lineOf = (line: JournalRow): JournalLine => {
    const { account, debitRial: debit, creditRial: credit, description } = line;
    row += 1;
    return {
      ...{ row, day: line.entryOn, entry: line.number, description, debit, credit },
      ...{ accountCode: account, accountName: accounts.get(account) ?? '', reference: account },
    };
  };
  for (const rows of journalRows(db, centreId, days)) yield rows.map(lineOf);
}
