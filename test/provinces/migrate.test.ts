/** Opening a file of an older program: a checked copy is laid aside, and only when it is changed. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { closeProvince, createProvince, openProvince } from '../../src/provinces/province.ts';

const MIGRATIONS = `${import.meta.dirname}/../../migrations/`;

describe('opening a province file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'migrate-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const laidAside = () => {
    const aside = join(folder, 'laid-aside');
    return existsSync(aside) ? readdirSync(aside) : [];
  };

  it('lays nothing aside for a new file, nor for one that is up to date', () => {
    const file = join(folder, 'toos.sqlite');
    closeProvince(createProvince(file, 'Toos'));
    closeProvince(openProvince(file));
    expect(laidAside()).to.deep.equal([]);
  });

  it('lays a whole copy of an older file aside before it is brought up to date', () => {
    const file = join(folder, 'toos.sqlite');
    const old = new Database(file);
    const migrations = readdirSync(MIGRATIONS).sort();
    old.unsafeMode(true);
    for (const name of migrations.slice(0, -1)) old.exec(readFileSync(MIGRATIONS + name, 'utf8'));
    old.unsafeMode(false);
    old.exec("INSERT INTO settings VALUES ('name', 'Toos of old')");
    old.pragma(`user_version = ${migrations.length - 1}`);
    old.close();
    const province = openProvince(file);
    expect(province.db.$client.pragma('user_version', { simple: true })).to.equal(
      migrations.length,
    );
    closeProvince(province);
    const [copy] = laidAside();
    expect(copy).to.match(/^toos-before-/);
    const kept = new Database(join(folder, 'laid-aside', copy!), { readonly: true });
    expect(kept.pragma('user_version', { simple: true })).to.equal(migrations.length - 1);
    expect(kept.prepare("SELECT value FROM settings WHERE key = 'name'").pluck().get()).to.equal(
      'Toos of old',
    );
    kept.close();
    closeProvince(openProvince(file));
    expect(laidAside()).to.have.length(1);
  });

  it('widens what an older file may say, and keeps what its tables hold and refuse', () => {
    const file = join(folder, 'toos.sqlite');
    const old = new Database(file);
    const first = readdirSync(MIGRATIONS).sort().slice(0, 5);
    for (const name of first) old.exec(readFileSync(MIGRATIONS + name, 'utf8'));
    old.pragma('foreign_keys = OFF');
    const decree = 'INSERT INTO decrees VALUES (?, 1, 1, ?, ?, ?, ?, 1, 1)';
    const days = ['2026-03-21', '2027-03-20', '2026-03-21'];
    old.prepare(decree).run(1, 'assemblies', ...days);
    expect(() => old.prepare(decree).run(2, 'housing', ...days)).to.throw('decree_seat');
    old.unsafeMode(true);
    old.exec(readFileSync(`${MIGRATIONS}0006_wider.sql`, 'utf8'));
    old.close();
    const widened = new Database(file);
    widened.pragma('foreign_keys = OFF');
    widened.prepare(decree).run(2, 'housing', ...days);
    expect(() => widened.prepare(decree).run(3, 'treasurer', ...days)).to.throw('decree_seat');
    expect(() => widened.prepare(decree).run(1, 'housing', ...days)).to.throw('decrees_are_final');
    expect(() => widened.prepare('DELETE FROM decrees').run()).to.throw('decrees_are_final');
    expect(widened.pragma('integrity_check', { simple: true })).to.equal('ok');
    widened.close();
  });

  it('refuses a file that a newer program wrote, and leaves it as it is', () => {
    const file = join(folder, 'toos.sqlite');
    const newer = new Database(file);
    newer.pragma('user_version = 999');
    newer.close();
    expect(() => openProvince(file)).to.throw('newer program');
  });
});
