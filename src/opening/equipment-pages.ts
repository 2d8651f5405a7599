/** The equipment of a centre's office (B-115): the list, entering pieces, what became of each. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import { may } from '../access/powers.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import {
  EQUIPMENT_KINDS,
  EQUIPMENT_STATES,
  findPiece,
  markEquipment,
  missingKinds,
  NEEDED_KINDS,
  type Piece,
  receiveEquipment,
  statesOf,
} from './equipment.ts';
import { sendEquipment } from './equipment-list.ts';
import { markingForm, pieceForm, severalForm } from './forms.ts';
import { take } from './taking.ts';

export const equipmentPages = Router({ mergeParams: true });

equipmentPages.get('/equipment', allow('opening.read'), (req, res) => sendEquipment(req, res));

equipmentPages.get('/equipment/new', allow('equipment.edit'), (req, res) =>
  answer(res, { html: () => sendNew(req, res) }),
);

equipmentPages.post('/equipment', allow('equipment.edit'), (req, res) =>
  take(req, res, { page: sendNew, said: 'received' }, () => {
    const { actor, centre } = res.locals;
    const form = readBody(req, pieceForm(actor!.today));
    return enterOnce(req, res, (tx) => ({
      body: receiveEquipment(tx, actor!, centre, form),
      location: `${centreRoot(res)}/equipment`,
    }));
  }),
);

equipmentPages.get('/equipment/several', allow('equipment.edit'), (req, res) =>
  answer(res, { html: () => sendSeveral(req, res) }),
);

equipmentPages.post('/equipment/several', allow('equipment.edit'), (req, res) =>
  take(req, res, { page: sendSeveral, said: 'received-several' }, () => {
    const form = readBody(req, severalForm(res.locals.actor!.today));
    return enterOnce(req, res, (tx) => ({
      body: { pieces: receiveSeveral(tx, res, form) },
      location: `${centreRoot(res)}/equipment`,
    }));
  }),
);

equipmentPages.get('/equipment/:piece', allow('opening.read'), (req, res) => {
  const piece = pieceNamed(req, res);
  const states = statesOf(res.locals.province.db, piece.id);
  return answer(res, {
    html: () => sendPiece(req, res, piece),
    json: () => res.json({ ...piece, states }),
  });
});

equipmentPages.post('/equipment/:piece/states', allow('equipment.edit'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const piece = pieceNamed(req, res);
  try {
    const form = readBody(req, markingForm(actor!.today));
    const marked = await enter(province, (tx) => {
      return markEquipment(tx, actor!, centre, piece.id, form);
    });
    const to = `${centreRoot(res)}/equipment/${piece.id}`;
    sendChanged(req, res, { to, body: marked }, t('opening:flash.marked'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendPiece(req, res, piece, { ...refused, values: req.body as object }),
    );
  }
});

type Several = z.output<ReturnType<typeof severalForm>>;

/** Enters a piece of each kind that has a number; a number that is taken is told at its kind. */
function receiveSeveral(tx: Tx, res: Response, { givenBy, receivedOn, ...numbers }: Several) {
  const { actor, centre } = res.locals;
  const kinds = NEEDED_KINDS.filter((kind) => numbers[kind] !== undefined);
  if (kinds.length === 0) {
    throw new Refusal('opening:refusals.no-piece', { status: 422, field: NEEDED_KINDS[0] });
  }
  return kinds.map((kind) => {
    const piece = { kind, assetNumber: numbers[kind]!, givenBy, receivedOn };
    try {
      return receiveEquipment(tx, actor!, centre, piece);
    } catch (fault) {
      if (!(fault instanceof Refusal) || fault.details.field !== 'assetNumber') throw fault;
      throw new Refusal(fault.key, { ...fault.details, status: fault.status, field: kind });
    }
  });
}

function pieceNamed(req: Request, res: Response): Piece {
  const named = String(req.params.piece);
  if (!/^\d{1,10}$/.test(named)) throw new NotFound();
  return findPiece(res.locals.province.db, res.locals.centre.id, Number(named));
}

function sendNew(req: Request, res: Response, refused: object = {}): void {
  sendPage(req, res, 'opening/equipment-new', {
    ...{ title: res.locals.t('opening:equipment.new'), key: randomUUID() },
    ...{ kinds: EQUIPMENT_KINDS, values: { kind: String(req.query.kind ?? '') }, ...refused },
  });
}

function sendSeveral(req: Request, res: Response, refused: object = {}): void {
  const { province, centre, t } = res.locals;
  sendPage(req, res, 'opening/equipment-several', {
    ...{ title: t('opening:equipment.several'), key: randomUUID(), kinds: NEEDED_KINDS },
    ...{ missing: missingKinds(province.db, centre.id), ...refused },
  });
}

function sendPiece(req: Request, res: Response, piece: Piece, refused: object = {}): void {
  const { province, actor, centre, t, show } = res.locals;
  sendPage(req, res, 'opening/piece', {
    ...{ title: t('opening:equipment.piece', { number: show.digits(piece.assetNumber) }), piece },
    ...{ states: statesOf(province.db, piece.id), choices: EQUIPMENT_STATES },
    mayEdit: piece.state !== 'retired' && may(actor!, 'equipment.edit', centre),
    ...refused,
  });
}
