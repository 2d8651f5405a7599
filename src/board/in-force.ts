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

/**
 * B-128: a decree that was in force on the last day of the centre's licence and ended with it alone.
 * Whoever was ended otherwise, or followed in his seat, keeps nothing; nor does anybody once the
 * licence is renewed or the centre dissolved. `d` and `e` as in DECREES.
 */
export const KEPT = `d.to_on < @today AND e.decree_id IS NULL
  AND (SELECT max(l.to_on) FROM current_licences l
    WHERE l.centre_id = d.centre_id AND l.from_on <= @today)
    BETWEEN d.from_on AND d.to_on
  AND coalesce((SELECT w.kind FROM licence_decisions w WHERE w.centre_id = d.centre_id
    AND w.kind <> 'renew' AND w.decided_on <= @today ORDER BY w.id DESC LIMIT 1), '') <> 'finish'
  AND NOT EXISTS (SELECT 1 FROM decrees n JOIN decree_issues ni ON ni.decree_id = n.id
    WHERE n.centre_id = d.centre_id AND n.seat = d.seat AND n.from_on > d.to_on)`;

/** B-61: an absence `b` of the chair whose decree `ce` has not ended, told of @today. */
export const ABSENCES = `absences b LEFT JOIN absence_endings f ON f.absence_id = b.id
  LEFT JOIN decree_endings ce ON ce.decree_id = b.chair_decree_id`;

export const ABSENT = `@today BETWEEN b.from_on AND b.to_on
  AND (f.ended_on IS NULL OR f.ended_on > @today)
  AND (ce.ended_on IS NULL OR ce.ended_on > @today)`;
