/** The compass on paper, as the file for renewal. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildWorld, type World } from '../support/world.ts';

describe('the file for renewal', () => {
  let world: World;
  let bytes: Buffer;
  before(async function () {
    this.timeout(30_000);
    world = await buildWorld();
    const address = `${world.address}/toos/centres/noor/compliance.pdf`;
    const headers = { authorization: `Bearer ${world.tokens.hadi}`, cookie: 'language=en' };
    const answer = await fetch(address, { headers });
    expect(answer.status).to.equal(200);
    bytes = Buffer.from(await answer.arrayBuffer());
  });
  after(() => world.close());

  it('is one tagged document', () => {
    const text = bytes.toString('latin1');
    expect(text.startsWith('%PDF-1.7')).to.equal(true);
    expect(text).to.include('/StructTreeRoot');
    expect(text).to.match(/\/MarkInfo|\/Marked true/);
  });

  it('tells the licence, every core seat, all 148 clauses, and who signs', function () {
    this.timeout(30_000);
    const told = textOf(bytes);
    if (told === undefined) return this.skip();
    for (const said of ['1404/21/087', 'empty', 'Days left', 'What must be mended', 'Security']) {
      expect(told).to.include(said);
    }
    for (let number = 1; number <= 148; number++) {
      expect(told, `B-${number}`).to.match(new RegExp(`\\bB-${number}\\b`));
    }
    const broken = told.indexOf('What must be mended');
    expect(broken).to.be.lessThan(told.indexOf('B-148'));
    expect(told.lastIndexOf('Selection')).to.be.greaterThan(told.indexOf('B-148'));
  });

  it('is where the licence’s renewal leads', async () => {
    const page = await world.visit('hadi', 'GET /centres/noor/licence/renewal', undefined, {
      accept: 'text/html',
    });
    expect(page.text).to.include('/centres/noor/compliance.pdf');
  });
});

/** What a reader of the paper sees; undefined on a machine without pdftotext. */
function textOf(pdf: Buffer): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'nikukari-'));
  try {
    const file = join(folder, 'file.pdf');
    writeFileSync(file, pdf);
    return execFileSync('pdftotext', ['-layout', file, '-']).toString();
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
