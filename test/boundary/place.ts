/** A small province for the boundary's tests: two counties, four centres, and who may do what. */
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '../../src/access/actor.ts';
import { systemActor } from '../../src/access/actor.ts';
import { actorOf } from '../../src/access/identify.ts';
import { buildApp } from '../../src/app.ts';
import { type Centre, findCentre } from '../../src/centres/centres.ts';
import {
  addProvince,
  closeCatalogue,
  findProvince,
  openCatalogue,
} from '../../src/provinces/catalogue.ts';
import type { Province } from '../../src/provinces/province.ts';
import { record } from '../../src/trail/acts.ts';

export type Place = {
  province: Province;
  address: string;
  actor: (username: string) => Actor;
  centre: (code: string) => Centre;
  close: () => void;
};

const secret = 'a secret of the tests';
const now = new Date('2026-11-21T08:00:00Z');

/** Hadi heads the county of noor, kowsar and bazaar; Karim the other one, with qods. Reza chairs noor. */
export async function openPlace(): Promise<Place> {
  laid ??= layPlace();
  const folder = mkdtempSync(join(tmpdir(), 'boundary-'));
  writeFileSync(join(folder, 'khorasan.sqlite'), laid);
  const catalogue = openCatalogue(folder);
  const province = findProvince(catalogue, 'khorasan');
  const { server, address } = await listen(catalogue);
  return {
    province,
    address: `${address}/khorasan`,
    actor: (username) => actorOf(province.db, idOf(province, username), now)!,
    centre: (code) => findCentre(province.db, code),
    close: () => {
      server.close();
      closeCatalogue(catalogue);
      rmSync(folder, { recursive: true });
    },
  };
}

/** The place as every suite finds it, laid once and copied from then on. */
let laid: Buffer | undefined;

function layPlace(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'boundary-'));
  const catalogue = openCatalogue(folder);
  const province = addProvince(catalogue, 'khorasan', 'Khorasan');
  fill(province);
  const file = province.db.$client.serialize();
  closeCatalogue(catalogue);
  rmSync(folder, { recursive: true });
  return file;
}

