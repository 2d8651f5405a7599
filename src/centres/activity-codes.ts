/** B-117: the activity code, after which the centre may have its seal. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { codeAfterLicence } from '../bylaw/resources.ts';
import { licencesOf } from '../licence/licences.ts';
import { refuseClosed } from '../licence/permission.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import type { Centre } from './centres.ts';

export type ActivityCode = { code: string; recordedOn: string };

const statements = prepared((db) => ({
  find: db.$client.prepare(
    'SELECT code, recorded_on AS recordedOn FROM current_activity_codes WHERE centre_id = ?',
  ),
  holder: db.$client
    .prepare('SELECT 1 FROM current_activity_codes WHERE code = ? AND centre_id <> ?')
    .pluck(),
  insert: db.$client.prepare('INSERT INTO activity_codes VALUES (?, ?, ?, ?)'),
}));

export function activityCodeOrNone(db: Db, centreId: number): ActivityCode | undefined {
  return statements(db).find.get(centreId) as ActivityCode | undefined;
}

/** Records the code the committee gave; from now on papers carry no draft mark. */
export function recordActivityCode(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  code: string,
): ActivityCode {
  requirePower(actor, 'activity-codes.record', centre);
  refuseClosed(tx, centre.id, actor.today, 'account');
  const licensed = licencesOf(tx, centre.id).length > 0;
  uphold(codeAfterLicence, { licensed }, { mend: '/licence' });
  const known = activityCodeOrNone(tx, centre.id);
  if (known) throw new Refusal('centres:refusals.code-recorded', { values: { code: known.code } });
  refuseOthersCode(tx, centre.id, code);
  const act = record(tx, actor, {
    ...{ kind: 'activity-code.recorded', subject: `centres/${centre.code}/activity-code` },
    ...{ centreId: centre.id, after: { code } },
  });
  statements(tx).insert.run(centre.id, code, actor.today, act.id);
  return { code, recordedOn: actor.today };
}

/** A code is one centre's at a time. */
export function refuseOthersCode(tx: Tx, centreId: number, code: string): void {
  if (statements(tx).holder.get(code, centreId) === undefined) return;
  throw new Refusal('centres:refusals.activity-code-taken', { field: 'code' });
}
