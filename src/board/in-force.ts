/**
 * A decree in force, told to SQLite: issued, accepted, within its days in Tehran, and not ended.
 * `decree-states.ts` tells the same of a decree already read.
 */

/** `d` is the decree and `i` its issue; both parts ask for @today. */
export const DECREES = `decrees d
  JOIN decree_issues i ON i.decree_id = d.id
  JOIN decree_acceptances a ON a.decree_id = d.id AND a.accepted_on <= @today
  LEFT JOIN decree_endings e ON e.decree_id = d.id`;

export const IN_FORCE = `@today BETWEEN d.from_on AND d.to_on
  AND (e.ended_on IS NULL OR e.ended_on > @today)`;

/** B-61: an absence `b` of the chair whose decree `ce` has not ended, told of @today. */
export const ABSENCES = `absences b LEFT JOIN absence_endings f ON f.absence_id = b.id
  LEFT JOIN decree_endings ce ON ce.decree_id = b.chair_decree_id`;

export const ABSENT = `@today BETWEEN b.from_on AND b.to_on
  AND (f.ended_on IS NULL OR f.ended_on > @today)
  AND (ce.ended_on IS NULL OR ce.ended_on > @today)`;
