/** The renewal file of a centre: what it has, what it lacks, whose turn it is. */
import { Router } from 'express';
import { may } from '../access/powers.ts';
import { answer } from '../web/formats.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { STATE_LOOKS } from './look.ts';
import { renewalFile } from './renewal.ts';

export const renewalPages = Router({ mergeParams: true });

renewalPages.get('/licence/renewal', allow('centres.read'), async (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const file = renewalFile(province.db, centre, actor!.today);
  const { standing, openedOn, left, lines, next } = file;
  await answer(res, {
    html: () =>
      sendPage(req, res, 'licence/renewal', {
        ...{ title: t('licence:renewal.title'), file, look: STATE_LOOKS[standing.state] },
        mayDecide: may(actor!, 'licences.decide', centre),
        seesMonitoring: may(actor!, 'monitorings.read', centre),
      }),
    json: () => {
      const { state, until } = standing;
      res.json({ state, until, openedOn, left, next: next?.key ?? null, lines });
    },
  });
});
