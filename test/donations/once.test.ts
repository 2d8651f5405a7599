import { expect } from 'chai';
import { buildWorld, type World } from '../support/world.ts';
import { cash, counted, GIFTS, signIn, told } from './gifts.ts';

describe('the same gift twice', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const post = (key: string, body: object) =>
    world.visit('reza', `POST ${GIFTS}`, body, { 'idempotency-key': key });
  const entered = () => counted(world)[0]!;

  it('is one gift under one Idempotency-Key, and answered as the first time', async () => {
    const first = await post('one', cash());
    const again = await post('one', cash());
    expect([first.status, again.status]).to.eql([201, 201]);
    expect(again.text).to.equal(first.text);
    expect(again.headers.get('location')).to.equal(first.headers.get('location'));
    expect(entered()).to.equal(1);
  });

  it('is refused with another body under the same key', async () => {
    const other = await post('one', cash({ amount: 5 }));
    expect(other.status).to.equal(422);
    expect(entered()).to.equal(1);
  });

  it('may be sent again after a refusal, which is not kept', async () => {
    expect((await post('two', cash({ amount: 0 }))).status).to.equal(422);
    expect((await post('two', cash())).status).to.equal(201);
    expect(entered()).to.equal(2);
  });

  it('is one gift when twenty requests press at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('three', cash())));
    expect(new Set(answers.map(({ text }) => text)).size).to.equal(1);
    expect(entered()).to.equal(3);
  });

  it('is twenty gifts with twenty numbers in a row when they are twenty', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        world.visit('reza', `POST ${GIFTS}`, cash({ amount: i + 1 })),
      ),
    );
    const numbers = answers.map((answer) => told(answer).receipt as string).toSorted();
    expect(numbers.at(0)).to.equal('1405-000004');
    expect(numbers.at(-1)).to.equal('1405-000023');
    expect(new Set(numbers).size).to.equal(20);
  });

  it('is one gift when the button of a form is pressed twice', async () => {
    const browser = await signIn(world, 'reza');
    await browser.get(`/toos${GIFTS}/new`);
    const fields = { kind: 'cash', amount: '15', fund: 'sadaqa', receivedOn: '1405/08/30' };
    const pressed = { ...fields, donor: '', _key: browser.field('_key')! };
    const before = entered();
    const [one, two] = await Promise.all([
      browser.post(`/toos${GIFTS}`, pressed),
      browser.post(`/toos${GIFTS}`, pressed),
    ]);
    expect([one.status, two.status]).to.eql([303, 303]);
    expect(one.to).to.equal(two.to);
    expect(entered()).to.equal(before + 1);
  });
});
