/** Printing an issued paper: the first print's bytes are kept, a later one says it is a reprint. */
import { createHash } from 'node:crypto';
import type { Response } from 'express';
import type { Actor } from '../access/actor.ts';
import { unitOfAct } from '../books/conversions.ts';
import { powerlessOn } from '../licence/licence-fate.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { sayingIn } from '../values/money-unit.ts';
import { EMPOWERING, type IssuedPaper, type PaperForm } from './papers.ts';
import type { PrintMark } from './print-mark.ts';

const statements = prepared((db) => ({
  count: db.$client
    .prepare('SELECT count(*) FROM paper_prints WHERE paper_id = ? AND form = ?')
    .pluck(),
  first: db.$client
    .prepare('SELECT pdf FROM paper_prints WHERE paper_id = ? AND form = ? AND nth = 1')
    .pluck(),
  insert: db.$client.prepare('INSERT INTO paper_prints VALUES (?, ?, ?, ?, ?, ?, ?)'),
}));

/** What the program knows of a print besides the paper: what has become of it since. */
export type Standing = Pick<PrintMark, 'draft' | 'cancelled'>;

/** Prints the paper in a form and sends it as PDF; the print is recorded before it is sent. */
export async function sendPrint(
  res: Response,
  paper: IssuedPaper,
  form: PaperForm,
  standing: Standing,
  render: (mark: PrintMark) => Promise<Buffer>,
): Promise<void> {
  res.type('pdf');
  res.set('Content-Disposition', `inline; filename="${paper.number}.pdf"`);
  // Who only asks whether it is there has printed nothing.
  if (res.req.method === 'HEAD') {
    res.end();
    return;
  }
  const pdf = await print(res, paper, form, standing, render);
  res.send(pdf);
}

/** The bytes of the first print, which are kept; printed now if nobody did. */
export async function firstPrint(
  res: Response,
  paper: IssuedPaper,
  form: PaperForm,
  standing: Standing,
  render: (mark: PrintMark) => Promise<Buffer>,
): Promise<Buffer> {
  const { db } = res.locals.province;
  if (countPrints(db, paper.id, form) === 0) await print(res, paper, form, standing, render);
  return statements(db).first.get(paper.id, form) as Buffer;
}

async function print(
  res: Response,
  paper: IssuedPaper,
  form: PaperForm,
  standing: Standing,
  render: (mark: PrintMark) => Promise<Buffer>,
): Promise<Buffer> {
  const { province } = res.locals;
  const actor = res.locals.actor!;
  const told = {
    ...standing,
    cancelled: standing.cancelled ?? powerlessMark(province.db, paper, actor),
  };
  const mark = { actHash: paper.actHash.toString('hex'), reprint: null, ...told };
  // As on the day it was issued, whatever the unit is now.
  const unit = unitOfAct(province.db, paper.actId);
  const drawn = (as: PrintMark) => sayingIn(unit, () => render(as));
  if (countPrints(province.db, paper.id, form) === 0) {
    const pdf = await drawn(mark);
    if (await enter(province, (tx) => keepFirst(tx, actor, paper.id, form, pdf))) return pdf;
  }
  const nth = await enter(province, (tx) => countReprint(tx, actor, paper.id, form));
  return drawn({ ...mark, reprint: { number: nth - 1, at: actor.now, of: paper.number } });
}

/** B-109: a paper by which somebody acts for the centre says on it what its code says when asked. */
function powerlessMark(db: Db, paper: IssuedPaper, { today }: Actor): PrintMark['cancelled'] {
  const without = EMPOWERING.includes(paper.kind) && powerlessOn(db, paper.centreId, today);
  if (!without) return null;
  return { on: without.since, reason: '', powerless: without.state };
}

/** One of several papers that are printed on one sheet, and how it looks alone. */
export type Sheeted = {
  paper: IssuedPaper;
  standing: Standing;
  render: (mark: PrintMark) => Promise<Buffer>;
};

/**
 * Prints several papers on one sheet: each is counted for itself, and the bytes of its first print
 * are kept as it looks alone.
 */
export async function sendSheet(
  res: Response,
  name: string,
  papers: Sheeted[],
  render: (marks: PrintMark[]) => Promise<Buffer>,
): Promise<void> {
  res.type('pdf');
  res.set('Content-Disposition', `inline; filename="${name}.pdf"`);
  if (res.req.method === 'HEAD') {
    res.end();
    return;
  }
  const { province, actor } = res.locals;
  const marks: PrintMark[] = [];
  for (const { paper, standing, render: alone } of papers) {
    const nth = countPrints(province.db, paper.id, 'a4');
    await print(res, paper, 'a4', standing, alone);
    const reprint = nth === 0 ? null : { number: nth, at: actor!.now, of: paper.number };
    marks.push({ actHash: paper.actHash.toString('hex'), ...standing, reprint });
  }
  res.send(await render(marks));
}

export function countPrints(db: Db, paperId: number, form: PaperForm): number {
  return statements(db).count.get(paperId, form) as number;
}

/** Keeps the bytes of the first print; false when another print came first. */
function keepFirst(tx: Tx, actor: Actor, paperId: number, form: PaperForm, pdf: Buffer): boolean {
  if (countPrints(tx, paperId, form) > 0) return false;
  const sha256 = createHash('sha256').update(pdf).digest();
  statements(tx).insert.run(paperId, form, 1, actor.now, actor.user!.id, pdf, sha256);
  return true;
}

function countReprint(tx: Tx, actor: Actor, paperId: number, form: PaperForm): number {
  const nth = countPrints(tx, paperId, form) + 1;
  statements(tx).insert.run(paperId, form, nth, actor.now, actor.user!.id, null, null);
  return nth;
}
