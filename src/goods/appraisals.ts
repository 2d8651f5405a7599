/** Two sign what a lot is worth: one proposes, another agrees or sends it back; the minutes say both. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { issueLetter } from '../paper/letters.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { record } from '../trail/acts.ts';
import { persianDigits } from '../values/persian-text.ts';
import { formatQuantity } from '../values/quantity.ts';
import { type Moving, moveAndBook } from './booking.ts';
import { GIVEN, inspectionOf } from './inspections.ts';
import type { Lot } from './lots.ts';
import { type Stock, stockOfLot } from './moves.ts';
import type { Basis } from './schema.ts';

export type Appraisal = {
  id: number;
  lotId: number;
  /** For all that lay there. */
  valueRial: number;
  basis: Basis;
  note: string | null;
  proposedOn: string;
  proposedBy: number;
  proposedByName: string;
  /** Null while nobody answered. */
  agreed: boolean | null;
  reason: string | null;
  answeredOn: string | null;
  answeredByName: string | null;
  /** The minutes, of one that was agreed to. */
  paperId: number | null;
};

const statements = prepared(({ $client: client }) => ({
  ofLot: client.prepare(
    `SELECT a.id, a.lot_id AS lotId, a.value_rial AS valueRial, a.basis, a.note,
       a.proposed_on AS proposedOn, a.proposed_by AS proposedBy, p.name AS proposedByName,
       w.agreed, w.reason, w.answered_on AS answeredOn, u.name AS answeredByName, r.id AS paperId
     FROM lot_appraisals a JOIN users p ON p.id = a.proposed_by
     LEFT JOIN lot_appraisal_answers w ON w.appraisal_id = a.id
     LEFT JOIN users u ON u.id = w.answered_by
     LEFT JOIN papers r ON r.act_id = w.act_id AND r.kind = 'appraisal'
     WHERE a.lot_id = ? ORDER BY a.id`,
  ),
  nextId: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM lot_appraisals').pluck(),
  insert: client.prepare('INSERT INTO lot_appraisals VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
  answer: client.prepare('INSERT INTO lot_appraisal_answers VALUES (?, ?, ?, ?, ?, ?)'),
}));

type Row = Omit<Appraisal, 'agreed'> & { agreed: number | null };

/** What was proposed for a lot, the last one at the end. */
export function appraisalsOf(db: Db, lotId: number): Appraisal[] {
  const rows = statements(db).ofLot.all(lotId) as Row[];
  return rows.map((row) => ({ ...row, agreed: row.agreed === null ? null : row.agreed === 1 }));
}

export type Proposal = { valueRial: number; basis: Basis; note: string | null };

export function proposeValue(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { lot, ...proposal }: Proposal & { lot: Lot },
): Appraisal {
  requirePower(actor, 'goods.appraise', centre);
  requireInspected(tx, lot);
  const last = appraisalsOf(tx, lot.id).at(-1);
  if (last?.agreed) throw new Refusal('goods:refusals.appraised');
  if (last && last.agreed === null) throw new Refusal('goods:refusals.appraisal-waits');
  requireStock(tx, lot);
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'lot.appraised', subject: `lots/${lot.id}`, centreId: centre.id },
    after: { appraisal: id, ...proposal },
  });
  const { valueRial, basis, note } = proposal;
  statements(tx).insert.run(
    ...[id, lot.id, valueRial, basis, note, actor.today, actor.user!.id, act.id],
  );
  return appraisalsOf(tx, lot.id).at(-1)!;
}

