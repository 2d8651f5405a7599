/** Self-checks of the committee's codes (B-112). */
import { type Check, first } from '../provinces/check.ts';

export const registrationChecks: Check[] = [
  {
    name: 'registration-codes',
    run: first(
      `SELECT 'code ' || c.id || ' is of no gift of its centre' FROM registration_codes c
       WHERE c.subject LIKE 'donations/%' AND NOT EXISTS (SELECT 1 FROM donations d
         WHERE c.subject = 'donations/' || d.id AND d.centre_id = c.centre_id) LIMIT 1`,
      `SELECT 'code ' || c.id || ' is of no row of its centre' FROM registration_codes c
       WHERE c.subject NOT LIKE 'donations/%'
         AND NOT EXISTS (SELECT 1 FROM payments_made m
           WHERE c.subject = 'payments/' || m.payment_id AND m.centre_id = c.centre_id)
         AND NOT EXISTS (SELECT 1 FROM deliveries_made m
           WHERE c.subject = 'deliveries/' || m.delivery_id AND m.centre_id = c.centre_id)
         AND NOT EXISTS (SELECT 1 FROM box_openings o
           WHERE c.subject = 'box-openings/' || o.id AND o.centre_id = c.centre_id) LIMIT 1`,
      `SELECT 'code ' || c.id || ' is not what its act says' FROM registration_codes c
       JOIN acts a ON a.id = c.act_id
       WHERE (a.kind = 'registration.recorded' AND (a.after ->> '$.code' <> c.code
           OR a.subject <> c.subject))
         OR (a.kind = 'registration.imported' AND NOT EXISTS (
           SELECT 1 FROM json_each(a.after, '$.codes')
           WHERE value ->> 'code' = c.code AND value ->> 'subject' = c.subject))
         OR a.kind NOT IN ('registration.recorded', 'registration.imported') LIMIT 1`,
    ),
  },
];
