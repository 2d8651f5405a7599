/** The administrator's command line, as it is called: exit 0, or one line of error and exit 1. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { dayInTehran } from '../../src/values/jalali-date.ts';

const root = `${import.meta.dirname}/../../`;

describe('the command line', function () {
  this.timeout(60_000);
  let dataDir: string;
  before(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'admin-'));
  });
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  const admin = (line: string, input = '') => {
    const env = { ...process.env, DATA_DIR: dataDir, NODE_ENV: 'production' };
    const args = [join(root, 'src/admin.ts'), ...line.split(' ')];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      ...{ input, env, encoding: 'utf8' },
    });
    return { status, stdout, stderr };
  };
  const refused = (line: string, input?: string) => {
    const { status, stderr } = admin(line, input);
    expect(status, line).to.equal(1);
    expect(stderr.trim().split('\n'), line).to.have.length(1);
    expect(stderr, line).to.not.match(/\bat .*:\d+/);
    return stderr;
  };

  it('creates a province once, under a slug that can be an address', () => {
    expect(admin('province create toos --name Toos').status).to.equal(0);
    expect(existsSync(join(dataDir, 'toos.sqlite'))).to.equal(true);
    if (process.platform !== 'win32') {
      expect(statSync(join(dataDir, 'toos.sqlite')).mode & 0o077, 'open to others').to.equal(0);
    }
    expect(refused('province create toos --name Toos')).to.contain('toos');
    refused('province create ../x --name X');
    refused('province create verify --name X');
    refused('province create tabas');
  });

  it('creates officers, with a password from standard input', () => {
    const head = 'user create toos head --name Head --role county-head';
    expect(admin(`${head} --county Here`, 'a long enough one 7\n').status).to.equal(0);
    refused('user create toos weak --name W --role inspector', 'short\n');
    refused('user create toos other --name O --role chair', 'a long enough one 7\n');
    refused(`${head} --county Here`, 'a long enough one 7\n');
    refused('user create tabas head --name H --role inspector', 'a long enough one 7\n');
  });

  it('makes a token', () => {
    const { status, stdout } = admin('token create toos head');
    expect(status).to.equal(0);
    expect(stdout.trim()).to.match(/^\S{20,}$/);
    refused('token create toos nobody');
  });

  it('lays sample data and tells of it in its last line', () => {
    admin('province create sample --name Sample');
    const { status, stdout } = admin('sample sample --centres 2 --donations 60 --seed 7 --boxes 3');
    expect(status).to.equal(0);
    const told = JSON.parse(stdout.trim().split('\n').at(-1)!) as {
      password: string;
      users: { role: string }[];
      centres: { code: string; state: string; users: { username: string; seat: string }[] }[];
    };
    expect(told.password).to.be.a('string');
    expect(told.centres).to.have.length(2);
    expect(told.centres[0]).to.include({ state: 'active' });
    expect(told.centres[0]!.users.map(({ seat }) => seat)).to.include('chair');
    expect(told.users.map(({ role }) => role)).to.include('province-deputy');
    const db = new Database(join(dataDir, 'sample.sqlite'), { readonly: true });
    expect(db.prepare('SELECT count(*) FROM donations').pluck().get()).to.equal(60);
    db.close();
  });

  it('examines the files, each check in a line of its own', () => {
    const well = admin('doctor');
    expect(well.status).to.equal(0);
    const lines = well.stdout.trim().split('\n');
    expect(lines.every((line) => line.startsWith('ok '))).to.equal(true);
    expect(lines.length).to.be.greaterThan(30);
    const copy = join(dataDir, 'broken.sqlite');
    admin(`backup sample ${copy}`);
    const db = new Database(copy);
    db.exec('DROP TRIGGER donations_are_final_update; UPDATE donations SET amount_rial = 1');
    db.close();
    const { status, stdout } = admin('doctor broken');
    expect(status).to.equal(1);
    expect(stdout).to.match(/^FAIL broken guards/m);
    writeFileSync(copy, 'no database at all, and longer than the head of one');
    const all = admin('doctor');
    expect(all.status).to.equal(1);
    expect(all.stdout)
      .to.match(/^FAIL broken integrity/m)
      .and.match(/^ok sample chain/m);
    rmSync(copy);
  });

  it('backs up and restores', () => {
    const copy = join(dataDir, 'copy.db');
    expect(admin(`backup sample ${copy}`).status).to.equal(0);
    refused(`backup sample ${copy}`);
    const restored = admin(`restore sample ${copy}`);
    expect(restored.status).to.equal(0);
    expect(restored.stdout).to.contain('laid-aside');
    expect(admin('doctor sample').status).to.equal(0);
    refused(`restore sample ${join(dataDir, 'nowhere.db')}`);
  });

  it('converts the rial on a copy only', () => {
    const line = 'redenominate sample --on 1405-01-01';
    expect(refused(line)).to.contain('--rehearse');
    expect(refused(`${line} --factor 7 --rehearse x`)).to.contain('10000');
    const { status, stdout } = admin(
      `redenominate sample --on ${dayInTehran(new Date())} --rehearse ${join(dataDir, 'new.sqlite')}`,
    );
    expect(status, stdout).to.equal(0);
    expect(stdout).to.match(/^doctor: (\d+) of \1 checks well$/m);
  });

  it('says which commands there are', () => {
    expect(refused('dance')).to.contain('province create');
  });
});
