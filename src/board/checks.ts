/** Self-checks of decrees and letters: numbers, and what the trail and the papers say of them. */
import { type Check, first, withoutGaps } from '../provinces/check.ts';

export const boardChecks: Check[] = [
  { name: 'decree-numbers', run: withoutGaps('decree', 'decree_issues') },
  { name: 'letter-numbers', run: withoutGaps('letter', 'introductions') },
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
