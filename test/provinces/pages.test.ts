/** The doctor's page: who may open it, and that it tells what the command line tells. */
import { expect } from 'chai';
import { buildWorld, type Person, type World } from '../support/world.ts';

describe('the doctor’s page', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const MAY: Record<Person | 'stranger', number> = {
    ...{ sysadmin: 200, deputy: 200, hadi: 403, karim: 403, inspector: 403, security: 403 },
    ...{ selection: 403, reza: 403, maryam: 403, zahra: 403, stranger: 401 },
  };
  for (const [person, status] of Object.entries(MAY)) {
    it(`answers ${person} with ${status}`, async () => {
      const who = person === 'stranger' ? null : (person as Person);
      expect((await world.visit(who, 'GET /doctor.json')).status).to.equal(status);
    });
  }

  it('names each check, finds a sound file sound, and a changed one not', async () => {
    type Told = { sound: boolean; checks: { name: string; wrong: string | null }[] };
    const told = (await world.visit('sysadmin', 'GET /doctor.json')).json<Told>();
    expect(told.sound).to.equal(true);
    expect(told.checks.length).to.be.greaterThan(25);
    world.province.db.$client.exec(
      'DROP TRIGGER acts_are_final_update; UPDATE acts SET at = at || 1',
    );
    const after = (await world.visit('sysadmin', 'GET /doctor.json')).json<Told>();
    expect(after.sound).to.equal(false);
    const wrong = after.checks.filter((one) => one.wrong !== null).map((one) => one.name);
    expect(wrong).to.include.members(['guards', 'chain']);
    expect((await world.visit('sysadmin', 'GET /doctor')).text).to.contain('data-state="bad"');
  });
});
