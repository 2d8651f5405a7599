/** The funds: the intention with which money is given, and what it may be spent on. */
import { type Db, prepared } from '../provinces/connection.ts';
import { remembered } from '../provinces/remembered.ts';
import type { Language } from '../values/language.ts';
import type { Reaction, Restriction } from './schema.ts';

export type FundRule = {
  rule: string;
  reaction: Reaction;
  /** Whether the chair may let one case pass it. */
  mayOverride: boolean;
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
  /** Whose rulings the rules follow, if the province said. */
  marja: string | null;
  /** Whether gifts are taken with this intention. */
  takesGifts: boolean;
  version: number;
  /** The ISO day from which this version holds. */
  fromOn: string;
  rules: FundRule[];
  /** The accounts it may be spent on. */
  uses: string[];
};

type FundRow = Omit<Fund, 'rules' | 'uses' | 'takesGifts'> & {
  takesGifts: number;
  rules: string;
  uses: string;
};

const statements = prepared((db) => ({
  all: db.$client.prepare(
    `SELECT f.code, v.name_fa AS nameFa, v.name_en AS nameEn, f.restriction, f.account,
       v.hint_fa AS hintFa, v.hint_en AS hintEn, v.marja, v.takes_gifts AS takesGifts, v.version,
       v.from_on AS fromOn,
       (SELECT json_group_array(json_object('rule', r.rule, 'reaction', r.reaction,
           'mayOverride', json(iif(r.may_override, 'true', 'false')),
           'words', json_object('fa', r.words_fa, 'en', r.words_en), 'source', r.source)
           ORDER BY r.position)
         FROM fund_rules r WHERE r.version_id = v.id) AS rules,
       (SELECT json_group_array(u.account ORDER BY u.account) FROM fund_uses u
         WHERE u.version_id = v.id) AS uses
     FROM funds f JOIN fund_versions v ON v.fund = f.code ORDER BY f.position, v.version`,
  ),
  newest: db.$client.prepare('SELECT coalesce(max(id), 0) FROM fund_versions').pluck(),
  account: db.$client.prepare('SELECT account FROM funds WHERE code = ?').pluck(),
}));

/** A fund changes by a new version only, so those read hold until there is one. */
const kept = remembered(() => ({ newest: -1, versions: new Map<string, Fund[]>() }));

/** The versions of each fund by its code, the oldest first; funds in the order of a form. */
function versionsOfFunds(db: Db): ReadonlyMap<string, readonly Fund[]> {
  const newest = statements(db).newest.get() as number;
  const known = kept(db);
  if (known.newest !== newest) {
    Object.assign(known, { newest, versions: Map.groupBy(readFunds(db), ({ code }) => code) });
  }
  return known.versions;
}

/** The version of a fund that is in force on a day, for a query: both are expressions of it. */
export const versionOn = (fund: string, day: string): string =>
  `(SELECT id FROM fund_versions WHERE fund = ${fund} AND from_on <= ${day}
    ORDER BY version DESC LIMIT 1)`;

/** Every fund of the province as it is on an ISO day, or as it was written last. */
export function fundsOf(db: Db, day = LAST_DAY): readonly Fund[] {
  return [...versionsOfFunds(db).values()].flatMap((versions) => inForce(versions, day) ?? []);
}

const LAST_DAY = '9999-12-31';

const inForce = (versions: readonly Fund[], day: string): Fund | undefined =>
  versions.findLast(({ fromOn }) => fromOn <= day);

function readFunds(db: Db): Fund[] {
  const rows = statements(db).all.all() as FundRow[];
  return rows.map((row) => ({
    ...row,
    takesGifts: row.takesGifts === 1,
    rules: JSON.parse(row.rules) as FundRule[],
    uses: JSON.parse(row.uses) as string[],
  }));
}

/** The account of a gift with this intention; undefined when there is no such fund. */
export function accountOfFund(db: Db, code: string): string | undefined {
  return statements(db).account.get(code) as string | undefined;
}

export function fundName(fund: Fund, language: Language): string {
  return language === 'fa' ? fund.nameFa : fund.nameEn;
}

/** The names of all funds by their codes, in the reader's language, as they are called on a day. */
export function fundNames(db: Db, language: Language, day = LAST_DAY): Map<string, string> {
  return new Map(fundsOf(db, day).map((fund) => [fund.code, fundName(fund, language)]));
}

/** A fund by its code, as it is on an ISO day or as it was written last; undefined without one. */
export function findFund(db: Db, code: string, day = LAST_DAY): Fund | undefined {
  return inForce(versionsOfFunds(db).get(code) ?? [], day);
}

/** All that a fund was called and demanded, the newest first. */
export function versionsOfFund(db: Db, code: string): Fund[] {
  return [...(versionsOfFunds(db).get(code) ?? [])].reverse();
}

/** Whether the fund has this rule as one that refuses. */
export function blocks(fund: Pick<Fund, 'rules'>, rule: string): boolean {
  return fund.rules.some((one) => one.rule === rule && one.reaction === 'block');
}
