/** Self-checks of complaints and suggestions (B-19, B-107): as their acts say, without a number missing. */
import { asActsSay, type Check, either, first } from '../provinces/check.ts';

const step = (name: string) => ({
  ...{ table: 'complaint_steps', kind: `complaint.${name}`, of: `t.step = '${name}'` },
  ...{ by: 'taken_by', on: 'taken_on', subject: "'complaints/' || t.complaint_id" },
  says: { step: 't.step' },
});

export const supervisionChecks: Check[] = [
  {
    name: 'complaints',
    run: either(
      first(
        `SELECT 'the complaints of ' || year || ' lack a number' FROM complaints
         GROUP BY year HAVING max(number) <> count(*) LIMIT 1`,
      ),
      asActsSay(
        {
          ...{ table: 'complaints', kind: 'complaint.filed', subject: "'complaints/' || t.id" },
          says: { kind: 't.kind', topic: 't.topic' },
        },
        ...['placed', 'referred', 'told', 'answered', 'closed'].map(step),
      ),
    ),
  },
  {
    name: 'field-inspections',
    run: asActsSay(
      {
        ...{ table: 'field_inspections', kind: 'visit.recorded', subject: "'visits/' || t.id" },
        ...{ by: 'recorded_by', on: 'recorded_on' },
        says: { number: 't.number', visitedOn: 't.visited_on', visitors: 't.visitors' },
      },
      ...['mended', 'accepted', 'returned'].map((name) => ({
        ...{ table: 'finding_steps', kind: `finding.${name}`, of: `t.step = '${name}'` },
        ...{ by: 'taken_by', on: 'taken_on', subject: "'visits/' || t.inspection_id" },
        says: { step: 't.step', position: 't.position' },
      })),
    ),
  },
];
