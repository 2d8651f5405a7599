/** The program on sample data of its own, made the first time: for seeing what it is. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { laySample, type SampleMade } from '../seeds/sample.ts';
import { readEnvironment } from './environment.ts';
import { addProvince, closeCatalogue, openCatalogue } from './provinces/catalogue.ts';
import { serve } from './serve.ts';

const SLUG = 'khorasan';
const CENTRES = 3;
const DONATIONS = 900;
/** What each sample user can do, in a line. */
const DOES: Record<string, string> = {
  'county-head': 'county head: registers centres, approves areas, licenses, issues decrees',
  'province-deputy': 'province deputy: all of that everywhere, users and settings',
  inspector: 'inspector: reads everything, writes nothing in the books',
  security: 'security: gives its clearance of a person',
  selection: 'selection: gives its clearance of a person',
  'system-admin': 'system administrator: users, tokens, the doctor; sees no person or gift',
  chair: 'chair: gifts, books, board, issues the other decrees',
  'vice-chair': 'vice-chair: gifts and books',
  'admin-finance': 'administrative and financial officer: gifts and books',
};

// What this program writes holds people's names and secrets: for its owner's eyes only.
process.umask(0o077);

const environment = readEnvironment({
  ...process.env,
  DATA_DIR: process.env.DATA_DIR ?? './data-demo',
});
const remembered = join(resolve(environment.dataDir), 'demo.json');

const made = existsSync(remembered) ? remember() : await make();
const { site, close } = await serve(environment);
tell(made);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());

function remember(): SampleMade {
  return JSON.parse(readFileSync(remembered, 'utf8')) as SampleMade;
}

async function make(): Promise<SampleMade> {
  mkdirSync(environment.dataDir, { recursive: true, mode: 0o700 });
  const catalogue = openCatalogue(environment.dataDir);
  const province = catalogue.open.get(SLUG) ?? addProvince(catalogue, SLUG, provinceName());
  const sample = { centres: CENTRES, donations: DONATIONS, seed: 1405, now: new Date() };
  const told = await laySample(province, sample);
  writeFileSync(remembered, JSON.stringify(told), { mode: 0o600 });
  closeCatalogue(catalogue);
  return told;
}

function provinceName(): string {
  const names = join(import.meta.dirname, '../seeds/sample-names.json');
  return (JSON.parse(readFileSync(names, 'utf8')) as { province: string }).province;
}

function tell({ password, users, centres }: SampleMade): void {
  const root = `${site.address}/${SLUG}`;
  const lines = [
    `Nikukari is ready at ${site.address}`,
    '',
    `Sign in at ${root}/login, everybody with the password  ${password}`,
    '',
    ...users.map(({ username, role }) => `  ${username.padEnd(20)}${DOES[role] ?? role}`),
    ...centres.flatMap(({ code, state, users: trustees }) => [
      '',
      `  centre ${code} (${state}): ${root}/centres/${code}`,
      ...trustees.map(({ username, seat }) => `  ${username.padEnd(20)}${DOES[seat] ?? seat}`),
    ]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
