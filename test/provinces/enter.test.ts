/** Writing: one turn, one commit; a refusal is its own; a failing disk fails all and loses nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { enter, Unavailable } from '../../src/provinces/enter.ts';
import {
  closeProvince,
  createProvince,
  openProvince,
  type Province,
  setting,
  writeSetting,
} from '../../src/provinces/province.ts';
import { Refusal } from '../../src/refusal.ts';

describe('entering', () => {
  let folder: string;
  let province: Province;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'enter-'));
    province = createProvince(join(folder, 'toos.sqlite'), 'Toos');
  });
  afterEach(() => {
    closeProvince(province);
    rmSync(folder, { recursive: true, force: true });
  });

  const reason = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (fault) => fault,
    );

  it('answers what the verb answers, once it is on the disk', async () => {
    const answer = await enter(province, (tx) => {
      writeSetting(tx, 'greeting', 'peace');
      return 7;
    });
    expect(answer).to.equal(7);
    const other = openProvince(province.file);
    expect(setting(other.db, 'greeting')).to.equal('peace');
    closeProvince(other);
  });

  it('commits what arrives in one turn together', async () => {
    const commits = () => province.db.$client.pragma('data_version', { simple: true });
    const other = openProvince(province.file);
    const before = other.db.$client.pragma('data_version', { simple: true }) as number;
    await Promise.all(
      Array.from({ length: 50 }, (_, i) => enter(province, (tx) => writeSetting(tx, `k${i}`, 'v'))),
    );
    expect(other.db.$client.pragma('data_version', { simple: true })).to.equal(before + 1);
    expect(commits()).to.be.a('number');
    closeProvince(other);
  });

  it('undoes a refused verb and nobody else', async () => {
    const [kept, refused, alsoKept] = await Promise.allSettled([
      enter(province, (tx) => writeSetting(tx, 'first', '1')),
      enter(province, (tx) => {
        writeSetting(tx, 'second', '2');
        throw new Refusal('values:text.reason');
      }),
      enter(province, (tx) => writeSetting(tx, 'third', '3')),
    ]);
    expect([kept.status, refused.status, alsoKept.status]).to.deep.equal([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(setting(province.db, 'first')).to.equal('1');
    expect(setting(province.db, 'second')).to.equal(undefined);
    expect(setting(province.db, 'third')).to.equal('3');
  });

  it('tells nobody yes when the disk is full, keeps nothing, and reads on', async () => {
    const client = province.db.$client;
    const pages = client.pragma('page_count', { simple: true }) as number;
    client.pragma(`max_page_count = ${pages}`);
    const big = 'x'.repeat(200_000);
    const faults = await Promise.all([
      reason(enter(province, (tx) => writeSetting(tx, 'small', 's'))),
      reason(enter(province, (tx) => writeSetting(tx, 'big', big))),
    ]);
    expect(faults.every((fault) => fault instanceof Unavailable)).to.equal(true);
    expect(setting(province.db, 'small')).to.equal(undefined);
    expect(setting(province.db, 'name')).to.equal('Toos');
    client.pragma('max_page_count = 1000000');
    await enter(province, (tx) => writeSetting(tx, 'small', 's'));
    expect(setting(province.db, 'small')).to.equal('s');
  });

  it('fails with 503 while the file can only be read', async () => {
    province.db.$client.pragma('query_only = ON');
    const fault = await reason(enter(province, (tx) => writeSetting(tx, 'a', 'b')));
    expect(fault).to.be.instanceOf(Unavailable);
    expect(setting(province.db, 'name')).to.equal('Toos');
  });

  it('keeps the durable settings on every connection it opens', () => {
    const pragma = (name: string) => province.db.$client.pragma(name, { simple: true });
    expect(pragma('journal_mode')).to.equal('wal');
    expect(pragma('synchronous')).to.equal(2);
    expect(pragma('foreign_keys')).to.equal(1);
    const again = openProvince(province.file);
    expect(again.db.$client.pragma('synchronous', { simple: true })).to.equal(2);
    closeProvince(again);
  });
});
