import { expect } from 'chai';
import { incomingHelp, linkBenefactor } from '../../src/boundary/benefactors.ts';
import { donorsBySide, placeDonor, placeOfDonor } from '../../src/boundary/donor-places.ts';
import { sheetChecks } from '../../src/boundary/sheet-checks.ts';
import { compassOf } from '../../src/bylaw/compass.ts';
import { addDonor, type Donor } from '../../src/donations/donors.ts';
import { cancelReceipt, findReceipt, issueReceipt } from '../../src/donations/receipts.ts';
import { enter } from '../../src/provinces/enter.ts';
import { buildWorld, type Json, TODAY, type World } from '../support/world.ts';

const LETTER = { number: '1405/91', coordinatedOn: '2026-11-01' };

describe('donors and benefactors across the boundary', () => {
  let world: World;
  let donor: Donor;
  beforeEach(async () => {
    world = await buildWorld();
    const named = { name: 'بخشندهٔ نمونه', mobile: '09000000001', mayBeNamed: true };
    donor = await enter(world.province, (tx) => addDonor(tx, maryam(), world.noor, named));
  });
  afterEach(async () => {
    for (const { name, run } of sheetChecks) expect(run(world.province.db), name).to.equal(null);
    await world.close();
  });

  const maryam = () => world.actor('maryam', world.noor);
  const reza = () => world.actor('reza', world.noor);
  const give = (amountRial: number, receivedOn = TODAY) =>
    enter(world.province, (tx) =>
      issueReceipt(tx, maryam(), world.noor, {
        ...{ amountRial, fund: 'sadaqa', receivedOn, donor: { id: donor.id } },
      }),
    );
  const link = (told: object = {}) =>
    enter(world.province, (tx) => {
      const asked = { kind: 'donor' as const, donorId: donor.id, place: 'تهران', ...LETTER };
      return linkBenefactor(tx, reza(), world.noor, { ...asked, ...told });
    });
  const place = (side: 'inside' | 'outside' | 'unknown', told: object = {}, centre = world.noor) =>
    enter(world.province, (tx) => placeDonor(tx, maryam(), centre, donor.id, { side, ...told }));
  const bearing = (clause: string) =>
    compassOf(world.province.db, world.noor.id, TODAY).find(({ id }) => id === clause)!;

  describe('B-127, benefactors of other areas', () => {
    it('are linked with their coordination, and what they give is told by place', async () => {
      expect(bearing('B-127').state).to.equal('not-due');
      await give(5_000_000, '2026-10-20');
      await link();
      await give(12_500_000);
      const { receipt: number } = await give(1_000_000);
      await enter(world.province, (tx) => {
        const receipt = findReceipt(tx, world.noor.id, number);
        return cancelReceipt(tx, maryam(), world.noor, receipt, 'دو بار ثبت شد');
      });
      await link({ kind: 'institution', donorId: null, name: 'بنیاد نمونه', place: 'اصفهان' });
      expect(incomingHelp(world.province.db, world.noor.id)).to.deep.equal([
        { place: 'تهران', links: 1, gifts: 1, rial: 12_500_000, lastOn: TODAY },
        { place: 'اصفهان', links: 1, gifts: 0, rial: 0, lastOn: null },
      ]);
      expect(bearing('B-127')).to.include({ state: 'kept' });
    });

    it('are not linked before the coordination, twice, or with nobody', async () => {
      await rejects(link({ coordinatedOn: '2026-11-22' }), 'B-127');
      await rejects(link({ donorId: null }), 'needed');
      await rejects(link({ donorId: 5 }), 'no-donor');
      await rejects(link({ kind: 'centre', donorId: null, otherCentre: world.noor }), 'own-centre');
      await link();
      await rejects(link(), 'linked-already');
      const { $client: client } = world.province.db;
      const early = `INSERT INTO benefactor_links SELECT 99, centre_id, 'institution', NULL, NULL,
        'x', place, number, '2026-12-01', NULL, linked_on, linked_by, act_id FROM benefactor_links`;
      expect(() => client.exec(early)).to.throw('b127_coordinated_before_link');
      const foreign = early.replace('linked_by,', `${world.users.karim},`);
      expect(() => client.exec(foreign)).to.throw('b17_own_county');
    });

    it('have their page, where a withheld name stays withheld', async () => {
      const at = '/centres/noor/boundary/benefactors';
      expect((await world.visit('reza', `GET ${at}`)).text).to.include('empty-title');
      expect((await world.visit('reza', `GET ${at}/new`)).status).to.equal(200);
      const body = { kind: 'donor', donor: donor.id, place: 'تهران', number: '1405/91' };
      const late = { ...body, coordinatedOn: '1405/09/10' };
      expect((await world.visit('reza', `POST ${at}`, late)).status).to.equal(422);
      const made = await world.visit('reza', `POST ${at}`, {
        ...body,
        coordinatedOn: '1405/08/10',
      });
      expect(made.json()).to.include({ name: donor.name, state: 'linked' });
      const { id } = made.json<{ id: number }>();
      world.province.db.$client.exec('UPDATE donors SET may_be_named = 0');
      const page = await world.visit('inspector', `GET ${at}`);
      expect(page.text).to.include('تهران').and.not.include(donor.name);
      const over = { reason: 'دیگر نمی‌تواند' };
      const ended = await world.visit('reza', `POST ${at}/${id}/ending`, over);
      expect(ended.json()).to.include({ state: 'ended' });
      expect((await world.visit('reza', `GET ${at}.csv`)).text).to.include('1405/91');
      for (const [person, status] of Object.entries({ zahra: 403, karim: 404, security: 404 })) {
        expect((await world.visit(person as 'zahra', `GET ${at}`)).status, person).to.equal(status);
      }
      expect((await world.visit('maryam', `POST ${at}`, body)).status).to.equal(403);
    });
  });

  describe('B-123, where a donor is', () => {
    it('is inside, outside with a name, or unknown; the last word counts', async () => {
      expect(bearing('B-123')).to.include({ state: 'broken' });
      await place('unknown');
      await place('outside', { place: 'بلوار نمونه' });
      await place('inside', { place: 'کوچهٔ بهار' });
      expect(placeOfDonor(world.province.db, donor.id)).to.include({ side: 'inside' });
      expect(donorsBySide(world.province.db, world.noor.id)).to.deep.equal({
        ...{ inside: 1, outside: 0, unknown: 0, missing: 0 },
      });
      expect(bearing('B-123')).to.include({ state: 'kept' });
      await rejects(place('outside'), 'B-123');
    });

    it('in the area of another centre asks for a coordinated link once something was given', async () => {
      await place('outside', { otherCentre: world.sepid });
      expect(bearing('B-127').state).to.equal('not-due');
      await give(2_000_000);
      expect(bearing('B-127')).to.include({ state: 'broken' });
      await link();
      expect(bearing('B-127')).to.include({ state: 'kept' });
    });

    it('is held by the file, and by those who keep the contacts', async () => {
      const { $client: client } = world.province.db;
      const said = (side: string) => `INSERT INTO donor_places (donor_id, side, recorded_on,
        recorded_by, act_id) VALUES (${donor.id}, '${side}', '${TODAY}', 1, 1)`;
      expect(() => client.exec(said('outside'))).to.throw('b123_outside_is_named');
      const early = said('inside').replaceAll(TODAY, '2026-01-01');
      expect(() => client.exec(early)).to.throw('b123_area_before_place');
      const at = `/centres/noor/donations/donors/${donor.id}`;
      expect((await world.visit('maryam', `GET ${at}/place`)).status).to.equal(200);
      const body = { side: 'outside', place: 'بلوار نمونه' };
      const nameless = await world.visit('maryam', `POST ${at}/place`, { side: 'outside' });
      expect(nameless.status).to.equal(422);
      const kept = await world.visit('maryam', `POST ${at}/place`, body);
      expect(kept.json()).to.include(body);
      expect((await world.visit('maryam', `GET ${at}`)).text).to.include('بلوار نمونه');
      const seen = await world.visit('inspector', `GET ${at}.json`);
      expect(seen.json<{ place: Json }>().place).to.include({ side: 'outside', place: null });
      expect((await world.visit('inspector', `POST ${at}/place`, body)).status).to.equal(403);
      expect((await world.visit('zahra', `POST ${at}/place`, body)).status).to.equal(403);
      expect((await world.visit('karim', `POST ${at}/place`, body)).status).to.equal(404);
    });
  });
});

async function rejects(promise: Promise<unknown>, words: string): Promise<void> {
  const fault = await promise.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  expect(fault?.message).to.include(words);
}
