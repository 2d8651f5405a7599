/** B-127: benefactors of other areas, linked by a coordination, and what they have given. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { coordinatedBenefactor } from '../bylaw/bounds.ts';
import { uphold } from '../bylaw/clause.ts';
import type { Centre } from '../centres/centres.ts';
import { findDonor } from '../donations/donors.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';

export const BENEFACTOR_KINDS = ['donor', 'institution', 'centre'] as const;
export type BenefactorKind = (typeof BENEFACTOR_KINDS)[number];

export type Benefactor = {
  id: number;
  kind: BenefactorKind;
  donorId: number | null;
  /** False for a donor who asked not to be named (B-104). */
  mayBeNamed: boolean;
  name: string;
  place: string;
  number: string;
  coordinatedOn: string;
  note: string | null;
  linkedOn: string;
  linkedBy: string;
  endedOn: string | null;
  /** What came of it since the coordination, cancelled gifts left out. */
  gifts: number;
  rial: number;
  lastOn: string | null;
};

export type Link = {
  kind: BenefactorKind;
  donorId?: number | null;
  otherCentre?: Centre | null;
  name?: string | null;
  place: string;
  number: string;
  coordinatedOn: string;
  note?: string | null;
};

/** The gifts that count for a link: of its donor, from the day of its coordination to its end. */
const GIVEN = `LEFT JOIN donations g ON g.donor_id = l.donor_id
    AND g.received_on >= l.coordinated_on AND (e.ended_on IS NULL OR g.received_on < e.ended_on)
    AND NOT EXISTS (SELECT 1 FROM receipts r JOIN receipt_cancellations c ON c.receipt_id = r.id
      WHERE r.donation_id = g.id)`;

const select = `SELECT l.id, l.kind, l.donor_id AS donorId,
    coalesce(o.may_be_named, 1) AS mayBeNamed, coalesce(l.name, c.name, o.name) AS name, l.place,
    l.number, l.coordinated_on AS coordinatedOn, l.note, l.linked_on AS linkedOn,
    u.name AS linkedBy, e.ended_on AS endedOn, count(g.id) AS gifts,
    coalesce(sum(g.amount_rial), 0) AS rial, max(g.received_on) AS lastOn
  FROM benefactor_links l JOIN users u ON u.id = l.linked_by
  LEFT JOIN donors o ON o.id = l.donor_id LEFT JOIN centres c ON c.id = l.other_centre_id
  LEFT JOIN benefactor_link_endings e ON e.link_id = l.id ${GIVEN}`;

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(
    `${select} WHERE l.centre_id = ? GROUP BY l.id ORDER BY l.id DESC LIMIT ? OFFSET ?`,
  ),
  one: db.$client.prepare(`${select} WHERE l.centre_id = ? AND l.id = ? GROUP BY l.id`),
  count: db.$client.prepare('SELECT count(*) FROM benefactor_links WHERE centre_id = ?').pluck(),
  taken: db.$client.prepare(
    `SELECT 1 FROM benefactor_links l LEFT JOIN benefactor_link_endings e ON e.link_id = l.id
     WHERE l.centre_id = @centre AND e.link_id IS NULL
       AND (l.donor_id = @donorId OR l.other_centre_id = @otherId)`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO benefactor_links (centre_id, kind, donor_id, other_centre_id, name, place, number,
       coordinated_on, note, linked_on, linked_by, act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  end: db.$client.prepare('INSERT INTO benefactor_link_endings VALUES (?, ?, ?, ?, ?)'),
  // A donor linked twice, one after the other, has each gift counted once: the days don't meet.
  incoming: db.$client.prepare(
    `SELECT l.place, count(DISTINCT l.id) AS links, count(g.id) AS gifts,
       coalesce(sum(g.amount_rial), 0) AS rial, max(g.received_on) AS lastOn
     FROM benefactor_links l LEFT JOIN benefactor_link_endings e ON e.link_id = l.id ${GIVEN}
       AND g.received_on BETWEEN @from AND @to
     WHERE l.centre_id = @centre GROUP BY l.place ORDER BY rial DESC, l.place`,
  ),
}));

