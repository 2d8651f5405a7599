/** The centre's office (B-114): where it is now, where it was, and recording another. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { HOSTS } from '../centres/centres.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { premisesForm } from './forms.ts';
import { premisesOf, recordPremises } from './premises.ts';
import { take } from './taking.ts';

export const premisesPages = Router({ mergeParams: true });

premisesPages.get('/premises', allow('opening.read'), async (req, res) => {
  await answer(res, {
    html: () => sendPremises(req, res),
    json: () => {
      const [current = null, ...earlier] = premisesOf(res.locals.province.db, res.locals.centre.id);
      res.json({ current, earlier });
    },
  });
});

premisesPages.post('/premises', allow('premises.edit'), (req, res) =>
  take(req, res, { page: sendPremises, said: 'premises' }, () => {
    const { actor, centre } = res.locals;
    const form = readBody(req, premisesForm(actor!.today));
    return enterOnce(req, res, (tx) => ({
      body: recordPremises(tx, actor!, centre, form),
      location: `${centreRoot(res)}/premises`,
    }));
  }),
);

function sendPremises(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  const [current = null, ...earlier] = premisesOf(province.db, centre.id);
  const { host: kind, hostName: owner, address } = centre;
  sendPage(req, res, 'opening/premises', {
    ...{ title: t('opening:premises.title'), key: randomUUID(), kinds: HOSTS, current, earlier },
    mayEdit: may(actor!, 'premises.edit', centre),
    // Most often the office is where the centre is registered.
    values: current ? {} : { kind, owner, address },
    ...refused,
  });
}
