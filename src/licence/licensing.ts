/** B-128: a centre is licensed once it has what the bylaw asks for before its first licence. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { refuseUnready } from '../opening/steps.ts';
import type { Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { tellLicensed } from './decision-notices.ts';
import {
  type Licence,
  type LicenceIssue,
  licencesOf,
  recordLicence,
  refuseTakenNumber,
  refuseTurnedDays,
} from './licences.ts';

/**
 * Licenses a centre for the first time, for a reason, and tells those concerned; every further
 * licence is a renewal, and the deputy's to decide (B-109).
 */
export function issueLicence(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  issue: LicenceIssue & { reason: string },
): Licence {
  requirePower(actor, 'licences.issue', centre);
  const { number, fromOn, toOn } = issue;
  refuseTurnedDays(fromOn, toOn);
  refuseTakenNumber(tx, number, 'number');
  const known = licencesOf(tx, centre.id);
  refuseClash(known, issue);
  if (known.length > 0) {
    const mend = '/licence/renewal';
    throw new Refusal('licence:refusals.renewal-decided', { clause: 'B-109', mend });
  }
  // It may begin later than it is given: until then the centre is told that it waits for its day.
  if (fromOn < actor.today) {
    const values = { issuedOn: actor.today };
    throw new Refusal('licence:refusals.before-decision', {
      ...{ status: 422, clause: 'B-128', field: 'from', values },
    });
  }
  refuseUnready(tx, centre, actor.today);
  const { licence, act } = recordLicence(tx, actor, centre, issue);
  tellLicensed(tx, actor, centre, act, licence);
  return licence;
}

/** Refuses days of which one is another licence's already. */
export function refuseClash(known: Licence[], { fromOn, toOn }: LicenceIssue): void {
  const clash = known.find((licence) => licence.fromOn <= toOn && licence.toOn >= fromOn);
  if (!clash) return;
  const values = { number: clash.number };
  throw new Refusal('licence:refusals.licence-overlaps', {
    ...{ clause: 'B-128', field: 'from', values },
  });
}
