/** What needs doing in a centre today, told from the facts, for whoever may do it. */
import type { Actor } from '../access/actor.ts';
import { may, type Power, SEATS, type Seat } from '../access/powers.ts';
import { bankTasks } from '../bank/tasks.ts';
import { lastHolder } from '../board/change-rows.ts';
import { type Standing, standingOf } from '../board/clearances.ts';
import { type Decree, decreesOf } from '../board/decree-rows.ts';
import { powerFor } from '../board/decree-sides.ts';
import { isCommittees, isOpen, isOptional } from '../board/decree-states.ts';
import { boardTasks } from '../board/tasks.ts';
import { holderUsers, openerOf } from '../board/users.ts';
import { permitTasks, sheetTasks } from '../boundary/sheet-tasks.ts';
import { boxTasks } from '../boxes/tasks.ts';
import { oneHolderPerSeat } from '../bylaw/board.ts';
import { giftTasks } from '../donations/tasks.ts';
import { fitraTasks } from '../fitra/tasks.ts';
import { fundTasks } from '../funds/tasks.ts';
import { goodsTasks } from '../goods/tasks.ts';
import { licencesOf } from '../licence/licences.ts';
import { standingOn } from '../licence/standing.ts';
import { isClosed, permits } from '../licence/states.ts';
import { licenceTasks } from '../licence/tasks.ts';
import { peopleTasks } from '../network/people-tasks.ts';
import { placeTasks } from '../network/place-tasks.ts';
import { openingTasks } from '../opening/tasks.ts';
import { packTasks } from '../packs/tasks.ts';
import { outgoingTasks } from '../payments/tasks.ts';
import { pledgeTasks } from '../pledges/tasks.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { receiptBookTasks } from '../receiptbooks/tasks.ts';
import { visitTasks } from '../supervision/tasks.ts';
import { daysBetween } from '../values/jalali-date.ts';
import { bankAccountOrNone, introductionOrNone } from './bank-accounts.ts';
import type { Centre } from './centres.ts';

/** `bad` is urgent, `warn` soon, `wait` the reader's turn, `none` open but pressing nobody. */
export type Task = {
  key: string;
  state: 'bad' | 'warn' | 'wait' | 'none';
  /** Below the centre, or below the province with `ofProvince`. */
  to: string;
  ofProvince?: boolean;
  clause?: string;
  seat?: Seat;
  name?: string;
  number?: number;
  day?: string;
};

type Facts = {
  actor: Actor;
  centre: Centre;
  can: (power: Power) => boolean;
  decrees: Decree[];
};

const statements = prepared((db) => ({
  boundary: db.$client.prepare(
    `SELECT b.version, a.approved_on AS approvedOn FROM boundaries b
     LEFT JOIN boundary_approvals a ON a.boundary_id = b.id
     WHERE b.centre_id = ?
       AND NOT EXISTS (SELECT 1 FROM boundary_refusals WHERE boundary_id = b.id)
       AND NOT EXISTS (SELECT 1 FROM boundary_withdrawals WHERE boundary_id = b.id)
     ORDER BY b.version DESC LIMIT 1`,
  ),
  drafts: db.$client
    .prepare(
      `SELECT count(*) FROM entry_drafts
       WHERE centre_id = ? AND state = 'draft' AND drafted_by <> ?`,
    )
    .pluck(),
}));

const URGENCY = ['bad', 'warn', 'wait', 'none'];

/** Within so many days of a decree's end its successor is to be thought of. */
const SUCCESSOR_DAYS = 30;

/** The tasks for this reader, the most urgent first. */
export function tasksOf(db: Db, actor: Actor, centre: Centre): Task[] {
  const can = (power: Power) => may(actor, power, centre);
  const facts = { actor, centre, can, decrees: decreesOf(db, centre.id, actor.today) };
  const { state } = standingOn(db, centre.id, actor.today);
  const tasks = isClosed(state)
    ? // What is left of a centre that is closing: to hand over, and to close its books.
      [
        ...licenceTasks(db, facts),
        ...boardTasks(db, facts),
        ...draftTasks(db, facts),
        ...outgoingTasks(db, actor, centre),
        ...bankTasks(db, actor, centre),
      ]
    : openTasks(db, facts, permits(state, 'introductions'));
  return tasks.sort((one, other) => URGENCY.indexOf(one.state) - URGENCY.indexOf(other.state));
}

function openTasks(db: Db, facts: Facts, maySeat: boolean): Task[] {
  const { actor, centre, can } = facts;
  return [
    ...openingTasks(db, facts),
    ...boundaryTasks(db, facts),
    ...licenceTasks(db, facts),
    ...decreeTasks(db, facts),
    ...(maySeat ? seatTasks(db, facts) : []),
    ...boardTasks(db, facts),
    ...accountTasks(db, facts),
    ...userTasks(db, facts),
    ...goodsTasks(db, facts),
    ...draftTasks(db, facts),
    ...fundTasks(db, actor, centre),
    ...giftTasks(db, actor, centre),
    ...outgoingTasks(db, actor, centre),
    ...bankTasks(db, actor, centre),
    ...peopleTasks(db, actor, centre),
    ...sheetTasks(db, { centre, can, today: actor.today }),
    ...permitTasks(db, { centre, can, today: actor.today }),
    ...placeTasks(db, actor, centre),
    ...boxTasks(db, actor, centre),
    ...fitraTasks(db, actor, centre),
    ...receiptBookTasks(db, actor, centre),
    ...pledgeTasks(db, actor, centre),
    ...packTasks(db, actor, centre),
    ...visitTasks(db, actor, centre),
  ];
}

type Proposed = { version: number; approvedOn: string | null } | undefined;

