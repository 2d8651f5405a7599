/** A redenomination tried on a copy: the living file is only read, and the report says what came of it. */
import { existsSync, rmSync } from 'node:fs';
import { systemActor } from '../access/actor.ts';
import { actorOf } from '../access/identify.ts';
import { findUserByUsername } from '../access/users.ts';
import { backup } from '../provinces/backup.ts';
import type { Db } from '../provinces/connection.ts';
import { examineFile, type Finding } from '../provinces/doctor.ts';
import { enter } from '../provinces/enter.ts';
import { closeProvince, openProvince, writeSetting } from '../provinces/province.ts';
import { Refusal } from '../refusal.ts';
import { dayInTehran } from '../values/jalali-date.ts';
import type { NewUnit } from '../values/money-unit.ts';
import { type Converted, convertRial } from './conversions.ts';
import { netsThrough } from './statement-figures.ts';

export type Rehearsal = {
  converted: Converted[];
  /** By how many former rials the copy stands away from the original, beyond what was rounded. */
  away: number;
  /** What is under way, in former rials: it is paid to the rial. */
  underWay: Record<string, number>;
  findings: Finding[];
};

type Asked = NewUnit & { copy: string; now: Date; by?: string };

/** Copies the file, converts the copy, and looks at it as the doctor does. */
export async function rehearse(
  file: string,
  { copy, now, by, ...unit }: Asked,
): Promise<Rehearsal> {
  await backup(file, copy);
  try {
    const { converted, away, underWay } = await convertCopy(copy, now, by, unit);
    return { converted, away, underWay, findings: examineFile(copy) };
  } catch (fault) {
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(copy + suffix)) rmSync(copy + suffix);
    }
    throw fault;
  }
}

async function convertCopy(copy: string, now: Date, by: string | undefined, unit: NewUnit) {
  const province = openProvince(copy);
  try {
    return await enter(province, (tx) => {
      writeSetting(tx, 'rehearsal', now.toISOString());
      const actor = actorFor(tx, by, now);
      const before = totalsOf(tx, actor.today);
      const converted = convertRial(tx, actor, unit);
      const expected = rounding(before, converted);
      const away = differing(expected, totalsOf(tx, actor.today));
      return { converted, away, underWay: underWay(tx, actor.today) };
    });
  } finally {
    // One file alone, as a backup is.
    province.db.$client.pragma('journal_mode = DELETE');
    closeProvince(province);
  }
}

/** Who does it: the user told, or whoever keeps the installation. */
function actorFor(db: Db, by: string | undefined, now: Date) {
  const keeper = db.$client
    .prepare("SELECT id FROM users WHERE role = 'system-admin' AND ended_at IS NULL ORDER BY id")
    .pluck()
    .get() as number | undefined;
  const id = by === undefined ? keeper : findUserByUsername(db, by).id;
  if (id === undefined) throw new Refusal('books:refusals.conversion-by');
  const actor = actorOf(db, id, now);
  return actor ?? systemActor(now.toISOString(), dayInTehran(now));
}

type Totals = Map<string, number>;

const keyOf = (centreId: number, account: string, fund: string) => `${centreId} ${account} ${fund}`;

/** What stands on every account of every fund of every centre. */
function totalsOf(db: Db, day: string): Totals {
  const centres = db.$client.prepare('SELECT id FROM centres').pluck().all() as number[];
  return new Map(
    centres.flatMap((id) =>
      netsThrough(db, id, day).map(({ account, fund, net }) => [keyOf(id, account, fund), net]),
    ),
  );
}

/** What the original has, with what was rounded and where it was booked. */
function rounding(before: Totals, converted: Converted[]): Totals {
  const expected = new Map(before);
  const add = (key: string, rial: number) => expected.set(key, (expected.get(key) ?? 0) + rial);
  for (const { centre, rounded } of converted) {
    for (const { account, fund, byRial } of rounded) {
      add(keyOf(centre.id, account, fund), byRial);
      add(keyOf(centre.id, '8101', fund), -byRial);
    }
  }
  return expected;
}

function differing(expected: Totals, found: Totals): number {
  const keys = new Set([...expected.keys(), ...found.keys()]);
  return [...keys].reduce(
    (sum, key) => sum + Math.abs((expected.get(key) ?? 0) - (found.get(key) ?? 0)),
    0,
  );
}

/** What was promised or begun before and ends after: none of it is rounded. */
function underWay(db: Db, today: string): Record<string, number> {
  const one = (sql: string, ...values: unknown[]) =>
    (db.$client
      .prepare(sql)
      .pluck()
      .get(...values) as number | null) ?? 0;
  const on = (glob: string) =>
    Math.abs(one('SELECT sum(debit_rial - credit_rial) FROM balances WHERE account GLOB ?', glob));
  return {
    'cheques being collected': on('1105'),
    'collectors and boxes': on('1104'),
    'stock in the stores': on('13*'),
    payables: on('3101'),
    'held for others': on('310[2-4]'),
    'unidentified deposits': on('3105'),
    pledges: one(
      `SELECT sum(amount_rial) FROM pledges p
       WHERE NOT EXISTS (SELECT 1 FROM pledge_ends WHERE pledge_id = p.id)`,
    ),
    'financial plans': one(
      `SELECT sum(l.amount_rial) FROM financial_plan_lines l
       JOIN financial_plans p ON p.id = l.plan_id
       JOIN calendar_months m ON m.year = p.year AND ? BETWEEN m.first_on AND m.last_on`,
      today,
    ),
    'petty floats': one(
      `SELECT sum(float_rial) FROM petty_floats f
       WHERE id = (SELECT max(id) FROM petty_floats WHERE centre_id = f.centre_id)`,
    ),
  };
}
