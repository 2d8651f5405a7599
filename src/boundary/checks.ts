/** Self-checks of boundaries: each area is the one that was proposed, and each approval was given. */
import { createHash } from 'node:crypto';
import { asActsSay, type Check, either } from '../provinces/check.ts';
import type { Db } from '../provinces/connection.ts';

const version = '(SELECT b.version FROM boundaries b WHERE b.id = t.boundary_id)';

export const boundaryChecks: Check[] = [
  {
    name: 'boundary-acts',
    run: either(
      asActsSay(
        {
          ...{ table: 'boundaries', kind: 'boundary.proposed' },
          ...{ by: 'proposed_by', on: 'proposed_on' },
          says: { version: 't.version', squareMetres: 't.square_metres', note: 't.note' },
        },
        {
          ...{ table: 'boundary_approvals', kind: 'boundary.approved', by: 'approved_by' },
          says: { version, approvedOn: 't.approved_on' },
        },
        {
          ...{ table: 'boundary_refusals', kind: 'boundary.refused', by: 'refused_by' },
          ...{ on: 'refused_on', says: { version, reason: 't.reason' } },
        },
        {
          ...{ table: 'boundary_withdrawals', kind: 'boundary.withdrawn', by: 'withdrawn_by' },
          ...{ on: 'withdrawn_on', says: { version, reason: 't.reason' } },
        },
        {
          ...{ table: 'boundary_coordinations', kind: 'boundary.coordinated' },
          says: { number: 't.number', decidedOn: 't.decided_on', letter: 't.letter' },
        },
      ),
      areasComplaint,
    ),
  },
];

type Row = { id: number; area: string; told: string | null };

function areasComplaint(db: Db): string | null {
  const rows = db.$client
    .prepare(
      `SELECT b.id, b.area, a.after ->> '$.sha256' AS told
       FROM boundaries b LEFT JOIN acts a ON a.id = b.act_id ORDER BY b.id`,
    )
    .iterate() as IterableIterator<Row>;
  for (const { id, area, told } of rows) {
    const sha256 = createHash('sha256').update(area).digest('hex');
    if (sha256 !== told) return `the area of boundary ${id} was changed`;
  }
  return null;
}
