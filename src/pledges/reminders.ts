/** Reminders of what was promised: in the province's words, kept as they went out, once a day. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { bankAccountOrNone } from '../centres/bank-accounts.ts';
import type { Centre } from '../centres/centres.ts';
import { fundNames } from '../funds/funds.ts';
import { withoutMarks } from '../paper/bidi.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { commonValues } from '../templates/common-values.ts';
import { templateOn } from '../templates/templates.ts';
import { worded } from '../templates/wording.ts';
import { record } from '../trail/acts.ts';
import { formatRial } from '../values/rial.ts';
import { type PledgeShown, pledgesOf, standingPledge } from './pledge-rows.ts';
import type { ReminderWay } from './schema.ts';

export type Reminder = {
  id: number;
  pledge: number;
  donorName: string;
  mayBeNamed: number;
  dueOn: string;
  remindedOn: string;
  way: ReminderWay;
  words: string;
  remindedBy: string;
};

export type ReminderFilter = { from?: string; to?: string; pledge?: number; way?: ReminderWay };

const FROM = `FROM pledge_reminders r JOIN pledges p ON p.id = r.pledge_id
  JOIN donors o ON o.id = p.donor_id JOIN users u ON u.id = r.reminded_by
  WHERE p.centre_id = @centreId AND (@pledge IS NULL OR p.number = @pledge)
    AND (@way IS NULL OR r.way = @way)
    AND (@from IS NULL OR r.reminded_on >= @from) AND (@to IS NULL OR r.reminded_on <= @to)`;

const statements = prepared(({ $client: client }) => ({
  list: client.prepare(
    `SELECT r.id, p.number AS pledge, o.name AS donorName, o.may_be_named AS mayBeNamed,
       r.due_on AS dueOn, r.reminded_on AS remindedOn, r.way, r.words, u.name AS remindedBy
     ${FROM} ORDER BY r.id DESC LIMIT @limit OFFSET @offset`,
  ),
  count: client.prepare(`SELECT count(*) ${FROM}`).pluck(),
  onDay: client
    .prepare('SELECT id FROM pledge_reminders WHERE pledge_id = ? AND reminded_on = ?')
    .pluck(),
  nextId: client.prepare('SELECT 1 + coalesce(max(id), 0) FROM pledge_reminders').pluck(),
  insert: client.prepare('INSERT INTO pledge_reminders VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
}));

/** Reminders of a centre, the newest first. */
export function remindersOf(
  db: Db,
  centreId: number,
  filter: ReminderFilter,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Reminder[] {
  return statements(db).list.all({ ...asked(centreId, filter), limit, offset }) as Reminder[];
}

export const countReminders = (db: Db, centreId: number, filter: ReminderFilter): number =>
  statements(db).count.get(asked(centreId, filter)) as number;

/** A reminder of this promise; throws NotFound. */
export function findReminder(db: Db, centreId: number, pledge: number, id: number): Reminder {
  const found = remindersOf(db, centreId, { pledge }, { limit: 1000 }).find((one) => one.id === id);
  if (!found) throw new NotFound();
  return found;
}

const asked = (centreId: number, { from, to, pledge, way }: ReminderFilter) => ({
  ...{ centreId, from: from ?? null, to: to ?? null },
  ...{ pledge: pledge ?? null, way: way ?? null },
});

/** What a reminder of this promise says today; null where nothing is due any more. */
export function reminderWords(
  db: Db,
  actor: Actor,
  centre: Centre,
  pledge: PledgeShown,
): string | null {
  const { nextOn, missingRial } = pledge.standing;
  if (nextOn === null) return null;
  const t = wordsOn(db, actor.today);
  const { wording } = templateOn(db, 'pledge-reminder', actor.today);
  const rial = (amount: number) =>
    t('pledges:reminders.rials', { amount: formatRial(amount, 'fa') });
  const { greeting, paragraphs, closing } = worded('pledge-reminder', wording, {
    ...commonValues(db, centre, actor.today, wording.citations),
    giver: pledge.mayBeNamed ? pledge.donorName : t('pledges:reminders.giver'),
    promised: pledge.goods ?? rial(pledge.amountRial!),
    ...{ promisedOn: nextOn, fund: fundNames(db, 'fa').get(pledge.fund) ?? pledge.fund },
    missing: missingRial ? rial(missingRial) : null,
    account: bankAccountOrNone(db, centre.id)?.accountNumber ?? null,
  });
  const said = [greeting, ...paragraphs.filter((block) => typeof block === 'string'), closing];
  return withoutMarks(said.filter((text) => text !== '').join('\n'));
}

/** Writes down that the giver was reminded, and in which words; never twice on one day. */
export function remind(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: number,
  way: ReminderWay,
): Reminder {
  requirePower(actor, 'pledges.keep', centre);
  const pledge = standingPledge(tx, actor, centre, number);
  const words = reminderWords(tx, actor, centre, pledge);
  if (words === null) throw new Refusal('pledges:refusals.nothing-due', { values: { number } });
  if (wasReminded(tx, pledge, actor.today)) {
    throw new Refusal('pledges:refusals.reminded-today', { values: { number } });
  }
  const id = statements(tx).nextId.get() as number;
  const dueOn = pledge.standing.nextOn!;
  const act = record(tx, actor, {
    ...{ kind: 'pledge.reminded', subject: `pledges/${pledge.id}`, centreId: centre.id },
    after: { number, dueOn, way },
  });
  const row = [id, pledge.id, dueOn, actor.today, way, words, actor.user!.id, act.id];
  statements(tx).insert.run(...row);
  return findReminder(tx, centre.id, number, id);
}

/** Reminds of all that is due or late and of which nobody was reminded today; how many they were. */
export function remindAll(tx: Tx, actor: Actor, centre: Centre, way: ReminderWay): number {
  requirePower(actor, 'pledges.keep', centre);
  const due = pledgesOf(tx, centre.id, actor.today).filter(
    (pledge) => isDue(pledge) && !wasReminded(tx, pledge, actor.today),
  );
  if (due.length === 0) throw new Refusal('pledges:refusals.nobody-to-remind');
  for (const { number } of due) remind(tx, actor, centre, number, way);
  return due.length;
}

/** Whether it falls due within the week, or passed. */
export const isDue = ({ standing: { state } }: PledgeShown): boolean =>
  state === 'week' || state === 'late';

const wasReminded = (db: Db, { id }: PledgeShown, day: string): boolean =>
  statements(db).onDay.get(id, day) !== undefined;
