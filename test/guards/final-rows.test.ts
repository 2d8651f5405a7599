/** No final row is put aside by INSERT OR REPLACE, and an older SQLite can read the schema. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { connect } from '../../src/provinces/connection.ts';
import { migrate } from '../../src/provinces/migrate.ts';
import { dropTriggers } from '../support/tampering.ts';

type Named = { name: string; sql: string };
type Column = { name: string; type: string; pk: number };
type Key = { table: string; columns: string[] };

/** What no row has that comes with the program. */
const [ONE, TWO] = [910_001, 920_002];

const freshFile = () => {
  const db = connect(':memory:');
  migrate(db);
  return db.$client;
};
const file = freshFile();
/** The same tables without any trigger; those that are tried are made in it, and go again. */
const bare = freshFile();
const schema = (type: string) =>
  file.prepare('SELECT name, sql FROM sqlite_schema WHERE type = ?').all(type) as Named[];
const triggersOf = (table: string) =>
  file
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?")
    .all(table) as Named[];
const columnsOf = (table: string) => file.pragma(`table_info(${table})`) as Column[];

/** Each set of columns by which REPLACE finds the row to put aside, of tables that delete nothing. */
function keys(): Key[] {
  return schema('table').flatMap(({ name: table, sql }) => {
    if (!triggersOf(table).some((one) => one.sql.includes('BEFORE DELETE'))) return [];
    // A counter is no row that is final: it is put in its place again, and never lower.
    if (table === 'numbers') return [];
    const columns = columnsOf(table);
    const primary = columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
    const unique = (file.pragma(`index_list(${table})`) as { name: string; unique: number }[])
      .filter((index) => index.unique === 1)
      .map(({ name }) => (file.pragma(`index_info(${name})`) as Named[]).map((one) => one.name));
    const hidden = !/WITHOUT ROWID|INTEGER PRIMARY KEY/.test(sql) ? [['rowid']] : [];
    return [primary, ...unique, ...hidden]
      .filter((one, at, all) => all.findIndex((other) => `${other}` === `${one}`) === at)
      .map((one) => ({ table, columns: one }));
  });
}

/** The triggers that look whether a row of the key is there, or whether what it belongs to is closed. */
function guardsOf({ table, columns }: Key): Named[] {
  const asked = (sql: string) =>
    sql.includes(`FROM ${table}`) &&
    columns.every((name) => new RegExp(`\\b${name} (=|IS|>=) NEW\\.${name}\\b`).test(sql));
  const follows = (sql: string) =>
    columns.some((name) => new RegExp(`NEW\\.${name} (IS NOT|<>) (1 \\+|\\(SELECT)`).test(sql));
  const closed = (sql: string) =>
    new RegExp(`EXISTS \\(SELECT 1 FROM (\\w+) WHERE id = NEW\\.${columns[0]}\\)`).test(sql) &&
    /_id$/.test(columns[0]!);
  return triggersOf(table).filter(
    ({ sql }) => sql.includes('BEFORE INSERT') && (asked(sql) || follows(sql) || closed(sql)),
  );
}

/** Puts a row into the table, and, past all but its guards, another with the same key. */
function survives(key: Key): boolean {
  const { table, columns } = key;
  const guards = guardsOf(key);
  const named = columnsOf(table).map(({ name }) => name);
  const all = columns[0] === 'rowid' ? ['rowid', ...named] : named;
  const types = new Map(columnsOf(table).map(({ name, type }) => [name, type]));
  const row = (other: number) =>
    all.map((name) => {
      const is = columns.includes(name) ? ONE : other;
      return types.get(name) === 'BLOB' ? Buffer.from(`${is}`) : is;
    });
  const insert = `INTO ${table} (${all.join()}) VALUES (${all.map(() => '?').join()})`;
  const rows = [table];
  const made: string[] = [];
  try {
    // Whatever the row belongs to is there too.
    for (const { sql } of guards) {
      for (const [, parent] of sql.matchAll(/FROM (\w+) WHERE id = NEW\.\w+_id/g)) {
        if (parent === table || !isTable(parent!)) continue;
        putAny(parent!);
        rows.push(parent!);
      }
    }
    bare.prepare(`INSERT ${insert}`).run(row(ONE));
    for (const { name, sql } of guards) {
      bare.exec(sql);
      made.push(name);
    }
    try {
      bare.prepare(`INSERT OR REPLACE ${insert}`).run(row(TWO));
    } catch {
      return true;
    }
    const kept = all.map((name) => `${name} IS ?`).join(' AND ');
    return bare.prepare(`SELECT 1 FROM ${table} WHERE ${kept}`).get(row(ONE)) !== undefined;
  } finally {
    for (const name of made) bare.exec(`DROP TRIGGER ${name}`);
    for (const name of rows) bare.exec(`DELETE FROM ${name}`);
  }
}

