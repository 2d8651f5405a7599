/** An official letter: what it says, what became of it, its prints, and the way back to its matter. */
import { type NextFunction, type Request, type Response, Router } from 'express';
import { may, type Power, requirePower } from '../access/powers.ts';
import { activityCodeOrNone } from '../centres/activity-codes.ts';
import { NotFound } from '../refusal.ts';
import { answer } from '../web/formats.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { withoutMarks } from './bidi.ts';
import { type Fate, fateOf } from './fates.ts';
import { findLetter, type Letter } from './letters.ts';
import { officialLetterPdf } from './official-letter-pdf.ts';
import type { LetterKind } from './papers.ts';
import { countPrints, sendPrint } from './prints.ts';
import { shownLetter } from './shown-letter.ts';

export const letterPages = Router({ mergeParams: true });

/**
 * Who may read a letter besides those who read every paper, the page its matter is found on, and who
 * may open that: a volunteer at the archive reads letters of matters that are closed to him.
 */
const MATTERS: Record<LetterKind, { power?: Power; page: string; opens: Power }> = {
  licence: { power: 'centres.read', page: '/licence', opens: 'centres.read' },
  'coordination-request': { page: '/board', opens: 'board.read' },
  'coordination-answer': { page: '/board', opens: 'board.read' },
  'change-request': { page: '/board', opens: 'board.read' },
  'change-answer': { page: '/board', opens: 'board.read' },
  decision: { power: 'centres.read', page: '/licence', opens: 'centres.read' },
  'asset-list': { power: 'board.read', page: '/licence', opens: 'centres.read' },
  handover: { power: 'handovers.read', page: '/board/handovers', opens: 'board.read' },
  assignment: {
    ...{ power: 'assignments.read', page: '/network/assignments', opens: 'assignments.read' },
  },
  survey: { power: 'surveys.read', page: '/network/surveys', opens: 'surveys.read' },
  permit: { power: 'board.read', page: '/boundary', opens: 'boundary.read' },
  intention: {
    ...{ power: 'fund-statements.read', page: '/funds/intentions', opens: 'fund-statements.read' },
  },
  'box-count': {
    ...{ power: 'boxes.read', page: '/donations/boxes/openings', opens: 'boxes.read' },
  },
  'receipt-book': {
    ...{ power: 'receipt-books.read', page: '/donations/receipt-books' },
    opens: 'receipt-books.read',
  },
  'cash-count': { power: 'bank.read', page: '/books/bank/counts', opens: 'bank.read' },
  reconciliation: {
    ...{ power: 'bank.read', page: '/books/bank/reconciliations', opens: 'bank.read' },
  },
  'financial-plan': { power: 'plans.read', page: '/books/budget', opens: 'plans.read' },
  'section-report': {
    ...{ power: 'assemblies.read', page: '/assemblies/report', opens: 'assemblies.read' },
  },
  'gift-request': { power: 'donors.read', page: '/donations/firms', opens: 'donors.read' },
  thanks: { power: 'donors.read', page: '/donations/firms', opens: 'donors.read' },
  'monthly-pack': { power: 'packs.read', page: '/packs', opens: 'packs.read' },
  appraisal: { power: 'goods.read', page: '/goods/lots', opens: 'goods.read' },
  'goods-intention': { power: 'goods.read', page: '/goods/intentions', opens: 'goods.read' },
};

letterPages.get('/papers/:paper', async (req, res, next: NextFunction) => {
  const letter = letterNamed(req, res);
  if (!letter) {
    next();
    return;
  }
  await answer(res, {
    html: () => sendLetter(req, res, letter),
    json: () => res.json(toldLetter(res, letter)),
    pdf: () => printLetter(res, letter),
  });
});

/** Undefined for an address that names no letter by its number in the file. */
function letterNamed(req: Request, res: Response): Letter | undefined {
  const { province, actor, centre } = res.locals;
  const typed = String(req.params.paper);
  if (!/^\d{1,9}$/.test(typed)) return undefined;
  if (!actor) throw new NotFound();
  const letter = findLetter(province.db, centre.id, Number(typed));
  const { power } = MATTERS[letter.kind];
  if (!power || !may(actor, power, centre)) requirePower(actor, 'papers.read', centre);
  return letter;
}

function fate(res: Response, letter: Letter): Fate | undefined {
  return fateOf(res.locals.province.db, letter.kind, letter, res.locals.actor!.today);
}

/** The centre's own letters carry no seal before its activity code (B-117). */
function isDraft(res: Response, { says, centreId }: Letter): boolean {
  return says.head === 'centre' && !activityCodeOrNone(res.locals.province.db, centreId);
}

async function printLetter(res: Response, letter: Letter): Promise<void> {
  const ended = fate(res, letter);
  const cancelled = ended ? { on: ended.since, reason: ended.reason, ended: true } : null;
  const standing = { draft: isDraft(res, letter), cancelled };
  await sendPrint(res, letter, 'a4', standing, (mark) => officialLetterPdf(letter.says, mark));
}

function toldLetter(res: Response, letter: Letter) {
  const { id, kind, number, issuedOn, code, says } = letter;
  const { head, addressee, title, tables, witnesses, annexes, signer, copies } = says;
  const ended = fate(res, letter);
  return {
    ...{ id, kind, number, issuedOn, code, head, template: says.template, addressee, title },
    subject: withoutMarks(says.subject),
    paragraphs: says.paragraphs.map((block) =>
      typeof block === 'string' ? withoutMarks(block) : { list: block.list.map(withoutMarks) },
    ),
    ...{ tables, witnesses, annexes, signer, copies: copies.map(withoutMarks) },
    ...{ state: ended?.state ?? 'valid', since: ended?.since, reason: ended?.reason },
    prints: countPrints(res.locals.province.db, letter.id, 'a4'),
  };
}

function sendLetter(req: Request, res: Response, letter: Letter): void {
  const { province, actor, centre, t } = res.locals;
  const { page, opens } = MATTERS[letter.kind];
  const title = t(`papers:kinds.${letter.kind}`);
  sendPage(req, res, 'papers/letter', {
    ...{ title, letter, root: centreRoot(res), ...shownLetter(letter.says) },
    ...{ fate: fate(res, letter) ?? null, draft: isDraft(res, letter) },
    prints: countPrints(province.db, letter.id, 'a4'),
    matter: may(actor!, opens, centre) ? page : null,
    register: may(actor!, 'papers.read', centre),
  });
}
