import { expect } from 'chai';
import { quarter } from '../../seeds/neighbourhood.ts';
import { approveBoundary, proposeBoundary } from '../../src/boundary/boundaries.ts';
import { hangSheet, issueSheet, removeSheet, sheetsOf } from '../../src/boundary/map-sheets.ts';
import { sheetChecks } from '../../src/boundary/sheet-checks.ts';
import { compassOf } from '../../src/bylaw/compass.ts';
import { tasksOf } from '../../src/centres/tasks.ts';
import { findPaper } from '../../src/paper/papers.ts';
import type { Tx } from '../../src/provinces/connection.ts';
import { enter } from '../../src/provinces/enter.ts';
import { hasPoppler, infoOf, linesOf, pagesOf, textOf } from '../paper/read.ts';
import { buildWorld, FOUNDED, type Json, TODAY, type World } from '../support/world.ts';

describe('B-125, the map sheet of a centre', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(async () => {
    for (const { name, run } of sheetChecks) expect(run(world.province.db), name).to.equal(null);
    await world.close();
  });

  const reza = () => world.actor('reza', world.noor);
  const issue = () => enter(world.province, (tx) => issueSheet(tx, reza(), world.noor));
  const hang = (number: string, hungOn = TODAY) =>
    enter(world.province, (tx) => hangSheet(tx, reza(), world.noor, number, { hungOn }));
  const bearing = () =>
    compassOf(world.province.db, world.noor.id, TODAY).find(({ id }) => id === 'B-125')!;
  const newVersion = () =>
    enter(world.province, (tx: Tx) => {
      const hadi = world.actor('hadi');
      const { id } = proposeBoundary(tx, hadi, world.noor, { area: quarter(3) });
      approveBoundary(tx, hadi, world.noor, id);
    });
  const task = () =>
    tasksOf(world.province.db, reza(), world.noor).find(({ clause }) => clause === 'B-125')?.key;

  it('is drawn of the version in force, kept as a paper, and known to those who ask', async () => {
    const sheet = await issue();
    expect(sheet).to.include({ number: '1-1', version: 1, issuedOn: TODAY, hanging: null });
    const paper = findPaper(world.province.db, sheet.paperId);
    const content = JSON.parse(paper.content) as Json;
    expect(paper.kind).to.equal('map-sheet');
    expect(content).to.include({ kind: 'map-sheet', number: '1-1', version: 1 });
    const verify = await fetch(`${world.address}/verify/${paper.code}.json`);
    const told = (await verify.json()) as Json;
    expect(told).to.include({ kind: 'map-sheet', number: '1-1', state: 'valid' });
    expect(await issue()).to.include({ number: '1-2' });
  });

  it('is refused where no area is in force', async () => {
    const karim = world.actor('karim');
    const issuing = enter(world.province, (tx) => issueSheet(tx, karim, world.sepid));
    await rejects(issuing, 'no-area');
  });

  it('hangs from a day, is unhung by a new version and by whoever takes it down', async () => {
    expect(bearing()).to.include({ state: 'broken', why: 'bylaw:why.B-125.broken' });
    expect(task()).to.equal('issue-sheet');
    await issue();
    expect(bearing().why).to.equal('bylaw:why.B-125.unhung');
    expect(task()).to.equal('hang-sheet');
    expect((await hang('1-1')).hanging).to.include({ hungOn: TODAY, recordedBy: 'رضا نمونه' });
    expect(bearing()).to.include({ state: 'kept' });
    expect(task()).to.equal(undefined);
    await newVersion();
    expect(bearing()).to.include({ state: 'broken', why: 'bylaw:why.B-125.replaced' });
    expect(task()).to.equal('rehang-sheet');
    await issue();
    await hang('2-1');
    expect(bearing()).to.include({ state: 'kept' });
    const reason = 'قاب شکسته است';
    await enter(world.province, (tx) => removeSheet(tx, reza(), world.noor, '2-1', { reason }));
    expect(bearing().why).to.equal('bylaw:why.B-125.replaced');
    expect(
      sheetsOf(world.province.db, world.noor.id, 10).map(({ number }) => number),
    ).to.deep.equal(['2-1', '1-1']);
  });

  it('is not hung twice, before its issue, in future, or after its version was replaced', async () => {
    await issue();
    await rejects(hang('1-1', FOUNDED), 'before-issue');
    await rejects(hang('1-1', '2026-11-22'), 'future');
    await hang('1-1');
    await rejects(hang('1-1'), 'hangs-already');
    await issue();
    await newVersion();
    await rejects(hang('1-2'), 'B-125');
  });

  it('is held by the file too', async () => {
    await issue();
    await newVersion();
    const { $client: client } = world.province.db;
    const { act, user } = { act: 1, user: world.users.reza };
    const hung = `INSERT INTO sheet_hangings (sheet_id, hung_on, recorded_on, recorded_by, act_id)
      VALUES (1, '${TODAY}', '${TODAY}', ${user}, ${act})`;
    expect(() => client.exec(hung)).to.throw('b125_hangs_in_force');
    const issued = `INSERT INTO map_sheets (centre_id, boundary_id, version, nth, issued_on,
      issued_by, paper_id, act_id) SELECT centre_id, boundary_id, version, 2, issued_on, issued_by,
      999, act_id FROM map_sheets`;
    client.exec(`INSERT INTO papers SELECT 999, centre_id, kind, '1-2', issued_on, 'ABCDEFGHJKMNP',
      content, sha256, act_id FROM papers WHERE kind = 'map-sheet'`);
    expect(() => client.exec(issued)).to.throw('b125_sheet_of_version_in_force');
    const foreign = issued.replace('issued_by,\n      999', `${world.users.karim},\n      999`);
    expect(() => client.exec(foreign)).to.throw('b17_own_county');
    for (const change of ['UPDATE map_sheets SET nth = 5', 'DELETE FROM map_sheets']) {
      expect(() => client.exec(change)).to.throw('map_sheets_are_final');
    }
  });

  it('prints on A3 and A4, keeps the first print of each, and says when it is a reprint', async function () {
    if (!hasPoppler()) this.skip();
    await issue();
    const print = async (form: string) => {
      const headers = { authorization: `Bearer ${world.tokens.reza}` };
      const address = `${world.address}/toos/centres/noor/boundary/sheet/1-1.pdf?form=${form}`;
      const answer = await fetch(address, { headers });
      expect(answer.status).to.equal(200);
      return Buffer.from(await answer.arrayBuffer());
    };
    const [a3, a4, again] = [await print('a3'), await print('a4'), await print('a3')];
    expect(pagesOf(a3)).to.equal(1);
    expect(infoOf(a3)).to.match(/Page size: +(1190.55 x 841.89|841.89 x 1190.55) pts/);
    expect(infoOf(a4)).to.match(/Page size: +(841.89 x 595.2\d+|595.2\d+ x 841.89) pts/);
    const text = linesOf(a3).join('\n');
    expect(text).to.include('نقشهٔ محدودهٔ فعالیت').and.include('مرکز نیکوکاری نور');
    expect(text).to.include('رضا نمونه').and.not.include('چاپ مجدد');
    expect(textOf(again)).to.include('چاپ مجدد');
    const kept = world.province.db.$client
      .prepare('SELECT form, pdf FROM paper_prints WHERE nth = 1 ORDER BY form')
      .all() as { form: string; pdf: Buffer }[];
    expect(kept.map(({ form }) => form)).to.deep.equal(['a3', 'a4']);
    expect(kept[0]!.pdf.equals(a3)).to.equal(true);
  });

  it('has its page, where the chair issues it and records that it hangs', async () => {
    const at = '/centres/noor/boundary/sheet';
    const empty = await world.visit('reza', `GET ${at}`);
    expect(empty.text).to.include('class="sheet-map"').and.include(`action="/toos${at}"`);
    const issued = await world.visit('reza', `POST ${at}`, {});
    expect(issued.status).to.equal(201);
    expect(issued.json()).to.include({ number: '1-1', isInForce: true });
    expect(issued.headers.get('location')).to.equal(`/toos${at}/1-1`);
    const late = await world.visit('reza', `POST ${at}/1-1/hanging`, { hungOn: '1405/09/20' });
    expect(late.status).to.equal(422);
    const hung = await world.visit('maryam', `POST ${at}/1-1/hanging`, { hungOn: '1405/08/30' });
    expect(hung.json<{ hangs: Json }>().hangs).to.include({ hungOn: TODAY });
    const page = await world.visit('zahra', `GET ${at}`);
    expect(page.text).to.include('1-1.pdf?form=a3').and.not.include('/removal');
    const bare = await world.visit('karim', 'GET /centres/sepid/boundary/sheet');
    expect(bare.text).to.include('empty-title');
  });

  const matrix = {
    'GET /boundary/sheet': { zahra: 200, inspector: 200, karim: 404, security: 404 },
    'POST /boundary/sheet': { maryam: 403, zahra: 403, inspector: 403, karim: 404, hadi: 201 },
    'POST /boundary/sheet/1-1/hanging': { zahra: 403, inspector: 403, karim: 404 },
  };
  for (const [line, expected] of Object.entries(matrix)) {
    it(`answers ${line} as each may`, async () => {
      for (const [person, status] of Object.entries(expected)) {
        const [method, path] = line.split(' ');
        const body = method === 'POST' ? {} : undefined;
        const asked = await world.visit(person as 'reza', `${method} /centres/noor${path}`, body);
        expect(asked.status, person).to.equal(status);
      }
    });
  }
});

async function rejects(promise: Promise<unknown>, words: string): Promise<void> {
  const fault = await promise.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  expect(fault?.message).to.include(words);
}
