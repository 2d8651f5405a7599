/** What the province decides of its funds: new versions of their words and rules, and new funds. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { isSubsidiary } from '../books/accounts.ts';
import { uphold } from '../bylaw/clause.ts';
import { mosqueApart } from '../bylaw/points.ts';
import { isForMosque } from '../donations/funds.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { addDays } from '../values/jalali-date.ts';
import { searchText } from '../values/persian-text.ts';
import { type Fund, type FundRule, findFund, fundsOf } from './funds.ts';
import { mayReact } from './rules.ts';
import type { Reaction } from './schema.ts';

/** A decision for later than two years is a slip of the year. */
const FARTHEST_DAYS = 731;

/** What a version may say anew. */
export type FundWords = Pick<
  Fund,
  'nameFa' | 'nameEn' | 'hintFa' | 'hintEn' | 'marja' | 'takesGifts' | 'uses'
> & { reactions: Record<string, Reaction> };

export type Revision = FundWords & { fromOn: string; reason: string };

export type NewFund = Revision & { code: string; account: string };

const statements = prepared((db) => ({
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM fund_versions').pluck(),
  last: db.$client.prepare(
    'SELECT max(version) AS version, max(from_on) AS fromOn FROM fund_versions WHERE fund = ?',
  ),
  history: db.$client.prepare(
    `SELECT v.version, v.from_on AS fromOn, v.reason, u.name AS by, a.at
     FROM fund_versions v LEFT JOIN acts a ON a.id = v.act_id LEFT JOIN users u ON u.id = a.user_id
     WHERE v.fund = ? ORDER BY v.version DESC`,
  ),
  fund: db.$client.prepare(
    `INSERT INTO funds VALUES (?, ?, ?, 'restricted', ?, ?, ?,
       (SELECT max(position) + 1 FROM funds), '[]')`,
  ),
  rule: db.$client.prepare('INSERT INTO fund_rules VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
  use: db.$client.prepare('INSERT INTO fund_uses VALUES (?, ?)'),
  version: db.$client.prepare(
    'INSERT INTO fund_versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
}));

export type FundChange = {
  version: number;
  fromOn: string;
  reason: string | null;
  /** Who set it, and when; null of what came with the program. */
  by: string | null;
  at: string | null;
};

export function historyOf(db: Db, code: string): FundChange[] {
  return statements(db).history.all(code) as FundChange[];
}

/** What a revision would say, on the page on which it is looked at before it is set. */
export function revised(fund: Fund, revision: FundWords): Fund {
  const { reactions, ...words } = revision;
  const rules = fund.rules.map((rule) => ({
    ...rule,
    reaction: reactions[rule.rule] ?? rule.reaction,
  }));
  return { ...fund, ...words, uses: [...new Set(words.uses)].sort(), rules };
}

/** A fund as it will be from a day on; what was spent before stays judged by what held before. */
export function reviseFund(tx: Tx, actor: Actor, code: string, revision: Revision): Fund {
  requirePower(actor, 'funds.edit');
  const before = findFund(tx, code);
  if (!before) throw new NotFound();
  const { fromOn, reason } = revision;
  refuseUnsound(tx, actor, code, revision);
  for (const { rule, reaction } of before.rules) {
    const asked = revision.reactions[rule] ?? reaction;
    if (mayReact(code, rule, reaction).includes(asked)) continue;
    const values = { ruleFa: rule, ruleEn: rule };
    throw new Refusal('funds:refusals.no-choice', {
      ...{ status: 422, field: `reactions.${rule}`, clause: 'B-81', values },
    });
  }
  const after = revised(before, revision);
  const act = record(tx, actor, {
    ...{ kind: 'fund.revised', subject: `funds/${code}/${before.version + 1}` },
    ...{ before: contentOf(before), after: { fromOn, reason, ...contentOf(after) } },
  });
  writeVersion(tx, { ...after, version: before.version + 1, fromOn }, reason, act.id);
  return findFund(tx, code)!;
}

/** A further purpose that the province takes gifts for. */
export function addFund(tx: Tx, actor: Actor, asked: NewFund): Fund {
  requirePower(actor, 'funds.edit');
  const { code, account, fromOn, reason, reactions: _, ...words } = asked;
  if (findFund(tx, code)) refuseField('code', 'fund-known');
  refuseUnsound(tx, actor, code, asked);
  const uses = [...new Set(words.uses)].sort();
  const rules = rulesOfNew(tx);
  const act = record(tx, actor, {
    ...{ kind: 'fund.added', subject: `funds/${code}/1` },
    after: { fromOn, reason, account, ...contentOf({ ...words, uses, rules }) },
  });
  const { nameFa, nameEn, hintFa, hintEn } = words;
  statements(tx).fund.run(code, nameFa, nameEn, account, hintFa, hintEn);
  const fund = { ...words, uses, rules, code, account, version: 1, fromOn };
  writeVersion(tx, { ...fund, restriction: 'restricted' }, reason, act.id);
  return findFund(tx, code)!;
}

/** A new purpose is restricted to what it was given for, as the general one for named purposes is. */
function rulesOfNew(db: Db): FundRule[] {
  return findFund(db, 'purpose')?.rules ?? [];
}

function writeVersion(tx: Tx, fund: Fund, reason: string, actId: number): void {
  const { nextId, rule: insertRule, use: insertUse, version: insert } = statements(tx);
  const id = nextId.get() as number;
  fund.rules.forEach(({ rule, reaction, mayOverride, words, source }, at) => {
    const told = [rule, reaction, mayOverride ? 1 : 0, words.fa, words.en, source];
    insertRule.run(id, at + 1, ...told);
  });
  for (const use of fund.uses) insertUse.run(id, use);
  const { code, version, fromOn, nameFa, nameEn, hintFa, hintEn, marja, takesGifts } = fund;
  insert.run(
    ...[id, code, version, fromOn, nameFa, nameEn, hintFa, hintEn, marja, takesGifts ? 1 : 0],
    ...[reason, actId],
  );
}

/** As the trail keeps it. */
function contentOf(fund: Omit<FundWords, 'reactions'> & { rules: FundRule[] }) {
  const { nameFa, nameEn, hintFa, hintEn, marja, takesGifts, uses, rules } = fund;
  const reactions = Object.fromEntries(rules.map(({ rule, reaction }) => [rule, reaction]));
  return { nameFa, nameEn, hintFa, hintEn, marja, takesGifts, uses, reactions };
}

function refuseUnsound(tx: Tx, actor: Actor, code: string, revision: Revision): void {
  const { nameFa, uses, fromOn } = revision;
  const meantForMosque = isForMosque(tx, searchText(nameFa)) || /mosque|masjid/i.test(code);
  uphold(mosqueApart, { meantForMosque }, { status: 422, field: 'nameFa' });
  const last = statements(tx).last.get(code) as { fromOn: string | null };
  if (fromOn < actor.today || fromOn < (last.fromOn ?? '')) refuseField('fromOn', 'from-past');
  if (fromOn > addDays(actor.today, FARTHEST_DAYS)) refuseField('fromOn', 'from-far');
  const had = findFund(tx, code)?.uses ?? [];
  const mayUse = (use: string) => had.includes(use) || (/^[67]/.test(use) && isSubsidiary(use));
  if (!uses.every(mayUse)) refuseField('uses', 'unknown-use');
  if (code !== 'running-costs' && uses.some((use) => use.startsWith('7'))) {
    const { nameFa: fundFa, nameEn: fundEn } = revision;
    throw new Refusal('funds:refusals.running-costs-apart', {
      ...{ status: 422, field: 'uses', clause: 'B-81', values: { fundFa, fundEn } },
    });
  }
  const twin = fundsOf(tx).find((one) => one.code !== code && one.nameFa === nameFa);
  if (twin) refuseField('nameFa', 'name-known');
}

function refuseField(field: string, key: string): never {
  throw new Refusal(`funds:refusals.${key}`, { status: 422, field });
}
