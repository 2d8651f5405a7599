/** The funds of the province: each with its words, rules and uses; the deputy writes new versions. */
import { randomUUID } from 'node:crypto';
import { type NextFunction, type Request, type Response, Router } from 'express';
import { may, requirePower } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer, wantsJson } from '../web/formats.ts';
import { type Column, type Listing, listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged, sendCreated } from '../web/written.ts';
import { type Fund, findFund, fundsOf, versionsOfFund } from './funds.ts';
import { newFundForm, readNewFund, readRevision, revisionForm } from './rule-form.ts';
import { accountChoices, differences, type FundShown, fundShown } from './shown.ts';
import { addFund, historyOf, revised, reviseFund } from './versions.ts';

export const rulePages = Router({ mergeParams: true });

describeBody('POST /{province}/funds', newFundForm(''));
describeBody('POST /{province}/funds/{fund}', revisionForm(''));

/** The rules are read by the committee and by whoever sits on any board. */
function allowReading(_req: Request, res: Response, next: NextFunction): void {
  const { actor } = res.locals;
  const sits = actor?.seats.some(({ centreId }) =>
    may(actor, 'funds.read', { id: centreId, countyId: 0 }),
  );
  if (actor && !sits) requirePower(actor, 'funds.read');
  next();
}

rulePages.get('/funds', allowReading, async (req, res) => {
  const { province, actor, t } = res.locals;
  const funds = fundsOf(province.db, actor!.today).map((fund) => fundShown(res, fund));
  await answer(res, {
    html: () =>
      sendPage(req, res, 'funds/list', {
        ...{ title: t('funds:title'), funds, mayEdit: may(actor!, 'funds.edit') },
      }),
    ...listForms(req, res, listing(res, 'funds')),
    json: () => res.json({ funds }),
  });
});

/** Which gift reaches whom: the sheet for the wall. */
rulePages.get('/funds/wall', allowReading, async (req, res) => {
  const { province, actor, t } = res.locals;
  const funds = fundsOf(province.db, actor!.today).filter(({ takesGifts }) => takesGifts);
  await answer(res, {
    html: () =>
      sendPage(req, res, 'funds/wall', {
        ...{
          title: t('funds:wall.title'),
          funds: funds.map((fund) => onWall(fundShown(res, fund))),
        },
      }),
    ...listForms(req, res, listing(res, 'wall')),
  });
});

rulePages.get('/funds/new', allow('funds.edit'), async (req, res) => {
  await answer(res, { html: () => sendNew(req, res) });
});

