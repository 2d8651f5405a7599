import { expect } from 'chai';
import { quarter, readyCentre, stepsAt } from '../../seeds/neighbourhood.ts';
import { giveClearance } from '../../src/board/clearances.ts';
import { findCentre } from '../../src/centres/centres.ts';
import { issueLicence } from '../../src/licence/licensing.ts';
import { markEquipment } from '../../src/opening/equipment.ts';
import { proposalsOf, proposeForSeat } from '../../src/opening/proposals.ts';
import { setLeastPeople } from '../../src/opening/rules.ts';
import { buildWorld, NOW, TODAY, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await buildWorld();
  const { db } = world.province;
  const officers = { ...world.users, head: world.users.karim };
  readyCentre(db, stepsAt(db, NOW), sepid(), { officers, area: quarter(9) });
});
after(() => world.close());

const sepid = () => findCentre(world.province.db, 'sepid');
const karim = () => world.actor('karim', sepid());
const days = { number: '1405/9', fromOn: TODAY, toOn: '2027-11-20', reason: 'مرکز آماده است' };
const license = () => issueLicence(world.province.db, karim(), sepid(), days);
const raw = () =>
  world.province.db.$client.exec(
    `INSERT INTO licences (centre_id, number, from_on, to_on, issued_by, act_id, reason)
     VALUES (${sepid().id}, 'raw', '${TODAY}', '2027-11-20', ${world.users.karim}, 1, 'why')`,
  );

/** Does something to the file, looks, and takes it back; rows that stay are taken without a guard. */
function without(deed: string | (() => unknown), look: () => void): void {
  const client = world.province.db.$client;
  client.exec('SAVEPOINT gate');
  client.pragma('defer_foreign_keys = ON');
  try {
    if (typeof deed === 'function') deed();
    else {
      const guards = client
        .prepare(
          `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%BEFORE DELETE%'`,
        )
        .pluck()
        .all() as string[];
      for (const name of guards) client.exec(`DROP TRIGGER ${name}`);
      client.exec(deed);
    }
    look();
  } finally {
    client.exec('ROLLBACK TO gate; RELEASE gate');
  }
}

/** What is taken away, what the verb says then, by which clause, where to, and what the file says. */
const GATE: [string | (() => unknown), key: string, clause: string, to: string, twin: string][] = [
  [
    "DELETE FROM seat_proposals WHERE seat = 'assemblies'",
    ...(['seats', 'B-33', '/opening/board', 'b33_six_seats_before_licence'] as const),
  ],
  [
    () => {
      const [{ personId }] = proposalsOf(world.province.db, sepid().id, TODAY) as [never, never];
      const refusal = { state: 'refused' as const, number: '9', decidedOn: TODAY };
      giveClearance(world.province.db, world.actor('selection'), { id: personId }, refusal);
    },
    ...(['cleared', 'B-14', '/opening/board', 'b14_proposed_are_cleared'] as const),
  ],
  [
    'DELETE FROM premises',
    ...(['premises', 'B-114', '/premises', 'b114_premises_before_licence'] as const),
  ],
  [
    () => {
      const id = world.province.db.$client
        .prepare("SELECT id FROM equipment WHERE centre_id = ? AND kind = 'safe'")
        .pluck()
        .get(sepid().id) as number;
      const retired = { state: 'retired' as const, reason: 'دزدیده شد' };
      markEquipment(world.province.db, karim(), sepid(), id, retired);
    },
    ...(['equipment', 'B-115', '/equipment', 'b115_equipped_before_licence'] as const),
  ],
  [
    'DELETE FROM boundary_approvals',
    ...(['area', 'B-124', '/boundary', 'b124_area_before_licence'] as const),
  ],
  [
    'DELETE FROM survey_approvals',
    ...(['survey', 'B-139', '/network/surveys', 'b139_survey_before_licence'] as const),
  ],
  [
    () => {
      const people = { volunteers: 6, units: 1 };
      setLeastPeople(world.province.db, world.actor('deputy'), people);
    },
    ...(['people', 'B-137', '/network', 'b137_people_before_licence'] as const),
  ],
  [
    () => {
      const people = { volunteers: 0, units: 2 };
      setLeastPeople(world.province.db, world.actor('deputy'), people);
    },
    ...(['people', 'B-137', '/network', 'b137_people_before_licence'] as const),
  ],
];

describe('the gate before the first licence', () => {
  for (const [deed, key, clause, to, twin] of GATE) {
    it(`${clause}: is shut while there is no ${key}, in the file too`, () => {
      without(deed, () => {
        expect(license).to.throw(`opening:missing.${key}`).with.property('status', 409);
        expect(license).to.throw().with.property('details').that.deep.equals({ clause, mend: to });
        expect(raw).to.throw(twin);
      });
    });
  }

  it('opens once all of it is there, and stays open for a centre that was licensed', () => {
    license();
    without('DELETE FROM premises', () => {
      const next = {
        reason: 'سبب نمونه',
        number: '1405/10',
        fromOn: '2028-01-01',
        toOn: '2028-12-31',
      };
      expect(() => issueLicence(world.province.db, karim(), sepid(), next)).to.not.throw('missing');
    });
  });

  it('proposes nobody for a seat any more: from now on decrees fill it (B-33)', () => {
    const [first] = proposalsOf(world.province.db, sepid().id, TODAY);
    const again = { seat: 'assemblies' as const, personId: first!.personId };
    expect(() => proposeForSeat(world.province.db, karim(), sepid(), again)).to.throw(
      'opening:refusals.licensed',
    );
  });
});
