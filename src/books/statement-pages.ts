/** The pages of the statements: the list of them, and each on screen, on paper and in files. */
import { type Request, type Response, Router } from 'express';
import { isCounting } from '../goods/counts.ts';
import { NotFound } from '../refusal.ts';
import { answer } from '../web/formats.ts';
import { type Column, type Listing, listForms, sendSpooled } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import * as asked from './asked.ts';
import type { Period } from './period.ts';
import { quantitySaid } from './quantity-said.ts';
import { statementPdf } from './statement-pdf.ts';
import { inFormer, namedRows, spans, statementOf } from './statement-words.ts';
import { STATEMENTS, type Statement, type StatementName, yearBefore } from './statements.ts';

export const statementPages = Router({ mergeParams: true });

statementPages.get('/books/statements', allow('books.read'), (req, res) => {
  const { t, show } = res.locals;
  const period = periodAsked(req, res);
  const query = `?from=${period.from}&to=${period.to}`;
  return answer(res, {
    html: () =>
      sendPage(req, res, 'books/statements', {
        styles: asked.STYLES,
        title: t('books:statements.title'),
        lead: t('books:statements.lead', { from: show.day(period.from), to: show.day(period.to) }),
        filters: asked.dayFilters(res, period),
        links: STATEMENTS.map((name) => ({
          href: `${centreRoot(res)}/books/statements/${name}${query}`,
          name: t(`books:statements.names.${name}`),
          about: t(`books:statements.about.${name}`),
        })),
      }),
    json: () =>
      res.json({
        ...period,
        statements: STATEMENTS.map((name) => ({
          name,
          address: `${centreRoot(res)}/books/statements/${name}`,
        })),
      }),
  });
});

statementPages.get('/books/statements/:name', allow('books.read'), async (req, res) => {
  const { province, centre, actor } = res.locals;
  const name = STATEMENTS.find((one) => one === req.params.name);
  if (!name) throw new NotFound();
  const period = periodAsked(req, res);
  const { user } = actor!;
  const blind = user !== null && isCounting(province.db, centre.id, user.id);
  const whole = { name, centreId: centre.id, period, today: actor!.today, blind };
  const statement = statementOf(province.db, whole);
  await answer(res, {
    ...listForms(req, res, listingOf(res, statement)),
    html: () => sendStatement(req, res, statement),
    json: () => res.json(told(res, statement)),
    pdf: () => sendPdf(res, whole),
  });
});

/** As everywhere in the books; a statement of days to come ends today unless they are asked for. */
function periodAsked(req: Request, res: Response): Period {
  const { today } = res.locals.actor!;
  const period = asked.periodOf(req, res);
  const ends = asked.textAsked(req, 'to') === '' && period.from <= today && today < period.to;
  return ends ? { ...period, to: today } : period;
}

const namedIn = ({ locals: { t, language, centre } }: Response) => ({
  ...{ t, language, centreId: centre.id },
});

function told(res: Response, statement: Statement): object {
  const { name, from, to, columns, totals } = statement;
  return {
    ...{ name, from, to, before: yearBefore(statement), columns, totals },
    rows: namedRows(res.locals.province.db, statement, namedIn(res)).map((row) => ({
      ...{ kind: row.kind, key: 'word' in row.named ? row.named.word : row.code },
      ...{ code: row.code, name: row.name },
      amounts: Object.fromEntries(row.amounts.map((amount, at) => [columns[at], amount])),
      ...(row.quantities && {
        unit: row.quantities.unit,
        quantities: Object.fromEntries(
          row.quantities.milli.map((milli, at) => [
            columns[at],
            milli === null ? null : milli / 1000,
          ]),
        ),
      }),
    })),
  };
}