export const benefactorsOf = (db: Db, centreId: number, limit: number, from: number) =>
  (statements(db).ofCentre.all(centreId, limit, from) as Row[]).map(benefactorOf);

export const countBenefactors = (db: Db, centreId: number): number =>
  statements(db).count.get(centreId) as number;

export function findBenefactor(db: Db, centreId: number, id: number): Benefactor {
  const row = statements(db).one.get(centreId, id) as Row | undefined;
  if (!row) throw new NotFound();
  return benefactorOf(row);
}

export type Incoming = {
  place: string;
  links: number;
  gifts: number;
  rial: number;
  lastOn: string | null;
};

/** The help that came in by links, by the place it came from, the most first. */
export function incomingHelp(
  db: Db,
  centreId: number,
  { from = '0000-01-01', to = '9999-12-31' }: { from?: string; to?: string } = {},
): Incoming[] {
  return statements(db).incoming.all({ centre: centreId, from, to }) as Incoming[];
}

/** Links a benefactor; the coordination was there before, with its number and day. */
export function linkBenefactor(tx: Tx, actor: Actor, centre: Centre, link: Link): Benefactor {
  requirePower(actor, 'benefactors.link', centre);
  const { kind, place, number, coordinatedOn, note = null } = link;
  const days = { coordinatedOn, linkedOn: actor.today };
  uphold(coordinatedBenefactor, days, { status: 422, field: 'coordinatedOn' });
  const donorId = donorOf(tx, centre, link);
  const other = kind === 'centre' ? (link.otherCentre ?? null) : null;
  if (kind === 'centre' && !other) needed('otherCentre');
  if (other?.id === centre.id) refuse('own-centre', 'otherCentre');
  const name = kind === 'institution' ? (link.name ?? needed('name')) : null;
  refuseTaken(tx, centre, donorId, other?.id ?? null);
  const act = record(tx, actor, {
    ...{ kind: 'benefactor.linked', subject: `benefactors/${centre.code}`, centreId: centre.id },
    after: { kind, donorId, other: other?.code ?? null, name, place, number, coordinatedOn },
  });
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[centre.id, kind, donorId, other?.id ?? null, name, place, number, coordinatedOn, note],
    ...[actor.today, actor.user!.id, act.id],
  );
  return findBenefactor(tx, centre.id, Number(lastInsertRowid));
}

/** Ends a link: from today on gifts no longer count for it, those before stay counted. */
export function endBenefactor(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  { reason }: { reason: string },
): Benefactor {
  requirePower(actor, 'benefactors.link', centre);
  const { endedOn } = findBenefactor(tx, centre.id, id);
  if (endedOn) throw new Refusal('boundary:benefactors.refusals.ended');
  const act = record(tx, actor, {
    ...{ kind: 'benefactor.ended', subject: `benefactors/${centre.code}/${id}` },
    ...{ centreId: centre.id, after: { endedOn: actor.today, reason } },
  });
  statements(tx).end.run(id, actor.today, reason, actor.user!.id, act.id);
  return findBenefactor(tx, centre.id, id);
}

type Row = Omit<Benefactor, 'mayBeNamed'> & { mayBeNamed: number };

const benefactorOf = (row: Row): Benefactor => ({ ...row, mayBeNamed: row.mayBeNamed === 1 });

/** The donor under whose name the gifts are entered; one who is linked himself must be told. */
function donorOf(tx: Tx, centre: Centre, { kind, donorId }: Link): number | null {
  if (!donorId) return kind === 'donor' ? needed('donor') : null;
  try {
    return findDonor(tx, centre.id, donorId).id;
  } catch (fault) {
    if (fault instanceof NotFound) refuse('no-donor', 'donor');
    throw fault;
  }
}

function refuseTaken(tx: Tx, centre: Centre, donorId: number | null, otherId: number | null) {
  const taken = statements(tx).taken.get({ centre: centre.id, donorId, otherId });
  if (taken) throw new Refusal('boundary:benefactors.refusals.linked-already');
}

function needed(field: string): never {
  throw new Refusal('common:refusals.needed', { status: 422, field });
}

function refuse(key: string, field: string): never {
  throw new Refusal(`boundary:benefactors.refusals.${key}`, { status: 422, field });
}
