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
  return [...bearers().keys()].filter((name) => name.startsWith(begins));
}

/** B-134: everything that refuses a deletion. */
export function deletionGuards(): string[] {
  const deletions = guardsMade().filter(({ sql }) => / BEFORE DELETE ON /.test(sql));
  return deletions.map(({ name }) => name);
}

/** Tells which of these guards are missing from the file, or not what they were to the letter. */
export function guardCheck(db: Db): (names: string[]) => string[] {
  const found = new Map(
    (statements(db).schema.all() as Made[]).map((made) => [made.name, made.sql]),
  );
  return (names) =>
    names.filter((name) => {
      const made = bearers().get(name);
      return made === undefined || found.get(made.name) !== made.sql;
    });
}

let borne: Map<string, Made> | undefined;

/** By the name of each trigger and constraint: the trigger itself, or the table that carries it. */
function bearers(): Map<string, Made> {
  borne ??= new Map(
    guardsMade().flatMap((made): [string, Made][] =>
      made.type === 'trigger'
        ? [[made.name, made]]
        : constraintsOf(made).map((name) => [name, made]),
    ),
  );
  return borne;
}

const constraintsOf = ({ sql }: Made): string[] =>
  [...sql.matchAll(/CONSTRAINT (\w+)/g)].map((match) => match[1]!);
