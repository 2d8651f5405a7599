/** What the bylaw demands before a gift is entered, asked of the centre's own papers. */
import type { Actor } from '../access/actor.ts';
import { uphold } from '../bylaw/clause.ts';
import { mosqueApart } from '../bylaw/points.ts';
import { licenceBeforeActivity } from '../bylaw/rules.ts';
import { areaBeforeActivity } from '../bylaw/territory.ts';
import type { Centre } from '../centres/centres.ts';
import { refuseDecided } from '../licence/permission.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { isForMosque } from './funds.ts';

type Days = { fromOn: string; toOn: string };

const statements = prepared((db) => ({
  approvedOn: db.$client
    .prepare('SELECT min(from_on) FROM approved_boundaries WHERE centre_id = ?')
    .pluck(),
  licences: db.$client.prepare(
    'SELECT from_on AS fromOn, to_on AS toOn FROM current_licences WHERE centre_id = ? ORDER BY from_on',
  ),
}));

/** The day and the purpose of a gift; `field` is the one that names its day. */
type Asked = { receivedOn: string; purposeSearch: string | null; field?: string };

/** Refuses a gift that the centre may not take, on this day, for this purpose. */
export function upholdForGift(
  db: Db,
  actor: Actor,
  centre: Centre,
  { receivedOn, purposeSearch, field = 'receivedOn' }: Asked,
): void {
  if (receivedOn > actor.today) {
    throw new Refusal('donations:refusals.future', { status: 422, field });
  }
  requireArea(db, centre, receivedOn, field);
  refuseDecided(db, centre.id, actor.today, 'donations');
  refuseDecided(db, centre.id, receivedOn, 'donations', { status: 422, field });
  requireLicence(db, actor, centre, receivedOn, field);
  const meantForMosque = purposeSearch !== null && isForMosque(db, purposeSearch);
  uphold(mosqueApart, { meantForMosque }, { status: 422, field: 'purpose' });
}

function requireArea(db: Db, centre: Centre, actOn: string, field: string): void {
  const approvedOn = (statements(db).approvedOn.get(centre.id) ?? undefined) as string | undefined;
  if (areaBeforeActivity.holds({ approvedOn, actOn })) return;
  if (approvedOn === undefined) {
    uphold(areaBeforeActivity, { approvedOn, actOn }, { mend: '/boundary' });
  }
  throw new Refusal('donations:refusals.before-area', {
    ...{ status: 422, clause: areaBeforeActivity.id, field },
  });
}

/** Without a licence today nothing is done; with one, the day of the gift may still be the fault. */
function requireLicence(db: Db, actor: Actor, centre: Centre, actOn: string, field: string): void {
  const licences = statements(db).licences.all(centre.id) as Days[];
  const { today } = actor;
  if (licenceBeforeActivity.holds({ licences, actOn, today })) return;
  uphold(licenceBeforeActivity, { licences, actOn: today, today }, { mend: '/compliance' });
  const key = licences.some(({ toOn }) => toOn < actOn) ? 'after-licence' : 'before-licence';
  throw new Refusal(`donations:refusals.${key}`, {
    ...{ status: 422, clause: licenceBeforeActivity.id, field },
  });
}
