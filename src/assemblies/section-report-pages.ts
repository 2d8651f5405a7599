/** The reports of the sections: read for any days, issued as a paper, printed for the wall. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { Refusal } from '../refusal.ts';
import { addDays, readDay } from '../values/jalali-date.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { dayAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed } from '../web/forms.ts';
import { type Column, listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import type { Days } from './section-figures.ts';
import { seasonOf } from './section-money.ts';
import { issueReport, type Report, reportOf, reportsOf } from './section-report.ts';
import { CLAUSES_OF, SECTIONS, type Section } from './section-report-kinds.ts';
import { reportRows } from './section-report-tables.ts';

export const sectionReportPages = Router({ mergeParams: true });

/** Days that a report covers unless others are asked for. */
const USUAL_DAYS = 180;

const reportForm = (today: string) =>
  z.object({
    section: chosen(SECTIONS),
    from: typed((text) => readDay(text, { today })),
    to: typed((text) => readDay(text, { today })),
  });
describeBody('POST /{province}/centres/{code}/assemblies/report', reportForm(''));

sectionReportPages.get('/assemblies/report', allow('assemblies.read'), async (req, res) => {
  const section = SECTIONS.find((one) => one === req.query.section) ?? 'assemblies';
  await sendReport(req, res, section, daysAsked(req, res, section));
});

sectionReportPages.post('/assemblies/report', allow('section-reports.issue'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const { section, ...days } = readBody(req, reportForm(actor!.today));
    refuseBackwards(days);
    const created = await enterOnce(req, res, (tx) => {
      const issued = issueReport(tx, actor!, centre, { section, asked: days });
      return { location: `${centreRoot(res)}/papers/${issued.paperId}`, body: issued };
    });
    sendCreated(req, res, created, t('assemblies:flash.reported'));
  } catch (fault) {
    const body = req.body as Record<string, string>;
    const section = SECTIONS.find((one) => one === body?.section) ?? 'assemblies';
    sendRefusedForm(fault, req, res, (refused) =>
      sendReport(req, res, section, usualDays(res, section), { ...refused, values: body }),
    );
  }
});

function usualDays(res: Response, section: Section): Days {
  const { today } = res.locals.actor!;
  const from = addDays(today, -USUAL_DAYS);
  return { from: section === 'benefactors' ? seasonOf(from).from : from, to: today };
}

function daysAsked(req: Request, res: Response, section: Section): Days {
  const { today } = res.locals.actor!;
  const usual = usualDays(res, section);
  const to = dayAsked(req.query, 'to', today) ?? usual.to;
  const days = { from: dayAsked(req.query, 'from', today) ?? usual.from, to };
  refuseBackwards(days);
  return days;
}

function refuseBackwards({ from, to }: Days): void {
  if (from > to) throw new Refusal('books:refusals.period', { status: 422, field: 'to' });
}

async function sendReport(
  req: Request,
  res: Response,
  section: Section,
  asked: Days,
  refused: object = {},
): Promise<void> {
  const { province, actor, centre, t, language } = res.locals;
  const { today } = actor!;
  const report = reportOf(province.db, centre.id, { section, asked, today });
  const rows = () => reportRows(province.db, { t, language }, report);
  const title = t(`assemblies:reports.titles.${section}`);
  await answer(res, {
    html: () =>
      sendPage(req, res, 'assemblies/report', {
        ...{ title, section, asked, report, rows: rows(), kinds: SECTIONS, key: randomUUID() },
        ...{ clauses: CLAUSES_OF[section], issued: reportsOf(province.db, centre.id, section) },
        mayIssue: may(actor!, 'section-reports.issue', centre) && report.days !== undefined,
        ...refused,
      }),
    ...listForms(req, res, {
      ...{ name: `report-${section}-${centre.code}`, title, columns: columnsOf(res, report) },
      page: () => ({ rows: rows(), total: rows().length }),
      all: rows,
      json: () => report,
    }),
  });
}

function columnsOf({ locals: { t } }: Response, { money }: Report): Column[] {
  const title = (key: string) => t(`assemblies:reports.${key}`);
  return [
    { key: 'part', title: title('part'), kind: 'text', width: 3 },
    { key: 'what', title: title('what'), kind: 'text', width: 6 },
    { key: 'count', title: title('count'), kind: 'count', width: 2 },
    ...(money
      ? [
          { key: 'amountRial', title: title('amount'), kind: 'rial' as const, width: 3 },
          { key: 'note', title: title('note'), kind: 'text' as const, width: 3 },
        ]
      : []),
  ];
}
