/** B-102: from «dissolving» on the centre only gives away what it has, each line countersigned. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { issueLetter } from '../paper/letters.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { type Recorded, record } from '../trail/acts.ts';
import {
  type Asset,
  type AssetKind,
  assetsOf,
  type Disposal,
  findAsset,
  listOf,
} from './dissolution-rows.ts';
import { type Decision, standingOn } from './standing.ts';
import { leaveFor } from './states.ts';

export type AssetListed = {
  kind: AssetKind;
  description: string;
  number?: string | null;
  quantity: number;
  valueRial: number;
  disposal: Disposal;
  recipient: string;
};

const statements = prepared((db) => ({
  list: db.$client.prepare(
    `INSERT INTO dissolution_assets (centre_id, decision_id, kind, description, number, quantity,
       value_rial, disposal, recipient, listed_on, listed_by, act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  withdraw: db.$client.prepare('INSERT INTO dissolution_withdrawals VALUES (?, ?, ?, ?)'),
  countersign: db.$client.prepare('INSERT INTO dissolution_countersignings VALUES (?, ?, ?, ?)'),
  print: db.$client.prepare('INSERT INTO dissolution_lists VALUES (?, ?, ?, ?, ?)'),
}));

/** Lists one thing and what becomes of it; nothing leaves before the committee countersigns. */
export function listAsset(tx: Tx, actor: Actor, centre: Centre, listed: AssetListed): Asset {
  requirePower(actor, 'assets.list', centre);
  const decision = openDissolution(tx, actor, centre);
  const { kind, description, quantity, valueRial, disposal, recipient } = listed;
  const number = listed.number ?? null;
  const after = { kind, description, number, quantity, valueRial, disposal, recipient };
  const act = record(tx, actor, {
    ...{ kind: 'asset.listed', subject: 'dissolution/assets', centreId: centre.id, after },
  });
  const { lastInsertRowid } = statements(tx).list.run(
    ...[centre.id, decision.id, kind, description, number, quantity, valueRial, disposal],
    ...[recipient, actor.today, actor.user!.id, act.id],
  );
  return findAsset(tx, centre.id, Number(lastInsertRowid));
}

/** Takes a mistaken line back; once countersigned it stays. */
export function withdrawAsset(tx: Tx, actor: Actor, centre: Centre, id: number): void {
  requirePower(actor, 'assets.list', centre);
  openDissolution(tx, actor, centre);
  const asset = findAsset(tx, centre.id, id);
  refuseCountersigned(asset);
  const act = deed(tx, actor, centre, { step: 'withdrawn', asset });
  statements(tx).withdraw.run(id, actor.today, actor.user!.id, act.id);
}

/** B-102: an officer of the committee, and never the one who listed it. */
export function countersignAsset(tx: Tx, actor: Actor, centre: Centre, id: number): Asset {
  requirePower(actor, 'assets.countersign', centre);
  openDissolution(tx, actor, centre);
  const asset = findAsset(tx, centre.id, id);
  refuseCountersigned(asset);
  if (asset.listedById === actor.user!.id) {
    throw new Refusal('licence:refusals.own-line', { clause: 'B-102', status: 403 });
  }
  const act = deed(tx, actor, centre, { step: 'countersigned', asset });
  statements(tx).countersign.run(id, actor.today, actor.user!.id, act.id);
  return findAsset(tx, centre.id, id);
}

/** Prints the list for its signatures, which closes it. A centre that had nothing says so. */
export function issueAssetList(tx: Tx, actor: Actor, centre: Centre): number {
  requirePower(actor, 'assets.countersign', centre);
  const decision = openDissolution(tx, actor, centre);
  if (decision.kind !== 'dissolve') throw refusal('list-while-dissolving');
  const assets = assetsOf(tx, centre.id);
  if (assets.some(({ countersignedOn }) => countersignedOn === null)) throw refusal('open-lines');
  const t = wordsOn(tx, actor.today);
  const totalRial = assets.reduce((sum, { valueRial }) => sum + valueRial, 0);
  const paper = issueLetter(tx, actor, {
    ...{ centre, kind: 'asset-list', head: 'committee' },
    addressee: [t('licence:letter.addressee', { centre: centre.name })],
    values: {
      ...{ count: assets.length, totalRial },
      ...{ decision: decision.number, decidedOn: decision.decidedOn },
    },
    tables: [assetTable(t, assets, totalRial)],
    witnesses: (['chair', 'admin-finance', 'inspector'] as const).map((office) => ({
      ...{ name: null, office: t(`licence:assets.signs.${office}`) },
    })),
    deed: {
      ...{ kind: 'asset-list.issued', subject: `licence-decisions/${decision.number}` },
      after: { lines: assets.length, totalRial },
    },
  });
  statements(tx).print.run(decision.id, centre.id, paper.paperId, actor.user!.id, paper.act.id);
  return paper.paperId;
}

type Words = ReturnType<typeof wordsOn>;

function assetTable(t: Words, assets: Asset[], totalRial: number) {
  const title = (key: string) => t(`licence:assets.${key}`);
  return {
    columns: [
      { title: title('row'), kind: 'count' as const, width: 1 },
      { title: title('description'), kind: 'text' as const, width: 5 },
      { title: title('number'), kind: 'code' as const, width: 2 },
      { title: title('quantity'), kind: 'count' as const, width: 1.4 },
      { title: title('value'), kind: 'rial' as const, width: 3 },
      { title: title('fate'), kind: 'text' as const, width: 4 },
      { title: title('countersigned-by'), kind: 'text' as const, width: 3 },
    ],
    rows: assets.map((asset, at) => [
      ...[at + 1, `${title(`kinds.${asset.kind}`)}: ${asset.description}`, asset.number],
      ...[asset.quantity, asset.valueRial],
      ...[t(`licence:assets.goes-${asset.disposal}`, { to: asset.recipient })],
      asset.countersignedBy,
    ]),
    total: [null, title('total'), null, null, totalRial, null, null],
  };
}

/** The decision under which assets are listed now; refused in every state that has none. */
function openDissolution(tx: Tx, actor: Actor, centre: Centre): Decision {
  const { state, decision } = standingOn(tx, centre.id, actor.today);
  if (!decision || leaveFor(state, 'asset-transfers') === 'no') throw refusal('no-dissolution');
  if (listOf(tx, decision.id) !== undefined) throw refusal('list-issued');
  return decision;
}

function refuseCountersigned({ countersignedOn }: Asset): void {
  if (countersignedOn !== null) throw refusal('countersigned');
}

const refusal = (key: string) =>
  new Refusal(`licence:refusals.${key}`, { clause: 'B-102', mend: '/licence/assets' });

function deed(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { step, asset: { id, description } }: { step: string; asset: Asset },
): Recorded {
  return record(tx, actor, {
    ...{ kind: `asset.${step}`, subject: `dissolution/assets/${id}`, centreId: centre.id },
    after: { id, description },
  });
}
