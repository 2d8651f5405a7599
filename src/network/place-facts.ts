/** What the clauses of the network's places are judged by: B-5, B-48, B-57, B-138, B-139, B-142 … */
import { type Db, prepared } from '../provinces/connection.ts';
import type { NetworkKind } from './networks.ts';
import { networksOf } from './networks.ts';
import { type ReferralsTold, toldReferrals } from './referral-rows.ts';
import { surveyInForce, surveysOf } from './surveys.ts';

export type NetworkFacts = {
  head: string | null;
  members: number;
  meetings: number;
  /** The first referral that was not answered in time, as 1405-0001. */
  overdue: string | null;
};

export type PlaceFacts = {
  reach: { volunteers: number; units: number; benefactors: number };
  capacities: { open: number; hidden: number; unfollowed: number };
  survey: { version: number; approvedOn: string } | null;
  draft: number | null;
  networks: Record<NetworkKind, NetworkFacts>;
  referrals: Omit<ReferralsTold, 'late'> & { overdue: string | null };
};

const statements = prepared(({ $client: client }) => ({
  reach: client.prepare(
    `SELECT (SELECT count(*) FROM volunteers WHERE centre_id = @centreId) AS volunteers,
       (SELECT count(*) FROM units WHERE centre_id = @centreId) AS units,
       (SELECT count(*) FROM donors WHERE centre_id = @centreId) AS benefactors`,
  ),
  capacities: client.prepare(
    `SELECT coalesce(sum(is_hidden = 0), 0) AS open, coalesce(sum(is_hidden = 1), 0) AS hidden,
       coalesce(sum(state IN ('found', 'in-use')
         AND (followed_by IS NULL OR next_step IS NULL)), 0) AS unfollowed
     FROM capacities WHERE centre_id = ? AND state <> 'withdrawn'`,
  ),
}));

export function placeFactsOf(db: Db, centreId: number, today: string): PlaceFacts {
  const { late, ...referrals } = toldReferrals(db, centreId, today);
  const networks = networksOf(db, centreId, today).map(({ kind, head, members, meetings }) => {
    const overdue = late.find(({ network }) => network === kind)?.number ?? null;
    return [kind, { head: head?.name ?? null, members, meetings, overdue }] as const;
  });
  const open = surveysOf(db, centreId).find(({ approvedOn }) => approvedOn === null);
  return {
    reach: statements(db).reach.get({ centreId }) as PlaceFacts['reach'],
    capacities: statements(db).capacities.get(centreId) as PlaceFacts['capacities'],
    survey: surveyInForce(db, centreId) ?? null,
    draft: open?.version ?? null,
    networks: Object.fromEntries(networks) as PlaceFacts['networks'],
    referrals: { ...referrals, overdue: late[0]?.number ?? null },
  };
}
