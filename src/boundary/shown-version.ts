/** One version of this centre's area: found by the address, and shown with what may be done to it. */
import type { Request, Response } from 'express';
import { may } from '../access/powers.ts';
import { standingOn } from '../licence/standing.ts';
import { isClosed } from '../licence/states.ts';
import { NotFound } from '../refusal.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { versionPage } from './version-page.ts';
import { findVersion, type Version, versionsOf } from './versions.ts';

export const boundaryRoot = (res: Response): string => `${centreRoot(res)}/boundary`;

/** The version that the address names; throws NotFound. */
export function versionNamed(req: Request, res: Response, name = String(req.params.version)) {
  if (!/^[1-9]\d{0,5}$/.test(name)) throw new NotFound();
  return findVersion(res.locals.province.db, res.locals.centre.id, Number(name));
}

export function sendVersion(
  req: Request,
  res: Response,
  shown: Version | undefined,
  refused: Record<string, unknown> = {},
): void {
  const { actor, centre, province } = res.locals;
  const { state } = standingOn(province.db, centre.id, actor!.today);
  sendPage(req, res, 'boundary/show', {
    ...versionPage(res, versionsOf(province.db, centre.id), shown),
    styles: ['/assets/map.css'],
    mayPropose: may(actor!, 'boundary.propose', centre),
    mayDraw: may(actor!, 'boundary.propose', centre) && !isClosed(state),
    mayApprove: may(actor!, 'boundary.approve', centre),
    ...refused,
  });
}
