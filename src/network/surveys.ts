/** B-139: the survey of the area, in versions; drafted in four boxes, approved by the board, final. */
import type { Actor } from '../access/actor.ts';
import { may, requirePower } from '../access/powers.ts';
import { holdersOn } from '../board/decree-rows.ts';
import { uphold } from '../bylaw/clause.ts';
import { surveyByBoard, surveyInFourBoxes } from '../bylaw/places.ts';
import type { Centre } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { issuePaper } from '../paper/papers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { surveySheetOf } from './survey-content.ts';

export const BOXES = ['strengths', 'weaknesses', 'open', 'hidden'] as const;
export type Box = (typeof BOXES)[number];

export type PointTyped = {
  box: Box;
  text: string;
  /** How much it weighs, from 1 to 5. */
  weight: number;
  seenOn: string;
  place?: string | null;
  lon?: number | null;
  lat?: number | null;
};

export type SurveyPoint = Required<PointTyped> & { id: number };

export type Survey = {
  id: number;
  centreId: number;
  version: number;
  draftedOn: string;
  draftedBy: string;
  approvedOn: string | null;
  approvedBy: string | null;
  paperId: number | null;
};

const SELECT = `SELECT s.id, s.centre_id AS centreId, s.version, s.drafted_on AS draftedOn,
    d.name AS draftedBy, a.approved_on AS approvedOn, u.name AS approvedBy, a.paper_id AS paperId
  FROM surveys s JOIN users d ON d.id = s.drafted_by
  LEFT JOIN survey_approvals a ON a.survey_id = s.id LEFT JOIN users u ON u.id = a.approved_by`;

