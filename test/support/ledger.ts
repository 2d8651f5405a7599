/**
 * Ledgers as text, for tests that read like books:
 *
 *     1405/02/01 banked the box
 *       1102 sadaqa 400
 *       1101 sadaqa -400
 *
 * A day and a description, then lines of account, fund and amount; what is below zero is credited.
 */
import type { Actor } from '../../src/access/actor.ts';
import { movesOf } from '../../src/books/balances.ts';
import { type Line, type PostedEntry, postEntry } from '../../src/books/entries.ts';
import { licencesOf, recordLicence } from '../../src/licence/licences.ts';
import type { Db, Tx } from '../../src/provinces/connection.ts';
import { enter } from '../../src/provinces/enter.ts';
import { readDay } from '../../src/values/jalali-date.ts';
import type { World } from './world.ts';

export type Written = { entryOn: string; description: string; lines: Line[] };

export function readLedger(text: string): Written[] {
  const written: Written[] = [];
  for (const row of text.split('\n').filter((one) => one.trim() !== '')) {
    if (/^\s*\d{4}\s/.test(row)) written.at(-1)!.lines.push(lineOf(row));
    else written.push(headOf(row));
  }
  return written;
}

function headOf(row: string): Written {
  const [, day, description] = /^\s*(\S+) (.+)$/.exec(row)!;
  const read = readDay(day!, { today: '2026-11-21' });
  if ('fault' in read) throw new Error(`${day}: ${read.fault}`);
  return { entryOn: read.value, description: description!, lines: [] };
}

function lineOf(row: string): Line {
  const [account, fund, amount] = row.trim().split(/\s+/) as [string, string, string];
  const rial = Number(amount);
  return { account, fund, debitRial: Math.max(rial, 0), creditRial: Math.max(-rial, 0) };
}

/** Posts the ledger to Noor: written by Maryam, posted by Reza. */
export function post(world: World, text: string): Promise<PostedEntry[]> {
  return postAll(world, readLedger(text));
}

export function postAll(world: World, written: Written[]): Promise<PostedEntry[]> {
  return enter(world.province, (tx) => {
    licenseYearsBefore(tx, world);
    const reza = world.actor('reza', world.noor);
    return written.map((one) => postOne(tx, reza, world, one));
  });
}

/** Ledgers reach back further than the world's licence; these years had one of their own. */
function licenseYearsBefore(tx: Tx, world: World): void {
  const days = { fromOn: '2020-03-20', toOn: '2026-03-20' };
  if (licencesOf(tx, world.noor.id).some(({ fromOn }) => fromOn === days.fromOn)) return;
  // No page gives such a licence any more; an older file may hold one.
  recordLicence(tx, world.actor('hadi', world.noor), world.noor, {
    number: '1399/21/001',
    ...days,
  });
}

function postOne(tx: Tx, actor: Actor, { noor, users }: World, written: Written): PostedEntry {
  const draftedBy = users.maryam;
  return postEntry(tx, actor, { ...written, centreId: noor.id, source: 'manual', draftedBy });
}

/** What stands on each account at the end of a period, accounts with nothing left out. */
export function standing(db: Db, centreId: number, period: { from: string; to: string }) {
  const nets = [...movesOf(db, centreId, period)].map(([code, { opening, turnover }]) => [
    code,
    opening.debit - opening.credit + turnover.debit - turnover.credit,
  ]);
  return Object.fromEntries(nets.filter(([, net]) => net !== 0)) as Record<string, number>;
}
