/** What the program does not look after yet: it says so, of each clause by its number, and why. */
import { expect } from 'chai';
import { wordsFor } from '../../src/words.ts';
import { buildWorld, type World } from '../support/world.ts';

/** Households are not in the program. */
const WAITING = [
  'B-6: counts no household that left need',
  'B-23: reports no job found',
  'B-24: keeps no counselling of trades',
  'B-94: weighs no empowering against relief',
  'B-95: lists no ability of deprived families',
  'B-96: times no urgent case',
  'B-106: prints no monthly public sheet',
  'B-116: keeps no service in return for service',
  'B-135: keeps no ability of those served',
];

type Told = { id: string; state: string; why: string; mend: string | null };

describe('of what it does not look after the program claims nothing', () => {
  let world: World;
  const told = new Map<string, Map<string, Told>>();
  let page: string;
  before(async () => {
    world = await buildWorld();
    const at = '/centres/noor/compliance';
    for (const language of ['fa', 'en']) {
      const headers = { 'accept-language': language };
      const { json } = await world.visit('reza', `GET ${at}.json`, undefined, headers);
      const { clauses } = json<{ clauses: Told[] }>();
      told.set(language, new Map(clauses.map((one) => [one.id, one])));
    }
    const html = { accept: 'text/html', 'accept-language': 'en' };
    page = (await world.visit('reza', `GET ${at}`, undefined, html)).text;
  });
  after(() => world.close());

  for (const title of WAITING) {
    it(title, () => {
      const id = title.split(':')[0]!;
      for (const language of ['fa', 'en'] as const) {
        expect(told.get(language)!.get(id)).to.deep.equal({
          ...{ id, state: 'not-upheld', why: wordsFor(language)('bylaw:today-none'), mend: null },
        });
      }
      expect(page).to.include(`<li id="${id}" class="not-upheld">`);
    });
  }
});
