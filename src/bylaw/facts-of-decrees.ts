/** The facts of a centre's decrees, each with who made it, who was cleared, and whose user it is. */
import type { Recorded } from '../board/decree-states.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import type { Clearing, DecreeFacts, OpenedBy } from './facts.ts';

const COMMITTEE = "('county-head', 'province-deputy')";

const clearing = (kind: string, by: string) => `(SELECT c.state || ' ' || c.decided_on
  FROM clearances c WHERE c.person_id = d.person_id AND c.kind = '${kind}' AND c.decided_on <= ${by}
  ORDER BY c.id DESC LIMIT 1)`;

const statements = prepared(({ $client: client }) => ({
  decrees: client.prepare(
    `WITH opened AS (SELECT a.subject, o.person_id AS personId,
         o.role IS NOT NULL OR a.user_id IS NULL AS byCommittee
       FROM acts a LEFT JOIN users o ON o.id = a.user_id
       WHERE a.centre_id IS NULL AND a.kind = 'user.created')
     SELECT d.id, p.name, d.seat, d.from_on AS fromOn, d.to_on AS toOn, i.year, i.number AS serial,
       i.issued_on AS issuedOn, r.requested_on AS requestedOn, o.answer, o.decided_on AS coordinatedOn,
       i.issuer_decree_id IS NULL AND coalesce(iu.role IN ${COMMITTEE}, 0) AS byCommittee,
       coalesce(chair.centre_id = d.centre_id AND (chair.seat = 'chair'
         OR chair.seat = 'vice-chair' AND EXISTS (SELECT 1 FROM absences b
           LEFT JOIN absence_endings f ON f.absence_id = b.id
           WHERE b.centre_id = d.centre_id AND i.issued_on BETWEEN b.from_on AND b.to_on
             AND (f.ended_on IS NULL OR f.ended_on >= i.issued_on))), 0) AS byChair,
       a.accepted_on AS acceptedOn, coalesce(a.declares_no_politics, 0) AS noPolitics,
       coalesce(a.accepts_liability, 0) AS liability, e.ended_on AS endedOn,
       ${clearing('security', 'i.issued_on')} AS securityAtIssue,
       ${clearing('selection', 'i.issued_on')} AS selectionAtIssue,
       ${clearing('security', '@today')} AS securityToday,
       ${clearing('selection', '@today')} AS selectionToday,
       u.username, opened.byCommittee AS openedByCommittee,
       EXISTS (SELECT 1 FROM decrees x JOIN decree_issues y ON y.decree_id = x.id
         WHERE x.person_id = opened.personId AND x.seat = 'chair') AS openedByChair
     FROM decrees d JOIN persons p ON p.id = d.person_id
     LEFT JOIN decree_requests r ON r.decree_id = d.id
     LEFT JOIN decree_coordinations o ON o.decree_id = d.id
     LEFT JOIN decree_issues i ON i.decree_id = d.id LEFT JOIN users iu ON iu.id = i.issued_by
     LEFT JOIN decrees chair ON chair.id = i.issuer_decree_id
     LEFT JOIN decree_acceptances a ON a.decree_id = d.id AND a.accepted_on <= @today
     LEFT JOIN decree_endings e ON e.decree_id = d.id
     LEFT JOIN users u ON u.person_id = d.person_id AND u.ended_at IS NULL
     LEFT JOIN opened ON opened.subject = 'users/' || u.id
     WHERE d.centre_id = @centre ORDER BY d.id`,
  ),
}));

/** Every decree of a centre as it stands on this day. */
export function decreeFactsOf(db: Db, centre: number, today: string): DecreeFacts[] {
  return (statements(db).decrees.all({ centre, today }) as DecreeRow[]).map(decreeFacts);
}

type DecreeRow = Recorded & {
  id: number;
  name: string;
  year: number | null;
  serial: number | null;
  coordinatedOn: string | null;
  byCommittee: number;
  byChair: number;
  noPolitics: number;
  liability: number;
  securityAtIssue: string | null;
  selectionAtIssue: string | null;
  securityToday: string | null;
  selectionToday: string | null;
  username: string | null;
  openedByCommittee: number | null;
  openedByChair: number;
};

function decreeFacts(row: DecreeRow): DecreeFacts {
  const { id, name, seat, fromOn, toOn, answer, coordinatedOn, issuedOn, acceptedOn, endedOn } =
    row;
  const { year, serial, username, requestedOn } = row;
  return {
    ...{ id, name, seat, fromOn, toOn, answer, coordinatedOn, issuedOn, acceptedOn, endedOn },
    requestedOn,
    number: year === null || serial === null ? null : writtenNumber(year, serial, 4),
    byCommittee: row.byCommittee === 1,
    byChair: row.byChair === 1,
    noPolitics: row.noPolitics === 1,
    liability: row.liability === 1,
    atIssue: {
      security: clearingOf(row.securityAtIssue),
      selection: clearingOf(row.selectionAtIssue),
    },
    today: { security: clearingOf(row.securityToday), selection: clearingOf(row.selectionToday) },
    user: username === null ? null : { username, openedBy: openerOf(row) },
  };
}

function clearingOf(told: string | null): Clearing | undefined {
  const [state, decidedOn] = told?.split(' ') ?? [];
  return state && decidedOn ? { state, decidedOn } : undefined;
}

/** The installation itself is the committee's: its command line opens users too. */
function openerOf({ openedByCommittee, openedByChair }: DecreeRow): OpenedBy {
  if (openedByCommittee === 1) return 'committee';
  return openedByChair === 1 ? 'chair' : 'other';
}
