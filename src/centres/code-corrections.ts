/** B-117: an activity code that was written wrong is corrected; what was printed with it stays so. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { codeAfterLicence } from '../bylaw/resources.ts';
import { refuseClosed } from '../licence/permission.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { type ActivityCode, activityCodeOrNone, refuseOthersCode } from './activity-codes.ts';
import type { Centre } from './centres.ts';

export type CodeCorrection = {
  was: string;
  code: string;
  reason: string;
  correctedOn: string;
  correctedBy: string;
};

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(
    `SELECT coalesce((SELECT x.code FROM activity_code_corrections x
         WHERE x.centre_id = c.centre_id AND x.id < c.id ORDER BY x.id DESC LIMIT 1), a.code) AS was,
       c.code, c.reason, c.corrected_on AS correctedOn, u.name AS correctedBy
     FROM activity_code_corrections c JOIN activity_codes a ON a.centre_id = c.centre_id
     JOIN users u ON u.id = c.corrected_by WHERE c.centre_id = ? ORDER BY c.id DESC`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO activity_code_corrections (centre_id, code, reason, corrected_on, corrected_by,
       act_id) VALUES (?, ?, ?, ?, ?, ?)`,
  ),
}));

/** How the code was corrected, the last time first. */
export function codeCorrectionsOf(db: Db, centreId: number): CodeCorrection[] {
  return statements(db).ofCentre.all(centreId) as CodeCorrection[];
}

/** Corrects the code from today on; one that another centre has is refused. */
export function correctActivityCode(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { code, reason }: { code: string; reason: string },
): ActivityCode {
  requirePower(actor, 'activity-codes.record', centre);
  refuseClosed(tx, centre.id, actor.today, 'account');
  const known = activityCodeOrNone(tx, centre.id);
  if (!known) {
    const told = { clause: codeAfterLicence.id, mend: '/activity-code' };
    throw new Refusal('centres:refusals.no-code', told);
  }
  if (known.code === code) throw new Refusal('centres:refusals.nothing-new', { field: 'code' });
  refuseOthersCode(tx, centre.id, code);
  const act = record(tx, actor, {
    ...{ kind: 'activity-code.corrected', subject: `centres/${centre.code}/activity-code` },
    ...{ centreId: centre.id, before: { code: known.code }, after: { code, reason } },
  });
  statements(tx).insert.run(centre.id, code, reason, actor.today, actor.user!.id, act.id);
  tell(tx, actor, act, {
    ...{ key: 'centres:notices.code-corrected', said: { code, was: known.code } },
    ...{ href: '/activity-code', centreId: centre.id, to: [{ seat: 'chair' }] },
  });
  return activityCodeOrNone(tx, centre.id)!;
}
