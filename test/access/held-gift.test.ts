import { expect } from 'chai';
import { Reader } from '../support/reader.ts';
import { buildWorld, PASSWORD, type World } from '../support/world.ts';

const GIFTS = '/toos/centres/noor/donations';

describe('a gift whose clerk was signed out while he wrote it', () => {
  let world: World;

  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const gifts = () =>
    world.province.db.$client.prepare('SELECT count(*) FROM donations').pluck().get();

  it('is there again after signing in: as a list, as its form, and entered once', async () => {
    const reader = new Reader(world.address);
    const signIn = { username: 'reza', password: PASSWORD };
    await reader.fill('/toos/login', '/toos/login', signIn);
    const form = await reader.get(`${GIFTS}/new`);
    expect(form.status).to.equal(200);
    const hidden = { _key: reader.field('_key') ?? '', _page: reader.field('_page') ?? '' };
    const gift = {
      amount: '2500000',
      amountUnit: 'rial',
      fund: 'sadaqa',
      receivedOn: '1405/08/30',
    };
    const csrf = reader.token();
    reader.cookies.delete('nikukari');
    const stopped = await reader.post(GIFTS, { kind: 'cash', ...gift, ...hidden, _csrf: csrf });
    expect(stopped.status).to.equal(401);
    const held = reader.field('held') ?? '';
    const back = await reader.post('/toos/login', { ...signIn, held });
    const list = await reader.get(back.to);
    expect(list.text).to.include('2500000').and.not.to.include('<dd>sadaqa');

    const kept = { kind: 'cash', ...gift, ...hidden, _held: '1' };
    const seen = await reader.post(GIFTS, { ...kept, _review: '1' });
    expect(seen.status).to.equal(200);
    expect(seen.text).to.match(/name="amount"[^>]*value="2500000"/);
    expect(seen.text).to.match(/value="sadaqa"[^>]*checked/);
    expect(gifts()).to.equal(0);

    const { _held: _, ...asFirstSent } = kept;
    expect((await reader.post(GIFTS, kept)).status).to.equal(303);
    expect((await reader.post(GIFTS, asFirstSent)).status).to.equal(303);
    expect(gifts()).to.equal(1);
  });
});
