/** The province file holds what `schema.ts` declares, every table STRICT, every trigger in place. */
import { globSync } from 'node:fs';
import { expect } from 'chai';
import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { connect } from '../../src/provinces/connection.ts';
import { migrate } from '../../src/provinces/migrate.ts';

const root = `${import.meta.dirname}/../../`;
const db = connect(':memory:');
migrate(db);

const names = (sql: string) => db.$client.prepare(sql).pluck().all() as string[];

describe('the province file', () => {
  it('keeps every table of ours STRICT', () => {
    const loose = names(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
       AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    );
    expect(loose).to.deep.equal([]);
  });

  it('refuses to delete from or change what is issued, by a trigger on each frozen table', () => {
    for (const table of ['donations', 'receipts', 'entries', 'entry_lines', 'acts', 'papers']) {
      const triggers = names(
        `SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '${table}'`,
      );
      expect(
        triggers.some((sql) => /BEFORE UPDATE ON/.test(sql)),
        table,
      ).to.equal(true);
      expect(
        triggers.some((sql) => /BEFORE DELETE ON/.test(sql)),
        table,
      ).to.equal(true);
      expect(
        triggers.some((sql) => /BEFORE INSERT ON/.test(sql)),
        table,
      ).to.equal(true);
    }
  });

  it('holds exactly the columns that schema.ts declares, null or not', async () => {
    const declared = await declaredTables();
    expect(declared.length).to.be.greaterThan(25);
    for (const table of declared) {
      const { name, columns } = getTableConfig(table);
      const found = db.$client
        .prepare(
          `SELECT name, "notnull" OR pk > 0 AS needed, type FROM pragma_table_info('${name}')`,
        )
        .all() as { name: string; needed: number; type: string }[];
      const real = found.map((one) => `${one.name} ${one.type} ${one.needed}`).sort();
      const told = columns
        .map(
          (one) =>
            `${one.name} ${one.getSQLType().toUpperCase()} ${Number(one.notNull || one.primary)}`,
        )
        .sort();
      expect(told, name).to.deep.equal(real);
    }
  });
});

async function declaredTables(): Promise<SQLiteTable[]> {
  const files = globSync('src/*/{schema,*-schema}.ts', { cwd: root });
  const modules = await Promise.all(files.map((file) => import(root + file)));
  return modules.flatMap((module: object) =>
    Object.values(module).filter((value): value is SQLiteTable => is(value, SQLiteTable)),
  );
}
