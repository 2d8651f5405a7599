/** A province with some officers and no centre: enough to sign in to. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemActor } from '../../src/access/actor.ts';
import { hashPassword } from '../../src/access/passwords.ts';
import type { Role } from '../../src/access/powers.ts';
import { createUser } from '../../src/access/users.ts';
import {
  addProvince,
  closeCatalogue,
  fileOf,
  findProvince,
  openCatalogue,
} from '../../src/provinces/catalogue.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Province } from '../../src/provinces/province.ts';
import { dayInTehran } from '../../src/values/jalali-date.ts';
import type { Site } from '../../src/web/site.ts';
import { Reader } from '../support/reader.ts';
import { type Started, startSite } from '../support/server.ts';

export const PASSWORD = 'saffron-and-barberry';
const passwordHash = hashPassword(PASSWORD);

export type Khorasan = Started & {
  province: Province;
  /** Moves the clock of the whole site on. */
  wait: (minutes: number) => void;
  browser: () => Reader;
  /** A browser in which this user is signed in. */
  signedIn: (username: string) => Promise<Reader>;
};

export async function openKhorasan(wish: Partial<Site> = {}): Promise<Khorasan> {
  let moment = Date.parse('2026-11-21T08:00:00Z');
  laid ??= layKhorasan();
  const file = await laid;
  const started = await startSite({ clock: () => new Date(moment), ...wish });
  const { catalogue } = started.site;
  writeFileSync(fileOf(catalogue.folder, 'khorasan'), file);
  const province = findProvince(catalogue, 'khorasan');
  const browser = () => new Reader(started.address);
  return {
    ...started,
    province,
    browser,
    wait: (minutes) => {
      moment += minutes * 60_000;
    },
    signedIn: async (username) => {
      const one = browser();
      const came = await one.fill('/khorasan/login', '/khorasan/login', {
        username,
        password: PASSWORD,
      });
      if (came.status !== 303) throw new Error(`${username} cannot sign in: ${came.text}`);
      return one;
    },
  };
}

/** The file as every test finds it, laid once and copied from then on. */
let laid: Promise<Buffer> | undefined;

async function layKhorasan(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'nikukari-'));
  const catalogue = openCatalogue(folder);
  const province = addProvince(catalogue, 'khorasan', 'Khorasan');
  await addUser(province, 'parvin', 'province-deputy');
  await addUser(province, 'sohrab', 'system-admin');
  await addUser(province, 'inspector', 'inspector');
  const file = province.db.$client.serialize();
  closeCatalogue(catalogue);
  rmSync(folder, { recursive: true, force: true });
  return file;
}

export async function addUser(
  province: Province,
  username: string,
  role: Role,
  mustChange = false,
): Promise<number> {
  const now = '2026-11-21T08:00:00.000Z';
  const opening = { username, name: `Officer ${username}`, mustChange, role, countyId: null };
  const hash = await passwordHash;
  const actor = systemActor(now, dayInTehran(now));
  return enter(province, (tx) => createUser(tx, actor, { ...opening, passwordHash: hash }));
}

/** The kinds of the acts recorded, oldest first. */
export function actsOf(province: Province): string[] {
  const sql = 'SELECT kind FROM acts ORDER BY id';
  return province.db.$client.prepare(sql).pluck().all() as string[];
}
