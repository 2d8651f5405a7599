/** The wording of the province's papers: shipped with the program, and then the province's own. */
import { createRequire } from 'node:module';
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { record } from '../trail/acts.ts';
import { refusePast } from './board-name.ts';
import type { TemplateKind } from './kinds.ts';
import { refuseUnsaid } from './sound-wording.ts';
import type { Wording } from './wording.ts';

/** Version 0 came with the program, is in force from the beginning, and was set by nobody. */
export type Template = {
  kind: TemplateKind;
  version: number;
  fromOn: string | null;
  setOn: string | null;
  setBy: string | null;
  wording: Wording;
};

const SEEDS = createRequire(import.meta.url)('../../seeds/templates.json') as Record<
  TemplateKind,
  Wording
>;

const statements = prepared((db) => ({
  ofKind: db.$client.prepare(
    `SELECT t.kind, t.version, t.from_on AS fromOn, t.set_on AS setOn, u.name AS setBy, t.wording
     FROM templates t JOIN users u ON u.id = t.set_by WHERE t.kind = ? ORDER BY t.version DESC`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO templates (kind, version, from_on, wording, set_on, set_by, act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

type Row = Omit<Template, 'wording'> & { wording: string };

/** Every version of this kind's wording, the newest first and the program's own last. */
export function templateVersions(db: Db, kind: TemplateKind): Template[] {
  const rows = statements(db).ofKind.all(kind) as Row[];
  const own = rows.map((row) => ({ ...row, wording: JSON.parse(row.wording) as Wording }));
  const wording = SEEDS[kind];
  return [...own, { kind, version: 0, fromOn: null, setOn: null, setBy: null, wording }];
}

/** The wording in force on this day: of those whose day has come, the one set last. */
export function templateOn(db: Db, kind: TemplateKind, day: string): Template {
  const versions = templateVersions(db, kind);
  return versions.find(({ fromOn }) => fromOn === null || fromOn <= day)!;
}

/** Sets a kind's wording from a day on; what is issued before that day says what it said. */
export function setTemplate(
  tx: Tx,
  actor: Actor,
  kind: TemplateKind,
  { fromOn, wording }: { fromOn: string; wording: Wording },
): Template {
  requirePower(actor, 'templates.edit');
  refusePast(actor, fromOn);
  refuseUnsaid(tx, kind, wording);
  const before = templateVersions(tx, kind)[0]!;
  const version = before.version + 1;
  const act = record(tx, actor, {
    ...{ kind: 'template.set', subject: `templates/${kind}/${version}` },
    ...{ before: before.wording, after: { fromOn, wording } },
  });
  statements(tx).insert.run(
    ...[kind, version, fromOn, JSON.stringify(wording), actor.today, actor.user!.id, act.id],
  );
  return templateVersions(tx, kind)[0]!;
}
