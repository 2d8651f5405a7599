/** The card a volunteer carries: issued on the centre's licence, good while he serves. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { decreeWithinLicence } from '../bylaw/rules.ts';
import { centreOnPaper } from '../centres/centre-on-paper.ts';
import type { Centre } from '../centres/centres.ts';
import { licencesOf } from '../licence/licences.ts';
import { standingOn } from '../licence/standing.ts';
import { permits } from '../licence/states.ts';
import { issuePaper } from '../paper/papers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { wordsFor } from '../words.ts';
import type { CardPaper } from './card-paper.ts';
import { findVolunteer, type Volunteer } from './volunteer-rows.ts';
import { writerOf } from './volunteer-sides.ts';

export type Card = {
  paperId: number;
  volunteer: number;
  name: string;
  fromOn: string;
  toOn: string;
  /** On a day after its last, or once the volunteer serves no more, it is not valid. */
  valid: boolean;
};

export const MOST_CARDS = 40;

const OVER = `(SELECT s.since_on FROM volunteer_states s WHERE s.volunteer_id = c.volunteer_id
  AND s.act_id > c.act_id AND s.state <> 'active' ORDER BY s.id LIMIT 1)`;

const SELECT = `SELECT c.paper_id AS paperId, v.number AS volunteer, c.from_on AS fromOn,
  c.to_on AS toOn, (SELECT name FROM volunteer_versions WHERE volunteer_id = v.id
    ORDER BY version DESC LIMIT 1) AS name, @today <= c.to_on AND ${OVER} IS NULL AS valid
  FROM volunteer_cards c JOIN volunteers v ON v.id = c.volunteer_id WHERE v.centre_id = @centreId`;

const statements = prepared((db) => ({
  newest: db.$client.prepare(
    `${SELECT} AND c.id = (SELECT max(id) FROM volunteer_cards WHERE volunteer_id = v.id)
     ORDER BY v.number`,
  ),
  byPaper: db.$client.prepare(`${SELECT} AND c.paper_id = @paperId`),
  count: db.$client
    .prepare('SELECT count(*) + 1 FROM volunteer_cards WHERE volunteer_id = ?')
    .pluck(),
  insert: db.$client.prepare(
    `INSERT INTO volunteer_cards (volunteer_id, from_on, to_on, issued_by, paper_id, act_id)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ),
  over: db.$client.prepare(`SELECT ${OVER} FROM volunteer_cards c WHERE c.paper_id = ?`).pluck(),
}));

type Flagged = Omit<Card, 'valid'> & { valid: number };

/** The newest card of each volunteer who has one. */
export function cardsOf(db: Db, centreId: number, today: string): Card[] {
  const rows = statements(db).newest.all({ centreId, today }) as Flagged[];
  return rows.map((row) => ({ ...row, valid: row.valid === 1 }));
}

export function findCard(db: Db, centreId: number, paperId: number, today: string): Card {
  const row = statements(db).byPaper.get({ centreId, paperId, today }) as Flagged | undefined;
  if (!row) throw new NotFound();
  return { ...row, valid: row.valid === 1 };
}

/** The day on which a card lost its force because its holder stopped serving. */
export function cardOver(db: Db, paperId: number): string | undefined {
  return (statements(db).over.get(paperId) as string | null | undefined) ?? undefined;
}

/** Issues a card to each of these volunteers, from today to a day within the licence. */
export function issueCards(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { volunteers, toOn }: { volunteers: number[]; toOn: string },
): Card[] {
  requirePower(actor, 'volunteers.cards', centre);
  const clause = decreeWithinLicence.id;
  const term = { fromOn: actor.today, toOn };
  if (!permits(standingOn(tx, centre.id, actor.today).state, 'letterhead')) {
    throw new Refusal('network:refusals.no-licence', { clause, mend: '/licence' });
  }
  if (!decreeWithinLicence.holds({ licences: licencesOf(tx, centre.id), term })) {
    throw new Refusal('network:refusals.beyond-licence', { clause, field: 'to' });
  }
  return volunteers.map((number) => {
    const volunteer = findVolunteer(tx, centre.id, number);
    writerOf(actor, centre, volunteer.gender);
    if (volunteer.state !== 'active') {
      throw new Refusal('network:refusals.not-serving', { values: { name: volunteer.name } });
    }
    return issueCard(tx, actor, centre, volunteer, toOn);
  });
}

function issueCard(tx: Tx, actor: Actor, centre: Centre, volunteer: Volunteer, toOn: string): Card {
  const { today } = actor;
  const { number, name } = volunteer;
  const nth = statements(tx).count.get(volunteer.id) as number;
  const paper = issuePaper(tx, actor, {
    ...{ centreId: centre.id, kind: 'volunteer-card', number: `${number}-${nth}` },
    issuedOn: today,
    content: (code, verifyAddress): CardPaper => ({
      ...{ kind: 'volunteer-card', lang: 'fa', centre: centreOnPaper(tx, centre), name, number },
      ...{ fields: fieldsOnCard(volunteer), fromOn: today, toOn, code, verifyAddress },
    }),
    deed: {
      ...{ kind: 'volunteer.carded', subject: `volunteers/${number}` },
      after: { name, fromOn: today, toOn },
    },
  });
  const { id: userId } = actor.user!;
  statements(tx).insert.run(volunteer.id, today, toOn, userId, paper.id, paper.act.id);
  return findCard(tx, centre.id, paper.id, today);
}

/** Cards are in Persian whoever issues them: they are shown in the neighbourhood. */
function fieldsOnCard({ fields, otherField }: Volunteer): string[] {
  const t = wordsFor('fa');
  return fields.map((field) =>
    field === 'other' && otherField ? otherField : t(`network:fields.${field}`),
  );
}
