/** Notes and coins of the rial, and sheets on which they are counted. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { type FieldFault, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { typedCount } from '../values/typed-number.ts';
import type { Form } from './schema.ts';

export type Denomination = { faceRial: number; form: Form };
/** So many of one note or coin. */
export type Pieces = Denomination & { pieces: number };
export type Sheet = Pieces[];

export type DenominationRow = Denomination & { fromOn: string; counts: number };

const statements = prepared((db) => ({
  on: db.$client.prepare(
    `SELECT face_rial AS faceRial, form FROM denominations d
     WHERE d.id = (SELECT x.id FROM denominations x WHERE x.face_rial = d.face_rial
         AND x.form = d.form AND x.from_on <= ? ORDER BY x.from_on DESC, x.id DESC LIMIT 1)
       AND d.counts = 1 ORDER BY form DESC, face_rial DESC`,
  ),
  all: db.$client.prepare(
    `SELECT face_rial AS faceRial, form, from_on AS fromOn, counts FROM denominations
     ORDER BY form DESC, face_rial DESC, from_on DESC, id DESC`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO denominations (face_rial, form, from_on, counts, act_id) VALUES (?, ?, ?, ?, ?)`,
  ),
}));

/** What is money on an ISO day: notes first, the largest first. */
export const denominationsOn = (db: Db, day: string): Denomination[] =>
  statements(db).on.all(day) as Denomination[];

export const denominationRows = (db: Db): DenominationRow[] =>
  statements(db).all.all() as DenominationRow[];

/** From a day on a note or a coin is counted, or no more. */
export function setDenomination(
  tx: Tx,
  actor: Actor,
  { faceRial, form, fromOn, counts }: Denomination & { fromOn: string; counts: boolean },
): DenominationRow {
  requirePower(actor, 'denominations.edit');
  if (fromOn < actor.today) {
    throw new Refusal('boxes:refusals.denomination-day', { status: 422, field: 'fromOn' });
  }
  const known = denominationsOn(tx, fromOn).some(
    (one) => one.faceRial === faceRial && one.form === form,
  );
  if (known === counts) {
    throw new Refusal('boxes:refusals.denomination-same', { status: 422, field: 'faceRial' });
  }
  const row = { faceRial, form, fromOn, counts: counts ? 1 : 0 };
  const deed = { kind: 'denomination.set', subject: `denominations/${form}-${faceRial}` };
  const act = record(tx, actor, { ...deed, after: row });
  statements(tx).insert.run(faceRial, form, fromOn, row.counts, act.id);
  return row;
}

export const sumOf = (sheet: Sheet): number =>
  sheet.reduce((sum, { faceRial, pieces }) => sum + faceRial * pieces, 0);

/** The name of a row's field on a form, as `note.100000`. */
export const fieldOf = ({ form, faceRial }: Denomination): string => `${form}.${faceRial}`;

type Body = Record<string, unknown>;

/** The sheet of a form (a field a note or coin) or of a program (`sheet`), read row by row. */
export function readSheet(body: Body, known: Denomination[]): Sheet {
  const faults: FieldFault[] = [];
  const cells = Array.isArray(body.sheet) ? cellsOf(body.sheet, faults) : body;
  const sheet = known.flatMap((one): Sheet => {
    const field = fieldOf(one);
    const typed = String(cells[field] ?? '').trim();
    const pieces = typed === '' ? 0 : typedCount(typed, 999_999);
    if (pieces === 0) return [];
    if (pieces === undefined) faults.push({ field, key: 'boxes:refusals.pieces' });
    return [{ ...one, pieces: pieces ?? 0 }];
  });
  const fields = new Set(known.map(fieldOf));
  const alien = Object.keys(cells).find((key) => /^(note|coin)\./.test(key) && !fields.has(key));
  if (alien) faults.push({ field: 'sheet', key: 'boxes:refusals.no-such-money' });
  if (faults.length > 0) {
    throw new Refusal('common:refusals.check-fields', { status: 422, fields: faults });
  }
  return sheet;
}

function cellsOf(sheet: unknown[], faults: FieldFault[]): Body {
  const cells: Body = {};
  sheet.slice(0, 100).forEach((row, at) => {
    const { form, faceRial, pieces } = (row ?? {}) as Body;
    const field = `${String(form)}.${String(faceRial)}`;
    if (field in cells || !/^(note|coin)\.\d+$/.test(field)) {
      faults.push({ field: `sheet.${at}`, key: 'boxes:refusals.no-such-money' });
    }
    cells[field] = pieces;
  });
  return cells;
}

/** What was typed as the total is what the sheet comes to, or one of them is wrong. */
export function requireSum(sheet: Sheet, totalRial: number): void {
  const sumRial = sumOf(sheet);
  if (sumRial === totalRial) return;
  throw new Refusal('boxes:refusals.sum-differs', {
    ...{ status: 422, field: 'total', values: { sumRial, totalRial } },
  });
}
