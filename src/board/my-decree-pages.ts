/**
 * A person's own decrees, in whichever centre. Before he has accepted one he has no power and no
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
import { dutiesOf } from './decree-content.ts';
import { undertakingForm } from './decree-form.ts';
import { LOOKS, toldDecree } from './decree-page.ts';
import { printDecree } from './decree-print.ts';
import { type Decree, decreesOfPerson } from './decree-rows.ts';
import { acceptDecree } from './decrees.ts';

export const myDecreePages = Router({ mergeParams: true });

myDecreePages.get('/my-decrees', async (req, res) => {
  await answer(res, {
    html: () => sendMine(req, res),
    json: () => res.json({ decrees: mine(res).map(withCentre(res)) }),
  });
});

myDecreePages.get('/my-decrees/:decree', async (req, res) => {
  const decree = myDecree(req, res);
  await answer(res, {
    html: () => res.redirect(303, `${provinceRoot(res)}/my-decrees`),
    json: () => res.json(withCentre(res)(decree)),
    pdf: () => printDecree(res, decree),
  });
});

myDecreePages.post('/my-decrees/:decree/acceptance', async (req, res) => {
  const { province, actor, t } = res.locals;
  const decree = myDecree(req, res);
  try {
    const form = readBody(req, undertakingForm);
    const accepted = await enter(province, (tx) => acceptDecree(tx, actor!, decree, form));
    const { code } = findCentreById(province.db, decree.centreId);
    const to = accepted.inForce
      ? `${provinceRoot(res)}/centres/${code}`
      : `${provinceRoot(res)}/my-decrees`;
    const sentence = t('board:flash.accepted', { name: accepted.name });
    sendChanged(req, res, { to, body: toldDecree(accepted) }, sentence);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendMine(req, res, { ...refused, values: req.body as object, refusedId: decree.id }),
    );
  }
});

/** Only what was issued: a proposal is not yet the person's to see. */
function mine(res: Response): Decree[] {
  const { province, actor } = res.locals;
  const personId = actor?.user?.personId ?? null;
  if (personId === null) throw new NotFound();
  const decrees = decreesOfPerson(province.db, personId, actor!.today);
  return decrees.filter(({ issuedOn }) => issuedOn !== null);
}

function myDecree(req: Request, res: Response): Decree {
  const decree = mine(res).find(({ id }) => String(id) === req.params.decree);
  if (!decree) throw new NotFound();
  return decree;
}

function withCentre(res: Response) {
  return (decree: Decree) => {
    const { code, name } = findCentreById(res.locals.province.db, decree.centreId);
    return { ...toldDecree(decree), centre: { code, name } };
  };
}

function sendMine(req: Request, res: Response, refused: object = {}): void {
  const { t, province } = res.locals;
  const decrees = mine(res).map((decree) => ({
    ...{ decree, look: LOOKS[decree.state], duties: dutiesOf(decree.seat, t) },
    centre: findCentreById(province.db, decree.centreId),
  }));
  const title = t('board:mine.title');
  sendPage(req, res, 'board/my-decrees', { title, decrees, ...refused });
}
