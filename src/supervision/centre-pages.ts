/** What was referred to a centre: it reads the words, not the sender, and tells the committee its side. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { changing, idAsked } from '../bank/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { answerField } from './case-pages.ts';
import { type Case, casesReferredTo, findReferred, stepsHeard, tellOfCase } from './cases.ts';

export const referredCasePages = Router({ mergeParams: true });

const tellForm = z.object({ text: answerField });
describeBody('POST /{province}/centres/{code}/complaints/{case}/reply', tellForm);

referredCasePages.get('/complaints', allow('complaints.referred'), (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const rows = casesReferredTo(province.db, actor!, centre.id);
  return answer(res, {
    html: () =>
      sendPage(req, res, 'supervision/referred', {
        ...{ title: t('supervision:referred.title'), rows, root: centreRoot(res) },
      }),
    json: () => res.json({ rows: rows.map(told) }),
  });
});

referredCasePages.get('/complaints/:case', allow('complaints.referred'), (req, res) =>
  answer(res, {
    html: () => sendOne(req, res),
    json: () => {
      const one = named(req, res);
      res.json({ ...told(one), text: one.text, steps: stepsHeard(res.locals.province.db, one.id) });
    },
  }),
);

referredCasePages.post('/complaints/:case/reply', allow('complaints.tell'), (req, res) => {
  const again = (refused: object) => sendOne(req, res, refused);
  return changing(req, res, { said: 'supervision:flash.told', again }, (tx) => {
    const { actor, centre } = res.locals;
    const { text } = readBody(req, tellForm);
    const one = tellOfCase(tx, actor!, centre, idAsked(req, 'case'), text);
    return { to: `${centreRoot(res)}/complaints/${one.id}`, body: told(one) };
  });
});

const named = (req: Request, res: Response): Case => {
  const { province, actor, centre } = res.locals;
  return findReferred(province.db, actor!, centre.id, idAsked(req, 'case'));
};

function sendOne(req: Request, res: Response, refused: object = {}): void {
  const { actor, centre, t, show } = res.locals;
  const one = named(req, res);
  const open = one.state === 'referred' || one.state === 'told';
  sendPage(req, res, 'supervision/referred-case', {
    title: t(`supervision:case.${one.kind}`, { number: show.digits(one.number) }),
    ...{ one, steps: stepsHeard(res.locals.province.db, one.id), root: centreRoot(res) },
    mayTell: open && may(actor!, 'complaints.tell', centre),
    ...refused,
  });
}

function told({ id, number, kind, topic, filedOn, untilOn, state }: Case) {
  return { id, number, kind, topic, filedOn, untilOn, state };
}
