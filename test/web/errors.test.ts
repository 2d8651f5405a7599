/** No answer tells how the program is made, whatever it was asked with. */
import { expect } from 'chai';
import { buildWorld, type World } from '../support/world.ts';

describe('an odd request', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const cookies = ['flash=j:{"a":1}', 'form=j:[1]', 'nikukari=j:{"x":1}', 'language=j:{}'];
  for (const cookie of cookies) {
    it(`is answered with its page though it carries the cookie ${cookie}`, async () => {
      const response = await fetch(`${world.address}/toos/login`, { headers: { cookie } });
      expect(response.status).to.equal(200);
      expect(await response.text()).to.include('name="password"');
    });
  }

  it('at an address of no page is answered in the words of the program', async () => {
    const asked = { reza: '/nope', hadi: '/centres/noor/nope', inspector: '/centres/noor/x/y' };
    for (const [person, path] of Object.entries(asked)) {
      const answered = await world.visit(person as 'reza', `GET ${path}`);
      expect(answered.status).to.equal(404);
      expect(answered.json()).to.include({ status: 404, title: 'چنین صفحه‌ای نیست' });
    }
  });

  it('shows no file of the program when even the error page cannot be drawn', async () => {
    const { clock } = world.site;
    world.site.clock = () => {
      throw new Error('no clock');
    };
    try {
      const response = await fetch(`${world.address}/toos/login`);
      expect(response.status).to.equal(500);
      expect(await response.text()).to.equal('500');
    } finally {
      world.site.clock = clock;
    }
  });
});
