/** The chart of accounts of a centre: groups, general accounts, and the subsidiaries that lines go to. */
import { createRequire } from 'node:module';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import type { Language } from '../values/language.ts';
import type { Level, Nature } from './schema.ts';

export type Account = {
  code: string;
  level: Level;
  nameFa: string;
  nameEn: string;
  nature: Nature;
};

type AccountSeed = { code: string; level: Level; fa: string; en: string; nature: Nature };

const chart = createRequire(import.meta.url)('../../seeds/chart.json') as AccountSeed[];

const statements = prepared((db) => ({
  insert: db.$client.prepare('INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?)'),
  all: db.$client.prepare(
    `SELECT code, level, name_fa AS nameFa, name_en AS nameEn, nature
     FROM accounts WHERE centre_id = ? ORDER BY code`,
  ),
  one: db.$client.prepare(
    `SELECT code, level, name_fa AS nameFa, name_en AS nameEn, nature
     FROM accounts WHERE centre_id = ? AND code = ?`,
  ),
}));

const subsidiaries = new Set(
  chart.filter(({ level }) => level === 'subsidiary').map(({ code }) => code),
);

/** Whether every centre has this account and lines may go to it. */
export const isSubsidiary = (code: string): boolean => subsidiaries.has(code);

/** Gives a new centre the chart that every centre has. */
export function layChart(tx: Tx, centreId: number): void {
  for (const { code, level, fa, en, nature } of chart) {
    statements(tx).insert.run(centreId, code, level, fa, en, nature);
  }
}

/** All accounts of a centre, every level, in the order of their codes. */
export function accountsOf(db: Db, centreId: number): Account[] {
  return statements(db).all.all(centreId) as Account[];
}

export function findAccount(db: Db, centreId: number, code: string): Account | undefined {
  return statements(db).one.get(centreId, code) as Account | undefined;
}

export function accountName(account: Account, language: Language): string {
  return language === 'fa' ? account.nameFa : account.nameEn;
}
