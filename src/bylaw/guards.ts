/** The database's own guards: what the migrations put in place, and whether it still stands there. */
import { connect, type Db, prepared } from '../provinces/connection.ts';
import { migrate } from '../provinces/migrate.ts';

/** One trigger or table as it was made. */
type Made = { type: string; name: string; sql: string };

const SCHEMA = `SELECT type, name, sql FROM sqlite_schema
  WHERE type IN ('trigger', 'table') AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%'`;

const statements = prepared((db) => ({ schema: db.$client.prepare(SCHEMA) }));

let expected: Made[] | undefined;

/** Every trigger and table that this program's migrations make, made once and remembered. */
export function guardsMade(): Made[] {
  if (expected) return expected;
  const fresh = connect(':memory:');
  try {
    migrate(fresh);
    expected = fresh.$client.prepare(SCHEMA).all() as Made[];
    return expected;
  } finally {
    fresh.$client.close();
  }
}

/** The names of triggers and constraints that begin with the clause's own number. */
export function twinsOf(id: string): string[] {
  const begins = `b${id.slice('B-'.length)}_`;
  const triggers = triggersWhere((made) => made.name.startsWith(begins));
  const constraints = guardsMade().flatMap(({ type, sql }) =>
    type === 'table' ? [...sql.matchAll(/CONSTRAINT (\w+)/g)].map((match) => match[1]!) : [],
  );
  return [...triggers, ...constraints.filter((name) => name.startsWith(begins))];
}

/** B-134: everything that refuses a deletion. */
export function deletionGuards(): string[] {
  return triggersWhere(({ sql }) => / BEFORE DELETE ON /.test(sql));
}

/** Which of these guards are missing from the file, or no longer what they were to the letter. */
export function fallenGuards(db: Db, names: string[]): string[] {
  const found = new Map(
    (statements(db).schema.all() as Made[]).map((made) => [made.name, made.sql]),
  );
  return names.filter((name) => {
    const made = bearerOf(name);
    return made === undefined || found.get(made.name) !== made.sql;
  });
}

/** The trigger of this name, or the table that carries the constraint. */
function bearerOf(name: string): Made | undefined {
  const carries = new RegExp(`CONSTRAINT ${name}\\b`);
  return guardsMade().find((made) =>
    made.type === 'trigger' ? made.name === name : carries.test(made.sql),
  );
}

function triggersWhere(holds: (made: Made) => boolean): string[] {
  return guardsMade()
    .filter((made) => made.type === 'trigger' && holds(made))
    .map(({ name }) => name);
}
