/** Reference data that every new province starts with; a province may add to it. */
import { createRequire } from 'node:module';
import { monthsOf } from '../values/jalali-date.ts';
import { searchText } from '../values/persian-text.ts';
import type { Db } from './connection.ts';

const require = createRequire(import.meta.url);

type FundSeed = {
  code: string;
  fa: string;
  en: string;
  restriction: string;
  account: string;
  takesGifts?: false;
  hint: { fa: string; en: string };
  uses: string[];
  rules: RuleSeed[];
};

type RuleSeed = {
  rule: string;
  reaction: string;
  mayOverride?: true;
  words: { fa: string; en: string };
  source: string;
};

/** The Jalali years a file knows; an entry outside of them is refused. */
const FIRST_YEAR = 1380;
const LAST_YEAR = 1480;

export function layReference(db: Db): void {
  layCalendar(db);
  layMosquePurposes(db);
}

function layCalendar(db: Db): void {
  const insert = db.$client.prepare('INSERT INTO calendar_months VALUES (?, ?, ?, ?)');
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    for (const { month, from, to } of monthsOf(year)) insert.run(year, month, from, to);
  }
}

const seeds = require('../../seeds/funds.json') as FundSeed[];

/**
 * Gives the file the funds that the program brings and it has not yet, each with the first version
 * of its rules: to a new file all of them, to an older one what has come since.
 */
export function layFunds(db: Db): void {
  const known = db.$client.prepare('SELECT fund FROM fund_versions WHERE version = 1').pluck();
  const laid = new Set(known.all());
  const missing = seeds.filter(({ code }) => !laid.has(code));
  if (missing.length > 0) {
    db.$client.transaction(() => {
      for (const fund of missing) layFund(db, fund);
    })();
  }
}

function layFund(db: Db, fund: FundSeed): void {
  const { code, fa, en, restriction, account, hint } = fund;
  const run = (sql: string, ...values: unknown[]) => db.$client.prepare(sql).run(...values);
  run(
    `INSERT INTO funds SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?
     WHERE NOT EXISTS (SELECT 1 FROM funds WHERE code = ?)`,
    ...[code, fa, en, restriction, account, hint.fa, hint.en, seeds.indexOf(fund) + 1],
    ...[JSON.stringify(fund.rules), code],
  );
  const last = db.$client.prepare('SELECT coalesce(max(id), 0) FROM fund_versions').pluck().get();
  const id = 1 + (last as number);
  fund.rules.forEach(({ rule, reaction, mayOverride, words, source }, i) => {
    const told = [rule, reaction, mayOverride ? 1 : 0, words.fa, words.en, source];
    run('INSERT INTO fund_rules VALUES (?, ?, ?, ?, ?, ?, ?, ?)', id, i + 1, ...told);
  });
  for (const use of fund.uses) run('INSERT INTO fund_uses VALUES (?, ?)', id, use);
  run(
    'INSERT INTO fund_versions VALUES (?, ?, 1, ?, ?, ?, ?, ?, NULL, ?, NULL, NULL)',
    ...[id, code, FIRST_DAY, fa, en, hint.fa, hint.en, fund.takesGifts === false ? 0 : 1],
  );
}

/** The first day of the calendar that a file knows. */
const FIRST_DAY = '2001-03-21';

function layMosquePurposes(db: Db): void {
  const beginnings = require('../../seeds/mosque-purposes.json') as string[];
  const insert = db.$client.prepare('INSERT OR IGNORE INTO mosque_purposes VALUES (?)');
  for (const beginning of beginnings) {
    const whole = beginning.endsWith('$') ? '$' : '';
    insert.run(searchText(beginning.replace(/\$$/, '')) + whole);
  }
}
