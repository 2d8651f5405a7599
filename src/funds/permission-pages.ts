/** Leaves of a marja or mujtahid: the list, recording one, what was spent under it, ending it. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { attachedTo, layAttachments } from '../attachments/attachment-pages.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readLine, readName, readPaperNumber, readReason } from '../values/persian-text.ts';
import { type MoneyUnit, readRial } from '../values/rial.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { type Listing, listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { fundName, fundNames, fundsOf } from './funds.ts';
import {
  endPermission,
  findPermission,
  needsLeave,
  type Permission,
  permissionsOf,
  recordPermission,
} from './permissions.ts';
import { accountChoices, useName } from './shown.ts';

export const permissionPages = Router({ mergeParams: true });

const HERE = '/{province}/centres/{code}/funds/permissions';

const permissionForm = (today: string, unit: MoneyUnit = 'rial') =>
  z.object({
    fund: z.string(),
    givenBy: typed(readName),
    number: typed(readPaperNumber),
    ceiling: typed((text) => readRial(text, unit)),
    ceilingUnit: z.string().optional(),
    fromOn: typed((text) => readDay(text, { today })),
    toOn: typed((text) => readDay(text, { today })),
    document: typed((text) => readLine(text, { max: 200 })),
    uses: z.union([z.string(), z.array(z.string())]).optional(),
  });
const endingForm = z.object({ reason: typed(readReason) });

describeBody(`POST ${HERE}`, permissionForm(''));
describeBody(`POST ${HERE}/{permission}/ending`, endingForm);

permissionPages.get('/funds/permissions', allow('fund-statements.read'), async (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const permissions = permissionsOf(province.db, centre.id).map((one) => shown(res, one));
  await answer(res, {
    html: () =>
      sendPage(req, res, 'funds/permissions', {
        ...{ title: t('funds:permissions.title'), permissions },
        ...{ root: `${centreRoot(res)}/funds/permissions` },
        mayRecord: may(actor!, 'permissions.record', centre),
      }),
    ...listForms(req, res, listingOf(res, permissions)),
  });
});

permissionPages.get('/funds/permissions/new', allow('permissions.record'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res) });
});

permissionPages.post('/funds/permissions', allow('permissions.record'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const unit =
      (req.body as { ceilingUnit?: unknown })?.ceilingUnit === 'toman' ? 'toman' : 'rial';
    const {
      ceiling,
      uses,
      ceilingUnit: _,
      ...form
    } = readBody(req, permissionForm(actor!.today, unit));
    const known = accountChoices('fa', '6').map(({ value }) => value);
    const asked = [uses ?? []].flat().filter((use) => known.includes(use));
    const created = await enterOnce(req, res, (tx) => {
      const told = { ...form, ceilingRial: ceiling, uses: asked };
      const permission = recordPermission(tx, actor!, centre, told);
      return { location: addressOf(res, permission.id), body: permission };
    });
    sendCreated(req, res, created, t('funds:flash.permission'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

permissionPages.get(
  '/funds/permissions/:permission',
  allow('fund-statements.read'),
  async (req, res) => {
    const permission = named(req, res);
    await answer(res, {
      html: () => sendOne(req, res, permission),
      json: () => res.json(permission),
    });
  },
);

permissionPages.post(
  '/funds/permissions/:permission/ending',
  allow('permissions.record'),
  async (req, res) => {
    const { province, actor, centre, t } = res.locals;
    const { id } = named(req, res);
    try {
      const { reason } = readBody(req, endingForm);
      const body = await enter(province, (tx) => endPermission(tx, actor!, centre, { id, reason }));
      sendChanged(req, res, { to: addressOf(res, id), body }, t('funds:flash.permission-ended'));
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendOne(req, res, named(req, res), { ...refused, values: req.body as object }),
      );
    }
  },
);

/** The scan of the leave stands with it. */
layAttachments(permissionPages, {
  ...{ at: '/funds/permissions/:permission', told: `${HERE}/{permission}` },
  ...{ see: 'fund-statements.read', add: 'permissions.record' },
  held: (req, res) => {
    const permission = named(req, res);
    return {
      ...{ ...heldBy(res, permission.id), page: addressOf(res, permission.id) },
      again: (refused) => sendOne(req, res, permission, refused),
    };
  },
});

