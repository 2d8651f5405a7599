/** Funds as pages show them: their uses by name, their rules in the reader's language. */
import { createRequire } from 'node:module';
import type { Response } from 'express';
import type { Language } from '../values/language.ts';
import { type Fund, fundName } from './funds.ts';
import { needsLeave } from './permissions.ts';
import { mayReact } from './rules.ts';

type Account = { code: string; fa: string; en: string };

const CHART = createRequire(import.meta.url)('../../seeds/chart.json') as Account[];
const byCode = new Map(CHART.map((account) => [account.code, account]));

/** What an account is called in the chart that every centre begins with. */
export function useName(code: string, language: Language): string {
  return byCode.get(code)?.[language] ?? code;
}

/** The accounts of a kind, as choices: programmes `6`, running costs `7`, income `51`, `53`. */
export function accountChoices(language: Language, ...beginnings: string[]) {
  return CHART.filter(
    ({ code }) => code.length === 4 && beginnings.some((one) => code.startsWith(one)),
  )
    .filter(({ code }) => code !== '6110')
    .map((account) => ({ value: account.code, text: account[language] }));
}

export type FundShown = {
  code: string;
  name: string;
  hint: string;
  restriction: string;
  marja: string | null;
  takesGifts: boolean;
  needsLeave: boolean;
  version: number;
  fromOn: string;
  account: { code: string; name: string };
  uses: { code: string; name: string }[];
  rules: {
    rule: string;
    reaction: string;
    mayOverride: boolean;
    words: string;
    source: string;
    choices: readonly string[];
  }[];
};

export function fundShown(
  { locals: { language } }: Pick<Response, 'locals'>,
  fund: Fund,
): FundShown {
  const { code, restriction, marja, takesGifts, version, fromOn, uses, rules, account } = fund;
  return {
    ...{ code, restriction, marja, takesGifts, version, fromOn, needsLeave: needsLeave(fund) },
    name: fundName(fund, language),
    hint: language === 'fa' ? fund.hintFa : fund.hintEn,
    account: { code: account, name: useName(account, language) },
    uses: uses.map((use) => ({ code: use, name: useName(use, language) })),
    rules: rules.map(({ words, ...rule }) => ({
      ...rule,
      words: words[language],
      choices: mayReact(code, rule.rule, rule.reaction),
    })),
  };
}

/** What differs between two versions, each as a line: what it was and what it will be. */
export type Difference = { what: string; before: string; after: string };

export function differences(res: Response, before: Fund, after: Fund): Difference[] {
  const { t, language } = res.locals;
  const say = (key: string) => t(`funds:fields.${key}`);
  const yesNo = (yes: boolean) => t(`funds:${yes ? 'yes' : 'no'}`);
  const names = (uses: string[]) =>
    uses.map((use) => useName(use, language)).join(t('funds:comma'));
  const plain = (['nameFa', 'nameEn', 'hintFa', 'hintEn', 'marja'] as const).map((key) => ({
    ...{ what: say(key), before: before[key] ?? '—', after: after[key] ?? '—' },
  }));
  const rules = before.rules.map(({ rule, reaction, words }, at) => ({
    ...{ what: words[language], before: t(`funds:reactions.${reaction}`) },
    ...{ after: t(`funds:reactions.${after.rules[at]?.reaction ?? reaction}`), rule },
  }));
  return [
    ...plain,
    { what: say('takesGifts'), before: yesNo(before.takesGifts), after: yesNo(after.takesGifts) },
    { what: say('uses'), before: names(before.uses), after: names(after.uses) },
    ...rules,
  ].filter((one) => one.before !== one.after);
}
