/**
 * A small named neighbourhood that the tests share. Reza chairs the centre Noor, Maryam keeps its
 * books, Zahra sits for the assemblies; Hadi heads the county office there. Karim heads the next
 * county, where the centre Sepid is registered and may do nothing yet: he must never see anything
 * of Noor, nor Hadi of Sepid.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inventedId } from '../../seeds/invented-id.ts';
import {
  equipCentre,
  licenseCentre,
  openOfficer,
  quarter,
  seatTrustee,
  stepsAt,
} from '../../seeds/neighbourhood.ts';
import { type Actor, inCentre, systemActor } from '../../src/access/actor.ts';
import { actorOf } from '../../src/access/identify.ts';
import { hashPassword } from '../../src/access/passwords.ts';
import { createToken } from '../../src/access/tokens.ts';
import { buildApp } from '../../src/app.ts';
import { type Centre, findCentre, registerCentre } from '../../src/centres/centres.ts';
import { registerCounty } from '../../src/centres/counties.ts';
import {
  addProvince,
  closeCatalogue,
  findProvince,
  openCatalogue,
} from '../../src/provinces/catalogue.ts';
import type { Tx } from '../../src/provinces/connection.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Province } from '../../src/provinces/province.ts';
import { recordMemorandum } from '../../src/templates/memoranda.ts';
import { addDays, dayInTehran } from '../../src/values/jalali-date.ts';
import type { Site } from '../../src/web/site.ts';

export const PASSWORD = 'khaneh-ye-mehr-1405';

/** 30 Aban 1405, half past one in Tehran. */
export const NOW = new Date('2026-11-21T10:00:00.000Z');
export const TODAY = '2026-11-21';
/** The day on which Noor's area was approved, its licence begins, its decrees were issued. */
export const FOUNDED = '2026-03-21';
const FOUNDED_AT = new Date('2026-03-21T06:00:00.000Z');

export type Person =
  | ('reza' | 'maryam' | 'zahra' | 'hadi' | 'karim')
  | ('deputy' | 'inspector' | 'security' | 'selection' | 'sysadmin');

export type World = {
  site: Site;
  province: Province;
  noor: Centre;
  sepid: Centre;
  /** Where the server listens, without a slash at the end. */
  address: string;
  /** Ids of the users. */
  users: Record<Person, number>;
  tokens: Record<Person, string>;
  /** The moment it is; tests may set it. */
  clock: { now: Date };
  /** The person as an actor at this moment, in the capacity he has in the centre. */
  actor: (person: Person, centre?: Centre) => Actor;
  visit: (
    person: Person | null,
    line: string,
    body?: object,
    headers?: Record<string, string>,
  ) => Promise<Visit>;
  close: () => Promise<void>;
};

export type Visit = { status: number; headers: Headers; text: string; json: <T = Json>() => T };
/** What a program reads of an answer; a test names the parts it needs. */
export type Json = Record<string, unknown>;

const hash = hashPassword(PASSWORD);

/** The world as every suite finds it, brought there once and copied from then on. */
let begun: Promise<Pick<World, 'users' | 'tokens'> & { file: Buffer }> | undefined;

function firstDay() {
  begun ??= layFirstDay();
  return begun;
}

async function layFirstDay() {
  const folder = mkdtempSync(join(tmpdir(), 'nikukari-'));
  const catalogue = openCatalogue(folder);
  const province = addProvince(catalogue, 'toos', 'Toos');
  const passwordHash = await hash;
  const { users, tokens } = await enter(province, (tx) => people(tx, passwordHash));
  const file = province.db.$client.serialize();
  closeCatalogue(catalogue);
  rmSync(folder, { recursive: true, force: true });
  return { users, tokens, file };
}

