/** The first run: whoever has the code from the terminal makes the province and its first user. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { rmSync } from 'node:fs';
import { systemActor } from '../access/actor.ts';
import { hashPassword, refuseWeakPassword } from '../access/passwords.ts';
import { createUser } from '../access/users.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { dayInTehran } from '../values/jalali-date.ts';
import { latinDigits } from '../values/persian-text.ts';
import type { Site } from '../web/site.ts';
import { addProvince, fileOf, slugsIn } from './catalogue.ts';
import { enter } from './enter.ts';
import { closeProvince, type Province, writeSetting } from './province.ts';

export type Claim = {
  code: string;
  provinceName: string;
  slug: string;
  name: string;
  username: string;
  password: string;
};

const MOST_TRIES = 10;

const wrongTries = new WeakMap<Site, number>();

/** Whether there is no province yet: then only the set-up page is there. */
export function isFirstRun({ catalogue }: Site): boolean {
  return catalogue.open.size === 0 && slugsIn(catalogue.folder).length === 0;
}

/** Makes the first province and its deputy; refuses everybody who has not read the code. */
export async function claim(site: Site, wish: Claim): Promise<Province> {
  refuseWrongCode(site, wish.code);
  refuseWeakPassword(wish.password, wish.username);
  const passwordHash = await hashPassword(wish.password);
  // Another claim may have come first while the hash was being worked out.
  if (!isFirstRun(site)) throw new Refusal('provinces:refusals.claimed');
  const province = makeWhole(site, wish, () =>
    addProvince(site.catalogue, wish.slug, wish.provinceName),
  );
  const now = site.clock().toISOString();
  const actor = systemActor(now, dayInTehran(now));
  const { username, name } = wish;
  const opening = { username, name, passwordHash, mustChange: false };
  try {
    await enter(province, (tx) => {
      const after = { slug: wish.slug, name: wish.provinceName };
      record(tx, actor, { kind: 'province.created', subject: 'settings', after });
      writeSetting(tx, 'address', site.address.replace(/^\w+:\/\//, ''));
      createUser(tx, actor, { ...opening, role: 'province-deputy', countyId: null });
    });
  } catch (fault) {
    takeAway(site, wish.slug, province);
    throw fault;
  }
  site.setupCode = undefined;
  return province;
}

/** A file that was only begun, on a full disk say, would stand in the way of the next try. */
function makeWhole(site: Site, { slug }: Claim, make: () => Province): Province {
  try {
    return make();
  } catch (fault) {
    if (!(fault instanceof Refusal)) takeAway(site, slug);
    throw fault;
  }
}

/** Nobody can have entered anything in it: it never had a user. */
function takeAway({ catalogue }: Site, slug: string, province?: Province): void {
  if (province) closeProvince(province);
  catalogue.open.delete(slug);
  for (const end of ['', '-wal', '-shm']) {
    rmSync(`${fileOf(catalogue.folder, slug)}${end}`, { force: true });
  }
}

/** Ten wrong codes close the first run until the program is started anew with a new code. */
function refuseWrongCode(site: Site, typed: string): void {
  const wrong = wrongTries.get(site) ?? 0;
  if (wrong >= MOST_TRIES || site.setupCode === undefined) {
    throw new Refusal('provinces:refusals.code-closed', { status: 429, field: 'code' });
  }
  if (timingSafeEqual(digest(typed), digest(site.setupCode))) return;
  wrongTries.set(site, wrong + 1);
  throw new Refusal('provinces:refusals.code', { status: 403, field: 'code' });
}

/** However it was typed: with or without its hyphen, in either digits. */
function digest(code: string): Buffer {
  const plain = latinDigits(code).replaceAll(/[^0-9a-z]/gi, '');
  return createHash('sha256').update(plain.toLowerCase()).digest();
}
