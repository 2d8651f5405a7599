/** The list of a centre's equipment, as a page, as data, and printed for the office's wall. */
import type { Request, Response } from 'express';
import { may } from '../access/powers.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import {
  type Column,
  everyRow,
  listForms,
  pageAsked,
  ROWS_PER_PAGE,
  type Row,
} from '../web/lists.ts';
import { sendPage } from '../web/views.ts';
import {
  countEquipment,
  EQUIPMENT_KINDS,
  EQUIPMENT_STATES,
  equipmentOf,
  missingKinds,
  type Piece,
  type PieceFilter,
} from './equipment.ts';

export async function sendEquipment(req: Request, res: Response): Promise<void> {
  const { province, centre, t, format } = res.locals;
  const filter = { kind: wordAsked(req.query, 'kind'), state: wordAsked(req.query, 'state') };
  const total = countEquipment(province.db, centre.id, filter);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const pieces = equipmentOf(province.db, centre.id, filter, { limit: ROWS_PER_PAGE, offset });
  const said = (piece: Piece) => (format === 'csv' ? told(piece) : inWords(res, piece));
  await answer(res, {
    html: () => sendList(req, res, { pieces, total, filter }),
    ...listForms(req, res, {
      ...{ name: `equipment-${centre.code}`, title: t('opening:equipment.list') },
      columns: columnsOf(res),
      page: () => ({ rows: pieces.map(told), total }),
      all: (db) =>
        everyRow((limit, from) =>
          equipmentOf(db, centre.id, filter, { limit, offset: from }).map(said),
        ),
    }),
  });
}

type Listed = { pieces: Piece[]; total: number; filter: PieceFilter };

function sendList(req: Request, res: Response, { pieces, total, filter }: Listed): void {
  const { province, actor, centre, t } = res.locals;
  sendPage(req, res, 'opening/equipment', {
    ...{ title: t('opening:equipment.title'), pieces, total, at: pageAsked(req) },
    of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
    ...{ kinds: EQUIPMENT_KINDS, states: EQUIPMENT_STATES },
    missing: missingKinds(province.db, centre.id),
    isFiltered: Object.values(filter).some((word) => word !== undefined),
    mayEdit: may(actor!, 'equipment.edit', centre),
  });
}

function told({ id, assetNumber, kind, name, givenBy, receivedOn, state, ...rest }: Piece): Row {
  return { id, assetNumber, kind, name, givenBy, receivedOn, state, reason: rest.reason };
}

function inWords({ locals: { t } }: Response, piece: Piece): Row {
  const { kind, state } = piece;
  return { ...told(piece), kind: t(`opening:kinds.${kind}`), state: t(`opening:piece.${state}`) };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`opening:equipment.${key}`);
  return [
    { key: 'assetNumber', title: title('asset-number'), kind: 'code', width: 2 },
    { key: 'kind', title: title('kind'), kind: 'text', width: 2 },
    { key: 'name', title: title('name'), kind: 'text', width: 3 },
    { key: 'givenBy', title: title('given-by'), kind: 'text', width: 3 },
    { key: 'receivedOn', title: title('received-on'), kind: 'day', width: 2 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
  ];
}
