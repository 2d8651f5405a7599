/** A gift that keeps a promise, as it is entered: whose it is, and under which code it is held. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { GiftKind } from '../donations/posting.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { findPledge, type PledgeShown, requireFits, standingPledge } from './pledge-rows.ts';

/** Sponsors give in this fund. */
export const SPONSORS_FUND = 'orphans';

const MONEY: readonly GiftKind[] = ['cash', 'card', 'transfer', 'cheque'];

const statements = prepared(({ $client: client }) => ({
  write: client.prepare('INSERT INTO pledge_gifts VALUES (?, ?, ?)'),
  codeOf: client
    .prepare(
      `SELECT p.sponsored_code FROM pledge_gifts g JOIN pledges p ON p.id = g.pledge_id
       WHERE g.donation_id = ?`,
    )
    .pluck(),
  held: client
    .prepare('SELECT held_rial FROM sponsored_money WHERE centre_id = ? AND code = ?')
    .pluck(),
}));

type Keeping = {
  kind: GiftKind;
  fund: string;
  parts?: { fund: string }[];
  donorId: number | null;
};

/** Whoever keeps a promise is the one who made it; his name is for those who may read it (B-105). */
export function promiser(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: number | undefined,
): { id: number } | undefined {
  if (number === undefined) return undefined;
  requirePower(actor, 'pledges.read', centre);
  return { id: findPledge(tx, centre.id, number, actor.today).donorId };
}

/** The promise that a gift says it keeps; refused where it is another giver's or of another thing. */
export function pledgeKept(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: number,
  gift: Keeping,
): PledgeShown {
  requirePower(actor, 'pledges.read', centre);
  const pledge = standingPledge(tx, actor, centre, number);
  const { kind, fund, parts = [], donorId } = gift;
  requireFits(pledge, { kind, fund, donorId, fundsOf: parts.map((one) => one.fund) }, 'pledge');
  if (pledge.sponsoredCode === null) return pledge;
  if (MONEY.includes(kind) && parts.length === 0) return pledge;
  throw new Refusal('pledges:refusals.sponsor-whole', {
    ...{ status: 422, field: 'pledge', clause: 'B-81' },
  });
}

export function writeKept(tx: Tx, donation: number, pledge: PledgeShown, act: number): void {
  statements(tx).write.run(donation, pledge.id, act);
}

/** The code of the child or household in whose name a gift is held; null of any other gift. */
export function codeOfGift(db: Db, donation: number): string | null {
  return (statements(db).codeOf.get(donation) as string | null | undefined) ?? null;
}

/** B-81: what was passed on to the child cannot be taken back from what another's sponsor gave. */
export function refusePassedOn(db: Db, centreId: number, donation: number, rial: number): void {
  const code = codeOfGift(db, donation);
  if (code === null) return;
  const held = (statements(db).held.get(centreId, code) as number | undefined) ?? 0;
  if (held >= rial) return;
  throw new Refusal('pledges:refusals.passed-on', { clause: 'B-81', values: { code } });
}
