/** The places of a centre's network: three capacities, its six networks formed, and a referral. */
import { createRequire } from 'node:module';
import type { Actor } from '../src/access/actor.ts';
import type { Centre } from '../src/centres/centres.ts';
import {
  type CapacityTyped,
  followCapacity,
  openCapacity,
  recordCapacity,
} from '../src/network/capacities.ts';
import { joinNetwork, nameHead, recordMeeting } from '../src/network/network-deeds.ts';
import { NETWORKS, type NetworkKind, trusteeNames } from '../src/network/networks.ts';
import { askNetwork, takeStep } from '../src/network/referrals.ts';
import type { Tx } from '../src/provinces/connection.ts';
import { addDays } from '../src/values/jalali-date.ts';

type Told = Pick<CapacityTyped, 'kind' | 'title' | 'use' | 'place'> & {
  sight: 'open' | 'hidden';
  owner: string | null;
  mobile: string | null;
  next: string;
  shared: boolean;
};

const told = createRequire(import.meta.url)('./places.json') as {
  capacities: Told[];
  institutions: Record<NetworkKind, string>;
  meeting: { subject: string; resolutions: string };
  referral: { asked: string; code: string };
  answer: string;
};

/** What a chair has done some months after the licence. */
export function fillPlaces(tx: Tx, chair: Actor, centre: Centre): void {
  for (const capacity of told.capacities) fillCapacity(tx, chair, centre, capacity);
  const [head] = trusteeNames(tx, centre.id, chair.today);
  for (const network of NETWORKS) {
    nameHead(tx, chair, centre, network, { personId: head!.id });
    const institution = told.institutions[network];
    joinNetwork(tx, chair, centre, network, { kind: 'institution', institution });
  }
  recordMeeting(tx, chair, centre, 'housing', {
    ...{ ...told.meeting, metOn: chair.today, kind: 'working', present: 7, noPolitics: true },
  });
  fillReferral(tx, chair, centre);
}

function fillCapacity(tx: Tx, chair: Actor, centre: Centre, capacity: Told): void {
  const { kind, title, use, place, sight, owner, mobile, next, shared } = capacity;
  const { id } = recordCapacity(tx, chair, centre, {
    ...{ kind, title, use, place, isHidden: sight === 'hidden' },
    ...{ ownerName: owner, ownerMobile: mobile },
  });
  const step = { state: 'found' as const, nextStep: next, followedBy: 'assemblies' as const };
  followCapacity(tx, chair, centre, id, step);
  if (shared) openCapacity(tx, chair, centre, id, true);
}

function fillReferral(tx: Tx, chair: Actor, centre: Centre): void {
  const { number } = askNetwork(tx, chair, centre, {
    ...{ network: 'housing', need: 'repair', asked: told.referral.asked, source: 'unit' },
    ...{ householdCode: told.referral.code, dueOn: addDays(chair.today, 14) },
  });
  takeStep(tx, chair, centre, number, { state: 'accepted' });
  takeStep(tx, chair, centre, number, { state: 'answered', note: told.answer });
}
