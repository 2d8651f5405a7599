/** What donors promised: written once, ended with a reason, kept by gifts that name them. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { mosqueApart } from '../bylaw/points.ts';
import type { Centre } from '../centres/centres.ts';
import { findOrAddDonor, type GivenDonor } from '../donations/donors.ts';
import { findFund, isForMosque } from '../donations/funds.ts';
import { type Receipt, receiptNumber } from '../donations/receipts.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchText } from '../values/persian-text.ts';
import {
  findPledge,
  fundsOfGift,
  type PledgeShown,
  requireFits,
  standingPledge,
} from './pledge-rows.ts';
import type { Repeats } from './schema.ts';

export type PledgeTyped = {
  donor: GivenDonor;
  fund: string;
  amountRial?: number;
  goods?: string;
  repeats: Repeats;
  firstOn: string;
  lastOn?: string | null;
  /** The code of the child or household that is sponsored. */
  sponsoredCode?: string | null;
};

const statements = prepared(({ $client: client }) => ({
  pledgeOf: client.prepare('SELECT pledge_id FROM pledge_gifts WHERE donation_id = ?').pluck(),
  nextId: client.prepare('SELECT 1 + coalesce(max(id), 0) FROM pledges').pluck(),
  nextNumber: client
    .prepare('SELECT 1 + coalesce(max(number), 0) FROM pledges WHERE centre_id = ?')
    .pluck(),
  insert: client.prepare('INSERT INTO pledges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  end: client.prepare('INSERT INTO pledge_ends VALUES (?, ?, ?, ?, ?)'),
  gift: client.prepare('INSERT INTO pledge_gifts VALUES (?, ?, ?)'),
}));

export function makePledge(tx: Tx, actor: Actor, centre: Centre, typed: PledgeTyped): PledgeShown {
  requirePower(actor, 'pledges.keep', centre);
  const { fund, amountRial = null, goods = null, repeats, firstOn } = typed;
  const { lastOn = null, sponsoredCode = null } = typed;
  refuseUnfit(tx, actor, typed);
  const donor = findOrAddDonor(tx, actor, centre, typed.donor);
  const [id, number] = [
    statements(tx).nextId.get() as number,
    statements(tx).nextNumber.get(centre.id) as number,
  ];
  const act = record(tx, actor, {
    ...{ kind: 'pledge.made', subject: `pledges/${id}`, centreId: centre.id },
    after: {
      number,
      donor: donor.id,
      fund,
      amountRial,
      goods,
      repeats,
      firstOn,
      lastOn,
      sponsoredCode,
    },
  });
  statements(tx).insert.run(
    ...[id, centre.id, number, donor.id, fund, amountRial, goods, repeats, firstOn, lastOn],
    ...[sponsoredCode, actor.today, actor.user!.id, act.id],
  );
  return findPledge(tx, centre.id, number, actor.today);
}

export function endPledge(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: number,
  reason: string,
): PledgeShown {
  requirePower(actor, 'pledges.keep', centre);
  const pledge = standingPledge(tx, actor, centre, number);
  const act = record(tx, actor, {
    ...{ kind: 'pledge.ended', subject: `pledges/${pledge.id}`, centreId: centre.id },
    after: { number, reason },
  });
  statements(tx).end.run(pledge.id, reason, actor.today, actor.user!.id, act.id);
  return findPledge(tx, centre.id, number, actor.today);
}

/** Says of a gift that was receipted before which promise it keeps; not of a sponsor's. */
export function keepByReceipt(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: number,
  receipt: Receipt,
): PledgeShown {
  requirePower(actor, 'pledges.keep', centre);
  const pledge = standingPledge(tx, actor, centre, number);
  const refuse = (key: string) =>
    new Refusal(`pledges:refusals.${key}`, { status: 422, field: 'receipt' });
  if (pledge.sponsoredCode !== null) throw refuse('sponsor-at-once');
  if (receipt.cancellation) throw refuse('cancelled');
  if (statements(tx).pledgeOf.get(receipt.donationId) !== undefined) throw refuse('kept-another');
  requireFits(pledge, { ...receipt, fundsOf: fundsOfGift(tx, receipt.donationId) }, 'receipt');
  const act = record(tx, actor, {
    ...{ kind: 'pledge.kept', subject: `pledges/${pledge.id}`, centreId: centre.id },
    after: { number, donation: receipt.donationId, receipt: receiptNumber(receipt) },
  });
  statements(tx).gift.run(receipt.donationId, pledge.id, act.id);
  return findPledge(tx, centre.id, number, actor.today);
}

function refuseUnfit(tx: Tx, actor: Actor, typed: PledgeTyped): void {
  const { fund, amountRial, goods, firstOn, lastOn, repeats, sponsoredCode } = typed;
  const refuse = (key: string, field: string, clause?: string) =>
    new Refusal(`pledges:refusals.${key}`, { status: 422, field, ...(clause && { clause }) });
  findFund(tx, fund, actor.today);
  if ((amountRial === undefined) === (goods === undefined)) throw refuse('one-thing', 'amount');
  if (lastOn && lastOn < firstOn) throw refuse('last-before-first', 'lastOn');
  if (lastOn && repeats === 'once') throw refuse('once-has-no-end', 'lastOn');
  if (sponsoredCode && goods !== undefined) throw refuse('sponsor-gives-money', 'goods', 'B-36');
  if (sponsoredCode && fund !== 'orphans') throw refuse('sponsor-fund', 'fund', 'B-81');
  if (goods === undefined) return;
  const meantForMosque = isForMosque(tx, searchText(goods));
  uphold(mosqueApart, { meantForMosque }, { status: 422, field: 'goods' });
}