/** Tokens of the tests are the users' own names. */
export async function visit(
  place: Place,
  username: string | null,
  address: string,
  { body, accept = 'text/html', method }: { body?: unknown; accept?: string; method?: string } = {},
): Promise<Response> {
  const json = body !== undefined && !(body instanceof FormData);
  return fetch(`${place.address}${address}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: {
      accept,
      ...(username ? { authorization: `Bearer ${username}` } : {}),
      ...(json ? { 'content-type': 'application/json' } : {}),
    },
    body: json ? JSON.stringify(body) : (body as FormData | undefined),
  });
}

/** A browser in which the user is signed in: it keeps its cookies and sends the page's token. */
export function browser(place: Place, username: string) {
  const key = `session-of-${username}`;
  const signature = createHmac('sha256', secret).update(key).digest('base64').replace(/=+$/, '');
  const jar = new Map([['nikukari', encodeURIComponent(`s:${key}.${signature}`)]]);
  const user = idOf(place.province, username);
  const data = JSON.stringify({ cookie: { path: '/khorasan' }, passport: { user } });
  place.province.db.$client
    .prepare('INSERT OR REPLACE INTO sessions VALUES (?, ?, ?, ?, ?)')
    .run(createHash('sha256').update(key).digest(), user, data, '2026-11-21', '2026-11-22');
  const send = async (address: string, body?: FormData) => {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
    const answer = await fetch(`${place.address}${address}`, {
      ...{ method: body ? 'POST' : 'GET', body, redirect: 'manual' as const },
      headers: { accept: 'text/html', cookie },
    });
    for (const given of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = given.split(';')[0]!.split(/=(.*)/s);
      jar.set(name, value);
    }
    return answer;
  };
  return {
    open: send,
    fill: async (form: string, address: string, fields: Record<string, string>) => {
      const page = await (await send(form)).text();
      const body = new FormData();
      body.set('_csrf', /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '');
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      return send(address, body);
    },
  };
}

async function listen(catalogue: Parameters<typeof closeCatalogue>[0]) {
  const app = buildApp({
    ...{
      catalogue,
      clock: () => now,
      secret,
      address: 'http://localhost',
    },
    ...{ secure: false, trustProxy: false },
  });
  const server: Server = await new Promise((ready) => {
    const listening = app.listen(0, '127.0.0.1', () => ready(listening));
  });
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const idOf = (province: Province, username: string) =>
  province.db.$client
    .prepare('SELECT id FROM users WHERE username = ?')
    .pluck()
    .get(username) as number;

function fill(province: Province): void {
  const { db } = province;
  const client = db.$client;
  const insert = (table: string, row: Record<string, unknown>) => {
    const names = Object.keys(row);
    const marks = names.map((name) => `@${name}`).join(', ');
    return Number(
      client.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})`).run(row)
        .lastInsertRowid,
    );
  };
  const act = record(db, systemActor(now.toISOString(), '2026-11-21'), {
    kind: 'test',
    subject: 'test',
  }).id;
  const here = insert('counties', { name: 'Here', name_sort: 'here' });
  const elsewhere = insert('counties', { name: 'Elsewhere', name_sort: 'elsewhere' });
  const user = (username: string, row: Record<string, unknown>) => {
    const created = { password_hash: '-', must_change_password: 0, created_at: now.toISOString() };
    const id = insert('users', { username, name: username, ...created, ...row });
    const hash = createHash('sha256').update(username).digest();
    insert('tokens', { user_id: id, hash, name: 'test', created_at: now.toISOString() });
    return id;
  };
  const hadi = user('hadi', { role: 'county-head', county_id: here });
  user('karim', { role: 'county-head', county_id: elsewhere });
  user('inspector', { role: 'inspector' });
  user('security', { role: 'security' });
  user('deputy', { role: 'province-deputy' });
  const centre = (code: string, kind: string, county: number) =>
    insert('centres', {
      ...{ code, kind, name: `Centre ${code}`, name_search: code, name_sort: code },
      ...{ county_id: county, host: 'mosque', host_name: `Mosque ${code}`, imam_name: 'Imam' },
      ...{ place: `Quarter ${code}`, address: 'Street 1', lon: 59.605, lat: 36.295 },
      ...{ registered_on: '2026-01-01', act_id: act },
    });
  const noor = centre('noor', 'neighbourhood', here);
  centre('kowsar', 'neighbourhood', here);
  centre('bazaar', 'guild', here);
  centre('qods', 'neighbourhood', elsewhere);
  seat(client, insert, { noor, hadi, act, county: here, user });
}

/** A chair and a helper of assemblies by decree; how a decree comes about is told elsewhere. */
function seat(
  client: Province['db']['$client'],
  insert: (table: string, row: Record<string, unknown>) => number,
  {
    noor,
    hadi,
    act,
    county,
    user,
  }: Record<'noor' | 'hadi' | 'act' | 'county', number> & {
    user: (username: string, row: Record<string, unknown>) => number;
  },
): void {
  const triggers = client
    .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN
      ('decrees', 'decree_issues', 'decree_acceptances')`)
    .all() as { name: string; sql: string }[];
  client.pragma('foreign_keys = OFF');
  for (const { name } of triggers) client.exec(`DROP TRIGGER ${name}`);
  for (const [at, [username, held]] of Object.entries([
    ['reza', 'chair'],
    ['zahra', 'assemblies'],
  ] as const).map(([key, value]) => [Number(key), value] as const)) {
    const person = insert('persons', {
      ...{ name: username, name_search: username, name_sort: username },
      ...{ national_id: `000000000${at}`, gender: 'man', county_id: county },
      ...{ created_at: now.toISOString(), act_id: act },
    });
    user(username, { person_id: person });
    const days = { from_on: '2026-01-01', to_on: '2027-01-01', drafted_on: '2026-01-01' };
    const decree = insert('decrees', {
      ...{ centre_id: noor, person_id: person, seat: held, ...days },
      ...{ drafted_by: hadi, act_id: act },
    });
    insert('decree_issues', {
      ...{ decree_id: decree, centre_id: noor, year: 1405, number: at + 1, paper_id: 1 },
      ...{ issued_on: '2026-01-01', issued_by: hadi, act_id: act },
    });
    insert('decree_acceptances', {
      ...{ decree_id: decree, accepted_on: '2026-01-01', declares_no_politics: 1 },
      ...{ accepts_liability: 1, recorded_by: hadi, act_id: act },
    });
  }
  for (const { sql } of triggers) client.exec(sql);
  client.pragma('foreign_keys = ON');
}
