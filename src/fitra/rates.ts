/** What fitra comes to for one person: by year, staple and whose word it is, from a day on. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { record } from '../trail/acts.ts';

export const STAPLES = [
  ...(['wheat', 'rice', 'rice-foreign', 'barley', 'dates', 'raisins', 'bread', 'other'] as const),
] as const;
export type Staple = (typeof STAPLES)[number];

export type RateTyped = {
  lunarYear: number;
  staple: Staple;
  rateRial: number;
  marja: string;
  source: string;
  fromOn: string;
};
export type Rate = RateTyped & { id: number };

const SELECT = `SELECT r.id, r.lunar_year AS lunarYear, r.staple, r.rate_rial AS rateRial, r.marja,
  r.source, r.from_on AS fromOn FROM fitra_rates r`;

const statements = prepared((db) => ({
  all: db.$client.prepare(`${SELECT} ORDER BY r.lunar_year DESC, r.id DESC`),
  // Of the newest year that has begun the newest word of each, in the order they were first set in.
  on: db.$client.prepare(
    `${SELECT} WHERE r.from_on <= @day
       AND r.lunar_year = (SELECT max(lunar_year) FROM fitra_rates WHERE from_on <= @day)
       AND r.id = (SELECT max(x.id) FROM fitra_rates x WHERE x.lunar_year = r.lunar_year
         AND x.staple = r.staple AND x.marja = r.marja AND x.from_on <= @day)
     ORDER BY (SELECT min(x.id) FROM fitra_rates x WHERE x.lunar_year = r.lunar_year
       AND x.staple = r.staple AND x.marja = r.marja)`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO fitra_rates (lunar_year, staple, rate_rial, marja, source, from_on, act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

export const allRates = (db: Db): Rate[] => statements(db).all.all() as Rate[];

/** The rates a clerk may choose from on a day; the first is the usual one. */
export const ratesOn = (db: Db, day: string): Rate[] => statements(db).on.all({ day }) as Rate[];

export function setRate(tx: Tx, actor: Actor, typed: RateTyped): Rate {
  requirePower(actor, 'fitra.rates');
  const { lunarYear, staple, rateRial, marja, source, fromOn } = typed;
  const subject = `fitra-rates/${lunarYear}-${staple}`;
  const act = record(tx, actor, { kind: 'fitra-rate.set', subject, after: typed });
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[lunarYear, staple, rateRial, marja, source, fromOn, act.id],
  );
  return { ...typed, id: Number(lastInsertRowid) };
}
