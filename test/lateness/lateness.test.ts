/** B-112: what is entered later than the province allows carries its mark, and nobody can take it off. */
import { expect } from 'chai';
import { issueReceipt } from '../../src/donations/receipts.ts';
import { enter } from '../../src/provinces/enter.ts';
import { buildWorld, daysAgo, type Person, TODAY, type World } from '../support/world.ts';

const HTML = { accept: 'text/html', 'accept-language': 'fa' };
const MARK = 'دیر ثبت شد';

type Gift = { receipt: string; lateDays: number | null };

describe('B-112, entered late', () => {
  let world: World;
  const entered = new Map<number, string>();
  const HERE = '/centres/noor';

  before(async () => {
    world = await buildWorld();
    const { province, noor } = world;
    for (const days of [0, 3, 4, 40]) {
      const gift = { amountRial: 1_000_000 + days, fund: 'sadaqa', receivedOn: daysAgo(days) };
      const { receipt } = await enter(province, (tx) =>
        issueReceipt(tx, world.actor('maryam', noor), noor, gift),
      );
      entered.set(days, receipt);
    }
  });
  after(() => world.close());

  const gifts = async (query = '') =>
    (await world.visit('maryam', `GET ${HERE}/donations.json${query}`)).json<{
      donations: Gift[];
      total: number;
      totals: { issued: { count: number; rial: number } };
    }>();
  const state = async () => {
    const { json } = await world.visit('reza', `GET ${HERE}/compliance.json`);
    const { clauses } = json<{ clauses: { id: string; state: string; mend: string | null }[] }>();
    return clauses.find(({ id }) => id === 'B-112')!;
  };

  it('marks a gift entered more than three days after its day, in JSON and on the list', async () => {
    const { donations } = await gifts();
    const marks = new Map(donations.map(({ receipt, lateDays }) => [receipt, lateDays]));
    expect([0, 3, 4, 40].map((days) => marks.get(entered.get(days)!))).to.deep.equal([
      ...[null, null, 4, 40],
    ]);
    const page = await world.visit('maryam', `GET ${HERE}/donations`, undefined, HTML);
    expect(page.text.match(new RegExp(`<small class="late">${MARK}`, 'g'))).to.have.length(2);
    for (const format of ['csv', 'xlsx', 'pdf']) {
      const { status } = await world.visit('maryam', `GET ${HERE}/donations.${format}`);
      expect(status).to.equal(200);
    }
  });

  it('shows only what was entered late when that is asked for, with its own total', async () => {
    const { donations, total, totals } = await gifts('?state=late');
    expect(donations.map(({ lateDays }) => lateDays).sort()).to.deep.equal([4, 40]);
    expect([total, totals.issued.rial]).to.deep.equal([2, 2_000_044]);
    for (const sort of ['amount', '-receipt', 'donor', 'fund', 'state', 'kind', 'purpose']) {
      expect((await gifts(`?state=late&sort=${sort}`)).donations, sort).to.have.length(2);
    }
    expect((await gifts(`?state=late&from=${daysAgo(10)}`)).total).to.equal(1);
  });

  it('marks the gift on its own page', async () => {
    const one = `GET ${HERE}/donations/receipts/${entered.get(40)}`;
    expect((await world.visit('maryam', one, undefined, HTML)).text).to.include(MARK);
    expect((await world.visit('maryam', `${one}.json`)).json<Gift>().lateDays).to.equal(40);
    const timely = `GET ${HERE}/donations/receipts/${entered.get(3)}`;
    expect((await world.visit('maryam', timely, undefined, HTML)).text).to.not.include(MARK);
  });

  it('marks meetings of assemblies, hours of volunteers and what was spoken with institutions', async () => {
    await world.visit('zahra', `POST ${HERE}/assemblies`, {
      ...{ kind: 'guilds', name: 'مجمع بازاریان', formedOn: daysAgo(60) },
    });
    const meeting = await world.visit('zahra', `POST ${HERE}/assemblies/meetings`, {
      ...{ metOn: daysAgo(20), kind: 'working', subject: 'بازارچه', assemblies: [1] },
      noPolitics: true,
    });
    expect(meeting.status, meeting.text).to.equal(201);
    expect(meeting.json<{ lateDays: number }>().lateDays).to.equal(20);
    for (const path of ['/assemblies/meetings', '/assemblies/meetings/1']) {
      const { text } = await world.visit('zahra', `GET ${HERE}${path}`, undefined, HTML);
      expect(text, path).to.include(MARK);
    }
    const institution = { name: 'خیریهٔ بهار', kind: 'charity', offers: 'لباس نو' };
    const { status } = await world.visit('zahra', `POST ${HERE}/institutions`, institution);
    expect(status).to.equal(201);
    const spoken = { spokeOn: daysAgo(9), subject: 'آشنایی' };
    await world.visit('zahra', `POST ${HERE}/institutions/1/contacts`, spoken);
    const one = await world.visit('zahra', `GET ${HERE}/institutions/1`, undefined, HTML);
    expect(one.text).to.include(MARK);
  });

  it('is broken in the compass when more than ten rows in a hundred are late, and says where', async () => {
    expect(await state()).to.include({
      ...{ state: 'broken', mend: '/toos/centres/noor/donations?state=late' },
    });
  });

  it('asks by another rule from the day the deputy sets, never backwards', async () => {
    const set = (person: Person, body: object) => world.visit(person, 'POST /late-days', body);
    expect((await set('hadi', { days: 60, fromOn: TODAY })).status).to.equal(403);
    const backwards = await set('deputy', { days: 60, fromOn: daysAgo(1) });
    expect(backwards.status).to.equal(422);
    expect(backwards.json<{ clause: string }>().clause).to.equal('B-112');
    const page = await world.visit('deputy', 'GET /late-days', undefined, HTML);
    expect(page.text).to.include('مهلت ثبت');
    expect((await set('deputy', { days: 'x', fromOn: TODAY })).status).to.equal(422);
    expect((await set('deputy', { days: 60, fromOn: TODAY })).status).to.equal(201);
    expect((await gifts('?state=late')).total).to.equal(0);
    expect((await state()).state).to.equal('kept');
    const told = await world.visit('deputy', 'GET /late-days.json');
    expect(told.json<{ days: number }>().days).to.equal(60);
    expect((await world.visit('sysadmin', 'GET /late-days.json')).status).to.equal(403);
  });

  it('is refused by the file itself when a rule works backwards or an entry is dated back', () => {
    const client = world.province.db.$client;
    const deputys = `(SELECT max(a.id) FROM acts a JOIN users u ON u.id = a.user_id
      WHERE u.role = 'province-deputy' AND a.at >= '2026-11-21')`;
    const rule = (from: string, act: string) =>
      client.exec(`INSERT INTO late_rules (days, from_on, act_id) VALUES (5, '${from}', ${act})`);
    expect(() => rule(daysAgo(1), deputys)).to.throw('b112_no_rule_backwards');
    expect(() => rule(TODAY, '1')).to.throw('b112_no_rule_backwards');
    expect(() => rule(TODAY, 'NULL')).to.throw('b112_no_rule_backwards');
    expect(() => client.exec('UPDATE late_rules SET days = 90')).to.throw('late_rules_are_final');
    expect(() => client.exec('DELETE FROM late_rules')).to.throw('late_rules_are_final');
    expect(() =>
      client.exec(`INSERT INTO donations SELECT id + 1000, centre_id, kind, amount_rial, fund,
        donor_id, purpose, purpose_search, received_on, received_by, '2026-10-13T10:00:00.000Z',
        entered_by, act_id FROM donations WHERE received_on = '${daysAgo(40)}'`),
    ).to.throw('b112_not_backdated');
    expect(() => client.exec(`UPDATE donations SET received_on = '${TODAY}'`)).to.throw(
      'donations_are_final',
    );
  });

  it('finds late gifts by an index of their own', () => {
    const plan = world.province.db.$client
      .prepare(
        `EXPLAIN QUERY PLAN SELECT count(*) FROM donations INDEXED BY donations_entered_later
         WHERE centre_id = 1 AND received_on < date(entered_at, '+210 minutes')`,
      )
      .all() as { detail: string }[];
    expect(plan[0]!.detail).to.include('donations_entered_later');
  });
});
