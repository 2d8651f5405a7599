/** What is to be done about survey, capacities and referrals, for whoever may do it. */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import type { Db } from '../provinces/connection.ts';
import { countUnfollowed } from './capacities.ts';
import { countFreshReferrals, countReferrals } from './referral-rows.ts';
import { BOXES, mayApprove, pointsOf, surveysOf } from './surveys.ts';

export function placeTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  return [
    ...surveyTasks(db, actor, centre),
    ...referralTasks(db, actor, centre),
    ...capacityTasks(db, actor, centre),
  ];
}

/** B-139: a survey is written, filled in its four boxes, and approved. */
function surveyTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  const [last] = surveysOf(db, centre.id);
  const told = { state: 'wait' as const, clause: 'B-139' };
  const mayDraft = may(actor, 'surveys.draft', centre);
  if (!last) return mayDraft ? [{ key: 'write-survey', to: '/network/surveys', ...told }] : [];
  if (last.approvedOn !== null) return [];
  const page = { to: `/network/surveys/${last.version}`, number: last.version };
  const points = pointsOf(db, last.id);
  const filled = BOXES.every((box) => points.some((point) => point.box === box));
  if (!filled) return mayDraft ? [{ key: 'fill-survey', ...page, ...told }] : [];
  return mayApprove(db, actor, centre) ? [{ key: 'approve-survey', ...page, ...told }] : [];
}

/** B-142: what was asked of a network is answered by its day. */
function referralTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  if (!may(actor, 'referrals.answer', centre)) return [];
  const late = countReferrals(db, centre.id, actor.today, { state: 'overdue' });
  const fresh = countFreshReferrals(db, centre.id, actor.today);
  const page = (state: string) => ({ to: `/network/referrals?state=${state}`, clause: 'B-142' });
  return [
    ...(late
      ? [{ key: 'overdue-referrals', state: 'bad' as const, number: late, ...page('overdue') }]
      : []),
    ...(fresh
      ? [{ key: 'accept-referrals', state: 'wait' as const, number: fresh, ...page('asked') }]
      : []),
  ];
}

/** B-48: a capacity that can be used has a next step and somebody who follows it. */
function capacityTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  if (!may(actor, 'capacities.open', centre)) return [];
  const number = countUnfollowed(db, centre.id);
  const told = { key: 'follow-capacities', to: '/network/capacities', clause: 'B-48' };
  return number ? [{ ...told, state: 'none', number }] : [];
}
