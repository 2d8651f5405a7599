/**
 * A deed in a store, whole: its act, its moves and the entry that books them, in one transaction. The
 * act tells the entry, so that whoever changes a row afterwards is found out.
 */
import type { Actor } from '../access/actor.ts';
import { contentOf, type EntryToPost, type Line, nextEntry, postEntry } from '../books/entries.ts';
import type { Centre } from '../centres/centres.ts';
import type { Tx } from '../provinces/connection.ts';
import { record } from '../trail/acts.ts';
import { wordsFor } from '../words.ts';
import { type Move, storeLines, writeMove } from './moves.ts';

/** What moves: of which account and fund, for the books. */
export type Moving = Pick<Move, 'lotId' | 'storeId' | 'kind' | 'quantityMilli' | 'valueRial'> & {
  account: string;
  fund: string;
};

export type StoreDeed = {
  /** The kind of its act, and what it is told of: `goods.wasted`, `wastes/3`. */
  kind: string;
  subject: string;
  after: object;
  /** Of the entry, a key of `goods:entry` with its values. */
  words: string;
  values: Record<string, string | number>;
  /** What the stores' accounts are booked against. */
  against: string;
  /** Lines beside those of the stores, as the price of what is sold. */
  more?: Line[];
  reason?: string | null;
  moves: Moving[];
  /** How the act is recorded where a paper is issued with it. */
  recorded?: (after: object) => { id: number };
};

export type Booked = { actId: number; entryId: number | null };

/**
 * Records the deed, lets `write` lay its own rows down, moves the goods and posts the entry. What is
 * worth nothing moves without an entry.
 */
export function moveAndBook(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  deed: StoreDeed,
  write: (booked: Booked) => void,
): Booked {
  const entry = entryOf(actor, centre, deed);
  const next = entry && nextEntry(tx, centre.id, actor.today);
  const told = entry && next && { entry: { id: next.id, ...contentOf(entry, next) } };
  const after = { ...deed.after, ...told };
  const { kind, subject, recorded } = deed;
  const act = recorded
    ? recorded(after)
    : record(tx, actor, { kind, subject, centreId: centre.id, after });
  const booked = { actId: act.id, entryId: next?.id ?? null };
  write(booked);
  for (const { account: _, fund: __, ...move } of deed.moves) {
    writeMove(tx, actor, {
      ...{ ...move, centreId: centre.id, movedOn: actor.today, subject },
      ...{ reason: deed.reason ?? null, entryId: booked.entryId, actId: act.id },
    });
  }
  if (entry) postEntry(tx, actor, { ...entry, actId: act.id });
  return booked;
}

function entryOf(actor: Actor, centre: Centre, deed: StoreDeed): EntryToPost | undefined {
  const lines = [...storeLines(deed.moves), ...againstLines(deed), ...(deed.more ?? [])];
  if (lines.length === 0) return undefined;
  return {
    ...{ centreId: centre.id, entryOn: actor.today, source: 'stock', lines },
    description: wordsFor('fa')(`goods:entry.${deed.words}`, deed.values),
    draftedBy: actor.user!.id,
  };
}

/** The other side of the stores' lines, fund by fund. */
function againstLines({ moves, against }: StoreDeed): Line[] {
  return storeLines(moves.map((move) => ({ ...move, account: against }))).map((line) => ({
    ...line,
    debitRial: line.creditRial,
    creditRial: line.debitRial,
  }));
}