const statements = prepared(({ $client: client }) => ({
  ofCentre: client.prepare(`${SELECT} WHERE s.centre_id = ? ORDER BY s.version DESC`),
  one: client.prepare(`${SELECT} WHERE s.centre_id = ? AND s.version = ?`),
  inForce: client.prepare(
    `SELECT s.version, a.approved_on AS approvedOn
     FROM surveys s JOIN survey_approvals a ON a.survey_id = s.id
     WHERE s.centre_id = ? ORDER BY s.version DESC LIMIT 1`,
  ),
  points: client.prepare(
    `SELECT id, box, text, weight, seen_on AS seenOn, place, lon, lat
     FROM survey_points WHERE survey_id = ? ORDER BY id`,
  ),
  draft: client.prepare(
    `INSERT INTO surveys (centre_id, version, drafted_on, drafted_by, act_id)
     VALUES (?, ?, ?, ?, ?)`,
  ),
  copy: client.prepare(
    `INSERT INTO survey_points (survey_id, box, seen_on, text, weight, place, lon, lat, act_id)
     SELECT @to, box, seen_on, text, weight, place, lon, lat, @act
     FROM survey_points WHERE survey_id = @from ORDER BY id`,
  ),
  add: client.prepare(
    `INSERT INTO survey_points (survey_id, box, seen_on, text, weight, place, lon, lat, act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  remove: client.prepare('DELETE FROM survey_points WHERE id = ? AND survey_id = ?'),
  approve: client.prepare('INSERT INTO survey_approvals VALUES (?, ?, ?, ?, ?)'),
}));

/** The survey that counts: the newest the board approved. */
export function surveyInForce(
  db: Db,
  centreId: number,
): { version: number; approvedOn: string } | undefined {
  return statements(db).inForce.get(centreId) as
    | { version: number; approvedOn: string }
    | undefined;
}

/** The versions of a centre, newest first. */
export const surveysOf = (db: Db, centreId: number): Survey[] =>
  statements(db).ofCentre.all(centreId) as Survey[];

/** A version of this centre by its number; throws NotFound. */
export function findSurvey(db: Db, centreId: number, version: number): Survey {
  const survey = statements(db).one.get(centreId, version) as Survey | undefined;
  if (!survey) throw new NotFound();
  return survey;
}

/** The points of a survey, box after box, as they were written. */
export function pointsOf(db: Db, surveyId: number): SurveyPoint[] {
  const points = statements(db).points.all(surveyId) as SurveyPoint[];
  return BOXES.flatMap((box) => points.filter((point) => point.box === box));
}

/** Begins a version, with the points of the last one in it; one draft at a time. */
export function draftSurvey(tx: Tx, actor: Actor, centre: Centre): Survey {
  requirePower(actor, 'surveys.draft', centre);
  const [last] = surveysOf(tx, centre.id);
  if (last && last.approvedOn === null) {
    throw new Refusal('network:refusals.survey-open', { mend: `/network/surveys/${last.version}` });
  }
  const version = (last?.version ?? 0) + 1;
  const act = record(tx, actor, deed('drafted', centre, version, { version }));
  const { lastInsertRowid } = statements(tx).draft.run(
    ...[centre.id, version, actor.today, actor.user?.id, act.id],
  );
  if (last) statements(tx).copy.run({ from: last.id, to: Number(lastInsertRowid), act: act.id });
  return findSurvey(tx, centre.id, version);
}

/** Writes a point into one of the boxes of a draft. */
export function addPoint(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  version: number,
  { place = null, lon = null, lat = null, ...typed }: PointTyped,
): SurveyPoint {
  requirePower(actor, 'surveys.draft', centre);
  const survey = findDraft(tx, centre, version);
  if (typed.seenOn > actor.today) {
    throw new Refusal('network:refusals.future', { status: 422, field: 'seenOn' });
  }
  const point = { ...typed, place, lon, lat };
  const act = record(tx, actor, deed('point-added', centre, version, point));
  const { box, seenOn, text, weight } = point;
  const { lastInsertRowid } = statements(tx).add.run(
    ...[survey.id, box, seenOn, text, weight, place, lon, lat, act.id],
  );
  return { ...point, id: Number(lastInsertRowid) };
}

/** Takes a point out of a draft; the trail keeps what it said. */
export function removePoint(tx: Tx, actor: Actor, centre: Centre, version: number, id: number) {
  requirePower(actor, 'surveys.draft', centre);
  const survey = findDraft(tx, centre, version);
  const point = pointsOf(tx, survey.id).find((one) => one.id === id);
  if (!point) throw new NotFound();
  record(tx, actor, { ...deed('point-removed', centre, version, undefined), before: point });
  statements(tx).remove.run(id, survey.id);
  return point;
}

/** Approves a draft as the board's, or as the committee's while there is no board; it is final then. */
export function approveSurvey(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  version: number,
  { approvedOn = actor.today }: { approvedOn?: string } = {},
): Survey {
  requirePower(actor, 'surveys.approve', centre);
  const survey = findDraft(tx, centre, version);
  refuseDay(actor, survey, approvedOn);
  const points = pointsOf(tx, survey.id);
  const mend = `/network/surveys/${version}`;
  const empty = BOXES.filter((box) => points.every((point) => point.box !== box)).length;
  uphold(surveyInFourBoxes, { empty }, { mend });
  const approver = sitsAsChair(actor, centre) ? 'chair' : 'committee';
  const hasChair = holdersOn(tx, centre.id, actor.today).has('chair');
  uphold(surveyByBoard, { approver, hasChair }, { mend });
  if (approver === 'chair') refuseDayBeforeSeat(tx, actor, centre, approvedOn);
  const paper = issuePaper(tx, actor, {
    ...{ centreId: centre.id, kind: 'survey', number: String(version), issuedOn: approvedOn },
    content: (code, verifyAddress) =>
      surveySheetOf(tx, actor, centre, {
        survey,
        points,
        approvedOn,
        approver,
        code,
        verifyAddress,
      }),
    deed: deed('approved', centre, version, { version, approvedOn, approver }),
  });
  statements(tx).approve.run(survey.id, approvedOn, actor.user?.id, paper.id, paper.act.id);
  tell(tx, actor, paper.act, {
    ...{ key: 'network:notices.survey-approved', said: { version }, centreId: centre.id },
    href: mend,
    // Each side is told of what the other did.
    to:
      approver === 'chair'
        ? [{ role: 'county-head', countyId: centre.countyId }]
        : [{ seat: 'chair' }, { seat: 'vice-chair' }],
  });
  return findSurvey(tx, centre.id, version);
}

/** Who may approve a survey of this centre today: its chair, or an officer while there is none. */
export function mayApprove(db: Db, actor: Actor, centre: Centre): boolean {
  if (!may(actor, 'surveys.approve', centre)) return false;
  return sitsAsChair(actor, centre) || !holdersOn(db, centre.id, actor.today).has('chair');
}

const sitsAsChair = (actor: Actor, centre: Centre): boolean =>
  actor.seats.some(({ centreId, seat }) => centreId === centre.id && seat === 'chair');

const deed = (what: string, centre: Centre, version: number, after: unknown) => ({
  ...{ kind: `survey.${what}`, subject: `surveys/${centre.code}/${version}` },
  ...{ centreId: centre.id, after },
});

function findDraft(tx: Tx, centre: Centre, version: number): Survey {
  const survey = findSurvey(tx, centre.id, version);
  if (survey.approvedOn === null) return survey;
  throw new Refusal('network:refusals.survey-final', {
    values: { version },
    mend: '/network/surveys',
  });
}

function refuseDay(actor: Actor, survey: Survey, approvedOn: string): void {
  const wrong =
    approvedOn > actor.today
      ? 'future'
      : approvedOn < survey.draftedOn
        ? 'before-draft'
        : undefined;
  if (wrong) {
    throw new Refusal(`network:refusals.${wrong}`, { status: 422, field: 'approvedOn' });
  }
}

/** On a day before today the chair approves only if he sat then; whoever acts for him, today alone. */
function refuseDayBeforeSeat(tx: Tx, actor: Actor, centre: Centre, approvedOn: string): void {
  if (approvedOn === actor.today) return;
  const chair = holdersOn(tx, centre.id, approvedOn).get('chair');
  if (chair && chair.personId === actor.user?.personId) return;
  throw new Refusal('network:refusals.day-before-seat', { status: 422, field: 'approvedOn' });
}
