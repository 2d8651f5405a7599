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
