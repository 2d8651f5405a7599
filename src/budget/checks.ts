/** Self-checks of the yearly plans (B-79). */
import { asActsSay, type Check, either, first } from '../provinces/check.ts';

export const budgetChecks: Check[] = [
  {
    name: 'financial-plans',
    run: either(
      first(
        `SELECT 'plan ' || p.id || ' was approved by who prepared it' FROM financial_plans p
         JOIN financial_plan_steps s ON s.plan_id = p.id AND s.step = 'approved'
         LEFT JOIN papers a ON a.id = s.paper_id
         WHERE s.taken_by = p.prepared_by OR a.kind IS NOT 'financial-plan' LIMIT 1`,
        `SELECT 'plan ' || p.id || ' has not the lines of its act' FROM financial_plans p
         JOIN acts a ON a.id = p.act_id
         WHERE json_array_length(a.after, '$.lines')
           <> (SELECT count(*) FROM financial_plan_lines WHERE plan_id = p.id) LIMIT 1`,
      ),
      asActsSay({
        ...{ table: 'financial_plans', kind: 'plan.prepared', subject: "'plans/' || t.id" },
        says: { year: 't.year', version: 't.version', reason: 't.reason' },
        ...{ by: 'prepared_by', on: 'prepared_on' },
      }),
    ),
  },
];
