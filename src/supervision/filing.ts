/**
 * Taking a complaint or a suggestion (B-19, B-107) from whoever sends it, by name or without, and
 * telling him by his code what became of it. Nothing here says which centres there are.
 */
import { createHash } from 'node:crypto';
import { type Actor, systemActor } from '../access/actor.ts';
import { tell } from '../notices/notices.ts';
import { randomCode, writtenCode } from '../paper/papers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { record } from '../trail/acts.ts';
import { addDays, fiscalYear } from '../values/jalali-date.ts';
import { searchText } from '../values/persian-text.ts';
import type { CaseKind, Topic } from './schema.ts';

/** A sender is answered within so many days. */
export const DAYS_TO_ANSWER = 15;

export type Filed = {
  kind: CaseKind;
  topic: Topic;
  /** The centre as the sender calls it: its code, its name, anything. */
  centre: string;
  /** As typed. */
  text: string;
  sender: string | null;
  contact: string | null;
};

/** What the sender keeps: the code is told this once. */
export type Slip = { code: string; number: string; kind: CaseKind; filedOn: string; dueOn: string };

/** What the code tells, and nothing else. */
export type Followed = {
  number: string;
  kind: CaseKind;
  state: 'received' | 'looked-into' | 'answered' | 'closed';
  filedOn: string;
  dueOn: string;
  answers: { on: string; text: string }[];
};

const statements = prepared(({ $client: client }) => ({
  centres: client.prepare('SELECT id, code, name, county_id AS countyId FROM centres'),
  next: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM complaints').pluck(),
  number: client
    .prepare('SELECT coalesce(max(number), 0) + 1 FROM complaints WHERE year = ?')
    .pluck(),
  insert: client.prepare(
    'INSERT INTO complaints VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
  byCode: client.prepare(
    `SELECT id, kind, year, number, state, filed_on AS filedOn, due_on AS dueOn
     FROM complaint_cases WHERE code_hash = ?`,
  ),
  answers: client.prepare(
    `SELECT taken_on AS "on", text FROM complaint_steps
     WHERE complaint_id = ? AND step IN ('answered', 'closed') ORDER BY id`,
  ),
}));

/** Whoever writes from outside, of whom nothing is known. */
export const publicActor = (now: string, today: string): Actor => ({
  ...systemActor(now, today),
  capacity: 'public',
});

/** Keeps what was written under the year's next number, and tells those who supervise. */
export function fileCase(tx: Tx, actor: Actor, filed: Filed): Slip {
  const { kind, topic, text, sender, contact } = filed;
  const centre = centreCalled(tx, filed.centre);
  const raw = randomCode();
  const id = statements(tx).next.get() as number;
  const year = fiscalYear(actor.today);
  const number = statements(tx).number.get(year) as number;
  const dueOn = addDays(actor.today, DAYS_TO_ANSWER);
  const written = writtenNumber(year, number, 4);
  // Of no centre's trail: the centre hears of it when it is referred to it.
  const act = record(tx, actor, {
    ...{ kind: 'complaint.filed', subject: `complaints/${id}` },
    after: { kind, number: written, topic, isNamed: sender !== null },
  });
  statements(tx).insert.run(
    ...[id, kind, year, number, topic, centre?.id ?? null, filed.centre.slice(0, 200), text],
    ...[sender, contact, hashOf(raw), actor.today, dueOn, act.id],
  );
  const county = centre ? [{ role: 'county-head' as const, countyId: centre.countyId }] : [];
  tell(tx, actor, act, {
    ...{ key: `supervision:notices.${kind}`, said: { number: written, dueOn } },
    ...{
      href: `/supervision/complaints/${id}`,
      centreId: null,
      to: [{ role: 'inspector' }, ...county],
    },
  });
  return { code: writtenCode(tx, raw), number: written, kind, filedOn: actor.today, dueOn };
}

/** What became of what was sent under this code; undefined where it is none. */
export function followCase(db: Db, raw: string): Followed | undefined {
  const found = statements(db).byCode.get(hashOf(raw)) as Raw | undefined;
  if (!found) return undefined;
  const { id, kind, year, number, state, filedOn, dueOn } = found;
  return {
    ...{ number: writtenNumber(year, number, 4), kind, state: SAID[state], filedOn, dueOn },
    answers: statements(db).answers.all(id) as Followed['answers'],
  };
}

type State = 'filed' | 'referred' | 'told' | 'answered' | 'closed';
type Raw = Omit<Followed, 'number' | 'state' | 'answers'> & {
  id: number;
  year: number;
  number: number;
  state: State;
};

/** To whom it was referred is the committee's own affair. */
const SAID: Record<State, Followed['state']> = {
  ...{ filed: 'received', referred: 'looked-into', told: 'looked-into' },
  ...{ answered: 'answered', closed: 'closed' },
};

type Known = { id: number; code: string; name: string; countyId: number };

function centreCalled(db: Db, called: string): Known | undefined {
  const asked = searchText(called);
  if (asked === '') return undefined;
  const centres = statements(db).centres.all() as Known[];
  return centres.find(({ code, name }) => code === asked || searchText(name) === asked);
}

const hashOf = (raw: string): Buffer => createHash('sha256').update(`complaint ${raw}`).digest();
