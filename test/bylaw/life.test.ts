/** Clauses of the centre's life by their numbers, each over HTTP and in the file. */
import { expect } from 'chai';
import { inventedId } from '../../seeds/invented-id.ts';
import type { Seat } from '../../src/access/powers.ts';
import { decreesOf } from '../../src/board/decree-rows.ts';
import { oneHolderPerSeat } from '../../src/bylaw/board.ts';
import { dutiesOfSeats } from '../../src/bylaw/clauses.ts';
import { clearedHere } from '../support/cleared.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

const HERE = '/centres/noor';
const HTML = { accept: 'text/html', 'accept-language': 'fa' };

let world: World;
before(async () => {
  world = await buildWorld();
});
after(() => world.close());

const send = async (who: Person, line: string, body: object = {}) => {
  const { status, json } = await world.visit(who, `POST ${line}`, body);
  return { ...json(), status } as Record<string, unknown> & { status: number };
};
const page = async (who: Person, line: string) => {
  const { status, text } = await world.visit(who, `GET ${line}`, undefined, HTML);
  expect(status, line).to.equal(200);
  return text;
};
const sql = (text: string) => world.province.db.$client.exec(text);
const someone = (n: number, gender: 'man' | 'woman') => ({
  ...{ name: `کسی نمونهٔ ${n}`, nationalId: inventedId(200 + n), gender },
});
const term = { from: TODAY, to: '2027-03-20' };

describe('who answers for a centre', () => {
  it('B-12: each centre belongs to one county office, on its page and in the file', async () => {
    expect(await page('reza', `${HERE}/profile`)).to.include('اینجا');
    const bare = { name: 'مرکز', kind: 'neighbourhood', code: 'bare' };
    expect((await send('deputy', '/centres', bare)).status).to.equal(422);
    expect(() => sql('UPDATE centres SET county_id = NULL')).to.throw('centre_code_and_name_stay');
  });

  it('B-15: security and selection sign apart, neither for the other', async () => {
    const { personId } = decreesOf(world.province.db, world.noor.id, TODAY)[0]!;
    const signed = { kind: 'selection', state: 'approved', number: '1', decidedOn: TODAY };
    const other = await send('security', `/persons/${personId}/clearances`, signed);
    expect(other, JSON.stringify(other)).to.include({ status: 201, kind: 'security' });
    const head = await send('hadi', `/persons/${personId}/clearances`, signed);
    expect(head.status).to.equal(403);
    const raw = (kind: string, by: Person) =>
      sql(`INSERT INTO clearances (person_id, kind, state, number, decided_on, decided_by, act_id)
        VALUES (${personId}, '${kind}', 'approved', '9', '${TODAY}', ${world.users[by]}, 1)`);
    expect(() => raw('selection', 'security')).to.throw('b14_office_gives_its_clearance');
    expect(() => raw('security', 'deputy')).to.throw('b14_office_gives_its_clearance');
  });

  it('B-16: the asked coordination waits for the head of this county and no other', async () => {
    const person = someone(1, 'man');
    clearedHere(world, person);
    const need = { reason: 'زکات محله', field: 'مشارکت' };
    const asked = { seat: 'participation', ...person, ...term, ...need };
    const made = await send('reza', `${HERE}/board/decrees`, asked);
    expect(made, JSON.stringify(made)).to.include({ status: 201 });
    const waits = '/supervision?by=waiting';
    expect(await page('hadi', waits)).to.include(person.name);
    expect(await page('karim', waits)).to.not.include(person.name);
  });

  it('B-26: every gift has its intention', async () => {
    const gift = { kind: 'cash', amount: 1_000_000, receivedOn: TODAY };
    for (const fund of [undefined, '', 'nothing']) {
      const refused = await send('maryam', `${HERE}/donations`, { ...gift, fund });
      expect(refused.status, String(fund)).to.be.oneOf([404, 422]);
    }
    const made = await send('maryam', `${HERE}/donations`, { ...gift, fund: 'sadaqa' });
    expect(made.status).to.equal(201);
    expect(() =>
      sql(`INSERT INTO donations SELECT id + 1, centre_id, kind, amount_rial, NULL, donor_id,
        purpose, purpose_search, received_on, received_by, entered_at, entered_by, act_id
        FROM donations`),
    ).to.throw('gift_in_a_fund_that_takes');
  });
});

describe('the core seats', () => {
  it('B-30: nobody else holds the seat of admin and finance while it is held', async () => {
    const person = someone(2, 'man');
    clearedHere(world, person);
    const asked = { seat: 'admin-finance', ...person, ...term };
    const refused = await send('reza', `${HERE}/board/decrees`, asked);
    expect(refused, JSON.stringify(refused)).to.include({ status: 409, clause: 'B-30' });
  });

  for (const [title, seat, gender, clause] of [
    ['B-31: asks again when a woman is proposed for men', 'benefactors-men', 'woman', 'B-31'],
    ['B-32: asks again when a man is proposed for women', 'benefactors-women', 'man', 'B-32'],
  ] as const) {
    it(title, async () => {
      const person = someone(clause === 'B-31' ? 3 : 4, gender);
      const drafted = { seat, ...person, ...term, keep: true };
      const { status, id } = await send('reza', `${HERE}/board/decrees`, drafted);
      expect(status).to.equal(201);
      expect(await page('reza', `${HERE}/board/decrees/${id}`)).to.include(`#${clause}"`);
    });
  }
});

