/** B-7 to B-11: what letters rest on: bases of the program, which a province may renew. */
import { createRequire } from 'node:module';
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { basisInItsDays } from '../bylaw/wording.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { record } from '../trail/acts.ts';

export type CitationTyped = {
  title: string;
  /** As it stands after the words that cite. */
  words: string;
  validFrom: string | null;
  validTo: string | null;
};

/** Version 0 came with the program and was set by nobody. */
export type Citation = CitationTyped & {
  key: string;
  clause: string | null;
  /** B-10: a plan of so many years must say its last day. */
  timed: boolean;
  version: number;
  setOn: string | null;
  setBy: string | null;
};

export type CitationState = 'in-force' | 'not-yet' | 'expired' | 'undated';

type Seed = { key: string; clause: string; title: string; words: string; timed?: boolean };

const SEEDS = createRequire(import.meta.url)('../../seeds/citations.json') as Seed[];

const SELECT = `SELECT c.key, c.version, c.title, c.words, c.valid_from AS validFrom,
  c.valid_to AS validTo, c.set_on AS setOn, u.name AS setBy
  FROM citations c JOIN users u ON u.id = c.set_by`;

const statements = prepared((db) => ({
  all: db.$client.prepare(`${SELECT} ORDER BY c.key, c.version`),
  insert: db.$client.prepare(
    `INSERT INTO citations (key, version, title, words, valid_from, valid_to, set_on, set_by,
       act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

type Row = Omit<Citation, 'clause' | 'timed'>;

/** Every version of every basis, the program's own first. */
export function citationVersions(db: Db): Citation[] {
  const shipped = SEEDS.map(({ timed = false, ...seed }) => ({
    ...{ ...seed, timed, validFrom: null, validTo: null, version: 0, setOn: null, setBy: null },
  }));
  const rows = (statements(db).all.all() as Row[]).map((row) => {
    const seed = SEEDS.find(({ key }) => key === row.key);
    return { ...row, clause: seed?.clause ?? null, timed: seed?.timed ?? false };
  });
  return [...shipped, ...rows];
}

/** The bases as they stand now: of each its newest version, those of the bylaw first. */
export function citationsOf(db: Db): Citation[] {
  const newest = new Map<string, Citation>();
  for (const one of citationVersions(db)) newest.set(one.key, one);
  return [...newest.values()];
}

export function citationState(
  { validFrom, validTo, timed }: Pick<Citation, 'validFrom' | 'validTo' | 'timed'>,
  day: string,
): CitationState {
  if (validFrom !== null && day < validFrom) return 'not-yet';
  if (validTo === null) return timed ? 'undated' : 'in-force';
  return day > validTo ? 'expired' : 'in-force';
}

/** B-10: what may be cited on this day; a basis that has expired is named no more. */
export function citedOn(db: Db, keys: string[], day: string): Citation[] {
  return citationsOf(db).filter(
    (one) => keys.includes(one.key) && citationState(one, day) === 'in-force',
  );
}

/** Writes a new version of a basis, or the first of a new one. */
export function writeCitation(
  tx: Tx,
  actor: Actor,
  key: string,
  { title, words, validFrom, validTo }: CitationTyped,
): Citation {
  requirePower(actor, 'templates.edit');
  uphold(basisInItsDays, { validFrom, validTo }, { status: 422, field: 'validTo' });
  const before = citationsOf(tx).find((one) => one.key === key);
  const version = (before?.version ?? 0) + 1;
  const act = record(tx, actor, {
    ...{ kind: 'citation.written', subject: `citations/${key}` },
    ...{ before, after: { title, words, validFrom, validTo } },
  });
  statements(tx).insert.run(
    ...[key, version, title, words, validFrom, validTo, actor.today, actor.user!.id, act.id],
  );
  return citationsOf(tx).find((one) => one.key === key)!;
}

/** A key that no basis has yet. */
export function freeCitationKey(db: Db): string {
  const taken = new Set(citationsOf(db).map(({ key }) => key));
  let serial = 1;
  while (taken.has(`basis-${serial}`)) serial += 1;
  return `basis-${serial}`;
}
