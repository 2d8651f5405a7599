/** A summary of faults names each field as the page does and leads to it, whoever wrote the page. */
import { expect } from 'chai';
import { withLabels } from '../../src/web/fault-labels.ts';
import { Reader } from '../support/reader.ts';
import { buildWorld, PASSWORD, type World } from '../support/world.ts';

const fault = (field: string) => `<li><a href="#${field}"><!--called ${field}-->Wrong.</a></li>`;

describe('a summary of faults', () => {
  it('takes the name from the label, without what is said beside it', () => {
    const field =
      '<label for="day">Day <span class="quiet">(optional)</span></label><input id="day">';
    expect(withLabels(fault('day') + field)).to.include('<a href="#day">Day: Wrong.</a>');
  });

  it('takes it from the legend of a choice', () => {
    const field = '<fieldset class="field" id="kind"><legend>Kind</legend></fieldset>';
    expect(withLabels(fault('kind') + field)).to.include('<a href="#kind">Kind: Wrong.</a>');
  });

  it('finds a field by its name where its id is another', () => {
    const field = '<label for="day-7">Day</label><input id="day-7" name="day">';
    expect(withLabels(fault('day') + field)).to.include('<a href="#day-7">Day: Wrong.</a>');
  });

  it('leads nowhere from what is no field of the page, and leaves other pages alone', () => {
    expect(withLabels(fault('gone'))).to.include('<a>Wrong.</a>');
    expect(withLabels('<p>Well.</p>')).to.equal('<p>Well.</p>');
  });

  describe('on pages that give no labels of their own', () => {
    let world: World;
    let reader: Reader;

    before(async () => {
      world = await buildWorld();
      reader = new Reader(world.address);
    });
    after(() => world.close());

    const summary = (page: string) =>
      [...page.matchAll(/<a href="#([\w-]+)">([^<:]+): ([^<]+)<\/a>/g)].map(([, to, name]) => [
        to,
        name,
      ]);

    it('names a county without a name, the one fault of its form', async () => {
      await reader.fill('/toos/login', '/toos/login', { username: 'deputy', password: PASSWORD });
      const page = '/toos/counties';
      const { status, text } = await reader.fill(page, page, { name: '' });
      expect(status).to.equal(422);
      const [[to, name] = []] = summary(text);
      expect(text).to.include(`id="${to}"`);
      expect(text).to.include(`<label for="${to}">${name}`);
    });
  });
});