describe('the optional seats', () => {
  for (const [title, seat] of [
    ['B-36: orphans, by need and with its own duties', 'orphans'],
    ['B-37: dowry, by need and with its own duties', 'dowry'],
    ['B-38: loans, by need and with its own duties', 'loans'],
    ['B-39: social work, by need and with its own duties', 'social-work'],
    ['B-40: employment, by need and with its own duties', 'employment'],
    ['B-41: culture, by need and with its own duties', 'culture'],
    ['B-42: health, by need and with its own duties', 'health'],
    ['B-43: housing, by need and with its own duties', 'housing'],
  ] as [string, Seat][]) {
    it(title, async () => {
      const clause = title.split(':')[0]!;
      expect(oneHolderPerSeat[seat].id).to.equal(clause);
      expect(dutiesOfSeats[seat][0]).to.equal(clause);
      const number = Number(clause.slice(2));
      const drafted = { seat, ...someone(number, 'woman'), ...term, keep: true };
      const bare = await send('reza', `${HERE}/board/decrees`, drafted);
      expect(bare).to.include({ status: 422, clause: 'B-34' });
      const need = { reason: 'نیاز محله زیاد شده است', field: 'خدمت به محله' };
      const made = await send('reza', `${HERE}/board/decrees`, { ...drafted, ...need });
      expect(made, JSON.stringify(made)).to.include({ status: 201, seat });
      const { json } = await world.visit('reza', `GET ${HERE}/compliance.json`);
      const { clauses } = json<{ clauses: { id: string; state: string }[] }>();
      expect(clauses.find(({ id }) => id === clause)!.state).to.be.oneOf(['not-due', 'kept']);
    });
  }
});

describe('the networks, from the first day', () => {
  for (const title of [
    'B-143: employment has its page, and is formed there by a head and a member',
    'B-144: culture has its page, and is formed there by a head and a member',
    'B-145: legal has its page, and is formed there by a head and a member',
    'B-146: housing has its page, and is formed there by a head and a member',
    'B-147: health has its page, and is formed there by a head and a member',
    'B-148: participation has its page, and is formed there by a head and a member',
  ]) {
    it(title, async () => {
      const [clause, network] = title.split(/: | /) as [string, string];
      const at = `${HERE}/network/networks/${network}`;
      const head = { head: `p${world.actor('zahra').user!.personId}` };
      expect((await send('reza', `${at}/head`, head)).status).to.equal(200);
      const member = { kind: 'institution', institution: 'کانون نمونه' };
      const joined = await send('reza', `${at}/members`, member);
      expect(joined.status, JSON.stringify(joined)).to.equal(201);
      expect(await page('zahra', at)).to.include(`#${clause}"`);
      expect((await world.visit('karim', `GET ${at}`)).status).to.equal(404);
      const { json } = await world.visit('reza', `GET ${HERE}/compliance.json`);
      const { clauses } = json<{ clauses: { id: string; state: string }[] }>();
      expect(clauses.find(({ id }) => id === clause)!.state).to.equal('kept');
    });
  }
});

describe('what is never in the file, and what never leaves it', () => {
  it('B-134: no address deletes, and no row of what was issued is deleted', async () => {
    for (const path of ['/donations/receipts/1405-000001', '/board', '/papers/1']) {
      const { status } = await world.visit('reza', `DELETE ${HERE}${path}`);
      expect(status, path).to.be.oneOf([404, 405]);
    }
    for (const table of ['donors', 'persons', 'papers', 'acts', 'receipts', 'volunteers']) {
      const held = world.province.db.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
      if (held === 0) continue;
      expect(() => sql(`DELETE FROM ${table}`), table).to.throw(/stay|final/);
    }
  });

  it('B-136: no contract or wage has an account, and none can be made (b46_no_wage_account)', () => {
    const account = (name: string) =>
      sql(`INSERT INTO accounts VALUES (1, '5998', 'subsidiary', '${name}', 'x', 'debit')`);
    for (const name of ['حقوق و دستمزد', 'دستمزد کارکنان']) {
      expect(() => account(name), name).to.throw('b46_no_wage_account');
    }
  });

  it('B-93: a core seat ends only by agreement, in the file too', () => {
    const { id } = decreesOf(world.province.db, world.noor.id, TODAY).find(
      ({ seat }) => seat === 'assemblies',
    )!;
    const end = () =>
      sql(
        `INSERT INTO decree_endings VALUES (${id}, '${TODAY}', 'استعفا', ${world.users.reza}, 1)`,
      );
    expect(end).to.throw(/ended_by_agreement/);
    sql('SAVEPOINT tried; DROP TRIGGER b131_ended_by_agreement');
    expect(end).to.throw('b93_core_seat_ended_by_agreement');
    sql('ROLLBACK TO tried; RELEASE tried');
  });
});
