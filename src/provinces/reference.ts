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
  hint: { fa: string; en: string };
  rules: unknown[];
};

/** The Jalali years a file knows; an entry outside of them is refused. */
const FIRST_YEAR = 1380;
const LAST_YEAR = 1480;

export function layReference(db: Db): void {
  layCalendar(db);
  layFunds(db);
  layMosquePurposes(db);
}

function layCalendar(db: Db): void {
  const insert = db.$client.prepare('INSERT INTO calendar_months VALUES (?, ?, ?, ?)');
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    for (const { month, from, to } of monthsOf(year)) insert.run(year, month, from, to);
  }
}

function layFunds(db: Db): void {
  const funds = require('../../seeds/funds.json') as FundSeed[];
  const insert = db.$client.prepare('INSERT INTO funds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  funds.forEach((fund, i) => {
    const { code, fa, en, restriction, account, hint } = fund;
    const rules = JSON.stringify(fund.rules);
    insert.run(code, fa, en, restriction, account, hint.fa, hint.en, i + 1, rules);
  });
}

function layMosquePurposes(db: Db): void {
  const beginnings = require('../../seeds/mosque-purposes.json') as string[];
  const insert = db.$client.prepare('INSERT OR IGNORE INTO mosque_purposes VALUES (?)');
  for (const beginning of beginnings) {
    const whole = beginning.endsWith('$') ? '$' : '';
    insert.run(searchText(beginning.replace(/\$$/, '')) + whole);
  }
}
