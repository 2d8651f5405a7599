/** B-34: optional seats by need; drafts kept and sent; the introduction form; members’ files. */
import { expect } from 'chai';
import { inventedId } from '../../seeds/invented-id.ts';
import { decreesOf } from '../../src/board/decree-rows.ts';
import { NOMINATION_LINES } from '../../src/board/nominations.ts';
import { axisOf, seatRows } from '../../src/board/seats.ts';
import { noticesOf } from '../../src/notices/notices.ts';
import { hasPoppler, textOf } from '../paper/read.ts';
import { clearedHere } from '../support/cleared.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await buildWorld();
});
after(() => world.close());

const decrees = '/centres/noor/board/decrees';
const term = { from: TODAY, to: '2027-03-20' };
const person = { name: 'لاله نمونه', nationalId: inventedId(60), gender: 'woman' as const };
const need = { reason: 'وام‌های خرد محله زیاد شده است', field: 'قرض‌الحسنه' };
const send = async (who: Person, line: string, body: object = {}) => {
  const { status, json } = await world.visit(who, `POST ${line}`, body);
  return { ...json(), status } as Record<string, unknown> & { status: number };
};
/** What a PDF says, without its line ends; nothing can be read without poppler. */
const pdfText = async (address: string) => {
  const headers = { authorization: `Bearer ${world.tokens.reza}` };
  const answer = await fetch(`${world.address}/toos${address}`, { headers });
  expect(answer.status).to.equal(200);
  return textOf(Buffer.from(await answer.arrayBuffer()));
};
const lines = Object.fromEntries(NOMINATION_LINES.map((line) => [line, true]));
const introduction = {
  ...{ introducer: 'امام جماعت', standing: 'معلم محله', refereeOne: 'یک', refereeTwo: 'دو' },
  ...{ plan: 'پیوند جوانان با کارگاه‌های محله', voluntary: true, birthYear: '۱۳۶۵', ...lines },
};

