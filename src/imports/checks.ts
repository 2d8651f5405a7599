/** Self-checks of imports: what they say they made is there, and their acts say the same. */
import { type Check, first } from '../provinces/check.ts';

/** The acts of an import beside its row. */
const SAYS = {
  sent: `SELECT 'import ' || i.id || ' is not what its act says' FROM imports i
    LEFT JOIN acts a ON a.id = i.act_id
    WHERE a.kind IS NOT 'import.sent' OR a.subject IS NOT 'imports/' || i.id
      OR a.after ->> '$.what' IS NOT i.what OR a.user_id IS NOT i.sent_by
      OR a.after ->> '$.sha256' IS NOT lower(hex(i.sha256)) LIMIT 1`,
  settled: `SELECT 'import ' || i.id || ' did not end as its act says' FROM imports i
    LEFT JOIN acts a ON a.id = i.settled_act_id
    WHERE i.state <> 'waiting' AND (a.kind IS NOT 'import.' || i.state
      OR a.subject IS NOT 'imports/' || i.id OR a.user_id IS NOT i.settled_by
      OR (i.state = 'done' AND (a.after ->> '$.rows' IS NOT i.row_count
        OR a.after ->> '$.added' IS NOT i.added OR a.after ->> '$.rial' IS NOT i.amount_rial
        OR a.after ->> '$.firstId' IS NOT i.first_id))) LIMIT 1`,
  gone: `SELECT 'act ' || a.id || ' tells of an import that is not there' FROM acts a
    WHERE a.kind = 'import.sent' AND NOT EXISTS (SELECT 1 FROM imports WHERE act_id = a.id)
    LIMIT 1`,
};

export const importChecks: Check[] = [
  {
    name: 'imports',
    run: first(
      SAYS.sent,
      SAYS.settled,
      SAYS.gone,
      `SELECT 'import ' || i.id || ' has not the donors that it made' FROM imports i
       WHERE i.what = 'donors' AND i.added > 0 AND i.added <> (SELECT count(*) FROM donors
         WHERE id BETWEEN i.first_id AND i.last_id AND centre_id = i.centre_id) LIMIT 1`,
      `SELECT 'import ' || i.id || ' has not the gifts that it made' FROM imports i
       WHERE i.what = 'gifts' AND i.added > 0 AND (i.added, i.amount_rial) IS NOT (
         SELECT count(*), sum(amount_rial) FROM donations
         WHERE id BETWEEN i.first_id AND i.last_id AND centre_id = i.centre_id) LIMIT 1`,
    ),
  },
];
