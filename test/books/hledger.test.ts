import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { cancelReceipt, findReceipt } from '../../src/donations/receipts.ts';
import { enter } from '../../src/provinces/enter.ts';
import { give } from '../donations/gifts.ts';
import { postAll } from '../support/ledger.ts';
import { buildWorld, daysAgo, type World } from '../support/world.ts';
import { randomLedger } from './random-ledger.ts';

describe('the journal in hledger', function () {
  this.timeout(20_000);
  let world: World;
  let folder: string;
  before(async function () {
    if (spawnSync('hledger', ['--version']).status !== 0) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'hledger-'));
    world = await buildWorld();
    await postAll(world, randomLedger(44, 200));
    await give(world, { receivedOn: daysAgo(3), purpose: 'جهیزیه; برای: دختر | همسایه' });
    const { receipt } = await give(world, { amountRial: 99_999_999_999_999, fund: 'khums-imam' });
    await enter(world.province, (tx) => {
      const known = findReceipt(tx, world.noor.id, receipt);
      return cancelReceipt(tx, world.actor('reza', world.noor), world.noor, known, 'نادرست');
    });
  });
  after(async () => {
    await world?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  const hledger = (text: string, ...words: string[]) => {
    const file = join(folder, 'noor.journal');
    writeFileSync(file, text);
    return execFileSync('hledger', ['-f', file, ...words], { encoding: 'utf8' });
  };
  const read = async (path: string) => (await world.visit('reza', `GET ${BOOKS}/${path}`)).text;

  /** What hledger says stands on each account, by code. */
  const balances = (text: string) =>
    Object.fromEntries(
      [...hledger(text, 'bal', '-N', '-O', 'csv').matchAll(/^"(\d{4}) [^"]*","(-?\d+) IRR"$/gm)]
        .filter(([, , amount]) => amount !== '0')
        .map(([, code, amount]) => [code, Number(amount)]),
    );

  for (const [name, query] of [
    ['of the fiscal year', ''],
    ['of all years', '?from=1403/01/01'],
    ['of last year', '?from=1404/01/01&to=1404/12/29'],
    ['of some days', '?from=1405/03/07&to=1405/05/20'],
    ['of one day', '?from=1405/08/30&to=1405/08/30'],
  ]) {
    it(`${name} passes its strict check and has the balances of the trial balance`, async () => {
      const text = await read(`journal.hledger${query}`);
      hledger(text, 'check', '--strict');
      const { accounts } = JSON.parse(await read(`trial-balance.json${query}`)) as Balance;
      const expected = accounts.filter(({ balance }) => balance !== 0);
      expect(balances(text)).to.deep.equal(
        Object.fromEntries(expected.map(({ code, balance }) => [code, balance])),
      );
    });
  }

  it('has each gift under its receipt’s number, and a cancelled one with its reversal', async () => {
    const text = await read('journal.hledger');
    expect(text).to.include('(1405-000002)');
    const { entries } = JSON.parse(await read('journal.json?q=1405-000002'));
    expect(text).to.include(`reverses: ${entries[0].number}`);
    expect(entries[0].reversedBy).to.match(/^1405-\d+$/);
  });

  it('says the Jalali day, the centre and the fund of everything', async () => {
    const text = await read('journal.hledger?from=1405/08/27&to=1405/08/27');
    expect(text).to.match(/jalali: 1405\/08\/27, center: noor, entry: 1405-\d+$/m);
    expect(text).to.match(/^ {4}1101 .+ {2}1000000 IRR {2}; fund: sadaqa$/m);
  });
});

const BOOKS = '/centres/noor/books';
type Balance = { accounts: { code: string; balance: number }[] };
