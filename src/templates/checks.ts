/** Self-checks of the words papers carry: what the trail says was set is what is there. */
import { asActsSay, type Check, first } from '../provinces/check.ts';

const set = { by: 'set_by', on: 'set_on' };

export const templateChecks: Check[] = [
  {
    name: 'template-acts',
    run: asActsSay(
      {
        ...{ ...set, table: 'templates', kind: 'template.set' },
        subject: "'templates/' || t.kind || '/' || t.version",
        says: { fromOn: 't.from_on', wording: 't.wording' },
      },
      {
        ...{ ...set, table: 'board_names', kind: 'board-name.set' },
        says: { name: 't.name', fromOn: 't.from_on' },
      },
      {
        ...{ ...set, table: 'citations', kind: 'citation.written' },
        subject: "'citations/' || t.key",
        says: {
          ...{ title: 't.title', words: 't.words' },
          ...{ validFrom: 't.valid_from', validTo: 't.valid_to' },
        },
      },
      {
        ...{ ...set, table: 'memoranda', kind: 'memorandum.recorded' },
        subject: "'memoranda/' || t.version",
        says: {
          ...{ firstParty: 't.first_party', secondParty: 't.second_party' },
          ...{ number: 't.number', signedOn: 't.signed_on' },
        },
      },
    ),
  },
  {
    name: 'letters',
    run: first(
      `SELECT 'letter ' || l.id || ' has no paper of its own' FROM issued_letters l
       LEFT JOIN papers p ON p.id = l.paper_id
       WHERE p.kind IS NOT l.kind OR p.act_id <> l.act_id OR p.centre_id <> l.centre_id
         OR p.number <> l.year || '-' || printf('%04d', l.number)
         OR p.content ->> 'head' IS NOT l.head LIMIT 1`,
      `SELECT 'letter ' || l.id || ' was issued by another than its act says' FROM issued_letters l
       JOIN acts a ON a.id = l.act_id
       WHERE a.user_id IS NOT l.issued_by OR date(a.at, '+210 minutes') <> l.issued_on LIMIT 1`,
    ),
  },
];
