/** Centres of the sample in every state of the licence, each brought there by the officers' own steps. */
import { createRequire } from 'node:module';
import { inCentre } from '../src/access/actor.ts';
import type { Conclusion } from '../src/bylaw/licence.ts';
import type { Centre } from '../src/centres/centres.ts';
import { decide } from '../src/licence/decisions.ts';
import {
  type AssetListed,
  countersignAsset,
  issueAssetList,
  listAsset,
} from '../src/licence/dissolution.ts';
import {
  type Filling,
  fillSection,
  openMonitoring,
  signResult,
} from '../src/licence/monitorings.ts';
import type { LicenceState } from '../src/licence/states.ts';
import type { Tx } from '../src/provinces/connection.ts';
import { addDays } from '../src/values/jalali-date.ts';
import type { Officers, Step } from './opening.ts';

type Asset = Omit<AssetListed, 'disposal' | 'recipient'>;

const told = createRequire(import.meta.url)('./lives.json') as {
  findings: { participation: string; supervision: string };
  reasons: Record<'suspend' | 'revoke' | 'dissolve' | 'finish', string>;
  assets: Asset[];
  recipient: string;
};

/** The offices that a decision asks beside those that open a centre. */
export type Supervisors = Officers & { deputy: number; inspector: number };

/** So many centres show every state; fewer all work. */
export const LIVES = 8;

const STATES: LicenceState[] = [
  ...(['active', 'before', 'warning', 'suspended'] as const),
  ...(['revoked', 'expired', 'dissolving', 'dissolved'] as const),
];

/** In which state the nth of so many centres is shown. */
export function stateOfNth(n: number, centres: number): LicenceState {
  const shown = centres >= LIVES ? STATES[n] : undefined;
  return shown ?? (n % 3 === 2 ? 'warning' : 'active');
}

/** In which of the two counties the nth lies: the first shows every state, the second a neighbour. */
export function countyOfNth(n: number, centres: number): 0 | 1 {
  if (centres >= LIVES && n < LIVES) return 0;
  return n % 2 === (centres >= LIVES ? 1 : 0) ? 0 : 1;
}

/** The last day of its licence, seen from the sample's last day. */
export function lastDay(state: LicenceState, today: string): string {
  if (state === 'expired') return addDays(today, -24);
  return addDays(today, state === 'warning' ? 24 : 330);
}

/** Decides on a centre that worked until today what brings it into this state. */
export function bringInto(
  tx: Tx,
  as: Step,
  officers: Supervisors,
  centre: Centre,
  { state, chair }: { state: LicenceState; chair: number },
): void {
  if (state === 'suspended') decideMonitored(tx, as, officers, centre, 'suspend');
  if (state === 'revoked') decideMonitored(tx, as, officers, centre, 'revoke');
  if (state !== 'dissolving' && state !== 'dissolved') return;
  decideOn(tx, as, officers, centre, 'dissolve');
  const ids = told.assets.map(
    (asset) =>
      listAsset(tx, inCentre(as(chair), centre.id), centre, {
        ...{ ...asset, disposal: 'transfer', recipient: told.recipient },
      }).id,
  );
  const signed = state === 'dissolved' ? ids : ids.slice(0, 1);
  for (const id of signed) countersignAsset(tx, as(officers.head), centre, id);
  if (state === 'dissolving') return;
  issueAssetList(tx, as(officers.head), centre);
  decideOn(tx, as, officers, centre, 'finish');
}

/** B-109: suspension and revocation follow a signed result of the four offices. */
function decideMonitored(
  tx: Tx,
  as: Step,
  officers: Supervisors,
  centre: Centre,
  kind: 'suspend' | 'revoke',
): void {
  monitor(tx, as, officers, centre, { conclusion: kind, scores: [62, 41] });
  decideOn(tx, as, officers, centre, kind);
}

/** B-20: the four offices fill in their sections, and the deputy signs what comes of them. */
export function monitor(
  tx: Tx,
  as: Step,
  officers: Supervisors,
  centre: Centre,
  { conclusion, scores }: { conclusion: Conclusion; scores: [number, number] },
): void {
  const { id } = openMonitoring(tx, as(officers.inspector), centre);
  const { participation, supervision } = told.findings;
  const cleared = (user: number): Filling => ({
    ...{ state: 'approved', number: `${id}/${user}`, decidedOn: as(user).today },
  });
  fillSection(tx, as(officers.deputy), id, { score: scores[0], findings: participation });
  fillSection(tx, as(officers.inspector), id, { score: scores[1], findings: supervision });
  for (const user of [officers.security, officers.selection]) {
    fillSection(tx, as(user), id, cleared(user));
  }
  signResult(tx, as(officers.deputy), centre, id, conclusion);
}

function decideOn(
  tx: Tx,
  as: Step,
  { deputy }: Supervisors,
  centre: Centre,
  kind: keyof typeof told.reasons,
): void {
  const number = `${centre.code}/${kind === 'finish' ? 2 : 1}`;
  decide(tx, as(deputy), centre, { kind, number, reason: told.reasons[kind] });
}
