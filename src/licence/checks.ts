/** Self-checks of the licence's life: what the trail says of it, and what no trigger can see. */
import { asActsSay, type Check, first } from '../provinces/check.ts';

export const licenceChecks: Check[] = [
  {
    name: 'monitoring-acts',
    run: asActsSay(
      {
        ...{ table: 'monitorings', kind: 'monitoring.opened', by: 'opened_by', on: 'opened_on' },
        ...{ subject: "'monitorings/' || t.id", says: { id: 't.id' } },
      },
      {
        ...{ table: 'monitoring_sections', kind: 'monitoring.filled' },
        ...{ by: 'filled_by', on: 'filled_on' },
        subject: "'monitorings/' || t.monitoring_id || '/' || t.office",
        says: {
          ...{ score: 't.score', findings: 't.findings', state: 't.state' },
          ...{ number: 't.number', decidedOn: 't.decided_on' },
        },
      },
      {
        ...{ table: 'monitoring_results', kind: 'monitoring.signed' },
        ...{ by: 'signed_by', on: 'signed_on' },
        ...{ subject: "'monitorings/' || t.monitoring_id", says: { conclusion: 't.conclusion' } },
      },
    ),
  },
  {
    name: 'licence-decisions',
    run: first(
      `SELECT 'decision ' || d.number || ' is not what its act says' FROM licence_decisions d
       LEFT JOIN acts a ON a.id = d.act_id
       WHERE a.id IS NULL OR a.user_id IS NOT d.decided_by OR a.centre_id IS NOT d.centre_id
         OR a.subject IS NOT 'licence-decisions/' || d.number
         OR a.after ->> 'decision' IS NOT d.kind OR a.after ->> 'reason' IS NOT d.reason
         OR a.after ->> 'monitoring' IS NOT d.monitoring_id LIMIT 1`,
      `SELECT 'decision ' || (a.after ->> 'number') || ' is no longer there' FROM acts a
       WHERE a.subject GLOB 'licence-decisions/*' AND a.after ->> 'decision' IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM licence_decisions WHERE act_id = a.id) LIMIT 1`,
      `SELECT 'decision ' || d.number || ' has no paper of its own' FROM licence_decisions d
       LEFT JOIN papers p ON p.id = d.paper_id
       WHERE p.kind IS NOT 'decision' OR p.act_id <> d.act_id OR p.centre_id <> d.centre_id LIMIT 1`,
      `SELECT 'renewal ' || d.number || ' gave no licence' FROM licence_decisions d
       WHERE d.kind = 'renew' AND NOT EXISTS (SELECT 1 FROM licences
         WHERE act_id > d.act_id AND centre_id = d.centre_id) LIMIT 1`,
    ),
  },
  {
    name: 'licence-standing',
    run: first(
      // B-109: after a decision that closes it, a centre takes no gift until it is reinstated.
      `SELECT 'centre ' || g.centre_id || ' took a gift that a decision forbids' FROM donations g
       JOIN licence_decisions d ON d.id = (SELECT max(id) FROM licence_decisions
         WHERE centre_id = g.centre_id AND kind <> 'renew' AND act_id < g.act_id)
       WHERE d.kind <> 'reinstate' LIMIT 1`,
    ),
  },
  {
    name: 'dissolution-acts',
    run: asActsSay(
      {
        ...{ table: 'dissolution_assets', kind: 'asset.listed', by: 'listed_by', on: 'listed_on' },
        subject: "'dissolution/assets'",
        says: {
          ...{ kind: 't.kind', description: 't.description', number: 't.number' },
          ...{ quantity: 't.quantity', valueRial: 't.value_rial' },
          ...{ disposal: 't.disposal', recipient: 't.recipient' },
        },
      },
      {
        ...{ table: 'dissolution_withdrawals', kind: 'asset.withdrawn', by: 'withdrawn_by' },
        ...{ subject: "'dissolution/assets/' || t.asset_id", says: { id: 't.asset_id' } },
      },
      {
        ...{ table: 'dissolution_countersignings', kind: 'asset.countersigned' },
        ...{ by: 'countersigned_by', on: 'countersigned_on' },
        ...{ subject: "'dissolution/assets/' || t.asset_id", says: { id: 't.asset_id' } },
      },
    ),
  },
];
