/** What an ended decree closes behind it, and who signs while the chair is away (B-93, B-61). */
import { expect } from 'chai';
import { inventedId } from '../../seeds/invented-id.ts';
import { seatTrustee, stepsAt } from '../../seeds/neighbourhood.ts';
import { declareAbsence } from '../../src/board/absences.ts';
import { holdersOn } from '../../src/board/decree-rows.ts';
import { findPaper } from '../../src/paper/papers.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { decided } from '../licence/life.ts';
import { textOf } from '../paper/read.ts';
import { buildWorld, NOW, type Person, TODAY, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await buildWorld();
});
afterEach(() => world.close());

const db = () => world.province.db;
const decree = (seat: 'assemblies' | 'chair') => holdersOn(db(), world.noor.id, TODAY).get(seat)!;
const send = async (who: Person, line: string, body: object = {}) => {
  const { status, json } = await world.visit(who, `POST /centres/noor/board${line}`, body);
  return { ...json(), status } as Record<string, unknown> & { status: number };
};
const asked = () => ({ decree: decree('assemblies').number, kind: 'end', reason: 'استعفای ایشان' });

it('a waiting request is not agreed to once its decree has ended, by page or by hand (B-93)', async () => {
  const { id } = await send('reza', '/changes', asked());
  await send('hadi', `/decrees/${decree('assemblies').number}/ending`, { reason: 'درگذشت' });
  const answer = { answer: 'agreed', number: '12/7', decidedOn: TODAY };
  expect((await send('hadi', `/changes/${id}/answer`, answer)).status).to.equal(409);
  expect(() =>
    db().$client.exec(`INSERT INTO change_answers SELECT ${id}, 'agreed', '1', '${TODAY}',
      ${world.users.hadi}, (SELECT max(id) FROM papers), (SELECT max(id) FROM acts)`),
  ).to.throw('b93_agreed_while_held');
  const no = { ...answer, answer: 'refused' };
  expect((await send('hadi', `/changes/${id}/answer`, no)).status).to.equal(200);
});

it('the committee ends the decree of a core seat by a letter with its number alone (B-93)', async () => {
  const { number } = decree('assemblies');
  await send('hadi', `/decrees/${number}/ending`, { reason: 'درگذشت' });
  const row = db()
    .$client.prepare(
      `SELECT p.kind, p.number, a.after ->> 'number' AS told, p.content FROM decree_endings e
       JOIN papers p ON p.act_id = e.act_id JOIN acts a ON a.id = e.act_id`,
    )
    .get() as Record<string, string>;
  expect(row).to.include({ kind: 'decision', told: row.number });
  expect(row.content).to.include('درگذشت').and.include('پایان حکم').and.include('زهرا');
  expect(examine(db()).filter(({ wrong }) => wrong !== null)).to.deep.equal([]);
});

it('an ended decree is told to its holder by name and to the chair', async () => {
  await send('hadi', `/decrees/${decree('assemblies').number}/ending`, { reason: 'درگذشت' });
  for (const who of ['zahra', 'reza'] as const) {
    const told = await world.visit(who, 'GET /notices.json');
    expect(told.text, who).to.include('درگذشت');
  }
});

it('the chair signs no letter while another signs for him, until he is back (B-61)', async () => {
  const as = stepsAt(db(), NOW);
  const { hadi, security, selection } = world.users;
  seatTrustee(db(), as, { head: hadi, security, selection }, world.noor, {
    trustee: {
      ...{ name: 'نادر نمونه', gender: 'man', username: 'nader', seat: 'vice-chair' },
      nationalId: inventedId(61),
    },
    ...{ days: { fromOn: TODAY, toOn: '2027-03-20' }, passwordHash: 'x' },
  });
  const days = { fromOn: TODAY, toOn: '2026-11-30', reason: 'سفر زیارتی' };
  const absence = declareAbsence(db(), world.actor('reza', world.noor), world.noor, days);
  const refused = await send('reza', '/changes', asked());
  expect(refused).to.include({ status: 403, clause: 'B-61' });
  expect(String(refused.detail)).to.include('نادر نمونه');
  expect((await send('reza', `/absences/${absence.id}/ending`)).status).to.equal(200);
  expect((await send('reza', '/changes', asked())).status).to.equal(201);
});

it('a decree printed while the centre is suspended says what its code says', async () => {
  const { id, paperId } = decree('assemblies');
  const print = () => fetchPdf(`/centres/noor/board/decrees/${id}.pdf`);
  expect(textOf(await print())).to.not.include('اختیاری نمی‌دهد');
  decided(world, 'suspend');
  expect(textOf(await print()))
    .to.include('معلق')
    .and.include('امروز اختیاری نمی‌دهد');
  const { code } = findPaper(db(), paperId!);
  const said = (await (await fetch(`${world.address}/verify/${code}.json`)).json()) as object;
  expect(said).to.include({ state: 'powerless', licence: 'suspended' });
});

async function fetchPdf(path: string): Promise<Buffer> {
  const headers = { authorization: `Bearer ${world.tokens.hadi}` };
  const answer = await fetch(`${world.address}/toos${path}`, { headers });
  return Buffer.from(await answer.arrayBuffer());
}

it('a person as a program reads him has nothing of how he is searched and sorted', async () => {
  const told = await world.visit('hadi', `GET /persons/${decree('chair').personId}.json`);
  expect(told.status).to.equal(200);
  expect(told.json()).to.not.have.any.keys('nameSearch', 'nameSort');
});

it('the first licence is offered once nothing is missing; before that what is missing is', async () => {
  const html = { accept: 'text/html' };
  const page = await world.visit('karim', 'GET /centres/sepid/licence', undefined, html);
  expect(page.text).to.not.include('action="/toos/centres/sepid/licence"');
  expect(page.text).to.include('href="/toos/centres/sepid/opening/board"').and.include('B-115');
});