const isTable = (name: string) =>
  file.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name);

function putAny(table: string): void {
  const columns = columnsOf(table);
  const values = columns.map(({ type }) => (type === 'BLOB' ? Buffer.from(`${ONE}`) : ONE));
  bare
    .prepare(`INSERT OR IGNORE INTO ${table} VALUES (${columns.map(() => '?').join()})`)
    .run(values);
}

describe('a final row', () => {
  before(() => {
    dropTriggers(bare);
    bare.pragma('foreign_keys = OFF');
    bare.pragma('ignore_check_constraints = ON');
  });

  it('is not replaced by one with the same values of any unique constraint', () => {
    const all = keys();
    expect(all.length).to.be.above(200);
    const open = all.filter((key) => guardsOf(key).length === 0 || !survives(key));
    expect(open.map(({ table, columns }) => `${table} (${columns})`)).to.deep.equal([]);
  });
});

describe('the schema in the file', () => {
  // What came into SQLite after 3.38, which the file has asked since its seventh migration (->>).
  const YOUNGER: [string, RegExp][] = [
    ['3.39 IS DISTINCT FROM', /\bIS (NOT )?DISTINCT FROM\b/i],
    ['3.39 outer joins', /\b(RIGHT|FULL) (OUTER )?JOIN\b/i],
    [
      '3.41 and younger functions',
      /\b(unhex|octet_length|concat|concat_ws|string_agg|timediff)\(/i,
    ],
    ['3.42 and younger JSON', /\b(jsonb\w*|json_error_position|json_pretty|json_array_insert)\(/i],
    ['3.42 subseconds', /'subsec(ond)?'/i],
    ['3.44 order in an aggregate', AGGREGATE_IN_ORDER()],
    ['3.45 flags of json_valid', /\bjson_valid\([^(),]+,/i],
    ['3.46 digits apart', /\b\d+_\d+\b/],
    ['3.47 a reckoned RAISE', /\bRAISE\(\w+,(?!\s*')/i],
    ['3.47 percentiles', /\b(median|percentile\w*)\(/i],
    ['3.48 iif of two', /\bi?if\([^(),]+,[^(),]+\)/i],
  ];

  // An ORDER BY that stands in the brackets of a function, not in those of a query or a window.
  function AGGREGATE_IN_ORDER(): RegExp {
    return /\b(group_concat|json_group_\w+|sum|total|count|min|max|avg)\((?!\s*SELECT)(?:[^()]|\((?:[^()]|\([^()]*\))*\))*\bORDER BY\b/i;
  }

  it('is written in words that SQLite 3.38 reads', () => {
    const found = ['table', 'index', 'trigger', 'view']
      .flatMap(schema)
      .flatMap(({ name, sql }) =>
        YOUNGER.filter(([, young]) => young.test((sql ?? '').replace(/--.*$/gm, ''))).map(
          ([since]) => `${name}: ${since}`,
        ),
      );
    expect(found).to.deep.equal([]);
  });

  it('opens in the SQLite of this machine’s Python, where there is one', function () {
    const dir = mkdtempSync(join(tmpdir(), 'nikukari-'));
    try {
      const path = join(dir, 'file.db');
      const db = connect(path);
      migrate(db);
      db.$client.close();
      const read = `import sqlite3, sys
if sqlite3.sqlite_version_info < (3, 38): sys.exit(9)
print(sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM entries').fetchone()[0])`;
      const { status, stdout, stderr, error } = spawnSync('python3', ['-c', read, path], {
        encoding: 'utf8',
      });
      if (error || status === 9) return this.skip();
      expect(stderr).to.equal('');
      expect(stdout.trim()).to.equal('0');
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
