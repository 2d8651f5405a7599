/** The command line of the administrator: one command, exit 0, or one line of error and exit 1. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemActor } from './access/actor.ts';
import { actorOf } from './access/identify.ts';
import { hashPassword, refuseWeakPassword } from './access/passwords.ts';
import { ROLES, type Role } from './access/powers.ts';
import { createToken } from './access/tokens.ts';
import { createUser, findUserByUsername } from './access/users.ts';
import { rehearse } from './books/rehearsal.ts';
import { reportLines } from './books/rehearsal-report.ts';
import { countyOrNone, registerCounty } from './centres/counties.ts';
import { readEnvironment } from './environment.ts';
import { backup, restore } from './provinces/backup.ts';
import {
  addProvince,
  closeCatalogue,
  fileOf,
  openCatalogue,
  slugsIn,
} from './provinces/catalogue.ts';
import { examineFile } from './provinces/doctor.ts';
import { enter } from './provinces/enter.ts';
import { closeProvince, openProvince, type Province, SLUG } from './provinces/province.ts';
import { namedIn, Refusal } from './refusal.ts';
import { dayInTehran, readDay } from './values/jalali-date.ts';
import { wordsFor } from './words.ts';

// What this program writes holds people's names and secrets: for its owner's eyes only.
process.umask(0o077);

const { dataDir } = readEnvironment();

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: 'string' },
    role: { type: 'string' },
    county: { type: 'string' },
    centres: { type: 'string' },
    donations: { type: 'string' },
    households: { type: 'string' },
    seed: { type: 'string' },
    on: { type: 'string' },
    factor: { type: 'string' },
    rehearse: { type: 'string' },
    by: { type: 'string' },
  },
  strict: false,
});

/** Each command by its words; what follows them are its arguments. */
const COMMANDS: Record<string, (args: string[]) => Promise<void>> = {
  'province create': createProvinceFile,
  'user create': createOfficer,
  'token create': createUserToken,
  sample,
  doctor,
  backup: ([slug, file]) => backup(existing(slug), needed(file, 'FILE')),
  restore: restoreProvince,
  redenominate,
};

try {
  const typed = `${positionals.join(' ')} `;
  const command = Object.keys(COMMANDS).find((words) => typed.startsWith(`${words} `));
  if (!command) throw new Error(`one of: ${Object.keys(COMMANDS).join(', ')}`);
  await COMMANDS[command]!(positionals.slice(command.split(' ').length));
} catch (fault) {
  process.stderr.write(`${tellFault(fault)}\n`);
  process.exitCode = 1;
}

async function createProvinceFile([slug]: string[]): Promise<void> {
  const catalogue = openCatalogue(dataDir);
  addProvince(catalogue, needed(slug, 'SLUG'), needed(values.name, '--name'));
  closeCatalogue(catalogue);
}

async function createOfficer([slug, username]: string[]): Promise<void> {
  const name = needed(username, 'USERNAME');
  const role = needed(values.role, '--role') as Role;
  if (!ROLES.includes(role)) throw new Error(`a role is one of: ${ROLES.join(', ')}`);
  const county = role === 'county-head' ? needed(values.county, '--county') : undefined;
  const password = (await readInput()).trim();
  refuseWeakPassword(password, name);
  const passwordHash = await hashPassword(password);
  const shown = needed(values.name, '--name');
  await inProvince(slug, (province) =>
    enter(province, (tx) => {
      const actor = system();
      const known = county === undefined ? undefined : countyOrNone(tx, county);
      const countyId =
        county === undefined ? null : (known?.id ?? registerCounty(tx, actor, county));
      const user = { username: name, name: shown, role, countyId, passwordHash, mustChange: false };
      createUser(tx, actor, user);
    }),
  );
}

async function createUserToken([slug, username]: string[]): Promise<void> {
  await inProvince(slug, async (province) => {
    const { id } = findUserByUsername(province.db, needed(username, 'USERNAME'));
    const actor = actorOf(province.db, id, new Date()) ?? system();
    const { token } = await enter(province, (tx) => createToken(tx, actor, id, 'admin'));
    process.stdout.write(`${token}\n`);
  });
}

