/** Entries written by hand: drafted by one trustee, posted by another, or withdrawn. */
import { createHash } from 'node:crypto';
import type { Actor } from '../access/actor.ts';
import { POWERS } from '../access/powers.ts';
import { DECREES, IN_FORCE, KEPT } from '../board/in-force.ts';
import { licenceBeforeEntry } from '../bylaw/rules.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import {
  type Line,
  type PostedEntry,
  postEntry,
  requireBalance,
  requireKnownLines,
} from './entries.ts';
import { postOpening, requireOpening } from './opening.ts';
import { requireOpenDay } from './periods.ts';
import type { DraftKind, DraftState } from './schema.ts';

export type Draft = {
  id: number;
  centreId: number;
  entryOn: string;
  description: string;
  lines: Line[];
  draftedBy: number;
  draftedByName: string;
  draftedAt: string;
  state: DraftState;
  entryId: number | null;
  kind: DraftKind;
};

export type WrittenDraft = {
  entryOn: string;
  description: string;
  lines: Line[];
  /** An entry by hand unless told. */
  kind?: DraftKind;
};

type DraftRow = Omit<Draft, 'lines'> & { lines: string };

const DRAFT = `SELECT d.id, d.centre_id AS centreId, d.entry_on AS entryOn, d.description, d.lines,
    d.drafted_by AS draftedBy, u.name AS draftedByName, d.drafted_at AS draftedAt, d.state,
    d.entry_id AS entryId, d.kind
  FROM entry_drafts d JOIN users u ON u.id = d.drafted_by`;

