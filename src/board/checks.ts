/** Self-checks of persons, decrees and letters: what the trail and the papers say of them. */
import { asActsSay, type Check, either, first, withoutGaps } from '../provinces/check.ts';

/** A step in the life of a decree. */
const step = { subject: "'decrees/' || t.decree_id" };

/** Introductions and official letters share one series. */
const LETTERS = `(SELECT centre_id, year, number FROM introductions
  UNION ALL SELECT centre_id, year, number FROM issued_letters)`;

export const boardChecks: Check[] = [
  {
    name: 'person-acts',
    run: either(
      first(
        ...['persons', 'county_persons'].map(
          (table) => `SELECT '${table}: a row is not what its act says'
           FROM ${table} t LEFT JOIN acts r ON r.id = t.act_id
           LEFT JOIN acts a ON a.id = coalesce(t.corrected_act_id, t.act_id)
           WHERE r.kind IS NOT 'person.registered'
             OR (t.corrected_act_id IS NOT NULL AND a.kind IS NOT 'person.corrected')
             OR (a.after ->> '$.name') IS NOT t.name OR (a.after ->> '$.gender') IS NOT t.gender
             OR (a.after ->> '$.isCleric') IS NOT t.is_cleric
             OR (a.after ->> '$.mobile') IS NOT t.mobile
             OR (r.after ->> '$.countyId') IS NOT t.county_id
             OR (r.after ->> '$.nationalId') IS NOT (SELECT national_id FROM persons p
               WHERE p.id = t.${table === 'persons' ? 'id' : 'person_id'}) LIMIT 1`,
        ),
        `SELECT 'persons has ' || found || ' of ' || told || ' that acts tell of'
         FROM (SELECT (SELECT count(*) FROM persons) + (SELECT count(*) FROM county_persons)
           AS found, (SELECT count(*) FROM acts WHERE kind = 'person.registered') AS told)
         WHERE found <> told LIMIT 1`,
      ),
      asActsSay({
        ...{ table: 'clearances', kind: 'clearance.given', by: 'decided_by' },
        subject: "'persons/' || t.person_id || '/clearances/' || t.kind",
        says: { state: 't.state', number: 't.number', decidedOn: 't.decided_on' },
      }),
    ),
  },
  {
    name: 'decree-acts',
    run: asActsSay(
      {
        ...{ table: 'decrees', kind: 'decree.drafted', by: 'drafted_by', on: 'drafted_on' },
        says: { personId: 't.person_id', seat: 't.seat', fromOn: 't.from_on', toOn: 't.to_on' },
      },
      {
        ...{ ...step, table: 'decree_coordinations', kind: 'decree.coordinated' },
        by: 'decided_by',
        says: { answer: 't.answer', number: 't.number', decidedOn: 't.decided_on' },
      },
      {
        ...{ ...step, table: 'decree_issues', kind: 'decree.issued' },
        ...{ by: 'issued_by', on: 'issued_on' },
        says: {
          number: "t.year || '-' || printf('%04d', t.number)",
          issuer: "iif(t.issuer_decree_id IS NULL, 'committee', 'chair')",
        },
      },
      {
        ...{ ...step, table: 'decree_acceptances', kind: 'decree.accepted' },
        ...{ by: 'recorded_by', on: 'accepted_on' },
        says: { noPolitics: 't.declares_no_politics', liability: 't.accepts_liability' },
      },
      {
        ...{ ...step, table: 'decree_endings', kind: 'decree.ended', by: 'ended_by' },
        says: { endedOn: 't.ended_on', reason: 't.reason' },
      },
    ),
  },
  {
    name: 'board-acts',
    run: asActsSay(
      {
        ...{ table: 'nominations', kind: 'decree.nominated', subject: "'decrees/' || t.decree_id" },
        ...{ by: 'recorded_by', on: 'recorded_on' },
        says: { introducer: 't.introducer', plan: 't.plan', lines: 't.lines' },
      },
      {
        ...{ table: 'absences', kind: 'absence.declared', subject: "'absences/' || t.id" },
        ...{ by: 'declared_by', on: 'declared_on' },
        says: { fromOn: 't.from_on', toOn: 't.to_on', reason: 't.reason' },
      },
      {
        ...{ table: 'absence_endings', kind: 'absence.ended', by: 'ended_by', on: 'ended_on' },
        ...{ subject: "'absences/' || t.absence_id", says: { endedOn: 't.ended_on' } },
      },
      {
        ...{ table: 'change_requests', kind: 'change.requested', by: 'requested_by' },
        ...{ on: 'requested_on', subject: "'changes/' || t.id" },
        says: { kind: 't.kind', decreeId: 't.decree_id', reason: 't.reason' },
      },
      {
        ...{ table: 'change_answers', kind: 'change.answered', by: 'decided_by' },
        subject: "'changes/' || t.request_id",
        says: { answer: 't.answer', number: 't.number', decidedOn: 't.decided_on' },
      },
      {
        ...{ table: 'change_withdrawals', kind: 'change.withdrawn', by: 'withdrawn_by' },
        ...{ on: 'withdrawn_on', subject: "'changes/' || t.request_id" },
        says: { reason: 't.reason' },
      },
      {
        ...{ table: 'member_papers', kind: 'member.paper-laid', by: 'recorded_by' },
        ...{ on: 'received_on', subject: "'members/' || t.person_id", says: { kind: 't.kind' } },
      },
    ),
  },
  {
    name: 'decree-requests',
    run: first(
      `SELECT 'request for decree ' || r.decree_id || ' is not what act ' || r.act_id || ' says'
       FROM decree_requests r LEFT JOIN acts a ON a.id = r.act_id
       WHERE a.kind IS NOT iif(r.paper_id IS NULL, 'decree.drafted', 'decree.requested')
         OR a.subject IS NOT 'decrees/' || r.decree_id OR a.user_id IS NOT r.requested_by LIMIT 1`,
      `SELECT 'decree ' || o.decree_id || ' was answered without a request'
       FROM decree_coordinations o LEFT JOIN decree_requests r USING (decree_id)
       WHERE r.decree_id IS NULL LIMIT 1`,
    ),
  },
  { name: 'decree-numbers', run: withoutGaps('decree', 'decree_issues') },
  { name: 'letter-numbers', run: withoutGaps('letter', LETTERS) },
  {
    name: 'decree-papers',
    run: first(
      `SELECT 'decree ' || i.decree_id || ' has no paper of its own' FROM decree_issues i
       JOIN decrees d ON d.id = i.decree_id LEFT JOIN papers p ON p.id = i.paper_id
       WHERE p.kind IS NOT 'decree' OR p.act_id <> i.act_id OR p.centre_id <> i.centre_id
         OR p.number <> i.year || '-' || printf('%04d', i.number)
         OR p.content ->> 'from' <> d.from_on OR p.content ->> 'to' <> d.to_on LIMIT 1`,
    ),
  },
  {
    name: 'decree-terms',
    run: first(
      `SELECT 'decrees ' || d.id || ' and ' || o.id || ' hold one seat on the same days'
       FROM decrees d JOIN decree_issues di ON di.decree_id = d.id
       JOIN decrees o ON o.centre_id = d.centre_id AND o.seat = d.seat AND o.id > d.id
       JOIN decree_issues oi ON oi.decree_id = o.id
       LEFT JOIN decree_endings de ON de.decree_id = d.id
       LEFT JOIN decree_endings oe ON oe.decree_id = o.id
       WHERE o.from_on < coalesce(min(date(d.to_on, '+1 day'), de.ended_on), date(d.to_on, '+1 day'))
         AND d.from_on < coalesce(min(date(o.to_on, '+1 day'), oe.ended_on), date(o.to_on, '+1 day'))
       LIMIT 1`,
    ),
  },
];
