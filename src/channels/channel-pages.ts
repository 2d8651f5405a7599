/** The channels of a centre: the list, writing one down, telling that one is no more (B-122). */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readName } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { type Column, listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { channelsOf, endChannel, openChannel } from './channels.ts';
import { approvedServices } from './services.ts';

export const channelListPages = Router({ mergeParams: true });

const channelForm = z.object({
  service: typed((text) => readName(text, { max: 60 })),
  address: typed((text) => readName(text, { max: 200 })),
});

const HERE = '/{province}/centres/{code}/channels';
describeBody(`POST ${HERE}`, channelForm);
describeWishes(`POST ${HERE}/{channel}/end`);

channelListPages.get('/channels', allow('channels.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const channels = channelsOf(province.db, centre.id);
  const rows = channels.map(({ name, address, openedOn, endedOn }) => ({
    ...{ name, address, openedOn, endedOn },
  }));
  await answer(res, {
    html: () => sendChannels(req, res),
    ...listForms(req, res, {
      ...{ name: `channels-${centre.code}`, title: t('channels:title'), columns: columnsOf(res) },
      page: () => ({ rows, total: rows.length }),
      all: () => rows,
      json: () => ({ channels, services: approvedServices(province.db) }),
    }),
  });
});

channelListPages.post('/channels', allow('channels.edit'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const form = readBody(req, channelForm);
    const created = await enterOnce(req, res, (tx) => {
      const body = openChannel(tx, actor!, centre, form);
      return { location: `${centreRoot(res)}/channels`, body };
    });
    sendCreated(req, res, created, t('channels:flash.opened'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendChannels(req, res, { ...refused, values: req.body as object }),
    );
  }
});

channelListPages.post('/channels/:channel/end', allow('channels.edit'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const id = String(req.params.channel);
  if (!/^\d{1,10}$/.test(id)) throw new NotFound();
  const body = await enter(province, (tx) => endChannel(tx, actor!, centre, Number(id)));
  sendChanged(req, res, { to: `${centreRoot(res)}/channels`, body }, t('channels:flash.ended'));
});

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`channels:columns.${key}`);
  return [
    { key: 'name', title: title('service'), kind: 'text', width: 2 },
    { key: 'address', title: title('address'), kind: 'code', width: 5 },
    { key: 'openedOn', title: title('opened-on'), kind: 'day', width: 2 },
    { key: 'endedOn', title: title('ended-on'), kind: 'day', width: 2 },
  ];
}

function sendChannels(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  sendPage(req, res, 'channels/channels', {
    ...{ title: t('channels:title'), rows: channelsOf(province.db, centre.id) },
    services: approvedServices(province.db),
    mayEdit: may(actor!, 'channels.edit', centre),
    ...refused,
  });
}
