/** Self-checks of the funds: what the guards of 0026 hold, counted again from the lines. */
import { asActsSay, type Check, first } from '../provinces/check.ts';

/** Entries from before the guards were judged by nobody; the compass tells what they left. */
const GUARDED = `e.id > (SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'funds_guarded_after')`;

/** What the act of a version says of it, and where the version and its uses and rules have it. */
const VERSION = {
  ...{ fromOn: 't.from_on', reason: 't.reason', nameFa: 't.name_fa', nameEn: 't.name_en' },
  ...{ hintFa: 't.hint_fa', hintEn: 't.hint_en', marja: 't.marja', takesGifts: 't.takes_gifts' },
  uses: `(SELECT json_group_array(account) FROM (
    SELECT account FROM fund_uses WHERE version_id = t.id ORDER BY account))`,
  reactions: `(SELECT json_group_object(rule, reaction) FROM (
    SELECT rule, reaction FROM fund_rules WHERE version_id = t.id ORDER BY position))`,
};
/** Rules change in what they demand alone; a new fund has those of a named purpose. */
const RULES_LIKE_BEFORE = `SELECT 'fund_versions: the rules of ' || t.fund || ' ' || t.version ||
    ' are not those that stood before'
  FROM fund_versions t JOIN fund_versions b ON b.version = iif(t.version = 1, 1, t.version - 1)
    AND b.fund = iif(t.version = 1, 'purpose', t.fund)
  WHERE t.act_id IS NOT NULL AND (SELECT json_group_array(told) FROM (
      SELECT json_array(rule, may_override, words_fa, words_en, source) AS told
      FROM fund_rules WHERE version_id = t.id ORDER BY position))
    IS NOT (SELECT json_group_array(told) FROM (
      SELECT json_array(rule, may_override, words_fa, words_en, source) AS told
      FROM fund_rules WHERE version_id = b.id ORDER BY position)) LIMIT 1`;

