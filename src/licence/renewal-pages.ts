/** The renewal file of a centre: what it has, what it lacks, whose turn it is. */
import { type Response, Router } from 'express';
import { may, type Power } from '../access/powers.ts';
import { answer } from '../web/formats.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { STATE_LOOKS } from './look.ts';
import { type RenewalFile, renewalFile } from './renewal.ts';

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
        mayOpen: (to: string) => opens(res, file, to),
      }),
    json: () => {
      const { state, until } = standing;
      res.json({ state, until, openedOn, left, next: next?.key ?? null, lines });
    },
  });
});

/** Pages of the file that not everybody may open who knows of the centre. */
const READ_BY: [string, Power][] = [
  ['/compliance', 'compliance.read'],
  ['/board', 'board.read'],
  ['/boundary', 'boundary.read'],
  ['/licence/monitoring', 'monitorings.read'],
];

function opens({ locals: { actor, centre } }: Response, file: RenewalFile, to: string): boolean {
  const [, power] = READ_BY.find(([page]) => to.startsWith(page)) ?? [];
  if (power !== undefined && !may(actor!, power, centre)) return false;
  // Until it is signed a monitoring is the committee's matter.
  const signed = file.lines.some(({ key, done }) => key === 'result' && done);
  return signed || actor!.office !== null || !to.startsWith('/licence/monitoring/');
}