const addressOf = (res: Response, id: number) => `${centreRoot(res)}/funds/permissions/${id}`;

const heldBy = (res: Response, id: number) => ({
  ...{ subject: `permissions/${id}`, centre: res.locals.centre, address: addressOf(res, id) },
});

function named(req: Request, res: Response): Permission {
  const typedId = String(req.params.permission);
  if (!/^[1-9]\d{0,9}$/.test(typedId)) throw new NotFound();
  return findPermission(res.locals.province.db, res.locals.centre.id, Number(typedId));
}

function shown(res: Response, permission: Permission) {
  const { province, language, actor, t } = res.locals;
  const { fund, ceilingRial, spentRial, endedOn, fromOn, toOn, uses } = permission;
  const { today } = actor!;
  const isOpen = endedOn === null && fromOn <= today && today <= toOn;
  const state = isOpen
    ? spentRial < ceilingRial
      ? 'open'
      : 'spent'
    : fromOn > today
      ? 'early'
      : 'over';
  return {
    ...{ ...permission, leftRial: ceilingRial - spentRial, state },
    fundName: fundNames(province.db, language).get(fund) ?? fund,
    usesNamed: uses.map((use) => useName(use, language)).join(t('funds:comma')),
  };
}

function sendOne(req: Request, res: Response, permission: Permission, refused: object = {}): void {
  const { actor, centre, t, show } = res.locals;
  const number = show.digits(permission.number);
  sendPage(req, res, 'funds/permission', {
    ...{ title: t('funds:permissions.one', { number }), permission: shown(res, permission) },
    ...{ faults: {}, refusal: null, root: `${centreRoot(res)}/funds/permissions` },
    address: addressOf(res, permission.id),
    mayEnd: may(actor!, 'permissions.record', centre) && permission.endedOn === null,
    ...attachedTo(res, { ...heldBy(res, permission.id), add: 'permissions.record' }),
    ...refused,
  });
}

function sendForm(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, t, language } = res.locals;
  const funds = fundsOf(province.db, actor!.today).filter(needsLeave);
  sendPage(req, res, 'funds/permission-form', {
    ...{ title: t('funds:permissions.new'), key: randomUUID() },
    root: `${centreRoot(res)}/funds/permissions`,
    funds: funds.map((fund) => ({ value: fund.code, text: fundName(fund, language) })),
    choices: accountChoices(language, '6'),
    ...refused,
  });
}

function listingOf(res: Response, rows: ReturnType<typeof shown>[]): Listing {
  const { centre, t } = res.locals;
  const say = (key: string) => t(`funds:permissions.${key}`);
  const told = rows.map(({ uses: _, ...row }) => ({
    ...row,
    stateSaid: say(`states.${row.state}`),
  }));
  return {
    ...{ name: `permissions-${centre.code}`, title: say('title') },
    columns: [
      { key: 'number', title: say('number'), kind: 'code', width: 1 },
      { key: 'fundName', title: say('fund'), kind: 'text', width: 3 },
      { key: 'givenBy', title: say('givenBy'), kind: 'text', width: 3 },
      { key: 'ceilingRial', title: say('ceiling'), kind: 'rial', width: 3 },
      { key: 'spentRial', title: say('spent'), kind: 'rial', width: 3 },
      { key: 'leftRial', title: say('left'), kind: 'rial', width: 3 },
      { key: 'fromOn', title: say('fromOn'), kind: 'day', width: 2 },
      { key: 'toOn', title: say('toOn'), kind: 'day', width: 2 },
      { key: 'usesNamed', title: say('uses'), kind: 'text', width: 4 },
      { key: 'stateSaid', title: say('state'), kind: 'text', width: 2 },
    ],
    page: () => ({ rows: told, total: told.length }),
    all: () => told,
  };
}
