/** A sheet whose rows are sound becomes what it says, all of it in one deed, or nothing does. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { draftEntry } from '../books/drafts.ts';
import type { Centre } from '../centres/centres.ts';
import { addDonors } from '../donations/donors.ts';
import { issueReceipt } from '../donations/receipts.ts';
import type { Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { type Brought, findImport, type Import, requireWaiting, settleImport } from './imports.ts';
import type { Judged, Made } from './judging.ts';
import { type Chosen, POWER_OF } from './kinds.ts';

/** A row that could not be written after all, and why; nothing of its sheet was. */
export class RowRefused extends Refusal {
  readonly line: number;
  readonly why: Refusal;

  constructor(line: number, why: Refusal) {
    super(why.key, { ...why.details, status: 409 });
    this.line = line;
    this.why = why;
  }
}

type Taking = {
  judged: Judged;
  heads: string;
  chosen: Chosen;
  /** Told of how many rows are written. */
  told?: (rows: number) => void;
};

/** Writes what was judged by the verbs that a hand would; a row that is refused undoes them all. */
export function takeIn(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  { judged, heads, chosen, told = () => {} }: Taking,
): Import {
  const one = findImport(tx, centre.id, id);
  requirePower(actor, POWER_OF[one.what], centre);
  requireWaiting(one);
  const made = write(tx, actor, centre, judged.made, told);
  const { rial } = judged.sums;
  return settleImport(tx, actor, centre, one, { ...made, rows: judged.rows, rial, heads, chosen });
}

type Written = Pick<Brought, 'added' | 'firstId' | 'lastId'>;

function write(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  made: Made,
  told: (rows: number) => void,
): Written {
  if (made.what === 'donors') {
    if (made.donors.length === 0) return { added: 0, firstId: null, lastId: null };
    const first = addDonors(tx, actor, centre, made.donors, told);
    return { added: made.donors.length, firstId: first, lastId: first + made.donors.length - 1 };
  }
  if (made.what === 'opening') {
    const { id } = draftEntry(tx, actor, centre.id, made.draft);
    return { added: 1, firstId: id, lastId: id };
  }
  const ids = made.gifts.map(({ line, gift }, at) => {
    if (at % 100 === 99) told(at + 1);
    try {
      return issueReceipt(tx, actor, centre, { ...gift, unusualAmount: 'tell' }).id;
    } catch (fault) {
      throw fault instanceof Refusal ? new RowRefused(line, fault) : fault;
    }
  });
  return { added: ids.length, firstId: ids[0]!, lastId: ids.at(-1)! };
}
