/** A sealed copy on paper: the book as its page prints it, and of its entries only those sealed. */
import { PassThrough, type Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { PrintMark } from '../paper/print-mark.ts';
import type { Db } from '../provinces/connection.ts';
import { accountName, accountsOf, findAccount } from './accounts.ts';
import { onSide } from './balances.ts';
import type { BookHead } from './book-head.ts';
import type { BookPaper } from './book-paper.ts';
import { journalRows } from './journal.ts';
import { journalLines, journalPdf } from './journal-pdf.ts';
import { ledgerRows } from './ledger.ts';
import { ledgerLines, ledgerPdf } from './ledger-pdf.ts';
import { trialBalancePdf } from './trial-balance-pdf.ts';

/** Where the copy's lines are read: the centre, and the newest entry when it was sealed. */
export type Source = { db: Db; centreId: number; untilEntryId: number };

export async function sealedBookPdf(
  source: Source,
  paper: BookPaper,
  mark: PrintMark,
): Promise<Buffer> {
  const out = new PassThrough();
  const [pdf] = await Promise.all([buffer(out), write(source, paper, mark, out)]);
  return pdf;
}

function write(source: Source, paper: BookPaper, mark: PrintMark, out: Writable): Promise<unknown> {
  const head = headOf(paper, mark);
  if (paper.book === 'journal') {
    return journalPdf(head, journalOf(source, paper), out);
  }
  if (paper.book === 'trial-balance') {
    return trialBalancePdf({ ...head, columns: paper.columns! }, paper.balance!, out);
  }
  const { code, name, level } = paper.account!;
  const kind = level === 'general' ? ('ledger' as const) : ('subsidiary' as const);
  const opening = onSide(paper.openingRial!);
  return ledgerPdf(
    { ...head, kind, account: { code, name }, opening },
    ledgerOf(source, paper),
    out,
  );
}

function headOf(paper: BookPaper, mark: PrintMark): BookHead {
  const { lang, centre, from, to, issuedOn, newestHash, sealedBy } = paper;
  const { number, lastEntry, code, verifyAddress, board } = paper;
  return {
    ...{ lang, centre, from, to, printedOn: issuedOn, newestHash, preparedBy: sealedBy.name },
    board,
    lastEntry: Number(lastEntry.split('-')[1]),
    sealed: { number, lastEntry, code, verifyAddress, mark },
  };
}

function journalOf({ db, centreId, untilEntryId }: Source, { lang, from, to }: BookPaper) {
  const accounts = accountsOf(db, centreId);
  const names = new Map(accounts.map((one) => [one.code, accountName(one, lang)]));
  return journalLines(journalRows(db, centreId, { from, to, untilEntryId }), names);
}

function ledgerOf(
  { db, centreId, untilEntryId }: Source,
  { account: sealed, ...paper }: BookPaper,
) {
  const account = findAccount(db, centreId, sealed!.code)!;
  const subsidiaries = accountsOf(db, centreId)
    .filter(({ level, code }) => level === 'subsidiary' && code.startsWith(account.code))
    .map(({ code }) => code);
  const { from, to } = paper;
  const rows = ledgerRows(db, centreId, { from, to, account, subsidiaries, untilEntryId });
  return ledgerLines(rows);
}
