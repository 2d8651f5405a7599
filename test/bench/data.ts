/** Sample data for the benches, made once through the verbs of real entries and kept. */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { chanceFrom } from '../../seeds/chance.ts';
import { laySample } from '../../seeds/sample.ts';
import type { Actor } from '../../src/access/actor.ts';
import { actorOf } from '../../src/access/identify.ts';
import { createToken } from '../../src/access/tokens.ts';
import { findUserByUsername } from '../../src/access/users.ts';
import { type Centre, findCentre } from '../../src/centres/centres.ts';
import { addDonor } from '../../src/donations/donors.ts';
import { addProvince, closeCatalogue, openCatalogue } from '../../src/provinces/catalogue.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Province } from '../../src/provinces/province.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'data-bench');
const SLUG = 'khorasan';
const TURN = 250;

/** A data folder with one province, and how to come in. */
export type Kept = {
  folder: string;
  file: string;
  slug: string;
  code: string;
  username: string;
  password: string;
  token: string;
  gifts: number;
  donors: number;
};

type Size = { gifts: number; donors: number };

const names = createRequire(import.meta.url)('../../seeds/sample-names.json') as {
  men: string[];
  women: string[];
  families: string[];
};

/** The sample of this size, from an earlier run if nothing of its tables has changed since. */
export async function keptSample(size: Size): Promise<Kept> {
  const folder = join(FOLDER, `${size.gifts}-gifts-${size.donors}-donors`);
  const told = join(folder, 'kept.json');
  const tables = tablesHash();
  if (existsSync(told)) {
    const kept = JSON.parse(readFileSync(told, 'utf8')) as Kept & { tables: string };
    if (kept.tables === tables) return { ...kept, folder, file: join(folder, `${SLUG}.sqlite`) };
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const kept = await makeSample(folder, size);
  writeFileSync(told, JSON.stringify({ ...kept, tables }), { mode: 0o600 });
  return kept;
}

/** An empty folder on the disk of the samples, for what a bench writes. */
export function scratchFolder(): string {
  mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
  return mkdtempSync(join(FOLDER, 'scratch-'));
}

/** The same sample once more, to write in. */
export function copyOf(kept: Kept, folder: string): Kept {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${SLUG}.sqlite`);
  copyFileSync(kept.file, file);
  return { ...kept, folder, file };
}

async function makeSample(folder: string, { gifts, donors }: Size): Promise<Kept> {
  process.stderr.write(`Making a sample of ${gifts} gifts, once; it is kept in data-bench\n`);
  const catalogue = openCatalogue(folder);
  const province = addProvince(catalogue, SLUG, 'Bench');
  const now = new Date();
  const sample = await laySample(province, { centres: 1, donations: gifts, seed: 1405, now });
  const { code, users } = sample.centres[0]!;
  const { username } = users.find(({ seat }) => seat === 'admin-finance')!;
  const { id } = findUserByUsername(province.db, username);
  const actor = actorOf(province.db, id, now)!;
  await layDonors(province, actor, findCentre(province.db, code), donors);
  const { token } = await enter(province, (tx) => createToken(tx, actor, id, 'bench'));
  closeCatalogue(catalogue);
  const file = join(folder, `${SLUG}.sqlite`);
  const { password } = sample;
  return { folder, file, slug: SLUG, code, username, password, token, gifts, donors };
}

/** Donors who have given nothing yet, until there are so many. */
async function layDonors(
  province: Province,
  actor: Actor,
  centre: Centre,
  donors: number,
): Promise<void> {
  const known = province.db.$client.prepare('SELECT count(*) FROM donors').pluck().get() as number;
  const missing = Math.max(0, donors - known);
  const nameOf = namer();
  const bar = new SingleBar({ format: '{bar} {value}/{total} donors' });
  bar.start(missing, 0);
  for (let from = 0; from < missing; from += TURN) {
    const turn = Array.from({ length: Math.min(TURN, missing - from) }, (_, i) => {
      const mobile = `0990${String(1_000_000 + from + i).slice(-7)}`;
      const donor = { name: nameOf(), mobile, mayBeNamed: true };
      return enter(province, (tx) => addDonor(tx, actor, centre, donor));
    });
    await Promise.all(turn);
    bar.update(Math.min(missing, from + TURN));
  }
  bar.stop();
}

/** Names of two given names and two of families: some hundred thousand, a few of them often. */
function namer(): () => string {
  const { share, pick } = chanceFrom(97);
  return () => {
    const given = share() < 0.5 ? names.men : names.women;
    return [pick(given), pick(given), pick(names.families), pick(names.families)].join(' ');
  };
}

/** What the kept files depend on: tables and indexes; another guard makes no other data. */
function tablesHash(): string {
  const hash = createHash('sha256');
  for (const file of globSync('migrations/*.sql', { cwd: ROOT }).sort()) {
    const sql = readFileSync(join(ROOT, file), 'utf8');
    const tables = sql.replaceAll(/^CREATE TRIGGER[\s\S]*?\bEND;$/gm, '').replaceAll(/--.*$/gm, '');
    hash.update(tables.replaceAll(/\s+/g, ' '));
  }
  return hash.digest('hex');
}
