import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { closeYear, closingsOf, reopenYear } from '../../src/books/year-end.ts';
import { enter } from '../../src/provinces/enter.ts';
import { give } from '../donations/gifts.ts';
import { postAll } from '../support/ledger.ts';
import { buildWorld, daysAgo, type World } from '../support/world.ts';
import { randomLedger } from './random-ledger.ts';

const BOOKS = '/centres/noor/books';

/** Both programs read the journal of books that were closed, opened again and closed anew. */
describe('the journal in beancount and hledger over the end of a year', function () {
  this.timeout(60_000);
  let world: World;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'beancount-'));
    world = await buildWorld();
    await postAll(world, randomLedger(44, 200));
    await give(world, { receivedOn: daysAgo(3), purpose: 'جهیزیه; "برای": دختر \\ همسایه' });
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  const read = async (path: string) => {
    const { status, text } = await world.visit('reza', `GET ${BOOKS}/${path}`);
    expect(status).to.equal(200);
    return text;
  };
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const has = (program: string) => spawnSync(program, ['--version']).status === 0;

  const check = (when: string) => {
    for (const query of [
      ...['', '?from=1403/01/01', '?from=1404/01/01&to=1404/12/29'],
      ...['?from=1405/03/07&to=1405/05/20', '?from=1404/12/29&to=1404/12/29'],
    ]) {
      it(`passes bean-check ${when}: ${query || 'this year'}`, async function () {
        if (!has('bean-check')) this.skip();
        const path = file('noor.beancount', await read(`journal.beancount${query}`));
        execFileSync('bean-check', [path], { encoding: 'utf8', stdio: 'pipe' });
      });
      it(`passes hledger check --strict ${when}: ${query || 'this year'}`, async function () {
        if (!has('hledger')) this.skip();
        const path = file('noor.journal', await read(`journal.hledger${query}`));
        execFileSync('hledger', ['-f', path, 'check', '--strict'], { stdio: 'pipe' });
      });
    }
  };

  /** What hledger says stands on each account, by code; closing entries left out. */
  const balances = (path: string) =>
    Object.fromEntries(
      [
        ...execFileSync(
          'hledger',
          ['-f', path, 'bal', 'not:tag:yearend=closing', '-N', '-O', 'csv'],
          { encoding: 'utf8' },
        ).matchAll(/^"(\d{4}) [^"]*","(-?\d+) IRR"$/gm),
      ]
        .filter(([, , amount]) => amount !== '0')
        .map(([, code, amount]) => [code, Number(amount)]),
    );

  check('while all is open');

  describe('once the year is closed', () => {
    before(() => close());
    check('once it is closed');

    it('leaves the trial balance standing when closing entries are left out', async function () {
      if (!has('hledger')) this.skip();
      const query = '?from=1404/01/01&to=1404/12/29';
      const path = file('closed.journal', await read(`journal.hledger${query}`));
      const { accounts } = JSON.parse(await read(`trial-balance.json${query}`)) as {
        accounts: { code: string; balance: number }[];
      };
      const standing = accounts.filter(({ balance }) => balance !== 0);
      expect(balances(path)).to.deep.equal(
        Object.fromEntries(standing.map(({ code, balance }) => [code, balance])),
      );
    });
  });

  describe('once it was opened again and closed anew', () => {
    before(async () => {
      const [closing] = closingsOf(world.province.db, world.noor.id);
      await enter(world.province, (tx) =>
        reopenYear(tx, world.actor('hadi', world.noor), world.noor, {
          ...{ closing: closing!, reason: 'a forgotten bill' },
        }),
      );
      await close();
    });
    check('once it was opened and closed again');
  });

  const close = () =>
    enter(world.province, (tx) =>
      closeYear(tx, world.actor('maryam', world.noor), world.noor, 1404),
    );
});
