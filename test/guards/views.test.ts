/** A view that is rendered is checked, for the escape prints nothing that is not there. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { rendered, VIEWS } from '../../src/web/views.ts';

const files = globSync('**/*.ejs', { cwd: VIEWS });
const texts = files.map((file) => readFileSync(join(VIEWS, file), 'utf8'));
/** Where the names of included views begin: a step of a decree is named while it is rendered. */
const included = texts.flatMap((text) =>
  [...text.matchAll(/include\(['`]\/([\w/-]+)/g)].map((match) => match[1]!),
);
const pages = files
  .map((file) => file.replaceAll('\\', '/').replace('.ejs', ''))
  .filter((view) => !included.some((name) => view.startsWith(name)));

describe('the views', () => {
  it('are pages and the parts that pages include', () => {
    expect(pages).to.include.members(['donations/new', 'errors/error', 'gate']);
    expect(pages.filter((view) => view.startsWith('parts/'))).to.deep.equal([]);
  });
});

after('each page was rendered by some test', () => {
  // Only a run of all tests can tell; a part of them renders a part.
  if (process.argv.length > 2) return;
  expect(pages.filter((view) => !rendered.has(view))).to.deep.equal([]);
});
