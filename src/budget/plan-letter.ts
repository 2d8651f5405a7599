/** The plan on paper, for the signatures of those who proposed and approved it. */
import type { Actor } from '../access/actor.ts';
import { accountsOf } from '../books/accounts.ts';
import type { Centre } from '../centres/centres.ts';
import { fundNames } from '../funds/funds.ts';
import type { LetterAsked } from '../paper/letters.ts';
import type { LetterTable } from '../paper/official-letter.ts';
import type { Tx } from '../provinces/connection.ts';
import { wordsOn } from '../templates/board-name.ts';
import type { Plan, PlanLine } from './plans.ts';

/** The parts of a plan by the group of their accounts. */
export const PLAN_PARTS = [
  ['income', '5'],
  ['programmes', '6'],
  ['running', '7'],
] as const;

type Approved = { plan: Plan; lines: PlanLine[]; minutesNumber: string; minutesOn: string };

export function planLetter(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { plan, lines, minutesNumber, minutesOn }: Approved,
): LetterAsked {
  const t = wordsOn(tx, actor.today);
  const say = (key: string) => t(`budget:${key}`);
  const accounts = new Map(accountsOf(tx, centre.id).map(({ code, nameFa }) => [code, nameFa]));
  const funds = fundNames(tx, 'fa');
  const tableOf = (part: string, of: PlanLine[]): LetterTable => ({
    title: say(`parts.${part}`),
    columns: [
      { title: say('columns.account'), kind: 'text', width: 3 },
      { title: say('columns.fund'), kind: 'text', width: 3 },
      ...(part === 'programmes'
        ? [{ title: say('columns.goal'), kind: 'text' as const, width: 4 }]
        : []),
      { title: say('columns.words'), kind: 'text', width: 3 },
      { title: say('columns.amount'), kind: 'rial', width: 3 },
    ],
    rows: of.map(({ account, fund, goal, words, amountRial }) => [
      ...[`${accounts.get(account) ?? account}`, funds.get(fund) ?? fund],
      ...(part === 'programmes' ? [goal ? t(`bylaw:clauses.${goal}.title`) : null] : []),
      ...[words, amountRial],
    ]),
    total: [
      ...[null, null, null, ...(part === 'programmes' ? [null] : [])],
      of.reduce((sum, { amountRial }) => sum + amountRial, 0),
    ],
  });
  const tables = PLAN_PARTS.flatMap(([part, group]) => {
    const of = lines.filter(({ account }) => account.startsWith(group));
    return of.length > 0 ? [tableOf(part, of)] : [];
  });
  return {
    ...{ centre, kind: 'financial-plan', head: 'centre', addressee: [], tables },
    values: {
      ...{ year: String(plan.year), version: plan.version, minutes: minutesNumber, minutesOn },
      ...(plan.reason ? { reason: plan.reason } : {}),
    },
    witnesses: [{ name: plan.preparedBy, office: t('board:seats.admin-finance') }],
    deed: {
      ...{ kind: 'plan.approved', subject: `plans/${plan.id}` },
      after: { year: plan.year, version: plan.version, minutesNumber, minutesOn },
    },
  };
}