/** Another than who proposed agrees: the difference is booked and the minutes are issued. */
export function agreeValue(tx: Tx, actor: Actor, centre: Centre, lot: Lot): Appraisal {
  requirePower(actor, 'goods.appraise', centre);
  const { proposal, here } = waiting(tx, actor, lot);
  const difference = proposal.valueRial - here.valueRial;
  const moves: Moving[] = [];
  if (difference !== 0) {
    moves.push({
      ...{ lotId: lot.id, storeId: here.storeId, kind: 'appraised', quantityMilli: 0 },
      ...{ valueRial: difference, account: lot.account, fund: lot.fund },
    });
  }
  const values = { lot: persianDigits(String(lot.number)), item: lot.itemName };
  const subject = `lots/${lot.id}`;
  const told = { kind: 'lot.appraisal-agreed', subject };
  const deed = {
    ...{ ...told, moves, words: 'appraised', values, against: GIVEN },
    after: { appraisal: proposal.id, difference },
    recorded: (after: object) =>
      issueMinutes(tx, actor, centre, { lot, proposal, here, deed: { ...told, after } }),
  };
  moveAndBook(tx, actor, centre, deed, ({ actId }) => {
    statements(tx).answer.run(proposal.id, 1, null, actor.today, actor.user!.id, actId);
  });
  return appraisalsOf(tx, lot.id).at(-1)!;
}

export function sendValueBack(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { lot, reason }: { lot: Lot; reason: string },
): Appraisal {
  requirePower(actor, 'goods.appraise', centre);
  const { proposal } = waiting(tx, actor, lot);
  const act = record(tx, actor, {
    ...{ kind: 'lot.appraisal-sent-back', subject: `lots/${lot.id}`, centreId: centre.id },
    after: { appraisal: proposal.id, reason },
  });
  statements(tx).answer.run(proposal.id, 0, reason, actor.today, actor.user!.id, act.id);
  return appraisalsOf(tx, lot.id).at(-1)!;
}

function waiting(tx: Tx, actor: Actor, lot: Lot): { proposal: Appraisal; here: Stock } {
  const proposal = appraisalsOf(tx, lot.id).at(-1);
  if (!proposal || proposal.agreed !== null) throw new Refusal('goods:refusals.no-proposal');
  if (proposal.proposedBy === actor.user?.id) {
    throw new Refusal('goods:refusals.appraisal-two', {
      values: { name: proposal.proposedByName },
    });
  }
  return { proposal, here: requireStock(tx, lot) };
}

function requireInspected(db: Db, lot: Lot): void {
  const inspection = inspectionOf(db, lot.id);
  if (inspection && inspection.result !== 'refused') return;
  throw new Refusal('goods:refusals.not-yet-inspected');
}

/** An unready lot lies whole in the store it came into. */
function requireStock(db: Db, lot: Lot): Stock {
  const [here] = stockOfLot(db, lot.id);
  if (!here) throw new Refusal('goods:refusals.nothing-left');
  return here;
}

type Minutes = {
  lot: Lot;
  proposal: Appraisal;
  here: Stock;
  deed: { kind: string; subject: string; after: object };
};

function issueMinutes(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { lot, proposal, here, deed }: Minutes,
): { id: number } {
  const t = wordsOn(tx, actor.today);
  const unit = t(`goods:units.${lot.unit}`);
  const column = (key: string, kind: 'text' | 'rial' | 'code' | 'day', width: number) => {
    return { title: t(`goods:columns.${key}`), kind, width };
  };
  const letter = issueLetter(tx, actor, {
    ...{ centre, kind: 'appraisal', head: 'centre', deed },
    addressee: [t('goods:appraisal.for-the-file')],
    values: {
      ...{
        item: lot.itemName,
        lot: String(lot.number),
        valueBasis: t(`goods:bases.${proposal.basis}`),
      },
      ...{ proposedOn: proposal.proposedOn, totalRial: proposal.valueRial },
      ...{ note: proposal.note ?? undefined },
    },
    tables: [
      {
        columns: [
          column('item', 'text', 4),
          column('quantity', 'text', 2),
          column('condition', 'text', 2),
          column('expires', 'day', 2),
          column('receipted', 'rial', 3),
          column('appraised', 'rial', 3),
        ],
        rows: [
          [
            ...[lot.itemName, `${formatQuantity(here.quantityMilli, 'fa')} ${unit}`],
            ...[t(`goods:conditions.${lot.condition}`), lot.expiresOn],
            ...[here.valueRial, proposal.valueRial],
          ],
        ],
      },
    ],
    witnesses: [
      { name: proposal.proposedByName, office: t('goods:appraisal.first') },
      { name: actor.user!.name, office: t('goods:appraisal.second') },
    ],
  });
  return letter.act;
}
