/** What the province says of itself in every paper: the board's name, and the memorandum (B-1). */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { attachedTo, layAttachments } from '../attachments/attachment-pages.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName, readPaperNumber } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged } from '../web/written.ts';
import { BOARD_NAMES } from '../words.ts';
import { boardNameOn, boardNamings, nameBoard } from './board-name.ts';
import { memorandaOf, memorandumOrNone, recordMemorandum } from './memoranda.ts';

export const provincePages = Router({ mergeParams: true });

const boardForm = (today: string) =>
  z.object({
    name: chosen(BOARD_NAMES),
    fromOn: typedOrNone((text) => readDay(text, { today })),
  });

const party = typed((text) => readName(text, { max: 200 }));
const memorandumForm = (today: string) =>
  z.object({
    ...{ firstParty: party, secondParty: party },
    number: typed(readPaperNumber),
    signedOn: typed((text) => readDay(text, { today })),
  });

describeBody('POST /{province}/templates/board-name', boardForm(''));
describeBody('POST /{province}/templates/memorandum', memorandumForm(''));

provincePages.get('/templates/board-name', allow('templates.read'), async (req, res) => {
  await answer(res, {
    html: () => sendBoardName(req, res),
    json: () => res.json(boardNameTold(res)),
  });
});

provincePages.post('/templates/board-name', allow('templates.edit'), async (req, res) => {
  const { province, actor, t } = res.locals;
  try {
    const { name, fromOn = actor!.today } = readBody(req, boardForm(actor!.today));
    await enter(province, (tx) => nameBoard(tx, actor!, { name, fromOn }));
    const to = `${provinceRoot(res)}/templates/board-name`;
    const said = t('templates:flash.board-name', { name: t(`common:board-names.${name}.name`) });
    sendChanged(req, res, { to, body: boardNameTold(res) }, said);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendBoardName(req, res, { ...refused, values: req.body as object }),
    );
  }
});

provincePages.get('/templates/memorandum', allow('templates.read'), async (req, res) => {
  const { db } = res.locals.province;
  await answer(res, {
    html: () => sendMemorandum(req, res),
    json: () => res.json({ memorandum: memorandumOrNone(db) ?? null, versions: memorandaOf(db) }),
  });
});

provincePages.post('/templates/memorandum', allow('templates.edit'), async (req, res) => {
  const { province, actor, t } = res.locals;
  try {
    const form = readBody(req, memorandumForm(actor!.today));
    const body = await enter(province, (tx) => recordMemorandum(tx, actor!, form));
    const to = `${provinceRoot(res)}/templates/memorandum`;
    sendChanged(req, res, { to, body }, t('templates:flash.memorandum', { number: form.number }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendMemorandum(req, res, { ...refused, values: req.body as object }),
    );
  }
});

/** B-1: the scan of the memorandum; each version has its own. */
layAttachments(provincePages, {
  at: '/templates/memorandum/:version',
  told: '/{province}/templates/memorandum/{version}',
  ...{ see: 'templates.read', add: 'templates.edit' },
  held: (req, res) => {
    const version = Number(req.params.version);
    const versions = memorandaOf(res.locals.province.db);
    if (!versions.some((one) => one.version === version)) throw new NotFound();
    return {
      ...{ ...memorandumHeld(res, version), page: `${provinceRoot(res)}/templates/memorandum` },
      again: (refused) => sendMemorandum(req, res, { ...refused, refusedVersion: version }),
    };
  },
});

const memorandumHeld = (res: Response, version: number) => ({
  ...{ subject: `memoranda/${version}`, centre: null },
  address: `${provinceRoot(res)}/templates/memorandum/${version}`,
});

function boardNameTold(res: Response) {
  const { db } = res.locals.province;
  return { name: boardNameOn(db, res.locals.actor!.today), versions: boardNamings(db) };
}

function sendBoardName(req: Request, res: Response, refused: object = {}): void {
  const { actor, t } = res.locals;
  sendPage(req, res, 'templates/board-name', {
    ...{ title: t('templates:board-name.title'), ...boardNameTold(res), names: BOARD_NAMES },
    ...{ mayEdit: may(actor!, 'templates.edit'), ...refused },
  });
}

function sendMemorandum(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, t } = res.locals;
  sendPage(req, res, 'templates/memorandum', {
    title: t('templates:memorandum.title'),
    memorandum: memorandumOrNone(province.db) ?? null,
    refusedVersion: null,
    versions: memorandaOf(province.db).map((one) => ({
      ...one,
      ...attachedTo(res, { ...memorandumHeld(res, one.version), add: 'templates.edit' }),
    })),
    ...{ mayEdit: may(actor!, 'templates.edit'), ...refused },
  });
}
