/** Self-checks of persons, decrees and letters: what the trail and the papers say of them. */
import { asActsSay, type Check, first, withoutGaps } from '../provinces/check.ts';

/** A step in the life of a decree. */
const step = { subject: "'decrees/' || t.decree_id" };

/** Introductions and official letters share one series. */
const LETTERS = `(SELECT centre_id, year, number FROM introductions
  UNION ALL SELECT centre_id, year, number FROM issued_letters)`;

export const boardChecks: Check[] = [
  {
    name: 'person-acts',
    run: asActsSay(
      {
        ...{ table: 'persons', kind: 'person.registered' },
        says: {
          ...{ name: 't.name', nationalId: 't.national_id', gender: 't.gender' },
          ...{ isCleric: 't.is_cleric', mobile: 't.mobile', countyId: 't.county_id' },
        },
      },
      {
        ...{ table: 'clearances', kind: 'clearance.given', by: 'decided_by' },
        subject: "'persons/' || t.person_id || '/clearances/' || t.kind",
        says: { state: 't.state', number: 't.number', decidedOn: 't.decided_on' },
      },
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
