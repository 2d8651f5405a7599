/** The network's own page: what there is of each part, and the way to it. */
import { Router } from 'express';
import { may } from '../access/powers.ts';
import { answer } from '../web/formats.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { NETWORK_PARTS } from './home-parts.ts';

export const networkHomePages = Router({ mergeParams: true });

networkHomePages.get('/network', allow('network.read'), async (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const parts = NETWORK_PARTS.filter(({ power }) => may(actor!, power, centre)).map((part) => {
    const { key, to, clause = null, count } = part;
    const counted = count?.(province.db, centre.id, actor!.today) ?? null;
    return { key, href: `${centreRoot(res)}${to}`, clause, count: counted };
  });
  await answer(res, {
    html: () => sendPage(req, res, 'network/home', { title: t('network:home.title'), parts }),
    json: () => res.json({ parts }),
  });
});