rulePages.post('/funds', allow('funds.edit'), async (req, res) => {
  const { actor, t } = res.locals;
  try {
    const asked = readNewFund(req, res);
    const created = await enterOnce(req, res, (tx) => {
      const fund = addFund(tx, actor!, asked);
      return { location: `${provinceRoot(res)}/funds/${fund.code}`, body: fundShown(res, fund) };
    });
    sendCreated(req, res, created, t('funds:flash.added'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendNew(req, res, { ...refused, values: req.body as object }),
    );
  }
});

rulePages.get('/funds/:fund', allowReading, async (req, res) => {
  const { province, actor } = res.locals;
  const fund = fundNamed(req, res);
  const shown = fundShown(res, fund);
  const history = historyOf(province.db, fund.code);
  await answer(res, {
    html: () =>
      sendPage(req, res, 'funds/fund', {
        ...{ title: shown.name, fund: shown, history, changes: changesOf(res, fund.code) },
        mayEdit: may(actor!, 'funds.edit'),
      }),
    json: () => res.json({ ...shown, versions: history }),
  });
});

rulePages.get('/funds/:fund/edit', allow('funds.edit'), async (req, res) => {
  await answer(res, { html: () => sendEdit(req, res, newest(req, res)) });
});

/** A reader sees what changes before it is set; a program knows what it sends. */
rulePages.post('/funds/:fund', allow('funds.edit'), async (req, res) => {
  const { province, actor, t } = res.locals;
  const before = newest(req, res);
  try {
    const revision = readRevision(req, res, before);
    const { confirmed } = req.body as { confirmed?: unknown };
    if (!wantsJson(req, res) && confirmed !== '1') {
      sendPreview(req, res, before, revised(before, revision), revision.fromOn);
      return;
    }
    const fund = await enter(province, (tx) => reviseFund(tx, actor!, before.code, revision));
    const to = `${provinceRoot(res)}/funds/${fund.code}`;
    sendChanged(req, res, { to, body: fundShown(res, fund) }, t('funds:flash.revised'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendEdit(req, res, before, { ...refused, values: req.body as object }),
    );
  }
});

/** The fund as it is today; one that has not begun yet as it will be. */
function fundNamed(req: Request, res: Response): Fund {
  const { province, actor } = res.locals;
  const code = String(req.params.fund);
  const fund = findFund(province.db, code, actor!.today) ?? findFund(province.db, code);
  if (!fund) throw new NotFound();
  return fund;
}

function newest(req: Request, res: Response): Fund {
  const fund = findFund(res.locals.province.db, String(req.params.fund));
  if (!fund) throw new NotFound();
  return fund;
}

/** What each version changed, by its number. */
function changesOf(res: Response, code: string) {
  const versions = versionsOfFund(res.locals.province.db, code);
  return Object.fromEntries(
    versions.slice(0, -1).map((one, at) => [one.version, differences(res, versions[at + 1]!, one)]),
  );
}

const choicesOf = (res: Response, fund?: Fund) =>
  accountChoices(res.locals.language, fund?.code === 'running-costs' ? '7' : '6');

function sendEdit(req: Request, res: Response, fund: Fund, refused: object = {}): void {
  const { t } = res.locals;
  const shown = fundShown(res, fund);
  sendPage(req, res, 'funds/edit', {
    ...{ title: t('funds:edit.title', { name: shown.name }), fund, shown },
    ...{ choices: choicesOf(res, fund), ...refused },
  });
}

function sendNew(req: Request, res: Response, refused: object = {}): void {
  const { t, language } = res.locals;
  sendPage(req, res, 'funds/new', {
    ...{ title: t('funds:edit.new'), choices: choicesOf(res), key: randomUUID() },
    incomes: accountChoices(language, '51', '53').filter(({ value }) => value !== '5111'),
    ...refused,
  });
}

function sendPreview(req: Request, res: Response, before: Fund, after: Fund, fromOn: string): void {
  const { t } = res.locals;
  const shown = fundShown(res, before);
  const fields = Object.entries(req.body as Record<string, string | string[]>)
    .filter(([name]) => !['_csrf', '_page', '_key', 'confirmed'].includes(name))
    .flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one })));
  sendPage(req, res, 'funds/preview', {
    ...{ title: t('funds:preview.title', { name: shown.name }), fund: shown, fromOn, fields },
    changes: differences(res, before, after),
  });
}

function listing(res: Response, name: 'funds' | 'wall'): Listing {
  const { province, actor, t } = res.locals;
  const say = (key: string) => t(`funds:columns.${key}`);
  const rows = fundsOf(province.db, actor!.today)
    .filter(({ takesGifts }) => name === 'funds' || takesGifts)
    .map((fund) =>
      rowOf(res, name === 'wall' ? onWall(fundShown(res, fund)) : fundShown(res, fund)),
    );
  const columns: Column[] = [
    { key: 'name', title: say('name'), kind: 'text', width: 3 },
    { key: 'rules', title: say('rules'), kind: 'text', width: 7 },
    { key: 'uses', title: say('uses'), kind: 'text', width: 5 },
    { key: 'marja', title: say('marja'), kind: 'text', width: 2 },
    { key: 'fromOn', title: say('fromOn'), kind: 'day', width: 2 },
  ];
  const three = columns.slice(0, 3);
  return {
    ...{ name, title: t(name === 'wall' ? 'funds:wall.title' : 'funds:title') },
    columns:
      name === 'wall' ? three : [{ key: 'code', title: say('code'), kind: 'code' }, ...columns],
    page: () => ({ rows, total: rows.length }),
    all: () => rows,
  };
}

/** On the wall stands what tells one fund from another, not what holds of them all. */
const onWall = (fund: FundShown): FundShown => ({
  ...fund,
  rules: fund.rules.filter(({ rule }) => !/^(not-for-running-costs|change-)/.test(rule)),
});

function rowOf({ locals: { t } }: Response, fund: FundShown) {
  const { code, name, marja, fromOn, rules, uses } = fund;
  return {
    ...{ code, name, marja, fromOn, rules: rules.map(({ words }) => words).join(' ') },
    uses: uses.map((use) => use.name).join(t('funds:comma')),
  };
}
