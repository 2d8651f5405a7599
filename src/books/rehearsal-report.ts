/** What a rehearsal tells the administrator, line by line, in both units. */
import { formatDay } from '../values/jalali-date.ts';
import { type NewUnit, sayingIn } from '../values/money-unit.ts';
import { formatCount, formatRial } from '../values/rial.ts';
import type { Converted } from './conversions.ts';
import type { Rehearsal } from './rehearsal.ts';

export function reportLines(unit: NewUnit, copy: string, told: Rehearsal): string[] {
  const day = formatDay(unit.fromOn, 'en', 'date');
  const former = (rial: number) => formatCount(rial, 'en');
  const fresh = (rial: number) => sayingIn(unit, () => formatRial(rial, 'en'));
  const both = (rial: number) => `${former(rial)} former = ${fresh(rial)} new`;
  const faults = told.findings.filter(({ wrong }) => wrong !== null);
  return [
    `rehearsed: from ${day} on one new rial is ${former(unit.factor)} former rials, in ${copy}`,
    ...told.converted.flatMap((one) => centreLines(one, both)),
    ...Object.entries(told.underWay).map(
      ([name, rial]) => `kept to the rial: ${name} ${both(rial)}`,
    ),
    told.away === 0
      ? `trial balance: every account of every fund is the original's over ${former(unit.factor)}, but for what was rounded`
      : `FAIL trial balance: away from the original by ${both(told.away)}`,
    ...faults.map(({ name, wrong }) => `FAIL doctor ${name}: ${wrong}`),
    `doctor: ${told.findings.length - faults.length} of ${told.findings.length} checks well`,
  ];
}

function centreLines(
  { centre, standing, rounded, entries }: Converted,
  both: (rial: number) => string,
): string[] {
  const count = (of: string[]) => new Set(of).size;
  const debits = standing.reduce((sum, { net }) => sum + Math.max(net, 0), 0);
  const credits = standing.reduce((sum, { net }) => sum + Math.max(-net, 0), 0);
  const up = rounded.reduce((sum, { byRial }) => sum + Math.max(byRial, 0), 0);
  const down = rounded.reduce((sum, { byRial }) => sum + Math.max(-byRial, 0), 0);
  const numbers = entries.map(({ year, number }) => `${year}-${number}`).join(', ');
  const where = entries.length > 0 ? `, against 8101 by ${numbers}` : '';
  return [
    `centre ${centre.code}: ${count(standing.map(({ account }) => account))} accounts, ${count(standing.map(({ fund }) => fund))} funds`,
    `  debit ${both(debits)}, credit ${both(credits)}`,
    `  rounded ${rounded.length} times: up ${both(up)}, down ${both(down)}${where}`,
    ...rounded.map(
      ({ account, fund, rial, byRial }) =>
        `    ${account} ${fund}: ${both(rial)}, rounded by ${both(byRial)}`,
    ),
  ];
}
