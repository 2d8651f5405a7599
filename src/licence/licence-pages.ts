/** The licence of a centre: its state, its first issue, its papers. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { missingOf } from '../opening/gate.ts';
import { readyOf } from '../opening/ready.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readPaperNumber, readReason } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import { licenceFacts } from './facts.ts';
import { licenceCorrectionsOf } from './licence-corrections.ts';
import { issueLicencePaper, licencePaperOrNone } from './licence-papers.ts';
import { licencesOf } from './licences.ts';
import { issueLicence } from './licensing.ts';
import { decisionsOf } from './standing.ts';
import { isClosed, LICENSED_DEEDS, leaveFor } from './states.ts';
import { FOLLOWS } from './transitions.ts';

export const licenceHomePages = Router({ mergeParams: true });

const licenceForm = (today: string) =>
  z.object({
    number: typed(readPaperNumber),
    from: typed((text) => readDay(text, { today })),
    to: typed((text) => readDay(text, { today })),
    reason: typed(readReason),
  });

const HERE = '/{province}/centres/{code}';
describeBody(`POST ${HERE}/licence`, licenceForm(''));
describeWishes(`POST ${HERE}/licence/licences/{licence}/paper`);

licenceHomePages.get('/licence', allow('centres.read'), async (req, res) => {
  await answer(res, {
    html: () => sendLicence(req, res),
    json: () => {
      const { state, since, until, left, decision, licences } = licenceFacts(res);
      const shown = licences.map(({ number, fromOn, toOn, issuedBy, reason }) => ({
        ...{ number, from: fromOn, to: toOn, issuedBy, reason },
      }));
      res.json({ state, since, until, left, decision: told(decision), licences: shown });
    },
  });
});

/** The first licence; it comes with its paper. */
licenceHomePages.post('/licence', allow('licences.issue'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const { number, from, to, reason } = readBody(req, licenceForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => {
      const licence = issueLicence(tx, actor!, centre, {
        ...{ number, fromOn: from, toOn: to, reason },
      });
      issueLicencePaper(tx, actor!, centre, licence);
      const body = { id: licence.id, number, from, to, reason, issuedBy: licence.issuedBy };
      return { location: `${centreRoot(res)}/licence`, body };
    });
    sendCreated(req, res, created, t('licence:flash.issued'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendLicence(req, res, { ...refused, values: req.body as object }),
    );
  }
});

/** The paper of a licence that was given before its paper was kept. */
licenceHomePages.post(
  '/licence/licences/:licence/paper',
  allow('licences.issue'),
  async (req, res) => {
    const { actor, centre, t, province } = res.locals;
    const id = Number(req.params.licence);
    const licence = licencesOf(province.db, centre.id).find((one) => one.id === id);
    if (!licence) throw new NotFound();
    try {
      const created = await enterOnce(req, res, (tx) => {
        const paperId = issueLicencePaper(tx, actor!, centre, licence);
        return { location: `${centreRoot(res)}/papers/${paperId}`, body: { paperId } };
      });
      sendCreated(req, res, created, t('licence:flash.paper'));
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) => sendLicence(req, res, refused));
    }
  },
);

function told(decision: ReturnType<typeof licenceFacts>['decision']) {
  if (!decision) return null;
  const { kind, number, decidedOn, reason } = decision;
  return { kind, number, decidedOn, reason };
}

function sendLicence(req: Request, res: Response, refused: object = {}): void {
  const { t, actor, centre, province } = res.locals;
  const { db } = province;
  const licence = licenceFacts(res);
  const first = licence.licences.length === 0;
  const missing = first ? missingOf(readyOf(db, centre.id, actor!.today), actor!.today) : [];
  const can = (power: Parameters<typeof may>[1]) => may(actor!, power, centre);
  sendPage(req, res, 'licence/licence', {
    ...{ title: t('licence:title'), licence, key: randomUUID() },
    papers: new Map(licence.licences.map(({ id }) => [id, licencePaperOrNone(db, id) ?? null])),
    corrected: new Set(
      licence.licences.flatMap(({ id }) => (licenceCorrectionsOf(db, id).length > 0 ? [id] : [])),
    ),
    decisions: decisionsOf(db, centre.id),
    permits: LICENSED_DEEDS.map((deed) => ({ deed, leave: leaveFor(licence.state, deed) })),
    mayIssue: can('licences.issue') && licence.licences.length === 0 && missing.length === 0,
    missing: can('licences.issue') ? missing : [],
    mayPrint: can('licences.issue'),
    choices: can('licences.decide') ? FOLLOWS[licence.state] : [],
    seesMonitoring: can('monitorings.read'),
    seesAssets: can('assets.read') && isClosed(licence.state),
    ...refused,
  });
}
