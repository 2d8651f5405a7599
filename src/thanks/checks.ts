/** Self-checks of letters to givers: contacts, requests and thanks are what the trail says. */
import { asActsSay, type Check, either, first } from '../provinces/check.ts';

const letter = { table: 'donor_letters', by: 'issued_by', on: 'issued_on' };

export const thanksChecks: Check[] = [
  {
    name: 'donor-letters',
    run: either(
      asActsSay(
        {
          ...{ table: 'firm_contacts', kind: 'firm.contact-recorded', by: 'recorded_by' },
          ...{ on: 'recorded_on', subject: "'donors/' || t.donor_id" },
          says: { id: 't.id', name: 't.name', office: 't.office' },
        },
        {
          ...{ ...letter, kind: 'firm.asked', of: "t.kind = 'gift-request'" },
          says: { donor: 't.donor_id' },
        },
        {
          ...{ ...letter, kind: 'donor.thanked', of: "t.kind = 'thanks'" },
          says: {
            ...{ donor: 't.donor_id', fromOn: 't.from_on', toOn: 't.to_on' },
            gifts: `(SELECT json_group_array(donation_id) FROM (SELECT g.donation_id
              FROM thanked_gifts g JOIN donations d ON d.id = g.donation_id
              WHERE g.paper_id = t.paper_id ORDER BY d.received_on, d.id))`,
          },
        },
      ),
      first(
        `SELECT 'letter ' || g.paper_id || ' thanks for a gift of another' FROM thanked_gifts g
         LEFT JOIN donor_letters l ON l.paper_id = g.paper_id
         JOIN donations d ON d.id = g.donation_id
         WHERE l.donor_id IS NOT d.donor_id LIMIT 1`,
      ),
    ),
  },
];
