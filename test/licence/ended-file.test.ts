/** B-128, B-109: what an ended or a suspended licence closes, the file closes too: each by raw SQL. */
import { expect } from 'chai';
import { record } from '../../src/trail/acts.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';
import { decided } from './life.ts';

let world: World;
const db = () => world.province.db;

/** The number of an act of Hadi's at this moment. */
function actAt(moment: string): number {
  world.clock.now = new Date(moment);
  const deed = { kind: 'test.done', subject: 'tests', centreId: world.noor.id };
  return record(db(), world.actor('hadi'), deed).id;
}

/** A row of the table as it is, but for what is told: SQL by column. */
function copied(table: string, changes: Record<string, string>): string {
  const columns = db()
    .$client.prepare('SELECT name FROM pragma_table_info(?)')
    .pluck()
    .all(table) as string[];
  const values = columns.map((name) => changes[name] ?? name).join(', ');
  return `INSERT INTO ${table} SELECT ${values} FROM ${table} LIMIT 1`;
}

const noor = () => world.noor.id;
const hadi = () => world.users.hadi;
const permit = (act: number) => `INSERT INTO permits VALUES (NULL, ${noor()}, 'place', NULL, NULL,
  'روستا', '${TODAY}', '2027-03-20', 'سبب', '${TODAY}', ${world.users.reza}, ${act})`;

/** A row of each kind that a licence must run for, by the act that makes it. */
const DEEDS: Record<string, (act: number) => string> = {
  proposal: (act) =>
    copied('decrees', { id: 'NULL', seat: "'benefactors-men'", act_id: String(act) }),
  acceptance: (act) => copied('decree_acceptances', { act_id: String(act) }),
  code: (act) => copied('activity_codes', { act_id: String(act) }),
  introduction: (act) =>
    copied('introductions', {
      ...{ id: 'NULL', act_id: String(act), replaces_id: 'id', reason: "'lost'" },
    }),
  account: (act) => copied('bank_accounts', { act_id: String(act) }),
  seal: (act) => copied('seals', { id: 'NULL', act_id: String(act) }),
  sheet: (act) => `INSERT INTO map_sheets
    SELECT NULL, ${noor()}, id, 1, 1, '${TODAY}', ${hadi()}, 1, ${act} FROM boundaries LIMIT 1`,
  'permit-request': permit,
  permit: (act) => `INSERT INTO permit_decisions
    SELECT max(id), 'granted', '1', '${TODAY}', ${hadi()}, NULL, 1, ${act} FROM permits`,
  channel: (act) => `INSERT INTO channels
    VALUES (NULL, ${noor()}, 'bale', 'https://ble.ir/noor', '${TODAY}', ${act})`,
  letterhead: (act) =>
    copied('papers', {
      ...{ id: 'NULL', code: "'0000000000000'", number: "'9'", act_id: String(act) },
      content: `json('{"head":"centre"}')`,
    }),
};

/** A permit asked for, no seal in use, and a code that may be written again. */
function prepare(): void {
  db().$client.exec('DROP TRIGGER activity_codes_are_new');
  db().$client.exec(permit(1));
  db().$client.exec(
    `INSERT INTO seal_endings SELECT id, 'lost', '${TODAY}', 'سبب', ${hadi()}, 1 FROM seals`,
  );
}

describe('the file after the last day of a licence (B-128)', () => {
  before(async () => {
    world = await buildWorld();
    prepare();
  });
  after(() => world.close());

  const fault = (sql: string): string => {
    const { $client } = db();
    $client.exec('SAVEPOINT tried');
    try {
      $client.exec(sql);
      return '';
    } catch (thrown) {
      return String(thrown);
    } finally {
      $client.exec('ROLLBACK TO tried; RELEASE tried');
    }
  };

  for (const [name, deed] of Object.entries(DEEDS)) {
    it(`takes no ${name} from the first minute of the next day in Tehran on`, () => {
      // Midnight in Tehran is half past eight in the evening before, UTC.
      expect(fault(deed(actAt('2027-03-20T20:29:59.000Z'))), 'still').to.not.contain('b128_');
      expect(fault(deed(actAt('2027-03-20T20:30:00.000Z'))), 'over').to.contain('licence_over');
      expect(fault(deed(actAt('2031-01-01T08:00:00.000Z'))), 'later').to.contain('licence_over');
    });
  }

  it('takes them again from the first day of a renewal on', () => {
    world.clock.now = new Date('2027-03-25T08:00:00.000Z');
    const gap = actAt('2027-03-24T08:00:00.000Z');
    world.clock.now = new Date('2027-03-25T08:00:00.000Z');
    decided(world, 'renew', '2028-03-20');
    const now = actAt('2027-03-25T09:00:00.000Z');
    expect(fault(DEEDS.seal!(gap))).to.contain('licence_over');
    for (const [name, deed] of Object.entries(DEEDS)) {
      expect(fault(deed(now)), name).to.not.contain('licence_over');
    }
  });
});

describe('the file of a centre that is suspended or revoked (B-109)', () => {
  beforeEach(async () => {
    world = await buildWorld();
    prepare();
  });
  afterEach(() => world.close());

  for (const kind of ['suspend', 'revoke', 'dissolve'] as const) {
    it(`takes none of them once it is decided to ${kind}`, () => {
      decided(world, kind);
      const act = actAt('2026-11-21T12:00:00.000Z');
      for (const [name, deed] of Object.entries(DEEDS)) {
        expect(() => db().$client.exec(deed(act)), name).to.throw(/b109_standing_before/);
      }
    });
  }

  it('takes no line of its assets back, and no sheet down, by the head of another county (B-17)', () => {
    const { id } = decided(world, 'dissolve');
    const run = (sql: string) => () => db().$client.exec(sql);
    run(`INSERT INTO dissolution_assets VALUES (1, ${noor()}, ${id}, 'goods', 'x', NULL, 1, 0,
      'gift', 'y', '${TODAY}', ${world.users.deputy}, 1)`)();
    const back = (by: number) =>
      `INSERT INTO dissolution_withdrawals VALUES (1, '${TODAY}', ${by}, 1)`;
    expect(run(back(world.users.karim))).to.throw('b17_own_county');
    expect(run(back(hadi()))).to.not.throw();
  });

  it('lets a sheet be taken down by nobody of another county (B-17)', async () => {
    const sheet = await world.visit('hadi', 'POST /centres/noor/boundary/sheet', {});
    expect(sheet.status).to.equal(201);
    const run = (sql: string) => () => db().$client.exec(sql);
    const hang = (by: number) => `INSERT INTO sheet_hangings
      SELECT NULL, id, '${TODAY}', '${TODAY}', ${by}, 1 FROM map_sheets`;
    expect(run(hang(world.users.karim))).to.throw('b17_own_county');
    run(hang(hadi()))();
    const down = (by: number) => `INSERT INTO sheet_removals
      SELECT id, '${TODAY}', 'سبب', ${by}, 1 FROM sheet_hangings`;
    expect(run(down(world.users.karim))).to.throw('b17_own_county');
    run(down(hadi()))();
  });
});
