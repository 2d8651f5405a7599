/** Payments and deliveries over HTTP: every page, JSON and file, each power, each bad input. */
import { expect } from 'chai';
import { buildWorld, type Json, type Person, type Visit, type World } from '../support/world.ts';
import {
  buy,
  gift,
  help,
  itemCalled,
  line,
  NOOR,
  pay,
  prepare,
  SAYYID,
  shop,
  storeOf,
} from './paying.ts';

const problem = ({ status, text }: Visit) => {
  const { clause, detail } = JSON.parse(text) as { clause?: string; detail: string };
  return { status, clause, detail };
};

describe('the pages of what leaves the centre', () => {
  let world: World;
  const send = (person: Person, path: string, body: object) =>
    world.visit(person, `POST ${NOOR}${path}`, body);
  const get = (person: Person, path: string) => world.visit(person, `GET ${NOOR}${path}`);

  beforeEach(async () => {
    world = await buildWorld();
    await gift(world, { amountRial: 4_000_000, fund: 'sadaqa' });
    await gift(world, { amountRial: 2_000_000, fund: 'zakat-general' });
    await gift(world, { amountRial: 1_000_000, fund: 'running-costs' });
    await gift(world, { amountRial: 1_000_000, fund: 'kaffara' });
  });
  afterEach(() => world.close());

  const aid = (recipient: number, fund: string, amount: number, more: object = {}) => ({
    ...{ kind: 'aid', from: '1101', recipient, purpose: 'کمک معیشت' },
    ...{ lines: [{ fund, account: '6101', amount }], ...more },
  });

  it('B-58: a payment is prepared, signed by two and read in every form', async () => {
    const registered = await send('maryam', '/recipients', {
      need: 'living',
      persons: 3,
      poor: true,
    });
    expect(registered.status).to.equal(201);
    const created = await send('maryam', '/payments', aid(1, 'sadaqa', 1_000_000));
    expect(created.status, created.text).to.equal(201);
    const { id, seen } = created.json<{ id: number; seen: string }>();
    expect((await send('inspector', `/payments/${id}/signature`, { seen })).status).to.equal(403);
    const wrong = await send('maryam', `/payments/${id}/signature`, { seen: `${seen.slice(1)}x` });
    expect(wrong.status).to.equal(409);
    expect((await send('maryam', `/payments/${id}/signature`, { seen })).json().state).to.equal(
      'waiting',
    );
    const again = problem(await send('maryam', `/payments/${id}/signature`, { seen }));
    expect(again).to.include({ status: 409, clause: 'B-58' });
    const made = await send('reza', `/payments/${id}/signature`, { seen });
    expect(made.json()).to.include({ state: 'made', number: '1405-0001' });
    for (const path of [`/payments/${id}`, '/payments', '/recipients', '/recipients/1']) {
      const { status } = await get('inspector', path);
      expect(status, path).to.equal(200);
    }
    expect((await get('inspector', `/payments/${id}.pdf`)).status).to.equal(200);
    for (const format of ['json', 'csv', 'xlsx', 'pdf']) {
      for (const list of ['payments', 'deliveries', 'recipients', 'payees', 'petty-cash']) {
        expect((await get('maryam', `/${list}.${format}`)).status, `${list}.${format}`).to.equal(
          200,
        );
      }
    }
    const { clauses } = (await get('reza', '/compliance.json')).json<{ clauses: Json[] }>();
    expect(clauses.find((one) => one.id === 'B-58')).to.include({ state: 'kept' });
  });

  it('refuses the bad input with its clause', async () => {
    await help(world, SAYYID);
    await help(world);
    const payee = await shop(world);
    const running = (purpose: string, fund = 'running-costs') => ({
      ...{ kind: 'running', from: '1101', payee: payee.id, purpose },
      lines: [{ fund, account: '7102', amount: 1000 }],
    });
    const { $client: client } = world.province.db;
    const nationalId = client.prepare("SELECT national_id FROM persons WHERE name = 'مریم نمونه'");
    const cases: [string, object, number, string][] = [
      ['/payments', aid(2, 'sadaqa', 4_000_001), 409, 'B-81'],
      ['/payments', aid(2, 'running-costs', 1000), 409, 'B-81'],
      ['/payments', running('کاغذ', 'sadaqa'), 409, 'B-81'],
      ['/payments', aid(1, 'zakat-general', 1000), 409, 'B-81'],
      [
        '/payments',
        aid(2, 'kaffara', 1000, {
          lines: [{ fund: 'kaffara', account: '6101', amount: 1000, gift: '1405-000004' }],
        }),
        409,
        'B-81',
      ],
      ['/payments', { ...running('مزد'), kind: 'wage' }, 422, 'B-46'],
      ['/payments', { ...running('دفتر'), kind: 'rent' }, 422, 'B-114'],
      ['/payments', { ...running('فرش'), kind: 'mosque' }, 422, 'B-98'],
      ['/payments', running('دستمزد نظافت'), 422, 'B-46'],
      ['/payments', running('اجارهٔ دفتر مرکز'), 422, 'B-114'],
      ['/payments', running('قبض گاز مسجد'), 422, 'B-98'],
      [
        '/payees',
        { name: 'مریم', kind: 'other', nationalId: nationalId.pluck().get() },
        409,
        'B-46',
      ],
      ['/payees', { name: 'کارگر', kind: 'worker' }, 422, 'B-46'],
      ['/payees', { name: 'صاحب‌خانه', kind: 'landlord' }, 422, 'B-114'],
      ['/payees', { name: 'مسجد محل', kind: 'mosque' }, 422, 'B-98'],
    ];
    for (const [path, body, status, clause] of cases) {
      const told = problem(await send('maryam', path, body));
      expect(told, JSON.stringify([body, told])).to.include({ status, clause });
    }
    const iban = await send('maryam', '/payees', {
      name: 'فروشگاه',
      kind: 'shop',
      iban: 'IR000540105180021273113007',
    });
    expect(iban.status).to.equal(422);
  });

  it('lets two clerks promise the last sack to one of two households, never to both', async () => {
    const payee = await shop(world);
    await buy(world, { fund: 'sadaqa', payee, goods: [['برنج', 10, 1_000_000]] });
    await help(world);
    await help(world);
    const item = itemCalled(world, 'برنج');
    const body = (recipient: number) => ({
      ...{ recipient, store: storeOf(world).id, account: '6101', purpose: 'سبد' },
      items: [{ item, quantity: 10 }],
    });
    const both = await Promise.all([
      send('maryam', '/deliveries', body(1)),
      send('reza', '/deliveries', body(2)),
    ]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
    const refused = problem(both.find(({ status }) => status === 409)!);
    expect(refused.clause).to.equal('B-81');
    expect(refused.detail).to.contain('برنج');
    const { id } = both.find(({ status }) => status === 201)!.json<{ id: number }>();
    expect((await send('maryam', `/deliveries/${id}/signature`, {})).status).to.equal(200);
    const made = await send('reza', `/deliveries/${id}/signature`, {});
    expect(made.json()).to.include({ state: 'made', number: '1405-0001' });
    for (const path of [
      '/deliveries',
      `/deliveries/${id}`,
      `/deliveries/${id}.pdf`,
      '/deliveries/new',
    ]) {
      expect((await get('maryam', path)).status, path).to.equal(200);
    }
    const taken = await send('maryam', `/deliveries/${id}/taking`, {
      takenBy: 'proxy',
      proxy: 'فرزند',
    });
    expect(taken.json()).to.include({ state: 'taken', takenBy: 'proxy' });
    const lot = made.json<{ items: { lot: number }[] }>().items[0]!.lot;
    const back = { reason: 'بیش از نیاز بود', items: [{ lot, quantity: 4 }] };
    const returned = await send('maryam', `/deliveries/${id}/returns`, back);
    expect(returned.json().value).to.equal(600_000);
    const more = { reason: 'باز هم', items: [{ lot, quantity: 7 }] };
    expect((await send('maryam', `/deliveries/${id}/returns`, more)).status).to.equal(409);
  });

  it('keeps petty cash within its float, and tells its counts', async () => {
    const top = (amount: number) => ({
      ...{ kind: 'petty', from: '1101', purpose: 'شارژ تنخواه' },
      lines: [{ fund: 'running-costs', amount }],
    });
    expect(problem(await send('maryam', '/payments', top(1000)))).to.include({
      status: 409,
      clause: 'B-81',
    });
    const set = await send('reza', '/petty-cash', { keeper: 'سرایدار', floatRial: 500_000 });
    expect(set.status).to.equal(201);
    expect((await send('maryam', '/petty-cash', { keeper: 'من', floatRial: 1 })).status).to.equal(
      403,
    );
    const created = await send('maryam', '/payments', top(500_000));
    const { id } = created.json<{ id: number }>();
    for (const person of ['maryam', 'reza'] as const)
      await send(person, `/payments/${id}/signature`, {});
    expect(problem(await send('maryam', '/payments', top(1))).clause).to.equal('B-81');
    const payee = await shop(world);
    const spent = await send('maryam', '/payments', {
      ...{ kind: 'running', from: '1103', payee: payee.id, purpose: 'خرید پوشه' },
      lines: [{ fund: 'running-costs', account: '7102', amount: 120_000 }],
    });
    const { id: spending } = spent.json<{ id: number }>();
    for (const person of ['maryam', 'reza'] as const) {
      expect((await send(person, `/payments/${spending}/signature`, {})).status).to.equal(200);
    }
    expect((await send('maryam', '/petty-cash/counts', { countedRial: 370_000 })).status).to.equal(
      422,
    );
    const counted = { countedRial: 370_000, note: 'ده هزار ریال کم' };
    expect((await send('maryam', '/petty-cash/counts', counted)).status).to.equal(201);
    expect((await get('inspector', '/petty-cash')).text).to.contain('سرایدار');
  });

  it('B-81: makes no payment above the limit without a document, or the chair’s reason', async () => {
    const rule = { documentAboveRial: 500_000, fromOn: '2026-11-21' };
    expect((await world.visit('deputy', 'POST /payment-rules', rule)).status).to.equal(201);
    expect((await world.visit('hadi', 'POST /payment-rules', rule)).status).to.equal(403);
    expect((await world.visit('deputy', 'GET /payment-rules')).status).to.equal(200);
    const recipient = await help(world);
    const prepared = await prepare(world, { recipient, lines: [line('sadaqa', '6101', 600_000)] });
    const place = `/payments/${prepared.id}`;
    await send('maryam', `${place}/signature`, {});
    const bare = problem(await send('reza', `${place}/signature`, {}));
    expect(bare).to.include({ status: 409, clause: 'B-81' });
    const reason = { undocumented: 'فاکتور گم شده و فروشنده تأیید کرده است' };
    expect((await send('reza', `${place}/signature`, reason)).json()).to.include({ state: 'made' });
  });

  it('shows each form and its refusal, and each page to who may see it', async () => {
    const payee = await shop(world);
    const recipient = await help(world);
    const made = await pay(world, { recipient, lines: [line('sadaqa', '6101', 1000)] });
    const waiting = await prepare(world, { recipient, lines: [line('sadaqa', '6101', 1000)] });
    for (const path of [
      ...['/payments/new', '/payments/new?kind=aid', '/payments/new?kind=purchase'],
      ...['/payments/new?kind=running', '/payments/new?kind=pass-on', '/payments/new?kind=petty'],
      ...[`/payments/${made.id}`, `/payments/${waiting.id}`, '/deliveries/new', '/recipients/new'],
      ...['/payees', '/payees/new', `/payees/${payee.id}`, '/petty-cash', '/'],
    ]) {
      const page = await world.visit('reza', `GET ${NOOR}${path}`, undefined, {
        accept: 'text/html',
      });
      expect(page.status, path).to.equal(200);
    }
    for (const [path, zahra] of [
      ['/payments', 403],
      ['/deliveries', 403],
      ['/recipients', 403],
      ['/payees', 403],
    ] as const) {
      expect((await get('zahra', path)).status, path).to.equal(zahra);
      expect((await get('karim', path)).status, path).to.equal(404);
      expect((await get('hadi', path)).status, path).to.equal(200);
    }
  });
});
