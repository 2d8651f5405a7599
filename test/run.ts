/** Runs the whole suite; the last line alone is the count. Installs what a Debian root may install. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import Mocha from 'mocha';
import { askForRendered, pagesNotRendered } from './support/rendered.ts';

process.env.NODE_ENV = 'test';
process.chdir(`${import.meta.dirname}/..`);

const TOOLS = {
  ...{ chromium: 'chromium', pdftotext: 'poppler-utils', hledger: 'hledger' },
  'bean-check': 'beancount',
};

const INSTALL = ['-qq', '-y', 'install', '--no-install-recommends'];

installTools();
bringOffice();
const asked = process.argv.slice(2);
const files =
  asked.length > 0 ? asked.flatMap((one) => globSync(one)) : globSync('test/**/*.test.ts');
if (asked.length === 0) askForRendered();
// Every file stands alone, so that they run side by side; the long ones first. One more of them than
// processors: whoever waits for the browser or the disk leaves his to another.
const mocha = new Mocha({
  ...{ timeout: 20_000, reporter: 'dot', forbidOnly: true },
  ...{ parallel: true, jobs: Math.min(4, availableParallelism() + 1) },
  require: [`${import.meta.dirname}/support/rendered.ts`],
});
for (const file of files.sort(longFirst)) mocha.addFile(file);

const runner = mocha.run((fallen) => {
  const failed = fallen + countUnseen();
  const { passes = 0, pending = 0 } = runner.stats ?? {};
  const complaint = process.env.CI === 'true' && pending > 0;
  if (complaint) process.stdout.write('Pending tests are failures where CI=true.\n');
  const skipped = pending > 0 ? `, ${pending} skipped` : '';
  process.stdout.write(`${passes} passed, ${failed} failed${skipped}\n`, () =>
    process.exit(failed > 0 || complaint ? 1 : 0),
  );
});

/** Only a run of all tests can tell whether each page was rendered; a part of them renders a part. */
function countUnseen(): number {
  const unseen = asked.length === 0 ? pagesNotRendered() : [];
  for (const view of unseen) process.stdout.write(`no test renders views/${view}.ejs\n`);
  return unseen.length;
}

/** The browser's tests take longest; whoever begins with them ends soonest. */
function longFirst(one: string, other: string): number {
  const rank = (file: string) => (file.includes('/browser/') ? 0 : 1);
  return rank(one) - rank(other) || one.localeCompare(other);
}

/** On Debian as root what is missing of them is installed; elsewhere it may be there. */
function installTools(): void {
  const missing = Object.entries(TOOLS)
    .filter(([command]) => spawnSync(command, ['--version']).error)
    .map(([, packageName]) => packageName);
  if (missing.length === 0 || !mayInstall()) return;
  const options = { stdio: ['ignore', 2, 2] as ('ignore' | number)[], env: aptEnvironment() };
  spawnSync('apt-get', ['-qq', 'update'], options);
  spawnSync('apt-get', [...INSTALL, ...missing], options);
}

/** LibreOffice is large and one test asks for it: it comes while the others run. */
function bringOffice(): void {
  if (!spawnSync('soffice', ['--version']).error || !mayInstall()) return;
  process.env.OFFICE_IS_COMING = '1';
  const options = { stdio: ['ignore', 2, 2] as ('ignore' | number)[], env: aptEnvironment() };
  spawn('apt-get', [...INSTALL, 'libreoffice-calc-nogui'], options).unref();
}

function mayInstall(): boolean {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

function aptEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
}
