/** Notes to the statements: how the books are kept, what is promised and held, what came after. */
import { findCentreById } from '../centres/centres.ts';
import { withoutMarks } from '../paper/bidi.ts';
import type { Db } from '../provinces/connection.ts';
import { commonValues } from '../templates/common-values.ts';
import { templateOn } from '../templates/templates.ts';
import { worded } from '../templates/wording.ts';
import { addDays } from '../values/jalali-date.ts';
import { moved } from './income-statement.ts';
import type { Period } from './period.ts';
import { figuresOf, type Net, netsThrough } from './statement-figures.ts';
import {
  codesOf,
  head,
  type Statement,
  type StatementRow,
  total,
  yearBefore,
} from './statements.ts';

const KIND = 'statement-notes';

/** How the books are kept, as the province words it in the version in force on the statement's day. */
function policies(db: Db, centreId: number, { to }: Period): StatementRow[] {
  const { wording } = templateOn(db, KIND, to);
  const common = commonValues(db, findCentreById(db, centreId), to, wording.citations);
  const { paragraphs } = worded(KIND, wording, { ...common, throughOn: to });
  return paragraphs
    .flatMap((block) => (typeof block === 'string' ? [block] : block.list))
    .map((text) => ({ kind: 'text', named: { said: withoutMarks(text) }, amounts: [] }));
}

export function statementNotes(db: Db, centreId: number, period: Period, today: string): Statement {
  const now = netsThrough(db, centreId, period.to);
  const before = netsThrough(db, centreId, yearBefore(period).to);
  const lines = (pattern: RegExp, sign: 1 | -1): StatementRow[] =>
    codesOf([...now, ...before], pattern).flatMap((account) => {
      const amounts = [standing(now, account, sign), standing(before, account, sign)];
      const row: StatementRow = { kind: 'line', named: { account }, amounts };
      return amounts.some((amount) => amount !== 0) ? [row] : [];
    });
  const held = lines(/^310[2-5]$/, -1);
  const promised = lines(/^91/, 1);
  return {
    ...{ name: 'notes', ...period, columns: ['amount', 'before'] },
    totals: { held: sumOf(held), promised: sumOf(promised) },
    rows: [
      head('policies'),
      ...policies(db, centreId, period),
      ...[
        head('commitments'),
        said(promised.length > 0 ? 'promised' : 'nothing-promised'),
        ...promised,
      ],
      ...[head('held-money'), said(held.length > 0 ? 'is-held' : 'nothing-held'), ...held],
      ...[head('afterwards'), afterwards(db, centreId, period, today)],
    ],
  };
}

const said = (word: string, values?: Record<string, number>): StatementRow => ({
  ...{ kind: 'text', named: { word, values }, amounts: [] },
});

function standing(nets: Net[], account: string, sign: 1 | -1): number {
  return nets.reduce((sum, one) => (one.account === account ? sum + sign * one.net : sum), 0);
}

const sumOf = (rows: StatementRow[]) =>
  rows.reduce((sum, { amounts }) => sum + (amounts[0] ?? 0), 0);

/** What was given and spent from the day after the statement to the day it is read. */
function afterwards(db: Db, centreId: number, { to }: Period, today: string): StatementRow {
  if (to >= today) return said('nothing-after');
  const figures = figuresOf(db, centreId, { from: addDays(to, 1), to: today });
  const income = total(moved(figures, /^5/, -1));
  const expense = total(moved(figures, /^[678]/, 1));
  return income === 0 && expense === 0
    ? said('nothing-after')
    : said('came-after', { income, expense });
}
