/**
 * A volunteer's own letters, in whichever centre. Before he has accepted one he has no power and no
 * centre is known to him, so what waits for his acceptance stands here.
 */
import { type Request, type Response, Router } from 'express';
import { findCentreById } from '../centres/centres.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged } from '../web/written.ts';
import { undertakingForm } from './assignment-form.ts';
import { ASSIGNMENT_LOOKS, toldAssignment } from './assignment-pages.ts';
import { printAssignment } from './assignment-print.ts';
import { type Assignment, assignmentsOfPerson } from './assignment-rows.ts';
import { acceptAssignment } from './assignments.ts';

export const myAssignmentPages = Router({ mergeParams: true });

myAssignmentPages.get('/my-assignments', async (req, res) => {
  await answer(res, {
    html: () => sendMine(req, res),
    json: () => res.json({ assignments: mine(res).map(withCentre(res)) }),
  });
});

myAssignmentPages.get('/my-assignments/:assignment', async (req, res) => {
  const assignment = myAssignment(req, res);
  await answer(res, {
    html: () => res.redirect(303, `${provinceRoot(res)}/my-assignments`),
    json: () => res.json(withCentre(res)(assignment)),
    pdf: () => printAssignment(res, assignment),
  });
});

myAssignmentPages.post('/my-assignments/:assignment/acceptance', async (req, res) => {
  const { province, actor, t } = res.locals;
  const assignment = myAssignment(req, res);
  try {
    const form = readBody(req, undertakingForm);
    const accepted = await enter(province, (tx) => acceptAssignment(tx, actor!, assignment, form));
    const { code } = findCentreById(province.db, assignment.centreId);
    const mine = accepted.state === 'in-force' ? `/centres/${code}` : '/my-assignments';
    const to = `${provinceRoot(res)}${mine}`;
    sendChanged(req, res, { to, body: toldAssignment(accepted) }, t('network:flash.accepted'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendMine(req, res, { ...refused, values: req.body as object, refusedId: assignment.id }),
    );
  }
});

function mine(res: Response): Assignment[] {
  const { province, actor } = res.locals;
  const personId = actor?.user?.personId ?? null;
  if (personId === null) throw new NotFound();
  return assignmentsOfPerson(province.db, personId, actor!.today);
}

function myAssignment(req: Request, res: Response): Assignment {
  const assignment = mine(res).find(({ id }) => String(id) === req.params.assignment);
  if (!assignment) throw new NotFound();
  return assignment;
}

function withCentre(res: Response) {
  return (assignment: Assignment) => {
    const { code, name } = findCentreById(res.locals.province.db, assignment.centreId);
    return { ...toldAssignment(assignment), centre: { code, name } };
  };
}

function sendMine(req: Request, res: Response, refused: object = {}): void {
  const { t, province } = res.locals;
  const assignments = mine(res).map((assignment) => ({
    ...{ assignment, centre: findCentreById(province.db, assignment.centreId) },
  }));
  sendPage(req, res, 'network/my-assignments', {
    ...{ title: t('network:mine.title'), assignments, looks: ASSIGNMENT_LOOKS },
    ...{ faults: {}, refusal: null, refusedId: null, ...refused },
  });
}