function sendStatement(req: Request, res: Response, statement: Statement): void {
  const { province, t, show } = res.locals;
  const { name, from, to, columns } = statement;
  const last = yearBefore(statement);
  const on = name === 'balance-sheet' || name === 'notes';
  sendPage(req, res, 'books/statement', {
    styles: asked.STYLES,
    title: t(`books:statements.names.${name}`),
    lead: t(`books:statements.${on ? 'lead-on' : 'lead'}`, {
      from: show.day(from),
      to: show.day(to),
    }),
    about: t(`books:statements.about.${name}`),
    filters: asked.dayFilters(res, { from, to }),
    heads: columns.map((column) => t(`books:statements.columns.${column}`)),
    rows: namedRows(province.db, statement, namedIn(res)).map((row) => ({
      ...row,
      said: columns.map((_, at) => {
        const milli = row.quantities?.milli[at];
        return milli ? quantitySaid(milli, row.quantities!.unit, t, res.locals.language) : '';
      }),
    })),
    beforeHint: t('books:statements.before-hint', {
      ...{ from: show.date(last.from), to: show.date(last.to) },
    }),
    others: STATEMENTS.filter((one) => one !== name).map((one) => ({
      href: `${centreRoot(res)}/books/statements/${one}?from=${from}&to=${to}`,
      name: t(`books:statements.names.${one}`),
    })),
    root: centreRoot(res),
    former: spans(statement) ? (rial: number) => inFormer(t, rial, res.locals.language) : null,
  });
}

/** The columns of goods that have quantities. */
const QUANTIFIED = ['opening', 'came', 'went', 'closing'] as const;

function listingOf(res: Response, statement: Statement): Listing {
  const { province, centre, t } = res.locals;
  const { name, columns } = statement;
  const hasQuantities = name === 'goods';
  const rows = namedRows(province.db, statement, namedIn(res)).map((row) => ({
    ...{ kind: row.kind, code: row.code, name: row.name },
    ...Object.fromEntries(columns.map((column, at) => [column, row.amounts[at] ?? null])),
    ...(hasQuantities && {
      unit: row.quantities ? t(`goods:units.${row.quantities.unit}`) : null,
      ...Object.fromEntries(
        QUANTIFIED.map((column, at) => {
          const milli = row.quantities?.milli[at];
          return [`${column}Quantity`, milli === null || milli === undefined ? null : milli / 1000];
        }),
      ),
    }),
  }));
  const amounts: Column[] = columns.map((key) => ({
    ...{ key, title: t(`books:statements.columns.${key}`), kind: 'rial', width: 3 },
  }));
  return {
    name: `${name}-${centre.code}-${statement.from}-${statement.to}`,
    title: t(`books:statements.names.${name}`),
    columns: [
      { key: 'kind', title: t('books:statements.columns.kind'), kind: 'code', width: 1 },
      { key: 'code', title: t('books:columns.code'), kind: 'code', width: 2 },
      { key: 'name', title: t('books:statements.columns.name'), kind: 'text', width: 6 },
      ...amounts,
      ...(hasQuantities
        ? [
            { key: 'unit', title: t('goods:columns.unit'), kind: 'text' as const, width: 2 },
            ...QUANTIFIED.map((column) => ({
              ...{ key: `${column}Quantity`, kind: 'text' as const, width: 2 },
              title: t(`books:statements.quantities.${column}`),
            })),
          ]
        : []),
    ],
    page: () => ({ rows, total: rows.length }),
    all: () => rows,
  };
}

type Whole = {
  name: StatementName;
  centreId: number;
  period: Period;
  today: string;
  blind: boolean;
};

/** The paper's figures, its last entry and its hash are all of one moment. */
async function sendPdf(res: Response, whole: Whole): Promise<void> {
  asked.namedAs(res, `${whole.name}-${res.locals.centre.code}.pdf`, 'pdf');
  await sendSpooled(res, async (db, out) => {
    const statement = statementOf(db, whole);
    const rows = namedRows(db, statement, namedIn(res));
    await statementPdf(asked.bookHead(res, db, whole.period), { ...statement, rows }, out);
  });
}
