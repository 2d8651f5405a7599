/** Self-checks of handovers: what the acts and the papers say of them. */
import { asActsSay, type Check, first } from '../provinces/check.ts';

/** A step in the life of a handover. */
const step = { subject: "'handovers/' || t.handover_id" };

export const handoverChecks: Check[] = [
  {
    name: 'handover-acts',
    run: asActsSay(
      {
        ...{ table: 'handovers', kind: 'handover.drafted', subject: "'handovers/' || t.id" },
        ...{ by: 'drafted_by', on: 'drafted_on' },
        says: {
          ...{ seat: 't.seat', giver: 't.giver_decree_id', taker: 't.taker_decree_id' },
          ...{ handoverOn: 't.handover_on', reason: 't.reason' },
        },
      },
      {
        ...{ ...step, table: 'handover_acknowledgements', kind: 'handover.acknowledged' },
        ...{ by: 'acknowledged_by', on: 'acknowledged_on' },
        says: { version: 't.version', side: 't.side', how: 't.how' },
      },
      {
        ...{ ...step, table: 'handover_issues', kind: 'handover.issued' },
        ...{ by: 'issued_by', on: 'issued_on', says: { version: 't.version' } },
      },
      {
        ...{ ...step, table: 'handover_withdrawals', kind: 'handover.withdrawn' },
        ...{ by: 'withdrawn_by', on: 'withdrawn_on', says: { reason: 't.reason' } },
      },
    ),
  },
  {
    name: 'handover-counts',
    run: first(
      `SELECT 'version ' || t.version || ' of handover ' || t.handover_id || ' is not what act '
         || t.act_id || ' says'
       FROM handover_counts t LEFT JOIN acts a ON a.id = t.act_id
       WHERE a.kind IS NOT iif(t.version = 1, 'handover.drafted', 'handover.counted')
         OR a.subject IS NOT 'handovers/' || t.handover_id OR a.user_id IS NOT t.written_by
         OR (a.after -> '$.lines') IS NOT t.lines -> '$' LIMIT 1`,
      `SELECT 'a line of handover ' || c.handover_id || ' that the program laid out was changed'
       FROM handover_counts c JOIN handover_counts f ON f.handover_id = c.handover_id
         AND f.version = 1, json_each(f.lines) l
       WHERE json_extract(c.lines, '$[' || l.key || '].what') IS NOT l.value ->> 'what'
         OR json_extract(c.lines, '$[' || l.key || '].recorded') IS NOT l.value ->> 'recorded'
         OR json_extract(c.lines, '$[' || l.key || '].number') IS NOT l.value ->> 'number' LIMIT 1`,
      `SELECT 'handover ' || i.handover_id || ' has no paper of its own' FROM handover_issues i
       LEFT JOIN papers p ON p.id = i.paper_id
       WHERE p.kind IS NOT 'handover' OR p.act_id IS NOT i.act_id LIMIT 1`,
    ),
  },
];
