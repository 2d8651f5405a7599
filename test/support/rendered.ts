/** Which views the tests rendered, told from every process that runs a part of them. */
import { globSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rendered, VIEWS } from '../../src/web/views.ts';

/** Names the folder in which the processes of one run leave what they rendered. */
const FOLDER = 'RENDERED_VIEWS';

const files = globSync('**/*.ejs', { cwd: VIEWS });
const texts = files.map((file) => readFileSync(join(VIEWS, file), 'utf8'));
/** Where the names of included views begin: a step of a decree is named while it is rendered. */
const included = texts.flatMap((text) =>
  [...text.matchAll(/include\(['`]\/([\w/-]+)/g)].map((match) => match[1]!),
);

/** The views that are pages of their own. */
export const pages = files
  .map((file) => file.replaceAll('\\', '/').replace('.ejs', ''))
  .filter((view) => !included.some((name) => view.startsWith(name)));

/** Asks every process of this run to leave what it rendered. */
export function askForRendered(): void {
  process.env[FOLDER] = mkdtempSync(join(tmpdir(), 'rendered-'));
}

/** The pages that no process has rendered. */
export function pagesNotRendered(): string[] {
  const folder = process.env[FOLDER]!;
  const seen = readdirSync(folder).flatMap(
    (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as string[],
  );
  return pages.filter((view) => !seen.includes(view));
}

export const mochaHooks = {
  afterAll(): void {
    const folder = process.env[FOLDER];
    if (folder) writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify([...rendered]));
  },
};
