/** The map sheet: its picture, its issue, its print on A3 and A4, and the tick that it hangs. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { activityCodeOrNone } from '../centres/activity-codes.ts';
import { findPaper } from '../paper/papers.ts';
import { sendPrint } from '../paper/prints.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readReason } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  findSheet,
  hangSheet,
  issueSheet,
  type MapSheet,
  removeSheet,
  sheetOfVersion,
  sheetsOf,
} from './map-sheets.ts';
import { sheetMap, subjectOf } from './sheet-content.ts';
import type { SheetForm } from './sheet-layout.ts';
import type { SheetPaper } from './sheet-paper.ts';
import { sheetPdf } from './sheet-pdf.ts';
import { sheetSvg } from './sheet-svg.ts';
import { boundaryOn, type InForce } from './versions.ts';

export const sheetPages = Router({ mergeParams: true });

const ADDRESS = '/{province}/centres/{code}/boundary/sheet' as const;

const hanging = (today: string) => z.object({ hungOn: typed((text) => readDay(text, { today })) });
const removal = z.object({ reason: typed(readReason) });

describeWishes(`POST ${ADDRESS}`);
describeBody(`POST ${ADDRESS}/{number}/hanging`, hanging(''));
describeBody(`POST ${ADDRESS}/{number}/removal`, removal);

sheetPages.get('/boundary/sheet', allow('boundary.read'), (req, res) => {
  const { province, centre } = res.locals;
  const inForce = inForceToday(res);
  const sheet = inForce && sheetOfVersion(province.db, centre.id, inForce.version);
  return answer(res, {
    html: () => sendSheet(req, res, sheet),
    json: () =>
      res.json({
        inForce: inForce?.version ?? null,
        sheet: sheet ? told(res, sheet) : null,
        sheets: sheetsOf(province.db, centre.id, MOST_SHEETS).map((one) => told(res, one)),
      }),
    pdf: () => printSheet(req, res, sheet),
  });
});

sheetPages.post('/boundary/sheet', allow('map-sheets.issue'), async (req, res) => {
  const { actor, centre, t, show } = res.locals;
  try {
    const created = await enterOnce(req, res, (tx) => {
      const sheet = issueSheet(tx, actor!, centre);
      return { location: addressOf(res, sheet), body: told(res, sheet) };
    });
    const number = show.digits((created.body as { number: string }).number);
    sendCreated(req, res, created, t('boundary:sheet.flash.issued', { number }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => sendSheet(req, res, undefined, refused));
  }
});

sheetPages.get('/boundary/sheet/:number', allow('boundary.read'), (req, res) => {
  const sheet = sheetNamed(req, res);
  return answer(res, {
    html: () => sendSheet(req, res, sheet),
    json: () => res.json(told(res, sheet)),
    pdf: () => printSheet(req, res, sheet),
  });
});

sheetPages.post('/boundary/sheet/:number/hanging', allow('map-sheets.hang'), (req, res) =>
  change(req, res, 'hung', ({ number }) => {
    const { actor, centre } = res.locals;
    const { hungOn } = readBody(req, hanging(actor!.today));
    return (tx) => hangSheet(tx, actor!, centre, number, { hungOn });
  }),
);

sheetPages.post('/boundary/sheet/:number/removal', allow('map-sheets.hang'), (req, res) =>
  change(req, res, 'removed', ({ number }) => {
    const { actor, centre } = res.locals;
    const { reason } = readBody(req, removal);
    return (tx) => removeSheet(tx, actor!, centre, number, { reason });
  }),
);

/** A page has room for so many; no office wall has seen more. */
const MOST_SHEETS = 50;

const addressOf = (res: Response, { number }: MapSheet) =>
  `${centreRoot(res)}/boundary/sheet/${number}`;

const inForceToday = ({ locals: { province, centre, actor } }: Response): InForce | undefined =>
  boundaryOn(province.db, centre.id, actor!.today);

