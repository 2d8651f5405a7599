/** Self-checks of the network's places: each approval, step and referral is what its act says. */
import { asActsSay, type Check, first, withoutGaps } from '../provinces/check.ts';

const survey = '(SELECT s.version FROM surveys s WHERE s.id = t.survey_id)';

export const placeChecks: Check[] = [
  {
    name: 'survey-acts',
    run: asActsSay(
      {
        ...{ table: 'surveys', kind: 'survey.drafted', by: 'drafted_by', on: 'drafted_on' },
        says: { version: 't.version' },
      },
      {
        ...{ table: 'survey_approvals', kind: 'survey.approved', by: 'approved_by' },
        says: { version: survey, approvedOn: 't.approved_on' },
      },
    ),
  },
  {
    name: 'capacity-steps',
    run: first(
      `SELECT 'capacity ' || k.id || ' is not what its last step says' FROM capacities k
       LEFT JOIN capacity_steps s
         ON s.id = (SELECT max(id) FROM capacity_steps WHERE capacity_id = k.id)
       WHERE k.state IS NOT coalesce(s.state, 'found') OR k.is_open IS NOT coalesce(s.is_open, 0)
         OR k.followed_by IS NOT s.followed_by LIMIT 1`,
    ),
  },
  {
    name: 'referral-acts',
    run: asActsSay({
      ...{ table: 'referrals', kind: 'referral.asked', by: 'recorded_by', on: 'asked_on' },
      says: { network: 't.network', need: 't.need', asked: 't.asked', dueOn: 't.due_on' },
    }),
  },
  { name: 'referral-numbers', run: withoutGaps('referral', 'referrals') },
];
