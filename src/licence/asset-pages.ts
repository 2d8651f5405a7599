/** B-102: the assets of a centre that is dissolved: listing, countersigning, printing. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { readName, readPaperNumber } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { type MoneyUnit, readRial } from '../values/rial.ts';
import { typedNumber } from '../values/typed-number.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, listForms } from '../web/lists.ts';
import { type Created, enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { countersignAsset, issueAssetList, listAsset, withdrawAsset } from './dissolution.ts';
import { type Asset, assetsOf, listOf } from './dissolution-rows.ts';
import { ASSET_KINDS, DISPOSALS } from './schema.ts';
import { standingOn } from './standing.ts';
import { leaveFor } from './states.ts';

export const assetPages = Router({ mergeParams: true });

const assetForm = (unit: MoneyUnit) =>
  z.object({
    kind: chosen(ASSET_KINDS),
    description: typed((text) => readName(text)),
    number: typedOrNone(readPaperNumber),
    quantity: typed(readQuantity),
    value: typed((text) => readValue(text, unit)),
    valueUnit: z.string().optional(),
    disposal: chosen(DISPOSALS),
    recipient: typed((text) => readName(text)),
  });

const HERE = '/{province}/centres/{code}/licence/assets';
describeBody(`POST ${HERE}`, assetForm('rial'));
describeWishes(
  `POST ${HERE}/{asset}/withdrawal`,
  `POST ${HERE}/{asset}/countersigning`,
  `POST ${HERE}/list`,
);

assetPages.get('/licence/assets', allow('assets.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const rows = assetsOf(province.db, centre.id).map(told);
  await answer(res, {
    html: () => sendAssets(req, res),
    ...listForms(req, res, {
      ...{ name: `assets-${centre.code}`, title: t('licence:assets.title') },
      columns: columnsOf(res),
      page: () => ({ rows, total: rows.length }),
      all: () => (res.locals.format === 'csv' ? rows : rows.map((row) => inWords(res, row))),
      totals: (db) => {
        const assets = assetsOf(db, centre.id);
        return { valueRial: assets.reduce((sum, { valueRial }) => sum + valueRial, 0) };
      },
    }),
  });
});

assetPages.post('/licence/assets', allow('assets.list'), (req, res) =>
  create(req, res, 'listed', (tx) => {
    const { actor, centre } = res.locals;
    const unit = (req.body as { valueUnit?: string }).valueUnit === 'toman' ? 'toman' : 'rial';
    const { value, valueUnit: _, number, ...form } = readBody(req, assetForm(unit));
    const listed = { ...form, number: number ?? null, valueRial: value };
    const asset = listAsset(tx, actor!, centre, listed);
    return { location: `${centreRoot(res)}/licence/assets`, body: told(asset) };
  }),
);

assetPages.post('/licence/assets/list', allow('assets.countersign'), (req, res) =>
  create(req, res, 'asset-list', (tx) => {
    const paperId = issueAssetList(tx, res.locals.actor!, res.locals.centre);
    return { location: `${centreRoot(res)}/papers/${paperId}`, body: { paperId } };
  }),
);

assetPages.post('/licence/assets/:asset/withdrawal', allow('assets.list'), (req, res) =>
  change(req, res, 'withdrawn', (tx, id) => {
    withdrawAsset(tx, res.locals.actor!, res.locals.centre, id);
    return { id, withdrawn: true };
  }),
);

assetPages.post('/licence/assets/:asset/countersigning', allow('assets.countersign'), (req, res) =>
  change(req, res, 'countersigned', (tx, id) =>
    told(countersignAsset(tx, res.locals.actor!, res.locals.centre, id)),
  ),
);

async function create(
  req: Request,
  res: Response,
  said: string,
  verb: (tx: Tx) => Created,
): Promise<void> {
  try {
    const created = await enterOnce(req, res, verb);
    sendCreated(req, res, created, res.locals.t(`licence:flash.${said}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendAssets(req, res, { ...refused, values: req.body as object }),
    );
  }
}

async function change(
  req: Request,
  res: Response,
  said: string,
  verb: (tx: Tx, id: number) => object,
): Promise<void> {
  const { province, t } = res.locals;
  try {
    const id = Number(req.params.asset);
    const body = await enter(province, (tx) => verb(tx, id));
    const to = `${centreRoot(res)}/licence/assets`;
    sendChanged(req, res, { to, body }, t(`licence:flash.${said}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => sendAssets(req, res, refused));
  }
}

function readQuantity(text: string): Reading<number> {
  const digits = typedNumber(text);
  const quantity = /^\d{1,6}$/.test(digits) ? Number(digits) : 0;
  return quantity >= 1 ? { value: quantity } : { fault: 'licence:refusals.quantity' };
}

/** A thing without worth is listed at nothing, which is no amount of money given. */
function readValue(text: string, unit: MoneyUnit): Reading<number> {
  return typedNumber(text) === '0' ? { value: 0 } : readRial(text, unit);
}

function told(asset: Asset) {
  const { id, kind, description, number, quantity, valueRial, disposal, recipient } = asset;
  const { listedOn, listedBy, countersignedOn, countersignedBy } = asset;
  return {
    ...{ id, kind, description, number, quantity, valueRial, disposal, recipient },
    ...{ listedOn, listedBy, countersignedOn, countersignedBy },
  };
}

function inWords({ locals: { t } }: Response, row: ReturnType<typeof told>) {
  return {
    ...row,
    kind: t(`licence:assets.kinds.${row.kind}`),
    disposal: t(`licence:assets.disposals.${row.disposal}`),
  };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`licence:assets.${key}`);
  return [
    { key: 'kind', title: title('kind'), kind: 'text', width: 2 },
    { key: 'description', title: title('description'), kind: 'text', width: 4 },
    { key: 'number', title: title('number'), kind: 'code', width: 2 },
    { key: 'quantity', title: title('quantity'), kind: 'count', width: 1 },
    { key: 'valueRial', title: title('value'), kind: 'rial', width: 3 },
    { key: 'disposal', title: title('disposal'), kind: 'text', width: 2 },
    { key: 'recipient', title: title('recipient'), kind: 'text', width: 3 },
    { key: 'countersignedOn', title: title('countersigned-on'), kind: 'day', width: 2 },
    { key: 'countersignedBy', title: title('countersigned-by'), kind: 'text', width: 3 },
  ];
}

function sendAssets(req: Request, res: Response, refused: object = {}): void {
  const { province, centre, actor, t } = res.locals;
  const { state, decision } = standingOn(province.db, centre.id, actor!.today);
  const assets = assetsOf(province.db, centre.id);
  const paper = decision ? (listOf(province.db, decision.id) ?? null) : null;
  const isOpen = leaveFor(state, 'asset-transfers') !== 'no' && paper === null;
  const can = (power: Parameters<typeof may>[1]) => isOpen && may(actor!, power, centre);
  const waiting = assets.filter(({ countersignedOn }) => countersignedOn === null).length;
  sendPage(req, res, 'licence/assets', {
    ...{ title: t('licence:assets.title'), assets, state, isOpen, paper, waiting },
    ...{ mayList: can('assets.list'), mayCountersign: can('assets.countersign') },
    mayPrint: can('assets.countersign') && state === 'dissolving' && waiting === 0,
    mayFinish: may(actor!, 'licences.decide', centre) && state === 'dissolving' && paper !== null,
    total: assets.reduce((sum, { valueRial }) => sum + valueRial, 0),
    ...{ me: actor!.user!.id, kinds: ASSET_KINDS, disposals: DISPOSALS, key: randomUUID() },
    ...refused,
  });
}