/** B-124: the area comes before any activity. */
function boundaryTasks(db: Db, { centre, can }: Facts): Task[] {
  const latest = statements(db).boundary.get(centre.id) as Proposed;
  const clause = 'B-124';
  if (!latest) {
    if (!can('boundary.propose')) return [];
    return [{ key: 'propose-area', state: 'wait', to: '/boundary', clause }];
  }
  if (latest.approvedOn !== null || !can('boundary.approve')) return [];
  const { version } = latest;
  return [
    { key: 'approve-area', state: 'wait', to: `/boundary/${version}`, clause, number: version },
  ];
}

/** Whose turn it is with each decree that is not yet in force. */
function decreeTasks(db: Db, facts: Facts): Task[] {
  const { actor } = facts;
  return facts.decrees
    .filter((decree) => isOpen(decree.state))
    .flatMap((decree) => {
      const task = nextStep(facts, decree, standingOf(db, decree.personId, actor.today));
      const { seat, name, id, number } = decree;
      return task ? [{ to: `/board/decrees/${number ?? id}`, ...task, seat, name }] : [];
    });
}

type Step = Omit<Task, 'to'> & { to?: string };

function nextStep({ can, actor }: Facts, decree: Decree, standing: Standing): Step | undefined {
  const { seat, state } = decree;
  if (state === 'issued') {
    const mine = actor.user?.personId === decree.personId;
    if (mine) return { key: 'accept-decree', state: 'wait', clause: 'B-100' };
    return can(powerFor(seat, 'issue'))
      ? { key: 'record-acceptance', state: 'wait', clause: 'B-100' }
      : undefined;
  }
  if (state === 'draft' && !isCommittees(seat)) {
    if (!can('decrees.draft-board')) return undefined;
    return { key: 'send-decree', state: 'wait', clause: 'B-130' };
  }
  if (state === 'awaiting-coordination') {
    if (!can('decrees.coordinate')) return undefined;
    return { key: 'coordinate-decree', state: 'wait', clause: 'B-130' };
  }
  if (!can(powerFor(seat, 'issue'))) return undefined;
  const cleared = [standing.security, standing.selection].every(
    (clearance) => clearance?.state === 'approved',
  );
  if (!cleared) return { key: 'await-clearance', state: 'none', clause: 'B-14' };
  const clause = isCommittees(seat) ? 'B-129' : 'B-130';
  return { key: 'issue-decree', state: 'wait', clause };
}

/** B-28 to B-33: seats that nobody holds or is proposed for, and terms about to end. */
function seatTasks(db: Db, { actor, centre, can, decrees }: Facts): Task[] {
  // Before the first licence persons are proposed and cleared, which is a step of the centre's way.
  if (licencesOf(db, centre.id).length === 0) return [];
  return SEATS.flatMap((seat): Task[] => {
    if (!can(powerFor(seat, 'draft'))) return [];
    const ofSeat = decrees.filter((decree) => decree.seat === seat);
    if (ofSeat.some((decree) => isOpen(decree.state))) return [];
    const told = { to: `/board/decrees/new?seat=${seat}`, clause: oneHolderPerSeat[seat].id, seat };
    const holder = ofSeat.find((decree) => decree.state === 'accepted');
    if (!holder) {
      // B-34: an optional seat is nobody's duty to fill.
      if (isOptional(seat)) return [];
      const last = isCommittees(seat) ? undefined : lastHolder(db, { centreId: centre.id, seat });
      if (last) {
        const to = `/board/changes/new?decree=${last.id}&kind=fill`;
        const followed = { to, clause: 'B-93', seat, name: last.name };
        return [{ key: 'refill-seat', state: 'wait', ...followed }];
      }
      const pressing = seat === 'chair' || seat === 'admin-finance';
      return [{ key: 'fill-seat', state: pressing ? 'wait' : 'none', ...told }];
    }
    const left = daysBetween(actor.today, holder.toOn);
    if (left > SUCCESSOR_DAYS) return [];
    const { name, toOn } = holder;
    return [{ key: 'decree-ending', state: 'warn', ...told, name, number: left, day: toOn }];
  });
}

/** B-117 and B-118: the activity code, the introduction, the account. */
function accountTasks(db: Db, { centre, can }: Facts): Task[] {
  if (licencesOf(db, centre.id).length === 0) return [];
  if (centre.activityCode === null) {
    if (!can('activity-codes.record')) return [];
    return [{ key: 'record-code', state: 'wait', to: '/activity-code', clause: 'B-117' }];
  }
  const told = { state: 'wait' as const, to: '/bank-account', clause: 'B-118' };
  if (!introductionOrNone(db, centre.id)) {
    return can('bank-accounts.introduce') ? [{ key: 'introduce', ...told }] : [];
  }
  if (bankAccountOrNone(db, centre.id) || !can('bank-accounts.record')) return [];
  return [{ key: 'record-account', ...told }];
}

/** B-119: the committee opens the chair's user, the chair the others'. */
function userTasks(db: Db, { actor, centre, can }: Facts): Task[] {
  return holderUsers(db, centre, actor.today)
    .filter(({ decree, username }) => username === null && can(openerOf(decree.seat)))
    .map(({ decree: { seat, name } }) => ({
      ...{ key: 'open-user', state: seat === 'chair' ? 'wait' : 'none' },
      ...{ to: '/board/users', clause: 'B-119', seat, name },
    }));
}

/** What a colleague drafted waits for a second signature. */
function draftTasks(db: Db, { actor, centre, can }: Facts): Task[] {
  if (!can('entries.post')) return [];
  const number = statements(db).drafts.get(centre.id, actor.user?.id ?? 0) as number;
  return number > 0 ? [{ key: 'post-drafts', state: 'wait', to: '/books/drafts', number }] : [];
}
