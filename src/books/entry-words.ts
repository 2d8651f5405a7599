/** An entry in the reader's words, for pages and for programs. */
import type { Response } from 'express';
import { fundNames } from '../funds/funds.ts';
import type { Db } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { centreRoot } from '../web/written.ts';
import { accountName, accountsOf } from './accounts.ts';
import { inLine } from './asked.ts';
import { entryNumber } from './entries.ts';
import type { JournalEntry } from './journal.ts';

/** The names of accounts and funds by their codes. */
export type Names = { accounts: Map<string, string>; funds: Map<string, string> };

export function namesOf(res: Response, db: Db): Names {
  const { centre, language } = res.locals;
  const accounts = accountsOf(db, centre.id);
  return {
    accounts: new Map(accounts.map((one) => [one.code, accountName(one, language)])),
    funds: fundNames(db, language),
  };
}

/** An entry as a program is told of it. */
export function toldEntry(
  res: Response,
  entry: JournalEntry,
  names: Names = namesOf(res, res.locals.province.db),
): object {
  const written = (of: { year: number; number: number } | null) => (of ? entryNumber(of) : null);
  return {
    number: entryNumber(entry),
    on: entry.entryOn,
    description: entry.description,
    source: entry.source,
    receipt: entry.receipt ? receiptNumber(entry.receipt) : null,
    reverses: written(entry.reverses),
    reversedBy: written(entry.reversedBy),
    reason: entry.reason,
    draftedBy: entry.draftedByName,
    postedBy: entry.postedByName,
    postedAt: entry.postedAt,
    lines: entry.lines.map(({ account, fund, debitRial, creditRial, detail }) => ({
      ...{ account, name: names.accounts.get(account), fund },
      ...{ debit: debitRial, credit: creditRial, detail },
    })),
    address: addressOf(res, entry),
  };
}

function receiptNumber({ year, number }: { year: number; number: number }): string {
  return writtenNumber(year, number, 6);
}

export function debitOf({ lines }: JournalEntry): number {
  return lines.reduce((sum, { debitRial }) => sum + debitRial, 0);
}

export function addressOf(res: Response, entry: { year: number; number: number }): string {
  return `${centreRoot(res)}/books/journal/${entryNumber(entry)}`;
}

/** An entry as its template takes it: numbers in the reader's digits, links where they lead. */
export function shownEntry(res: Response, entry: JournalEntry, names: Names) {
  const { show } = res.locals;
  const root = centreRoot(res);
  const linked = (of: { year: number; number: number } | null) =>
    of && { text: show.digits(entryNumber(of)), href: addressOf(res, of) };
  const receipt = entry.receipt && receiptNumber(entry.receipt);
  return {
    ...entry,
    description: inLine(res, entry.description),
    name: show.digits(entryNumber(entry)),
    href: addressOf(res, entry),
    receipt: receipt && {
      text: show.digits(receipt),
      href: `${root}/donations/receipts/${receipt}`,
    },
    reverses: linked(entry.reverses),
    reversedBy: linked(entry.reversedBy),
    debit: debitOf(entry),
    lines: entry.lines.map((line) => ({
      ...line,
      detail: line.detail && inLine(res, line.detail),
      code: show.digits(line.account),
      name: names.accounts.get(line.account),
      fundName: names.funds.get(line.fund),
      href: `${root}/books/ledger/${line.account}`,
    })),
  };
}
