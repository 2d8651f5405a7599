/** What is decided of a proposed version: coordinated, approved, refused, or taken back. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { enter } from '../provinces/enter.ts';
import { readDay } from '../values/jalali-date.ts';
import { readPaperNumber, readParagraph, readReason } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { readBody, typed, typedOrNone } from '../web/forms.ts';
import { allow } from '../web/places.ts';
import { sendChanged } from '../web/written.ts';
import { approveBoundary, refuseBoundary, withdrawBoundary } from './boundaries.ts';
import { coordinateOverlap } from './coordinations.ts';
import { boundaryRoot, sendVersion, versionNamed } from './shown-version.ts';
import { told, toldOverlap } from './version-page.ts';
import type { Version } from './versions.ts';

export const decisionPages = Router({ mergeParams: true });

decisionPages.post('/boundary/:version/coordinations', allow('boundary.approve'), (req, res) =>
  change(req, res, 'coordinated', (version) => {
    const { province, actor, centre } = res.locals;
    const { centre: code, ...letter } = readBody(req, coordination(actor!.today));
    return enter(province, (tx) =>
      toldOverlap(coordinateOverlap(tx, actor!, centre, version, { code, ...letter })),
    );
  }),
);

decisionPages.post('/boundary/:version/approval', allow('boundary.approve'), (req, res) =>
  change(req, res, 'approved', (version) => {
    const { province, actor, centre } = res.locals;
    const days = readBody(req, approval(actor!.today));
    return enter(province, (tx) =>
      told(res, approveBoundary(tx, actor!, centre, version.id, days)),
    );
  }),
);

decisionPages.post('/boundary/:version/refusal', allow('boundary.approve'), (req, res) =>
  change(req, res, 'refused', (version) => {
    const { province, actor, centre } = res.locals;
    const { reason } = readBody(req, refusal);
    return enter(province, (tx) =>
      told(res, refuseBoundary(tx, actor!, centre, version.id, reason)),
    );
  }),
);

decisionPages.post('/boundary/:version/withdrawal', allow('boundary.propose'), (req, res) =>
  change(req, res, 'withdrawn', (version) => {
    const { province, actor, centre } = res.locals;
    const { reason } = readBody(req, withdrawal);
    return enter(province, (tx) =>
      told(res, withdrawBoundary(tx, actor!, centre, version.id, reason)),
    );
  }),
);

const coordination = (today: string) =>
  z.object({
    centre: z.string(),
    number: typed(readPaperNumber),
    decidedOn: typed((text) => readDay(text, { today })),
    letter: typedOrNone((text) => readParagraph(text, { max: 1000 })),
  });

const approval = (today: string) =>
  z.object({
    approvedOn: typedOrNone((text) => readDay(text, { today })),
    fromOn: typedOrNone((text) => readDay(text, { today })),
  });

const refusal = z.object({ reason: typed(readReason) });
const withdrawal = z.object({ reason: typed(readReason) });

const root = 'POST /{province}/centres/{code}/boundary/{version}' as const;
describeBody(`${root}/coordinations`, coordination(''));
describeBody(`${root}/approval`, approval(''));
describeBody(`${root}/refusal`, refusal);
describeBody(`${root}/withdrawal`, withdrawal);

/** An act upon a version: a program gets what it became, a person the page again. */
async function change(
  req: Request,
  res: Response,
  said: string,
  act: (version: Version) => Promise<object>,
): Promise<void> {
  const { t, show } = res.locals;
  const version = versionNamed(req, res);
  try {
    const body = await act(version);
    const sentence = t(`boundary:flash.${said}`, { version: show.number(version.version) });
    sendChanged(req, res, { to: `${boundaryRoot(res)}/${version.version}`, body }, sentence);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendVersion(req, res, version, { values: { ...req.body, act: said }, ...refused }),
    );
  }
}