export const fundChecks: Check[] = [
  {
    name: 'fund-balances',
    run: first(
      `SELECT 'entry ' || e.id || ' leaves ' || fund || ' below zero in ' || account FROM (
         SELECT entry_id, account, fund, credit, sum(debit - credit) OVER (
           PARTITION BY centre_id, account, fund ORDER BY entry_id) AS net
         FROM (SELECT entry_id, centre_id, account, fund, sum(debit_rial) AS debit,
             sum(credit_rial) AS credit
           FROM entry_lines WHERE account GLOB '1[13]*' GROUP BY entry_id, account, fund)
       ) s JOIN entries e ON e.id = s.entry_id
       WHERE net < 0 AND credit > 0 AND ${GUARDED} LIMIT 1`,
    ),
  },
  {
    name: 'held-for-children',
    run: first(
      `SELECT 'entry ' || e.id || ' spends what is held in the names of children' FROM (
         SELECT entry_id, change, sum(change) OVER (PARTITION BY centre_id ORDER BY entry_id) AS free
         FROM (SELECT entry_id, centre_id, sum(debit_rial - credit_rial) AS change FROM entry_lines
           WHERE fund = 'orphans' AND (account GLOB '11*' OR account = '3104') GROUP BY entry_id)
       ) s JOIN entries e ON e.id = s.entry_id
       WHERE free < 0 AND change < 0 AND e.source NOT IN ('opening', 'closing', 'conversion')
         AND e.id > (SELECT CAST(value AS INTEGER) FROM settings
           WHERE key = 'children_guarded_after') LIMIT 1`,
    ),
  },
  {
    name: 'changed-gifts',
    run: first(
      `SELECT 'gift ' || c.donation_id || ' was cancelled though its money went elsewhere'
       FROM intention_changes c JOIN receipts r ON r.donation_id = c.donation_id
       JOIN receipt_cancellations x ON x.receipt_id = r.id
       WHERE NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = c.entry_id) LIMIT 1`,
      `SELECT 'cheque of gift ' || c.donation_id || ' changed its purpose and is no money'
       FROM intention_changes c JOIN cheques q ON q.donation_id = c.donation_id
       WHERE q.state <> 'cleared'
         AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = c.entry_id) LIMIT 1`,
    ),
  },
  {
    name: 'fund-uses',
    run: first(
      `SELECT 'entry ' || e.id || ' spends ' || l.fund || ' on ' || l.account
       FROM entry_lines l JOIN entries e ON e.id = l.entry_id
       WHERE l.debit_rial > 0 AND l.account <> '6110'
         AND (l.account GLOB '[67]*' OR l.account IN ('1201', '3102', '3103', '3104'))
         AND e.source NOT IN ('reversal', 'opening', 'closing', 'conversion') AND ${GUARDED}
         AND NOT EXISTS (SELECT 1 FROM fund_uses u WHERE u.account = l.account
           AND u.version_id = (SELECT id FROM fund_versions
             WHERE fund = l.fund AND from_on <= e.entry_on ORDER BY version DESC LIMIT 1))
         AND NOT EXISTS (SELECT 1 FROM permission_spendings s
           JOIN fund_permissions p ON p.id = s.permission_id AND p.fund = l.fund
           JOIN permission_uses u ON u.permission_id = p.id AND u.account = l.account
           WHERE s.entry_id = e.id) LIMIT 1`,
      `SELECT 'permission ' || p.id || ' is spent beyond its ceiling' FROM fund_permissions p
       JOIN permission_spendings s ON s.permission_id = p.id
       WHERE NOT EXISTS (SELECT 1 FROM entries r WHERE r.reverses_entry_id = s.entry_id)
       GROUP BY p.id HAVING sum(s.amount_rial) > p.ceiling_rial LIMIT 1`,
      `SELECT 'entry ' || s.entry_id || ' does not spend what it takes of its leave'
       FROM permission_spendings s JOIN fund_permissions p ON p.id = s.permission_id
       WHERE s.amount_rial IS NOT (SELECT sum(l.debit_rial) FROM entry_lines l
         WHERE l.entry_id = s.entry_id AND l.fund = p.fund AND l.account GLOB '6*'
           AND l.account <> '6110') LIMIT 1`,
    ),
  },
  { name: 'fund-rules', run: first(RULES_LIKE_BEFORE) },
  {
    name: 'fund-acts',
    run: asActsSay(
      {
        ...{ table: 'fund_versions', kind: 'fund.revised', of: 't.version > 1' },
        ...{ subject: "'funds/' || t.fund || '/' || t.version", says: VERSION },
      },
      {
        ...{ table: 'fund_versions', kind: 'fund.added', subject: "'funds/' || t.fund || '/1'" },
        of: 't.version = 1 AND t.act_id IS NOT NULL',
        says: { ...VERSION, account: '(SELECT account FROM funds WHERE code = t.fund)' },
      },
      {
        ...{ table: 'fund_permissions', kind: 'permission.recorded', by: 'recorded_by' },
        ...{ on: 'recorded_on', subject: "'permissions/' || t.id" },
        says: {
          ...{ fund: 't.fund', givenBy: 't.given_by', number: 't.number', fromOn: 't.from_on' },
          ...{ toOn: 't.to_on', ceilingRial: 't.ceiling_rial', document: 't.document' },
        },
      },
      {
        ...{ table: 'permission_endings', kind: 'permission.ended', by: 'ended_by' },
        ...{ on: 'ended_on', subject: "'permissions/' || t.permission_id" },
        says: { reason: 't.reason' },
      },
      {
        ...{ table: 'fund_overrides', kind: 'rule.overridden', by: 'made_by', on: 'made_on' },
        subject: "'overrides/' || t.id",
        says: {
          ...{ fund: 't.fund', rule: 't.rule', on: 't.subject', reason: 't.reason' },
          document: 't.document',
        },
      },
      {
        ...{ table: 'intention_changes', kind: 'intention.changed', by: 'changed_by' },
        ...{ on: 'changed_on', subject: "'intentions/' || t.id" },
        says: {
          ...{ fromFund: 't.from_fund', toFund: 't.to_fund', amountRial: 't.amount_rial' },
          ...{ account: 't.account', way: 't.way', reason: 't.reason' },
          'entry.id': 't.entry_id',
        },
      },
      {
        ...{ table: 'eid_days', kind: 'eid.set', subject: "'eid-days/' || t.lunar_year" },
        says: { lunarYear: 't.lunar_year', eidOn: 't.eid_on', source: 't.source' },
      },
    ),
  },
];