/** A world of its own for each suite: a file in a temporary folder, a server on a free port. */
export async function buildWorld(): Promise<World> {
  const { users, tokens, file } = await firstDay();
  const folder = mkdtempSync(join(tmpdir(), 'nikukari-'));
  writeFileSync(join(folder, 'toos.sqlite'), file);
  const clock = { now: NOW };
  const catalogue = openCatalogue(folder);
  const province = findProvince(catalogue, 'toos');
  const site: Site = {
    ...{ catalogue, clock: () => clock.now, secret: 'a secret of the tests', address: '' },
    ...{ secure: false, trustProxy: false },
  };
  const server = createServer(buildApp(site));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  site.address = address;
  return {
    ...{ site, province, users, tokens, clock, address },
    noor: findCentre(province.db, 'noor'),
    sepid: findCentre(province.db, 'sepid'),
    actor: (person, centre) => {
      const actor = actorOf(province.db, users[person], clock.now)!;
      return centre ? inCentre(actor, centre.id) : actor;
    },
    visit: (person, line, body, headers) =>
      visit(`${address}/toos`, person && tokens[person], line, body, headers),
    close: async () => {
      await new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      });
      closeCatalogue(catalogue);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function people(tx: Tx, passwordHash: string): Pick<World, 'users' | 'tokens'> {
  const system = systemActor(FOUNDED_AT.toISOString(), FOUNDED);
  const [here, there] = [registerCounty(tx, system, 'اینجا'), registerCounty(tx, system, 'آنجا')];
  const officer = (username: string, role: string, countyId: number | null = null) =>
    openOfficer(tx, system, {
      ...{ username, name: username, role: role as 'inspector', countyId, passwordHash },
    });
  const users = {
    deputy: officer('deputy', 'province-deputy'),
    hadi: officer('hadi', 'county-head', here),
    karim: officer('karim', 'county-head', there),
    inspector: officer('inspector', 'inspector'),
    security: officer('security', 'security'),
    selection: officer('selection', 'selection'),
    sysadmin: officer('sysadmin', 'system-admin'),
    ...{ reza: 0, maryam: 0, zahra: 0 },
  };
  recordMemorandum(tx, stepsAt(tx, FOUNDED_AT)(users.deputy), {
    ...{ firstParty: 'مرکز رسیدگی به امور مساجد', secondParty: 'کمیته امداد امام خمینی(ره)' },
    ...{ number: '1402/117', signedOn: '2023-06-10' },
  });
  Object.assign(users, centres(tx, users, { here, there, passwordHash }));
  const tokens = Object.fromEntries(
    Object.entries(users).map(([person, id]) => {
      const actor = actorOf(tx, id, NOW)!;
      return [person, createToken(tx, actor, id, 'tests').token];
    }),
  ) as Record<Person, string>;
  return { users, tokens };
}

function centres(
  tx: Tx,
  { hadi, karim, security, selection }: Record<Person, number>,
  { here, there, passwordHash }: { here: number; there: number; passwordHash: string },
): Pick<Record<Person, number>, 'reza' | 'maryam' | 'zahra'> {
  const as = stepsAt(tx, FOUNDED_AT);
  const particulars = {
    ...{ kind: 'neighbourhood' as const, host: 'mosque' as const, imamName: 'امام نمونه' },
    imamPhone: '05130000128',
    ...{ place: 'محلهٔ باغ‌سنگ', address: 'خیابان بهار، مسجد نور', phone: '05130000127' },
  };
  const noor = registerCentre(tx, as(hadi), {
    ...{
      ...particulars,
      name: 'مرکز نیکوکاری نور',
      hostName: 'مسجد نور',
      code: 'noor',
      countyId: here,
    },
  });
  registerCentre(tx, as(karim), {
    ...{
      ...particulars,
      name: 'مرکز نیکوکاری سپید',
      hostName: 'مسجد سپید',
      code: 'sepid',
      countyId: there,
    },
  });
  const days = { fromOn: FOUNDED, toOn: addDays(FOUNDED, 364) };
  const licence = { number: '1404/21/087', ...days };
  const officers = { head: hadi, security, selection };
  const board = {
    chair: someone('رضا نمونه', 'man', 'reza'),
    'admin-finance': someone('مریم نمونه', 'woman', 'maryam'),
    assemblies: someone('زهرا نمونه', 'woman', 'zahra'),
  };
  licenseCentre(tx, as, noor, { officers, board, area: quarter(0), licence });
  const seat = (held: keyof typeof board, by?: number) => {
    const trustee = { ...board[held], seat: held };
    return seatTrustee(tx, as, officers, noor, { trustee, days, passwordHash, chair: by });
  };
  const reza = seat('chair');
  const maryam = seat('admin-finance', reza);
  const zahra = seat('assemblies', reza);
  equipCentre(tx, as, hadi, noor, { code: '09-1274', accountNumber: '3000100001' });
  return { reza, maryam, zahra };
}

function someone(name: string, gender: 'man' | 'woman', username: string) {
  return { name, gender, username, nationalId: inventedId(900 + username.length) };
}

/** Sends `GET /centres` as a program does; a body is sent as JSON. Redirects are not followed. */
export async function visit(
  root: string,
  token: string | null,
  line: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Visit> {
  const [method, path] = line.split(' ', 2) as [string, string];
  const response = await fetch(root + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    body: body ? JSON.stringify(body) : undefined,
  });
  const text = await response.text();
  const { status, headers: told } = response;
  return { status, headers: told, text, json: <T>() => JSON.parse(text) as T };
}

/** The day so many days before today in the world. */
export function daysAgo(days: number): string {
  return addDays(dayInTehran(NOW), -days);
}
