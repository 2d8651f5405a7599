/** The handover of a seat: laid out, counted, confirmed by both, issued before a witness, final. */
import { expect } from 'chai';
import { holdersOn } from '../../src/board/decree-rows.ts';
import { endDecree } from '../../src/board/decrees.ts';
import { handoverChecks } from '../../src/board/handover-checks.ts';
import { tasksOf } from '../../src/centres/tasks.ts';
import { issueReceipt } from '../../src/donations/receipts.ts';
import { enter } from '../../src/provinces/enter.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await buildWorld();
  const { province, noor } = world;
  const gift = { amountRial: 9_500_000, fund: 'sadaqa', receivedOn: TODAY };
  await enter(province, (tx) => issueReceipt(tx, world.actor('maryam', noor), noor, gift));
});
after(() => world.close());

const handovers = '/centres/noor/board/handovers';
const holder = (seat: 'chair' | 'admin-finance') =>
  holdersOn(world.province.db, world.noor.id, TODAY).get(seat)!;

type Line = Record<'kind' | 'what', string> &
  Record<'recorded' | 'counted' | 'difference', number | null> & { laid: boolean };
type Told = { status: number; id: number; version: number; state: string; lines: Line[] };
const send = async (who: Person, line: string, body: object = {}) => {
  const { status, json } = await world.visit(who, `POST ${line}`, body);
  return { ...json<object>(), status } as Told & Record<string, unknown>;
};

/** Everything as recorded, but for the cash box. */
const counted = ({ lines }: Told, cash: number, remark: string) =>
  lines
    .filter(({ laid }) => laid)
    .map(({ kind, recorded, what }) =>
      kind === 'cash' && what.includes('صندوق،')
        ? { counted: cash, remark }
        : { counted: recorded, remark: '' },
    );

const asked = (taker: number | 'committee' = 'committee') => ({
  ...{ giver: holder('admin-finance').id, taker, handoverOn: TODAY, reason: 'پایان همکاری' },
});

