/** Promises as they were written, with what was given toward each. */
import type { Actor } from '../access/actor.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { type PledgeStanding, type Promised, standingOf } from './dues.ts';

export type Pledge = Promised & {
  id: number;
  number: number;
  donorId: number;
  donorName: string;
  mayBeNamed: number;
  fund: string;
  goods: string | null;
  sponsoredCode: string | null;
  madeOn: string;
  madeBy: string;
  reason: string | null;
  /** The last day on which its giver was reminded. */
  remindedOn: string | null;
};
export type PledgeShown = Pledge & { standing: PledgeStanding };

export type PledgeGift = {
  receipt: string;
  receivedOn: string;
  amountRial: number;
  kind: string;
  isCancelled: number;
};

/** Of a gift over several funds, the part in the fund of the promise. */
const GIVEN = `coalesce((SELECT sum(amount_rial) FROM gift_funds
  WHERE donation_id = d.id AND fund = p.fund), d.amount_rial)`;
const SELECT = `SELECT p.id, p.number, p.donor_id AS donorId, o.name AS donorName,
    o.may_be_named AS mayBeNamed, p.fund, p.amount_rial AS amountRial, p.goods, p.repeats,
    p.first_on AS firstOn, p.last_on AS lastOn, p.sponsored_code AS sponsoredCode,
    p.made_on AS madeOn, u.name AS madeBy, e.ended_on AS endedOn, e.reason,
    coalesce(g.gifts, 0) AS gifts, coalesce(g.rial, 0) AS givenRial,
    (SELECT max(reminded_on) FROM pledge_reminders WHERE pledge_id = p.id) AS remindedOn
  FROM pledges p JOIN donors o ON o.id = p.donor_id JOIN users u ON u.id = p.made_by
  LEFT JOIN pledge_ends e ON e.pledge_id = p.id
  LEFT JOIN (SELECT p.id, count(*) AS gifts, sum(${GIVEN}) AS rial
    FROM pledges p JOIN pledge_gifts w ON w.pledge_id = p.id
    JOIN donations d ON d.id = w.donation_id JOIN receipts r ON r.donation_id = d.id
    WHERE p.centre_id = @centreId AND NOT EXISTS (SELECT 1 FROM receipt_cancellations
      WHERE receipt_id = r.id) GROUP BY p.id) g ON g.id = p.id
  WHERE p.centre_id = @centreId`;

const statements = prepared(({ $client: client }) => ({
  all: client.prepare(`${SELECT} ORDER BY p.number DESC`),
  one: client.prepare(`${SELECT} AND p.number = @number`),
  gifts: client.prepare(
    `SELECT r.year || '-' || substr('000000' || r.number, -max(6, length(r.number))) AS receipt,
       d.received_on AS receivedOn, ${GIVEN} AS amountRial, d.kind,
       EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id) AS isCancelled
     FROM pledge_gifts w JOIN pledges p ON p.id = w.pledge_id
     JOIN donations d ON d.id = w.donation_id
     JOIN receipts r ON r.donation_id = d.id WHERE w.pledge_id = ? ORDER BY d.received_on, d.id`,
  ),
  fundsOfGift: client.prepare('SELECT fund FROM gift_funds WHERE donation_id = ?').pluck(),
}));

/** Every promise of the centre with how it stands today, the newest first. */
export function pledgesOf(db: Db, centreId: number, today: string): PledgeShown[] {
  const rows = statements(db).all.all({ centreId }) as Pledge[];
  return rows.map((row) => ({ ...row, standing: standingOf(row, today) }));
}

export function findPledge(db: Db, centreId: number, number: number, today: string): PledgeShown {
  const row = statements(db).one.get({ centreId, number }) as Pledge | undefined;
  if (!row) throw new NotFound();
  return { ...row, standing: standingOf(row, today) };
}

export const giftsOf = (db: Db, pledgeId: number): PledgeGift[] =>
  statements(db).gifts.all(pledgeId) as PledgeGift[];

export function standingPledge(db: Db, actor: Actor, centre: Centre, number: number): PledgeShown {
  const pledge = findPledge(db, centre.id, number, actor.today);
  if (pledge.endedOn === null) return pledge;
  throw new Refusal('pledges:refusals.ended', { values: { number } });
}

export type Fitting = { kind: string; fund: string; donorId: number | null; fundsOf: string[] };

/** A gift keeps the promise of its giver, in the fund and of the kind that were promised. */
export function requireFits(
  pledge: Pledge,
  { kind, fund, donorId, fundsOf }: Fitting,
  field: string,
) {
  const refuse = (key: string) => new Refusal(`pledges:refusals.${key}`, { status: 422, field });
  if (donorId !== pledge.donorId) throw refuse('other-donor');
  if ((kind === 'goods') !== (pledge.goods !== null)) throw refuse('other-thing');
  if (fund !== pledge.fund && !fundsOf.includes(pledge.fund)) throw refuse('other-fund');
}

export function fundsOfGift(db: Db, donation: number): string[] {
  return statements(db).fundsOfGift.all(donation) as string[];
}
