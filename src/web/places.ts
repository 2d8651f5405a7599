/** Where the request is: the province by its slug, the centre by its code. */
import type { NextFunction, Request, Response } from 'express';
import { inCentre } from '../access/actor.ts';
import { may, type Power, requireKnowing, requirePower } from '../access/powers.ts';
import { sessionOf } from '../access/session.ts';
import { unitOn } from '../books/conversions.ts';
import { findCentre } from '../centres/centres.ts';
import { findProvince } from '../provinces/catalogue.ts';
import { untilChanged } from '../provinces/unchanged.ts';
import { NotFound } from '../refusal.ts';
import { boardNameOn } from '../templates/board-name.ts';
import { recordLook, SECTIONS } from '../trail/looks.ts';
import { dayInTehran } from '../values/jalali-date.ts';
import { sayingIn } from '../values/money-unit.ts';
import { type BoardName, wordsFor } from '../words.ts';

export function enterProvince(req: Request, res: Response, next: NextFunction): void {
  const { site } = res.locals;
  const province = findProvince(site.catalogue, String(req.params.province));
  province.answering += 1;
  res.once('close', () => {
    province.answering -= 1;
  });
  res.locals.province = province;
  sayAsHere(res);
  const today = dayInTehran(site.clock());
  sayingIn(unitOn(province.db, today), () => {
    if (req.get('authorization') !== undefined) next();
    else sessionOf(res.locals.province, site)(req, res, next);
  });
}

/** From here on the board is called what this province calls it. */
function sayAsHere(res: Response): void {
  const { province, site, language } = res.locals;
  const day = dayInTehran(site.clock());
  const board = boardNames(province.db, day, () => boardNameOn(province.db, day));
  res.locals.t = wordsFor(language, board);
}

const boardNames = untilChanged<BoardName>();

/**
 * Finds the centre as somebody who may know of it; to everybody else it is not there. A look of the
 * committee is recorded before it is answered (B-110).
 */
export async function enterCentre(req: Request, res: Response, next: NextFunction): Promise<void> {
  const { province, actor } = res.locals;
  if (!actor) throw new NotFound();
  const centre = findCentre(province.db, String(req.params.code));
  requireKnowing(actor, centre);
  res.locals.centre = centre;
  res.locals.actor = inCentre(actor, centre.id);
  // B-110: a look is a look, also of whoever practises.
  await recordLook(res.locals.real ?? province, res.locals.actor, centre.id, sectionOf(req));
  next();
}

/** Lets on whoever holds one of the powers here; a power's own name tells what it is for. */
export function allow(...powers: [Power, ...Power[]]) {
  return (_req: Request, res: Response, next: NextFunction): void => {
    const { actor, centre } = res.locals;
    if (!actor) throw new NotFound();
    if (!powers.some((power) => may(actor, power, centre))) requirePower(actor, powers[0], centre);
    next();
  };
}

/**
 * The part of the centre that is looked at: the first word of the address below it, in small letters
 * as addresses are read. What is no part of any centre counts as one more, however it is called.
 */
function sectionOf(req: Request): string {
  const section = (req.path.split('/')[1] || 'home').toLowerCase();
  return SECTIONS.has(section) ? section : 'other';
}