describe('a handover', () => {
  let one: Told;
  const at = (path: string) => `${handovers}/${one.id}/${path}`;

  it('is begun by chair or committee, for a seat that somebody held, up to today', async () => {
    expect((await send('maryam', handovers, asked())).status).to.equal(403);
    expect((await send('inspector', handovers, asked())).status).to.equal(403);
    expect((await send('karim', handovers, asked())).status).to.equal(404);
    const future = { ...asked(), handoverOn: '2026-12-01' };
    expect((await send('reza', handovers, future)).status).to.equal(422);
    const chair = asked(holder('chair').id);
    expect(await send('reza', handovers, chair)).to.include({ status: 422 });
    one = await send('reza', handovers, asked());
    expect(one).to.include({ status: 201, state: 'draft', version: 1 });
  });

  it('is laid out from the books, the equipment, the seal and the papers', () => {
    const cash = one.lines.find(({ what }) => what === 'صندوق، صدقه')!;
    expect(cash).to.include({ kind: 'cash', recorded: 9_500_000, counted: null, laid: true });
    const kinds = new Set(one.lines.map(({ kind }) => kind));
    expect([...kinds]).to.include.members(['cash', 'asset', 'seal', 'papers']);
    expect(one.lines.filter(({ kind }) => kind === 'asset')).to.have.length.at.least(9);
  });

  it('is refused a second time for the same seat while it is open', async () => {
    expect((await send('hadi', handovers, asked())).status).to.equal(409);
    const rows = world.province.db.$client.prepare('SELECT count(*) FROM handovers').pluck();
    expect(rows.get()).to.equal(1);
  });

  it('is confirmed by nobody before it is counted, and no difference without a remark', async () => {
    const yes = { side: 'giver', version: 1 };
    expect((await send('maryam', at('acknowledgement'), yes)).status).to.equal(409);
    const lines = counted(one, 9_400_000, '');
    const bare = await send('maryam', at('count'), { version: 1, lines });
    expect(bare).to.include({ status: 200, version: 2 });
    const unsaid = await send('maryam', at('acknowledgement'), { side: 'giver', version: 2 });
    expect(unsaid).to.include({ status: 409 });
    expect((await send('zahra', at('count'), { version: 2, lines })).status).to.equal(404);
  });

  it('takes the counts, tells the difference, and posts nothing', async () => {
    const entries = world.province.db.$client.prepare('SELECT count(*) FROM entries').pluck();
    const before = entries.get();
    const lines = counted(one, 9_400_000, 'صد هزار ریال نزد مأمور خرید است');
    const typed = [{ kind: 'receipt-books', what: 'دسته‌قبض', number: '۱۰۱-۱۵۰', counted: '۲' }];
    const stale = await send('maryam', at('count'), { version: 1, lines, typed });
    expect(stale.status).to.equal(409);
    one = await send('maryam', at('count'), { version: 2, lines, typed });
    expect(one).to.include({ status: 200, version: 3 });
    const cash = one.lines.find(({ what }) => what === 'صندوق، صدقه')!;
    expect(cash.difference).to.equal(-100_000);
    expect(one.lines.at(-1)).to.include({ kind: 'receipt-books', counted: 2, laid: false });
    expect(entries.get()).to.equal(before);
    const page = await world.visit('maryam', `GET ${handovers}/${one.id}`);
    expect(page.text).to.include('books/drafts/new');
  });

  it('keeps what was typed when it cannot be read', async () => {
    const form = await world.visit('reza', `GET ${at('count')}`);
    expect(form.status).to.equal(200);
    const bad = [{ kind: 'goods', what: 'برنج', counted: 'ده' }];
    const lines = counted(one, 9_400_000, 'توضیح');
    const told = await send('reza', at('count'), { version: 3, lines, typed: bad });
    expect(told).to.include({ status: 422 });
    expect(JSON.stringify(told)).to.include('typed.0.counted');
  });

  it('is confirmed by each himself; nobody says it for one who can sign in', async () => {
    const path = at('acknowledgement');
    const giver = { side: 'giver', version: 3 };
    expect((await send('reza', path, giver)).status).to.equal(403);
    expect((await send('hadi', path, giver)).status).to.equal(403);
    expect(await send('maryam', path, giver)).to.include({ status: 200, state: 'draft' });
    expect((await send('maryam', path, giver)).status).to.equal(409);
    const taker = { side: 'taker', version: 3 };
    expect((await send('reza', path, taker)).status).to.equal(403);
    expect((await send('reza', at('issue'))).status).to.equal(409);
    expect(await send('hadi', path, taker)).to.include({ status: 200, state: 'settled' });
    const late = { version: 3, lines: counted(one, 0, 'دیر') };
    expect((await send('maryam', at('count'), late)).status).to.equal(409);
  });

  it('is issued once, by a witness who is neither of the two', async () => {
    expect((await send('maryam', at('issue'))).status).to.equal(403);
    const both = await Promise.all([send('reza', at('issue')), send('deputy', at('issue'))]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const issued = both.find(({ status }) => status === 200)!;
    expect(issued).to.include({ state: 'issued' });
    const paper = `/centres/noor/papers/${issued.paperId}`;
    expect((await world.visit('hadi', `GET ${paper}.pdf`)).status).to.equal(200);
    const said = (await world.visit('hadi', `GET ${paper}.json`)).json<{ tables: object[] }>();
    expect(said.tables).to.have.lengthOf(3);
    expect((await send('reza', handovers, asked())).status).to.equal(409);
  });

  it('is read by those who keep money and by the two; its list by the whole board', async () => {
    for (const who of ['reza', 'hadi', 'maryam', 'inspector'] as const) {
      expect((await world.visit(who, `GET ${handovers}/${one.id}.json`)).status).to.equal(200);
    }
    expect((await world.visit('zahra', `GET ${handovers}`)).status).to.equal(200);
    expect((await world.visit('zahra', `GET ${handovers}/${one.id}`)).status).to.equal(404);
    expect((await world.visit('karim', `GET ${handovers}`)).status).to.equal(404);
    for (const form of ['csv', 'xlsx', 'pdf', 'json']) {
      expect((await world.visit('hadi', `GET ${handovers}.${form}`)).status).to.equal(200);
      expect((await world.visit('hadi', `GET ${handovers}/${one.id}.${form}`)).status).to.equal(
        200,
      );
    }
    expect((await world.visit('reza', `GET ${handovers}/new`)).status).to.equal(200);
  });
});

describe('the handover of a chair who has gone', () => {
  it('is asked for, recorded on paper, and its draft may be given up', async () => {
    const { province, noor } = world;
    const giver = holder('chair').id;
    endDecree(province.db, world.actor('hadi', noor), holder('chair'), { reason: 'پایان' });
    const tasks = tasksOf(province.db, world.actor('hadi', noor), noor);
    expect(tasks.map(({ key, to }) => [key, to])).to.deep.include([
      ...['lay-handover', `/board/handovers/new?giver=${giver}`],
    ]);
    const body = { giver, taker: 'committee', handoverOn: TODAY, reason: 'پایان حکم' };
    const first = await send('hadi', handovers, body);
    const gone = await send('hadi', `${handovers}/${first.id}/withdrawal`, { reason: 'اشتباه' });
    expect(gone).to.include({ state: 'withdrawn' });
    const one = await send('hadi', handovers, body);
    // As the form sends it: what was seen and left empty is as recorded, but for money.
    const form = { version: '1', 'lines.0.counted': '۹٬۵۰۰٬۰۰۰', 'lines.1.counted': '۰' };
    const typed = { 'typed.0.kind': 'other', 'typed.0.what': 'کلید', 'typed.0.counted': '۲' };
    const whole = { ...form, ...typed, restAsRecorded: 'on' };
    const found = await send('hadi', `${handovers}/${one.id}/count`, whole);
    expect(found.lines.filter(({ difference }) => difference)).to.deep.equal([]);
    expect(found.lines.at(-1)).to.include({ what: 'کلید', counted: 2 });
    const path = `${handovers}/${one.id}/acknowledgement`;
    const paper = await send('hadi', path, { side: 'giver', version: 2 });
    expect(JSON.stringify(paper.acknowledgements)).to.include('paper');
    expect(await send('hadi', path, { side: 'taker', version: 2 })).to.include({
      state: 'settled',
    });
    expect(await send('deputy', `${handovers}/${one.id}/issue`)).to.include({ state: 'issued' });
  });
});

describe('a handover by raw SQL', () => {
  const run = (sql: string) => () => world.province.db.$client.exec(sql);

  it('is not changed, not taken away, not written again', () => {
    expect(run("UPDATE handovers SET reason = 'xxx'")).to.throw('handovers_are_final');
    expect(run('DELETE FROM handover_counts')).to.throw('handovers_are_final');
    expect(run("UPDATE handover_issues SET issued_on = 'x'")).to.throw('handovers_are_final');
    const again = `INSERT INTO handover_counts VALUES (1, 4, '[]', '${TODAY}', 1, 1)`;
    expect(run(again)).to.throw(/handover_counts_follow|settled_handover_stays/);
  });

  it('B-17: is not begun by the head of another county', () => {
    const chair = `SELECT 90, centre_id, seat, id, NULL, '${TODAY}', 'xxx', '${TODAY}',
      ${world.users.karim}, 1 FROM decrees WHERE seat = 'assemblies' LIMIT 1`;
    expect(run(`INSERT INTO handovers ${chair}`)).to.throw('b17_own_county');
  });

  it('stands before the doctor', () => {
    for (const { name, run: check } of handoverChecks) {
      expect(check(world.province.db), name).to.equal(null);
    }
  });
});
