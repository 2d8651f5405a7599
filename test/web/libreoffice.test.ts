/** LibreOffice opens what we export: numbers are numbers, days are days, the sheet reads right to left. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { post } from '../support/ledger.ts';
import { buildWorld, type World } from '../support/world.ts';

/** Lists of every shape; all are written by the same hand. */
const LISTS = [
  ...['donations', 'donations/donors', 'books/journal', 'books/trial-balance'],
  ...['books/ledger/1101', 'books/statements/balance-sheet', 'books/statements/funds'],
  ...['funds', 'papers', 'payments'],
].map((path) => `/centres/noor/${path}`);

const hasOffice = () => spawnSync('soffice', ['--version']).status === 0;

/** A run of the suite on Debian brings it meanwhile; elsewhere it may be there. */
async function officeComes(): Promise<boolean> {
  for (let waited = 0; process.env.OFFICE_IS_COMING && !hasOffice() && waited < 150; waited++) {
    await new Promise((later) => setTimeout(later, 1000));
  }
  return hasOffice();
}

if (process.env.OFFICE_IS_COMING || hasOffice()) describe('LibreOffice', opens);
else process.stdout.write('LibreOffice is not on this machine: no export is opened in it\n');

function opens(this: Mocha.Suite): void {
  this.timeout(240_000);
  let world: World;
  let folder: string;
  const names: string[] = [];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'office-'));
    world = await buildWorld();
    await post(world, '1405/02/01 alms\n1101 sadaqa 1234567\n5101 sadaqa -1234567');
    for (const list of LISTS) names.push(await fetched(list, 'xlsx'), await fetched(list, 'csv'));
    expect(await officeComes(), 'soffice is not there').to.equal(true);
    // One start for all of them; a CSV of commas and quotes in UTF-8.
    const { status, stderr } = spawnSync(
      'soffice',
      [
        ...['--headless', '--norestore', `-env:UserInstallation=file://${folder}/user`],
        ...['--convert-to', 'fods', '--outdir', join(folder, 'out')],
        ...names.map((name) => join(folder, name)),
      ],
      { encoding: 'utf8', timeout: 100_000 },
    );
    expect(status, stderr).to.equal(0);
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function fetched(list: string, form: string): Promise<string> {
    const headers = { authorization: `Bearer ${world.tokens.maryam}` };
    const response = await fetch(`${world.address}/toos${list}.${form}`, { headers });
    expect(response.status, `${list}.${form}`).to.equal(200);
    const name = `${list.split('/').slice(3).join('_')}-${form}.${form}`;
    mkdirSync(join(folder, 'out'), { recursive: true });
    writeFileSync(join(folder, name), Buffer.from(await response.arrayBuffer()));
    return name;
  }

  const opened = (name: string) =>
    readFileSync(join(folder, 'out', name.replace(/\.\w+$/, '.fods')), 'utf8');

  it('opens every list as workbook and as CSV', () => {
    for (const name of names) expect(opened(name), name).to.contain('<table:table-row');
  });

  it('reads a workbook from right to left, amounts as numbers and days as dates', () => {
    for (const name of names.filter((one) => one.endsWith('.xlsx'))) {
      expect(opened(name), name).to.match(/style:writing-mode="rl-tb"/);
    }
    const journal = opened('books_journal-xlsx.xlsx');
    expect(journal).to.match(/office:value-type="float" office:value="1234567"/);
    expect(journal).to.match(/office:value-type="date" office:date-value="2026-04-21"/);
    expect(opened('books_journal-csv.csv')).to.contain('office:value="1234567"');
  });
}
