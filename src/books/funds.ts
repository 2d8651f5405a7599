/** The funds: the intention with which money is given, and what it may be spent on. */
import { type Db, prepared } from '../provinces/connection.ts';
import { remembered } from '../provinces/remembered.ts';
import { newestAct } from '../trail/acts.ts';
import type { Language } from '../values/language.ts';
import type { Restriction } from './schema.ts';

export type FundRule = {
  rule: string;
  reaction: 'block' | 'warn' | 'allow';
  words: Record<Language, string>;
  source: string;
};

export type Fund = {
  code: string;
  nameFa: string;
  nameEn: string;
  restriction: Restriction;
  /** The account that a gift of money with this intention is credited to. */
  account: string;
  hintFa: string;
  hintEn: string;
  rules: FundRule[];
};

type FundRow = Omit<Fund, 'rules'> & { rules: string };

const statements = prepared((db) => ({
  all: db.$client.prepare(
    `SELECT code, name_fa AS nameFa, name_en AS nameEn, restriction, account,
       hint_fa AS hintFa, hint_en AS hintEn, rules
     FROM funds ORDER BY position`,
  ),
  account: db.$client.prepare('SELECT account FROM funds WHERE code = ?').pluck(),
}));

/** Nothing is changed without an act, so the funds hold until the trail has a newer one. */
const kept = remembered(() => ({ act: -1, funds: [] as readonly Fund[] }));

/** Every fund of the province, in the order in which a form offers them. */
export function fundsOf(db: Db): readonly Fund[] {
  const act = newestAct(db)?.id ?? 0;
  const known = kept(db);
  if (known.act !== act) Object.assign(known, { act, funds: readFunds(db) });
  return known.funds;
}

function readFunds(db: Db): Fund[] {
  const rows = statements(db).all.all() as FundRow[];
  return rows.map((row) => ({ ...row, rules: JSON.parse(row.rules) as FundRule[] }));
}

/** The account of a gift with this intention; undefined when there is no such fund. */
export function accountOfFund(db: Db, code: string): string | undefined {
  return statements(db).account.get(code) as string | undefined;
}

export function fundName(fund: Fund, language: Language): string {
  return language === 'fa' ? fund.nameFa : fund.nameEn;
}

/** The names of all funds by their codes, in the reader's language. */
export function fundNames(db: Db, language: Language): Map<string, string> {
  return new Map(fundsOf(db).map((fund) => [fund.code, fundName(fund, language)]));
}