async function sample([slug]: string[]): Promise<void> {
  const { laySample } = await import('../seeds/sample.ts');
  await inProvince(slug, async (province) => {
    const made = await laySample(province, {
      centres: count(values.centres, 9),
      donations: count(values.donations, 900),
      seed: count(values.seed, 1405),
      now: new Date(),
    });
    process.stdout.write(`${JSON.stringify(made)}\n`);
  });
}

async function doctor([slug]: string[]): Promise<void> {
  const slugs = slug ? [slug] : slugsIn(dataDir);
  for (const one of slugs) {
    for (const { name, wrong } of examineFile(existing(one))) {
      process.stdout.write(
        wrong === null ? `ok ${one} ${name}\n` : `FAIL ${one} ${name}: ${wrong}\n`,
      );
      if (wrong !== null) process.exitCode = 1;
    }
  }
}

async function restoreProvince([slug, file]: string[]): Promise<void> {
  const { laidAside, lost } = await restore(existing(slug), needed(file, 'FILE'), new Date());
  process.stdout.write(`The replaced file is kept as ${laidAside}\n`);
  for (const { series, centreId, year, fromNumber, toNumber } of lost) {
    const range = `${year}-${fromNumber}…${toNumber}`;
    process.stdout.write(`lost: ${series} ${range} of centre ${centreId}\n`);
  }
}

/** Four zeros off the rial, on a copy: until the law sets the day no living file is converted. */
async function redenominate([slug]: string[]): Promise<void> {
  const file = existing(slug);
  if (values.rehearse === undefined) {
    throw new Error(
      'the rial is converted only as a rehearsal until the law sets the day: add --rehearse FILE',
    );
  }
  const copy = needed(values.rehearse, '--rehearse FILE');
  const now = new Date();
  const read = readDay(needed(values.on, '--on DAY'), { today: dayInTehran(now) });
  if ('fault' in read) throw new Error(`${values.on} is no day`);
  const unit = { fromOn: read.value, factor: count(values.factor, 10_000) };
  if (![100, 1000, 10_000].includes(unit.factor)) {
    throw new Error('a factor is one of: 100, 1000, 10000');
  }
  const by = typeof values.by === 'string' ? values.by : undefined;
  const told = await rehearse(file, { ...unit, copy, now, by });
  process.stdout.write(`${reportLines(unit, copy, told).join('\n')}\n`);
  if (told.away !== 0 || told.findings.some(({ wrong }) => wrong !== null)) process.exitCode = 1;
}

async function inProvince<T>(
  slug: string | undefined,
  work: (province: Province) => Promise<T>,
): Promise<T> {
  const province = openProvince(existing(slug));
  try {
    return await work(province);
  } finally {
    closeProvince(province);
  }
}

/** The file of a province that is there. */
function existing(slug: string | undefined): string {
  const file = SLUG.test(needed(slug, 'PROVINCE')) ? fileOf(dataDir, slug!) : '';
  if (!existsSync(file)) throw new Error(`there is no province ${slug}`);
  return file;
}

function system() {
  const now = new Date();
  return systemActor(now.toISOString(), dayInTehran(now));
}

function needed(value: string | boolean | undefined, what: string): string {
  if (typeof value !== 'string' || value === '') throw new Error(`${what} is needed`);
  return value;
}

function count(value: string | boolean | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  const n = Number(value);
  if (!Number.isInteger(n) || n < 0) throw new Error(`${value} is no count`);
  return n;
}

async function readInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** A refusal in English, for terminals; anything else by its own message. */
function tellFault(fault: unknown): string {
  const t = wordsFor('en');
  if (fault instanceof Refusal) return t(fault.key, namedIn('en', fault.details.values));
  return fault instanceof Error ? fault.message.replaceAll('\n', ' ') : String(fault);
}
