/** B-17: the file too lets the head of one county decide nothing in another. */
import { expect } from 'chai';
import { buildWorld, FOUNDED, TODAY, type World } from '../support/world.ts';

describe('B-17, the head of a county office in raw SQL', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const run = (sql: string) => world.province.db.$client.exec(sql);
  /** Each deed upon Noor, by the user it names; `n` keeps the rows apart. */
  const deeds: Record<string, (user: number) => string> = {
    licence: (user) =>
      `DROP TRIGGER b109_renewed_by_decision;
       INSERT INTO licences (centre_id, number, from_on, to_on, issued_by, act_id)
       VALUES (${world.noor.id}, 'x', '2030-01-01', '2030-12-31', ${user}, 1)`,
    approval: (user) =>
      `INSERT INTO boundaries (centre_id, version, area, square_metres, proposed_on, proposed_by, act_id)
       VALUES (${world.noor.id}, 2, '{}', 1, '${TODAY}', ${user}, 1);
       INSERT INTO boundary_bounds SELECT max(id), 10, 10, 10, 10 FROM boundaries;
       INSERT INTO boundary_approvals SELECT max(id), '${TODAY}', ${user}, 1 FROM boundaries`,
    coordination: (user) =>
      `INSERT INTO decrees (centre_id, person_id, seat, from_on, to_on, drafted_on, drafted_by, act_id)
       SELECT centre_id, person_id, 'benefactors-men', '${FOUNDED}', '${TODAY}', '${FOUNDED}', ${user}, 1
       FROM decrees LIMIT 1;
       INSERT INTO decree_requests SELECT (SELECT max(id) FROM decrees), '${TODAY}',
         ${world.users.reza}, d.id, (SELECT max(id) FROM papers), 1
       FROM decrees d WHERE d.seat = 'chair' AND d.centre_id = ${world.noor.id};
       INSERT INTO decree_coordinations SELECT max(id), 'agreed', 'x', '${TODAY}', ${user}, 1 FROM decrees`,
    decree: (user) =>
      `INSERT INTO decrees (centre_id, person_id, seat, from_on, to_on, drafted_on, drafted_by, act_id)
       SELECT centre_id, person_id, 'vice-chair', from_on, to_on, '${FOUNDED}', ${user}, 1
       FROM decrees LIMIT 1;
       INSERT INTO decree_issues SELECT (SELECT max(id) FROM decrees), centre_id, 1405,
         1 + (SELECT max(number) FROM decree_issues), '${TODAY}', ${user}, NULL, paper_id, 1
       FROM decree_issues LIMIT 1`,
    introduction: (user) =>
      `INSERT INTO introductions (centre_id, year, number, issued_on, issued_by, paper_id, act_id,
         replaces_id, reason)
       SELECT centre_id, 1405, 1 + (SELECT max(number) FROM introductions), '${TODAY}', ${user},
         paper_id, 1, id, 'lost' FROM introductions LIMIT 1`,
    proposal: (user) =>
      `INSERT INTO boundaries (centre_id, version, area, square_metres, proposed_on, proposed_by, act_id)
       VALUES (${world.noor.id}, 2, '{}', 1, '${TODAY}', ${user}, 1)`,
    benefactor: (user) =>
      `INSERT INTO benefactor_links (centre_id, kind, name, place, number, coordinated_on, linked_on,
         linked_by, act_id)
       VALUES (${world.noor.id}, 'institution', 'x', 'y', '1', '${TODAY}', '${TODAY}', ${user}, 1)`,
  };

  for (const [name, deed] of Object.entries(deeds)) {
    it(`refuses a ${name} by the head of the next county, and takes it from his own`, () => {
      run('BEGIN');
      try {
        expect(() => run(deed(world.users.karim))).to.throw('b17_own_county');
      } finally {
        run('ROLLBACK');
      }
      run('BEGIN');
      try {
        run(deed(world.users.hadi));
      } finally {
        run('ROLLBACK');
      }
    });
  }
});
