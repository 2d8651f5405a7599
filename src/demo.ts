/** The program on sample data of its own, made the first time: for seeing what it is. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { laySample, type SampleMade } from '../seeds/sample.ts';
import { readEnvironment } from './environment.ts';
import { addProvince, closeCatalogue, fileOf, openCatalogue } from './provinces/catalogue.ts';
import { serve } from './serve.ts';

const SLUG = 'khorasan';
const CENTRES = 9;
const DONATIONS = 900;

/** What each sample user can do, in a line. */
const DOES: Record<string, string> = {
  'county-head': 'county head: registers centres, approves areas, licenses, issues decrees',
  'province-deputy':
    'province deputy: all of that everywhere; renews, suspends, revokes, dissolves; users',
  inspector: 'inspector: reads everything, writes his part of a monitoring, nothing in the books',
  security: 'security: gives its clearance of a person, and its part of a monitoring',
  selection: 'selection: gives its clearance of a person, and its part of a monitoring',
  'system-admin': 'system administrator: users, tokens, the doctor; sees no person or gift',
  chair: 'chair: gifts, books, board, issues the other decrees',
  'vice-chair': 'vice-chair: gifts and books',
  'admin-finance': 'administrative and financial officer: gifts and books',
  'benefactors-men': 'officer of benefactors and male helpers: gifts and volunteers',
  'benefactors-women': 'officer of benefactors and female helpers: gifts and volunteers',
  assemblies: 'officer of organisations and assemblies: assemblies and institutions',
  participation: 'officer of participation (an optional seat): gifts, donors, the networks',
  'receipts-desk': 'volunteer at the receipts desk: enters gifts and sees those alone',
  network: 'volunteer in the network: volunteers, capacities, referrals',
  archive: 'volunteer in the archive: the papers that were issued',
};

/** What is different where the licence lets a centre do little. */
const RESTS: Record<string, string> = {
  before: 'all is ready but the licence, which the county head issues; see /opening',
  expired: 'its decrees ended with the licence: these users see their own decrees and no more',
  suspended: 'no gift and no aid; what was done is read, and closed in the books',
  revoked: 'no gift any more; what it has is listed and handed over',
  dissolving: 'no gift any more; what it has is listed and handed over',
  dissolved: 'no gift any more; what was done is read',
};

// What this program writes holds people's names and secrets: for its owner's eyes only.
process.umask(0o077);

const environment = readEnvironment({
  ...process.env,
  DATA_DIR: process.env.DATA_DIR ?? './data-demo',
});
const remembered = join(resolve(environment.dataDir), 'demo.json');
const place = fileOf(environment.dataDir, SLUG);

const made = existsSync(remembered) && existsSync(place) ? remember() : await make();
const { site, close } = await serve(environment);
tell(made);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());

function remember(): SampleMade {
  return JSON.parse(readFileSync(remembered, 'utf8')) as SampleMade;
}

/** Made aside and moved into its place whole, so that a demo that was broken off begins anew. */
async function make(): Promise<SampleMade> {
  if (existsSync(place)) throw new Error(`${place} is no demo: choose another DATA_DIR`);
  const aside = join(environment.dataDir, 'being-made');
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  const catalogue = openCatalogue(aside);
  const sample = { centres: CENTRES, donations: DONATIONS, seed: 1405, now: new Date() };
  const told = await laySample(addProvince(catalogue, SLUG, provinceName()), sample);
  closeCatalogue(catalogue);
  writeFileSync(join(aside, 'demo.json'), JSON.stringify(told), { mode: 0o600 });
  renameSync(join(aside, 'demo.json'), remembered);
  renameSync(fileOf(aside, SLUG), place);
  rmSync(aside, { recursive: true });
  return told;
}

function provinceName(): string {
  const names = join(import.meta.dirname, '../seeds/sample-names.json');
  return (JSON.parse(readFileSync(names, 'utf8')) as { province: string }).province;
}

function linesOf(root: string, centre: SampleMade['centres'][number]): string[] {
  // What an older sample remembers has no volunteers yet.
  const { code, state, users, volunteers = [] } = centre;
  const rests = RESTS[state];
  const seated = users.map(({ username, seat }) => ({ username, held: seat }));
  const tasked = volunteers.map(({ username, task }) => ({ username, held: task }));
  return [
    `  centre ${code} (${state}): ${root}/centres/${code}`,
    ...(rests ? [`  ${rests}`] : []),
    ...[...seated, ...tasked].map(({ username, held }) => {
      const does = DOES[held] ?? held;
      return `  ${username.padEnd(24)}${rests ? does.split(':')[0] : does}`;
    }),
  ];
}

function tell({ password, users, centres }: SampleMade): void {
  const root = `${site.address}/${SLUG}`;
  const lines = [
    `Nikukari is ready at ${site.address}`,
    '',
    `Sign in at ${root}/login, everybody with the password  ${password}`,
    '',
    ...users.map(({ username, role }) => `  ${username.padEnd(24)}${DOES[role] ?? role}`),
    ...centres.flatMap((centre) => ['', ...linesOf(root, centre)]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