describe('an optional seat (B-34)', () => {
  let id: number;
  const path = () => `${decrees}/${id}`;

  it('asks for the need and the field', async () => {
    const bare = { seat: 'loans', ...person, ...term };
    expect(await send('reza', decrees, bare)).to.include({ status: 422, clause: 'B-34' });
    const half = { ...bare, reason: need.reason };
    expect(await send('reza', decrees, half)).to.include({ status: 422, clause: 'B-34' });
    expect(await send('hadi', decrees, { ...bare, ...need })).to.include({ status: 403 });
  });

  it('is kept as a draft, sent later, and answered only once sent (B-130)', async () => {
    const kept = await send('reza', decrees, {
      seat: 'loans',
      ...person,
      ...term,
      ...need,
      keep: true,
    });
    expect(kept).to.include({ status: 201, state: 'draft' });
    id = kept.id as number;
    const agreed = { answer: 'agreed', decidedOn: TODAY };
    expect(await send('hadi', `${path()}/coordination`, agreed)).to.include({ status: 409 });
    expect(await send('maryam', `${path()}/request`)).to.include({ status: 403 });
    expect(await send('reza', `${path()}/request`)).to.include({ status: 409, clause: 'B-14' });
    expect((await world.visit('reza', `GET ${path()}`)).text).to.not.contain(`${path()}/request`);
    const told = noticesOf(world.province.db, world.actor('security'), 5);
    expect(told.map(({ key }) => key)).to.include('board:notices.clearance');
    clearedHere(world, person);
    expect((await world.visit('reza', `GET ${path()}`)).text).to.contain(`${path()}/request`);
    const sent = await send('reza', `${path()}/request`);
    expect(sent).to.include({ status: 200, state: 'awaiting-coordination', requestedOn: TODAY });
    expect(await send('reza', `${path()}/request`)).to.include({ status: 409 });
    const answered = await send('hadi', `${path()}/coordination`, agreed);
    expect(answered).to.include({ status: 200, state: 'coordinated' });
    expect((answered.coordination as { number: string }).number).to.match(/^1405-\d{4}$/);
  });

  it('writes both letters, kept and readable', async () => {
    const { requestPaperId, answerPaperId } = decreesOf(
      world.province.db,
      world.noor.id,
      TODAY,
    ).find((one) => one.id === id)!;
    for (const paper of [requestPaperId, answerPaperId]) {
      const shown = await world.visit('hadi', `GET /centres/noor/papers/${paper}`);
      expect([shown.status, shown.text.includes('لاله نمونه')]).to.deep.equal([200, true]);
    }
  });

  it('is decided by one of two officers, the other is told (409)', async () => {
    const other = { name: 'ناهید نمونه', nationalId: inventedId(61), gender: 'woman' as const };
    clearedHere(world, other);
    const draft = await send('reza', decrees, { seat: 'health', ...other, ...term, ...need });
    const at = `${decrees}/${draft.id}/coordination`;
    const both = await Promise.all([
      send('hadi', at, { answer: 'agreed', number: '1', decidedOn: TODAY }),
      send('deputy', at, { answer: 'refused', number: '2', decidedOn: TODAY }),
    ]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    expect((await send('karim', at, { answer: 'agreed', decidedOn: TODAY })).status).to.equal(404);
    const back = await send('reza', `${decrees}/${draft.id}/ending`, { reason: 'نیازی نماند' });
    expect(back).to.include({ status: 200, state: 'cancelled' });
  });

  it('shows on the board beside the six, once there is one', async () => {
    const all = decreesOf(world.province.db, world.noor.id, TODAY);
    const rows = seatRows(all, axisOf(TODAY), TODAY).map(({ seat }) => seat);
    expect(rows).to.have.length(7).and.to.include('loans');
    const { text } = await world.visit('reza', 'GET /centres/noor/board');
    expect(text).to.contain('id="optional"').and.to.contain('B-92').and.to.contain('B-91');
  });

  it('warns of a person in two seats, and refuses nothing', async () => {
    const { personId } = decreesOf(world.province.db, world.noor.id, TODAY).find(
      ({ seat }) => seat === 'admin-finance',
    )!;
    const form = await world.visit('reza', `GET ${decrees}/new?person=${personId}&seat=culture`);
    expect(form.text).to.contain('مسئول امور اداری و مالی').and.to.contain('data-state="warn"');
    const made = await send('reza', decrees, { seat: 'culture', personId, ...term, ...need });
    expect(made.status).to.equal(201);
    const shown = await world.visit('reza', `GET ${decrees}/${made.id}`);
    expect(shown.text).to.contain('سمت «مسئول امور اداری و مالی»');
  });

  it('is issued, and gives its holder the duties of its field', async function () {
    const issued = await send('reza', `${path()}/issue`);
    expect(issued).to.include({ status: 200, state: 'issued' });
    if (!hasPoppler()) this.skip();
    expect(await pdfText(`${decrees}/${issued.number}.pdf`)).to.contain('قرض');
  });
});

describe('the introduction form (B-27, B-33, B-82 to B-91)', () => {
  const of = (seat: string) =>
    decreesOf(world.province.db, world.noor.id, TODAY).find((one) => one.seat === seat)!;

  it('asks for every line, two referees, a plan and the statement', async () => {
    const path = `${decrees}/${of('culture').id}/nomination`;
    const { status, errors } = await send('reza', path, { ...introduction, 'B-86': false });
    expect(status).to.equal(422);
    expect(errors).to.have.nested.property('[0].field', 'B-86');
    const alone = await send('reza', path, { ...introduction, refereeTwo: 'یک' });
    expect(alone.status).to.equal(422);
    const paid = await send('reza', path, { ...introduction, voluntary: false });
    expect(paid).to.include({ status: 422, clause: 'B-27' });
    const planless = await send('reza', path, { ...introduction, plan: 'کار' });
    expect(planless).to.include({ status: 422, clause: 'B-83' });
    expect((await send('maryam', path, introduction)).status).to.equal(403);
    expect((await send('karim', path, introduction)).status).to.equal(404);
    const made = await send('reza', path, introduction);
    expect(made.status, JSON.stringify(made)).to.equal(201);
    expect((await send('reza', path, introduction)).status).to.equal(409);
  });

  it('is shown, filled in or to be filled in', async () => {
    const filled = `${decrees}/${of('culture').id}/nomination`;
    expect((await world.visit('maryam', `GET ${filled}`)).text).to.contain('معلم محله');
    const form = await world.visit('reza', `GET ${decrees}/${of('loans').id}/nomination`);
    for (const line of NOMINATION_LINES) expect(form.text).to.contain(`name="${line}"`);
  });

  it('prints as a form of one page, filled in or empty', async function () {
    if (!hasPoppler()) this.skip();
    const address = (seat: string) => `${decrees}/${of(seat).id}/nomination.pdf`;
    expect(await pdfText(address('culture'))).to.contain('معلم محله');
    expect(await pdfText(address('loans'))).to.contain('فرم معرفی عضو');
  });

  it('B-33: says whom the officer of organisations and assemblies represents', () => {
    const { $client } = world.province.db;
    const { id } = of('assemblies');
    const again = `INSERT INTO nominations VALUES (${id}, 'xxx', 'xxx', NULL, 'aaa', 'bbb',
      'a plan of work', json_array(1,2,3,4,5,6,7,8,9), NULL, 1, '${TODAY}', 1, 1)`;
    $client.exec('SAVEPOINT tried; DROP TRIGGER nominations_are_new');
    expect(() => $client.exec(again)).to.throw('b33_assemblies_represent');
    $client.exec('ROLLBACK TO tried; RELEASE tried');
    expect(() => $client.exec('DELETE FROM nominations')).to.throw('nominations_are_final');
  });
});

describe('a member’s file (B-64)', () => {
  it('holds decrees, clearances, introduction and papers, for those who keep it', async () => {
    const { personId } = decreesOf(world.province.db, world.noor.id, TODAY).find(
      ({ seat }) => seat === 'assemblies',
    )!;
    const path = `/centres/noor/board/members/${personId}`;
    const told = await world.visit('maryam', `GET ${path}.json`);
    expect(told.text).to.not.match(/\d{10}/);
    expect(told.json()).to.have.nested.property('clearances[0].state', 'approved');
    expect((await world.visit('zahra', `GET ${path}`)).status).to.equal(403);
    expect((await world.visit('karim', `GET ${path}`)).status).to.equal(404);
    expect((await world.visit('reza', `GET ${path}`)).status).to.equal(200);
    expect(await send('hadi', `${path}/papers`, { kind: 'photo' })).to.include({ status: 403 });
    expect(await send('maryam', `${path}/papers`, { kind: 'photo' })).to.include({ status: 200 });
    expect(await send('maryam', `${path}/papers`, { kind: 'photo' })).to.include({ status: 409 });
  });
});

describe('B-34 by raw SQL', () => {
  it('needs its reason before the decree, and belongs to optional seats only', () => {
    const { $client } = world.province.db;
    const core = "(SELECT id FROM decrees WHERE seat = 'assemblies')";
    const insert = `INSERT INTO decree_needs VALUES (${core}, 'xxx', 'xx', 1)`;
    expect(() => $client.exec(insert)).to.throw('b34_need_of_optional_seat');
    const bare = `INSERT INTO decrees (centre_id, person_id, seat, from_on, to_on, drafted_on,
      drafted_by, act_id) SELECT centre_id, person_id, 'housing', from_on, to_on, drafted_on,
      drafted_by, 1 FROM decrees WHERE seat = 'assemblies';
      INSERT INTO decree_issues SELECT (SELECT max(id) FROM decrees), centre_id, 1405, 99,
        '${TODAY}', issued_by, issuer_decree_id, paper_id, 1 FROM decree_issues
      WHERE decree_id = ${core}`;
    $client.exec('SAVEPOINT tried');
    expect(() => $client.exec(bare)).to.throw(/^b/);
    $client.exec('ROLLBACK TO tried; RELEASE tried');
  });
});
