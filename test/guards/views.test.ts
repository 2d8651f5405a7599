/** A view that is rendered is checked, for the escape prints nothing that is not there. */
import { expect } from 'chai';
import { pages } from '../support/rendered.ts';

// That each page was rendered by some test is seen at the end of the whole run, in test/run.ts.
describe('the views', () => {
  it('are pages and the parts that pages include', () => {
    expect(pages).to.include.members(['donations/new', 'errors/error', 'gate']);
    expect(pages.filter((view) => view.startsWith('parts/'))).to.deep.equal([]);
  });
});
