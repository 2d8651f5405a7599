import { expect } from 'chai';
import { searchDonors } from '../../src/donations/donor-search.ts';
import {
  addDonor,
  editDonor,
  findDonor,
  findOrAddDonor,
  type GivenDonor,
  revealDonor,
} from '../../src/donations/donors.ts';
import { enter } from '../../src/provinces/enter.ts';
import { NotFound } from '../../src/refusal.ts';
import { buildWorld, type World } from '../support/world.ts';
import { BATOOL } from './gifts.ts';

describe('donors', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const maryam = () => world.actor('maryam', world.noor);
  const meet = (given: GivenDonor) =>
    enter(world.province, (tx) => findOrAddDonor(tx, maryam(), world.noor, given));
  const fails = (given: GivenDonor) =>
    meet(given).then(
      () => 'met',
      (fault: { key: string }) => fault.key.split('.')[1],
    );
  const search = (typed: string) =>
    searchDonors(world.province.db, world.noor.id, typed).map(
      (id) => findDonor(world.province.db, world.noor.id, id).name,
    );

  it('have ids that lie together by centre', async () => {
    const { id } = await meet(BATOOL);
    expect(id).to.equal(world.noor.id * 2 ** 32 + 1);
    expect(() => findDonor(world.province.db, world.sepid.id, id)).to.throw(NotFound);
  });

  it('are known again by national ID, whichever way the name is spelt', async () => {
    const { id } = await meet(BATOOL);
    expect((await meet({ nationalId: BATOOL.nationalId })).id).to.equal(id);
    expect((await meet({ ...BATOOL, name: 'بتول  نمونه' })).id).to.equal(id);
    expect(await fails({ ...BATOOL, name: 'کس دیگر' })).to.equal('other-name');
  });

  it('are known again by name and mobile, not by the mobile of the family', async () => {
    const { mobile } = BATOOL;
    expect((await meet({ name: BATOOL.name, mobile })).name).to.equal(BATOOL.name);
    const son = await meet({ name: 'حسن نمونه', mobile });
    expect((await meet({ name: 'حسن نمونه', mobile })).id).to.equal(son.id);
    expect(await fails({ mobile: '09359999999' })).to.equal('donor-name');
  });

  it('are known again by a bare name only when nothing else was known of them', async () => {
    const bare = await meet({ name: 'رحیم نمونه' });
    expect((await meet({ name: 'رحيم نمونه' })).id).to.equal(bare.id);
    expect((await meet({ name: BATOOL.name })).id).not.to.equal((await meet(BATOOL)).id);
  });

  it('are chosen by id, in their own centre only', async () => {
    const { id } = await meet(BATOOL);
    expect((await meet({ id })).name).to.equal(BATOOL.name);
    expect(await fails({ id: id + 1_000_000 })).to.equal('no-such-donor');
  });

  it('are found by three letters, by the family name, by the middle, and by numbers', async () => {
    await meet({ name: 'غلامحسین نورانی‌فر', mobile: '09151234567', nationalId: '0010350829' });
    for (const typed of [
      'غلا',
      'نوران',
      'نورانی فر',
      'نورانی غلام',
      '0915123',
      '۰۹۱۵۱۲۳۴۵۶۷',
      '0829',
    ]) {
      expect(search(typed), typed).to.include('غلامحسین نورانی‌فر');
    }
    expect(search('غل')).to.eql([]);
    expect(search('هیچ‌کس')).to.eql([]);
    expect(search('"quote" OR *')).to.eql([]);
  });

  it('who ask not to be named are found by a whole number only', async () => {
    await meet({ name: 'پنهان نمونه', mobile: '09157654321', mayBeNamed: false });
    expect(search('پنهان')).to.eql([]);
    expect(search('0915765')).to.eql([]);
    expect(search('09157654321')).to.eql(['پنهان نمونه']);
  });

  it('are edited with before and after in the trail, numbers masked', async () => {
    const { id, ...details } = await meet({ name: 'پروین نمونه', mobile: '09150001111' });
    const mobile = '09150002222';
    await enter(world.province, (tx) =>
      editDonor(tx, maryam(), world.noor, id, { ...details, mobile }),
    );
    expect(findDonor(world.province.db, world.noor.id, id).mobile).to.equal(mobile);
    const act = newestAct('donor.edited');
    expect(JSON.parse(act.before).mobile).to.equal('•••••••1111');
    expect(JSON.parse(act.after)).to.include({ mobile: '•••••••2222', mayBeNamed: true });
    expect(JSON.parse(act.after).changed).to.eql(['mobile']);
    expect(search('09150002222')).to.eql(['پروین نمونه']);
    expect(search('09150001111')).to.eql([]);
  });

  it('do not share a national ID', async () => {
    await meet(BATOOL);
    const { nationalId } = BATOOL;
    const other = enter(world.province, (tx) =>
      addDonor(tx, maryam(), world.noor, { name: 'دیگری', nationalId, mayBeNamed: true }),
    );
    expect(await other.catch((fault: { key: string }) => fault.key)).to.include(
      'national-id-taken',
    );
  });

  it('are revealed with a reason that stays, and the trail names nobody', async () => {
    const { id } = await meet({ name: 'ناپیدا نمونه', mobile: '09158888888', mayBeNamed: false });
    const seen = await enter(world.province, (tx) =>
      revealDonor(tx, maryam(), world.noor, id, 'خود او رسید خواست'),
    );
    expect(seen.name).to.equal('ناپیدا نمونه');
    const act = newestAct('donor.revealed');
    expect(JSON.parse(act.after)).to.eql({ reason: 'خود او رسید خواست' });
    const told = world.province.db.$client.prepare('SELECT before, after FROM acts').all();
    expect(JSON.stringify(told)).not.to.include('ناپیدا');
  });

  function newestAct(kind: string): { before: string; after: string } {
    return world.province.db.$client
      .prepare('SELECT before, after FROM acts WHERE kind = ? ORDER BY id DESC LIMIT 1')
      .get(kind) as { before: string; after: string };
  }
});