function sheetNamed(req: Request, res: Response): MapSheet {
  return findSheet(res.locals.province.db, res.locals.centre.id, String(req.params.number));
}

function told(res: Response, { hanging: hangs, paperId, id: _, ...sheet }: MapSheet) {
  const { code } = findPaper(res.locals.province.db, paperId);
  const hung = hangs && { hungOn: hangs.hungOn, recordedBy: hangs.recordedBy };
  return { ...sheet, code, hangs: hung, isInForce: sheet.version === inForceToday(res)?.version };
}

async function printSheet(req: Request, res: Response, sheet?: MapSheet): Promise<void> {
  if (!sheet) throw new NotFound();
  const { province, centre } = res.locals;
  const form: SheetForm = req.query.form === 'a3' ? 'a3' : 'a4';
  const paper = findPaper(province.db, sheet.paperId);
  const draft = !activityCodeOrNone(province.db, centre.id);
  const content = JSON.parse(paper.content) as SheetPaper;
  const standing = { draft, cancelled: replacedBy(res, sheet) };
  await sendPrint(res, paper, form, standing, (mark) => sheetPdf(content, mark, form));
}

/** A sheet printed after a later version came into force says so. */
function replacedBy(res: Response, { version }: MapSheet) {
  const { t, show } = res.locals;
  const inForce = inForceToday(res);
  if (!inForce || inForce.version === version) return null;
  const reason = t('boundary:sheet.replaced', { version: show.number(inForce.version) });
  return { on: inForce.fromOn, reason, ended: true };
}

function sendSheet(req: Request, res: Response, sheet?: MapSheet, refused: object = {}): void {
  const { province, centre, actor, t, show } = res.locals;
  const inForce = inForceToday(res);
  const version = sheet?.version ?? inForce?.version;
  const sheets = sheetsOf(province.db, centre.id, MOST_SHEETS);
  const hangsStill = sheets.find((one) => one.hanging && one.version !== inForce?.version);
  const picture = { name: centre.name, version: version ? show.number(version) : '' };
  const map = mapOf(res, sheet, inForce);
  sendPage(req, res, 'boundary/sheet', {
    title: t('boundary:sheet.page.title'),
    key: randomUUID(),
    styles: ['/assets/map.css'],
    map: map ? sheetSvg(map, t('boundary:sheet.title', picture)) : null,
    ...{ sheet: sheet ? told(res, sheet) : null, inForce: inForce?.version ?? null },
    sheets: sheets.map((one) => told(res, one)),
    fallen: hangsStill && sheet?.hanging === null ? hangsStill.number : null,
    mayIssue: may(actor!, 'map-sheets.issue', centre),
    mayHang: may(actor!, 'map-sheets.hang', centre),
    ...{ faults: {}, refusal: null, ...refused },
  });
}

/** What was issued is shown as it was issued; before that, what would be issued today. */
function mapOf({ locals: { province, centre, actor } }: Response, sheet?: MapSheet, now?: InForce) {
  if (!sheet) return now && sheetMap(province.db, subjectOf(centre), now.area, actor!.today).map;
  const { content } = findPaper(province.db, sheet.paperId);
  return (JSON.parse(content) as SheetPaper).map;
}

/** An act upon a sheet: a program gets what it became, a person the page again. */
async function change(
  req: Request,
  res: Response,
  said: string,
  act: (sheet: MapSheet) => (tx: Tx) => MapSheet,
): Promise<void> {
  const { province, t, show } = res.locals;
  const known = sheetNamed(req, res);
  try {
    const sheet = await enter(province, act(known));
    const sentence = t(`boundary:sheet.flash.${said}`, { number: show.digits(sheet.number) });
    sendChanged(req, res, { to: addressOf(res, sheet), body: told(res, sheet) }, sentence);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendSheet(req, res, known, { values: req.body as object, ...refused }),
    );
  }
}
