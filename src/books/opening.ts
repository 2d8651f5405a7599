/** What a centre had when its books began here: entered once, by two, before anything else. */
import type { Actor } from '../access/actor.ts';
import { byItsDeed } from '../bylaw/spending.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { type FieldFault, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import {
  contentOf,
  type EntryToPost,
  type Line,
  nextEntry,
  type PostedEntry,
  postEntry,
} from './entries.ts';

export type Opening = { entryId: number; openedOn: string };

const statements = prepared((db) => ({
  find: db.$client.prepare(
    `SELECT entry_id AS entryId, opened_on AS openedOn FROM opening_balances WHERE centre_id = ?`,
  ),
  insert: db.$client.prepare('INSERT INTO opening_balances VALUES (?, ?, ?, ?)'),
  before: db.$client
    .prepare('SELECT min(entry_on) FROM entries WHERE centre_id = ? AND entry_on < ?')
    .pluck(),
}));

/** What the centre's books began with here; undefined while nobody has said it. */
export function openingOf(db: Db, centreId: number): Opening | undefined {
  return statements(db).find.get(centreId) as Opening | undefined;
}

type Written = { entryOn: string; lines: Line[] };

/** Refuses a second opening, one after other entries, and lines that say what was earned or spent. */
export function requireOpening(db: Db, centreId: number, { entryOn, lines }: Written): void {
  if (openingOf(db, centreId)) throw new Refusal('books:refusals.opened-already');
  const firstOn = statements(db).before.get(centreId, entryOn) as string | null;
  if (firstOn !== null) {
    throw new Refusal('books:refusals.opening-first', {
      ...{ status: 422, field: 'entryOn', values: { firstOn } },
    });
  }
  const fields = lines.flatMap((line, at) => faultOf(line, `lines.${at}`));
  if (fields.length === 0) return;
  const { id: clause } = byItsDeed;
  throw new Refusal('common:refusals.check-fields', { status: 422, clause, fields });
}

/** Money, claims, things, debts and what is the centre's own; goods come in with their lots. */
function faultOf({ account, fund, creditRial }: Line, place: string): FieldFault[] {
  const refuse = (field: string, word: string) => [
    { field: `${place}.${field}`, key: `books:refusals.opening-${word}` },
  ];
  if (account.startsWith('13')) return refuse('account', 'goods');
  if (!mayOpenWith(account)) return refuse('account', 'account');
  if (fund === UNIDENTIFIED) return refuse('fund', 'fund');
  return account.startsWith('11') && creditRial > 0 ? refuse('account', 'money') : [];
}

/** What nobody is known to have given comes in by its deposit. */
const UNIDENTIFIED = 'unidentified';

/** Whether an account may stand in an opening entry; cheques and deposits come in by their deeds. */
export function mayOpenWith(account: string): boolean {
  return /^(?:1[0-24-9]|[234])/.test(account) && !['1105', '3105', '4104'].includes(account);
}

type ToPost = Omit<EntryToPost, 'source' | 'actId'> & { draftedBy: number };

/** Posts what the centre had; whoever wrote it has been asked not to be the one who posts it. */
export function postOpening(tx: Tx, actor: Actor, entry: ToPost): PostedEntry {
  const { centreId, entryOn } = entry;
  const next = nextEntry(tx, centreId, entryOn);
  const act = record(tx, actor, {
    ...{ kind: 'entry.posted', subject: `entries/${next.id}`, centreId },
    after: contentOf({ ...entry, source: 'opening' }, next),
  });
  statements(tx).insert.run(centreId, next.id, entryOn, act.id);
  return postEntry(tx, actor, { ...entry, source: 'opening', actId: act.id });
}
