/** Conventions that matter, held by tests. */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';

const root = `${import.meta.dirname}/../../`;
const read = (path: string) => readFileSync(root + path, 'utf8');
const PERSIAN_LETTER = /[\p{Script=Arabic}&&\p{Letter}]/v;

describe('the tree', () => {
  it('keeps Persian letters in locales and seeds, never in src or views', () => {
    const files = globSync('{src,views}/**/*.{ts,js,ejs,css}', { cwd: root }).filter(
      (file) => !file.includes('vendor'),
    );
    const guilty = files.filter((file) => PERSIAN_LETTER.test(read(file)));
    expect(guilty).to.deep.equal([]);
  });

  it('has at its top only what was agreed, beside dotfiles, the lock file and the licence', () => {
    const agreed = ['src', 'views', 'migrations', 'locales', 'seeds', 'test'];
    const files = ['package.json', 'tsconfig.json', 'README.md', 'package-lock.json', 'LICENSE'];
    const ignored = new Set(['node_modules', 'data', 'data-demo', 'data-bench', 'coverage']);
    const found = readdirSync(root).filter((name) => !name.startsWith('.') && !ignored.has(name));
    expect(found.sort()).to.deep.equal([...agreed, ...files].sort());
  });

  it('maps in the README exactly the folders of src', () => {
    const folders = readdirSync(`${root}src`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    const mapped = [...read('README.md').matchAll(/^\| `(\w+)\/` \|/gm)].map((match) => match[1]);
    expect(mapped.sort()).to.deep.equal(folders.sort());
  });

  it('keeps templates within 120 lines', () => {
    const long = globSync('views/**/*.ejs', { cwd: root }).filter(
      (file) => read(file).split('\n').length > 121,
    );
    expect(long).to.deep.equal([]);
  });

  it('lets no clause or value know of tables or pages', () => {
    const guilty = globSync('src/values/*.ts', { cwd: root }).filter((file) =>
      /from '(drizzle|express|better-sqlite3)/.test(read(file)),
    );
    expect(guilty).to.deep.equal([]);
  });

  it('never lets a page write SQL', () => {
    const pages = globSync('src/*/*pages.ts', { cwd: root });
    const guilty = pages.filter((file) => /drizzle|\$client|prepare\(/.test(read(file)));
    expect(guilty).to.deep.equal([]);
  });
});