const statements = prepared((db) => ({
  firstLicence: db.$client
    .prepare('SELECT min(from_on) FROM current_licences WHERE centre_id = ?')
    .pluck(),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM entry_drafts').pluck(),
  insert: db.$client.prepare(
    `INSERT INTO entry_drafts (id, centre_id, entry_on, description, lines, drafted_by, drafted_at,
       kind)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  edit: db.$client.prepare(
    'UPDATE entry_drafts SET entry_on = ?, description = ?, lines = ? WHERE id = ?',
  ),
  settle: db.$client.prepare('UPDATE entry_drafts SET state = ?, entry_id = ? WHERE id = ?'),
  find: db.$client.prepare(`${DRAFT} WHERE d.id = ? AND d.centre_id = ?`),
  list: db.$client.prepare(
    `${DRAFT} WHERE d.centre_id = @centreId AND (@state IS NULL OR d.state = @state)
     ORDER BY d.id DESC LIMIT @limit OFFSET @skip`,
  ),
  count: db.$client
    .prepare(
      `SELECT count(*) FROM entry_drafts
       WHERE centre_id = @centreId AND (@state IS NULL OR state = @state)`,
    )
    .pluck(),
  posters: db.$client
    .prepare(
      `SELECT DISTINCT u.name
       FROM ${DECREES} JOIN users u ON u.person_id = d.person_id AND u.ended_at IS NULL
       WHERE d.centre_id = @centreId AND ((${IN_FORCE}) OR (${KEPT})) AND u.id <> @userId
         AND d.seat IN (SELECT value FROM json_each(@seats))
       ORDER BY d.id`,
    )
    .pluck(),
}));

/** Writes a draft: it counts for nothing and has no number until somebody else posts it. */
export function draftEntry(tx: Tx, actor: Actor, centreId: number, written: WrittenDraft): Draft {
  const { user } = actor;
  if (!user) throw new Refusal('books:refusals.nobody', { status: 403 });
  requireSound(tx, actor, centreId, written);
  const id = statements(tx).nextId.get() as number;
  const { entryOn, description, lines, kind = 'manual' } = written;
  const row = [id, centreId, entryOn, description, JSON.stringify(lines)];
  statements(tx).insert.run(...row, user.id, actor.now, kind);
  recordDraft(tx, actor, 'entry.drafted', { id, centreId }, { after: written });
  return findDraft(tx, centreId, id);
}

/** Writes the draft anew; only its drafter may, and only while it is a draft. */
export function editDraft(tx: Tx, actor: Actor, draft: Draft, written: WrittenDraft): Draft {
  requireOpen(draft);
  requireDrafter(actor, draft);
  requireSound(tx, actor, draft.centreId, { ...written, kind: draft.kind });
  const { entryOn, description, lines } = written;
  statements(tx).edit.run(entryOn, description, JSON.stringify(lines), draft.id);
  const before = { entryOn: draft.entryOn, description: draft.description, lines: draft.lines };
  recordDraft(tx, actor, 'entry.draft-edited', draft, { before, after: written });
  return findDraft(tx, draft.centreId, draft.id);
}

/** Takes the draft back; it stays to be seen, as withdrawn. */
export function withdrawDraft(tx: Tx, actor: Actor, draft: Draft): void {
  requireOpen(draft);
  requireDrafter(actor, draft);
  statements(tx).settle.run('withdrawn', null, draft.id);
  const { id, centreId, state: before } = draft;
  recordDraft(tx, actor, 'entry.draft-withdrawn', { id, centreId }, { before, after: 'withdrawn' });
}

/**
 * Posts the draft as an entry of the books; whoever wrote it does not post it. Whoever posts tells
 * what he has seen, so that the second pair of eyes has looked at what is posted.
 */
export function postDraft(tx: Tx, actor: Actor, draft: Draft, seen?: string): PostedEntry {
  requireOpen(draft);
  requireOther(tx, actor, draft);
  if (seen !== undefined && seen !== markOf(draft)) {
    throw new Refusal('books:refusals.draft-changed');
  }
  const { id, centreId, entryOn, description, draftedBy, lines, kind } = draft;
  requireSound(tx, actor, centreId, draft);
  const entry = { centreId, entryOn, description, draftedBy, lines };
  const posted =
    kind === 'opening'
      ? postOpening(tx, actor, entry)
      : postEntry(tx, actor, { ...entry, source: 'manual' });
  statements(tx).settle.run('posted', posted.id, id);
  return posted;
}

/** A mark of what the draft says; another one as soon as anything in it is written anew. */
export function markOf({ entryOn, description, lines }: WrittenDraft): string {
  const said = JSON.stringify([entryOn, description, lines]);
  return createHash('sha256').update(said).digest('base64url');
}

/** A draft of the centre; throws NotFound. */
export function findDraft(db: Db, centreId: number, id: number): Draft {
  const row = statements(db).find.get(id, centreId) as DraftRow | undefined;
  if (!row) throw new NotFound();
  return read(row);
}

type Filter = { state?: DraftState; limit: number; skip: number };

/** Drafts of the centre, the newest first. */
export function draftsOf(db: Db, centreId: number, { state, limit, skip }: Filter): Draft[] {
  const asked = { centreId, state: state ?? null, limit, skip };
  return (statements(db).list.all(asked) as DraftRow[]).map(read);
}

export function countDrafts(db: Db, centreId: number, state?: DraftState): number {
  return statements(db).count.get({ centreId, state: state ?? null }) as number;
}

/** Names of those who may post what this user has drafted. */
export function otherPosters(db: Db, actor: Actor, centreId: number, userId: number): string[] {
  const seats = JSON.stringify(POWERS['entries.post'].seats);
  const { today } = actor;
  return statements(db).posters.all({ centreId, today, userId, seats }) as string[];
}

/** Refuses what cannot be a draft: its day, its accounts, its sums. */
export function requireSound(tx: Tx, actor: Actor, centreId: number, written: WrittenDraft): void {
  if (written.entryOn > actor.today) {
    throw new Refusal('books:refusals.future', { status: 422, field: 'entryOn' });
  }
  requireLicence(tx, centreId, written.entryOn);
  requireOpenDay(tx, centreId, written.entryOn);
  requireKnownLines(tx, centreId, written.lines);
  if (written.kind === 'opening') requireOpening(tx, centreId, written);
  requireBalance(written.lines);
}

function requireLicence(tx: Tx, centreId: number, entryOn: string): void {
  const first = (statements(tx).firstLicence.get(centreId) ?? undefined) as string | undefined;
  if (licenceBeforeEntry.holds({ firstLicenceOn: first, entryOn })) return;
  throw new Refusal('books:refusals.before-licence', {
    ...{ status: 422, clause: licenceBeforeEntry.id, field: 'entryOn', mend: '/licence' },
  });
}

function requireOpen({ state }: Draft): void {
  if (state !== 'draft') throw new Refusal(`books:refusals.draft-${state}`);
}

function requireDrafter(actor: Actor, draft: Draft): void {
  if (actor.user?.id === draft.draftedBy) return;
  const values = { name: draft.draftedByName };
  throw new Refusal('books:refusals.not-drafter', { status: 403, values });
}

function requireOther(tx: Tx, actor: Actor, draft: Draft): void {
  if (actor.user?.id !== draft.draftedBy) return;
  const names = otherPosters(tx, actor, draft.centreId, draft.draftedBy);
  if (names.length === 0) throw new Refusal('books:refusals.own-draft-alone');
  throw new Refusal('books:refusals.own-draft', { values: { names: names.join('\u060c ') } });
}

type Told = { before?: unknown; after: unknown };

function recordDraft(
  tx: Tx,
  actor: Actor,
  kind: string,
  { id, centreId }: { id: number; centreId: number },
  told: Told,
): void {
  record(tx, actor, { kind, subject: `drafts/${id}`, centreId, ...told });
}

function read(row: DraftRow): Draft {
  return { ...row, lines: JSON.parse(row.lines) as Line[] };
}
