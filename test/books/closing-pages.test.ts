import { expect } from 'chai';
import { bookChecks } from '../../src/books/checks.ts';
import { noticesOf } from '../../src/notices/notices.ts';
import { PNG } from '../attachments/samples.ts';
import { post } from '../support/ledger.ts';
import { buildWorld, type Person, type World } from '../support/world.ts';

const BOOKS = '/centres/noor/books';

/** What each answers: 200 reads or does, 403 holds no power, 404 knows of no such centre. */
const MATRIX: [
  string,
  object | undefined,
  Partial<Record<Person, number>> & { stranger: number },
][] = [
  ...['periods', 'year-end', 'statements', 'statements/balance-sheet', 'statements/notes'].map(
    (page): (typeof MATRIX)[number] => [
      `GET ${BOOKS}/${page}`,
      undefined,
      { reza: 200, maryam: 200, inspector: 200, hadi: 200, zahra: 403, karim: 404, stranger: 401 },
    ],
  ),
  [
    `POST ${BOOKS}/periods`,
    { through: '1405-01' },
    { reza: 403, zahra: 403, hadi: 403, inspector: 403, karim: 404, stranger: 401, maryam: 200 },
  ],
  [
    `POST ${BOOKS}/periods/opening`,
    { from: '1405-01', reason: 'a forgotten bill' },
    { reza: 403, maryam: 403, inspector: 403, karim: 404, stranger: 401, hadi: 200 },
  ],
  [
    `POST ${BOOKS}/year-end`,
    { year: 1404 },
    { reza: 403, zahra: 403, hadi: 403, inspector: 403, karim: 404, stranger: 401, maryam: 200 },
  ],
  [
    `POST ${BOOKS}/year-end/reopening`,
    { year: 1404, reason: 'a forgotten bill' },
    { reza: 403, maryam: 403, inspector: 403, karim: 404, stranger: 401, deputy: 200 },
  ],
];

describe('the pages of closing', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    await post(world, '1404/02/01 alms\n 1101 sadaqa 1000\n 5101 sadaqa -1000');
    await post(world, '1405/01/20 alms\n 1101 sadaqa 70\n 5101 sadaqa -70');
  });
  after(() => world.close());

  const json = { accept: 'application/json' };
  const ask = (who: Person | null, line: string, body?: object) =>
    world.visit(who, line, body, body ? undefined : json);
  const complaints = () =>
    bookChecks.map(({ run }) => run(world.province.db)).filter((one) => one !== null);

  for (const [line, body, answers] of MATRIX) {
    it(`${line} is for those who hold the power`, async () => {
      for (const [who, status] of Object.entries(answers)) {
        const visit = await ask(who === 'stranger' ? null : (who as Person), line, body);
        expect(visit.status, `${who} ${visit.text.slice(0, 300)}`).to.equal(status);
      }
    });
  }

  it('told the board of what was opened, and by whom', () => {
    const keys = noticesOf(world.province.db, world.actor('maryam'), 20).map(({ key }) => key);
    expect(keys).to.include.members(['books:notices.days-opened', 'books:notices.year-reopened']);
    expect(complaints()).to.deep.equal([]);
  });

  it('shows a reader every page in his calendar, the year closed or open', async () => {
    for (const year of ['', '?year=1404', '?year=1403']) {
      for (const page of ['periods', 'year-end']) {
        const { status, text } = await world.visit(
          'maryam',
          `GET ${BOOKS}/${page}${year}`,
          undefined,
          {
            accept: 'text/html',
            'accept-language': 'fa',
          },
        );
        expect(status, page).to.equal(200);
        expect(text).not.to.match(/\b20\d\d-\d\d-\d\d\b(?![^<]*>)/);
      }
    }
    for (const name of ['income', 'receipts-and-payments', 'funds', 'goods', 'balance-sheet']) {
      for (const format of ['', '.json', '.csv', '.xlsx', '.pdf']) {
        const { status } = await world.visit('reza', `GET ${BOOKS}/statements/${name}${format}`);
        expect(status, `${name}${format}`).to.equal(200);
      }
    }
    expect((await ask('reza', `GET ${BOOKS}/statements/riches`)).status).to.equal(404);
    expect((await ask('reza', `GET ${BOOKS}/periods?year=99`)).status).to.equal(422);
  });

  describe('a closed month', () => {
    before(() => ask('maryam', `POST ${BOOKS}/periods`, { through: '1405/01' }));

    it('takes no gift, no draft and no raw row, and says until when in the reader’s days', async () => {
      const lines = [
        { account: '1101', fund: 'sadaqa', debit: 10 },
        { account: '5101', fund: 'sadaqa', credit: 10 },
      ];
      const draft = await ask('maryam', `POST ${BOOKS}/drafts`, {
        ...{ entryOn: '1405/01/15', description: 'late', lines },
      });
      const gift = await ask('maryam', 'POST /centres/noor/donations', {
        ...{ kind: 'cash', amount: 5000, fund: 'sadaqa', receivedOn: '1405/01/15' },
      });
      for (const { status, text } of [draft, gift]) {
        expect(status, text).to.equal(409);
        expect(text).to.match(/31 Farvardin 1405|۳۱ فروردین ۱۴۰۵/);
        expect(text).not.to.include('2026-04-20');
      }
      const raw = world.province.db.$client.prepare(
        `INSERT INTO entries SELECT id + 1000, centre_id, year, number + 1, month, entry_on, description,
           source, NULL, NULL, NULL, drafted_by, posted_by, posted_at, act_id
         FROM entries WHERE entry_on = '2026-04-09'`,
      );
      expect(() => raw.run()).to.throw(/period_is_locked|entry_balances/);
    });

    it('is not closed twice, nor a month that is not over', async () => {
      const again = await ask('maryam', `POST ${BOOKS}/periods`, { through: '1405-01' });
      expect(again.status).to.equal(409);
      const early = await ask('maryam', `POST ${BOOKS}/periods`, { through: '1405-08' });
      expect(early.status).to.equal(422);
    });
  });

  it('closes over what is not done only for whoever says that he knows', async () => {
    await ask('hadi', `POST ${BOOKS}/periods/opening`, { from: '1404-01', reason: 'to add' });
    await post(world, '1404/03/01 khums\n 1101 khums-imam 90\n 3103 khums-imam -90');
    const year = { year: 1404 };
    expect((await ask('maryam', `POST ${BOOKS}/year-end`, year)).status).to.equal(422);
    const closed = await ask('maryam', `POST ${BOOKS}/year-end`, { ...year, knowing: true });
    expect(closed.status, closed.text).to.equal(200);
    const { state, closing } = closed.json<{ state: string; closing: { entries: object[] } }>();
    expect([state, closing.entries.length]).to.deep.equal(['closed', 3]);
    const opened = await ask('hadi', `POST ${BOOKS}/periods/opening`, {
      from: '1404-05',
      reason: 'no',
    });
    expect(opened.status).to.equal(422);
    const days = { from: '1404-05', reason: 'not without the year' };
    expect((await ask('hadi', `POST ${BOOKS}/periods/opening`, days)).status).to.equal(409);
    expect(complaints()).to.deep.equal([]);
  });
});

describe('what a centre had when its books began', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const opening = (lines: object[], entryOn = '1405/01/01') => ({
    ...{ kind: 'opening', entryOn, description: 'what there was', lines },
  });
  const had = [
    { account: '1101', fund: 'sadaqa', debit: 900 },
    { account: '4101', fund: 'sadaqa', credit: 900 },
    { account: '1101', fund: 'khums-imam', debit: 40 },
    { account: '3103', fund: 'khums-imam', credit: 40 },
  ];
  const draft = (body: object) => world.visit('maryam', `POST ${BOOKS}/drafts`, body);

  it('has no goods, no income, and no day before the licence', async () => {
    for (const account of ['1301', '5101', '6101', '4104', '9101', '1105', '3105']) {
      const lines = [
        { account, fund: 'vow', debit: 5 },
        { account: '4102', fund: 'vow', credit: 5 },
      ];
      const { status, text } = await draft(opening(lines));
      expect(status, account + text).to.equal(422);
    }
    const early = await draft(opening(had, '1404/12/01'));
    expect(early.json().clause).to.equal('B-128');
  });

  it('takes no money from anywhere, and holds none whose giver is unknown (B-81)', async () => {
    for (const [debit, credit, fund] of [
      ['4101', '1101', 'sadaqa'],
      ['1102', '4102', 'unidentified'],
    ] as const) {
      const lines = [
        { account: debit, fund, debit: 5 },
        { account: credit, fund, credit: 5 },
      ];
      const refused = await draft(opening(lines));
      expect(refused.status, refused.text).to.equal(422);
      expect(refused.json().clause).to.equal('B-81');
      const { $client } = world.province.db;
      const insert = $client.transaction(() => {
        $client.exec(`INSERT OR IGNORE INTO fiscal_years VALUES (1, 1405, '2026-03-21T00:00:00Z');
          INSERT INTO opening_balances VALUES (1, 9999, '2026-03-22', 1);
          INSERT INTO entry_lines VALUES (9999, 1, 1, 1405, '${debit}', '${fund}', 5, 0, NULL),
            (9999, 2, 1, 1405, '${credit}', '${fund}', 0, 5, NULL);
          INSERT INTO entries VALUES (9999, 1, 1405, 1, 1, '2026-03-22', 'x', 'opening', NULL,
            NULL, NULL, ${world.users.maryam}, ${world.users.reza}, '2026-03-22T10:00:00.000Z', 1)`);
      });
      expect(() => insert()).to.throw('b81_opening_has_what_there_is');
    }
  });

  it('is refused by the file too, by one hand or of what is earned', () => {
    const { $client } = world.province.db;
    const insert = (centre: number, drafted: number, posted: number, account: string) =>
      $client.transaction(() => {
        $client.exec(`INSERT OR IGNORE INTO fiscal_years VALUES (${centre}, 1405, '2026-03-21T00:00:00Z');
          INSERT INTO opening_balances VALUES (${centre}, 9999, '2026-03-22', 1);
          INSERT INTO entry_lines VALUES (9999, 1, ${centre}, 1405, '1101', 'sadaqa', 5, 0, NULL),
            (9999, 2, ${centre}, 1405, '${account}', 'sadaqa', 0, 5, NULL);
          INSERT INTO entries VALUES (9999, ${centre}, 1405, 1, 1, '2026-03-22', 'x', 'opening', NULL,
            NULL, NULL, ${drafted}, ${posted}, '2026-03-22T10:00:00.000Z', 1)`);
      })();
    const { maryam, reza } = world.users;
    const noor = world.noor.id;
    expect(() => insert(noor, maryam, maryam, '4101')).to.throw('opening_balances_come_first');
    expect(() => insert(noor, maryam, reza, '5101')).to.throw('opening_balances_come_first');
    expect(() => insert(world.sepid.id, maryam, reza, '4101')).to.throw(
      'b128_licence_before_opening',
    );
  });

  it('is written by one and posted by another, once, and stands as the opening', async () => {
    const { id } = (await draft(opening(had))).json<{ id: number }>();
    const own = await world.visit('maryam', `POST ${BOOKS}/drafts/${id}/posting`, {});
    expect(own.status).to.equal(409);
    const posted = await world.visit('reza', `POST ${BOOKS}/drafts/${id}/posting`, {});
    expect(posted.status, posted.text).to.equal(201);
    expect(posted.json().source).to.equal('opening');
    expect((await draft(opening(had))).status).to.equal(409);
    const { accounts } = (
      await world.visit('reza', `GET ${BOOKS}/trial-balance.json?from=1405/01/01&to=1405/12/29`)
    ).json<{ accounts: { code: string; opening: number; debit: number }[] }>();
    const cash = accounts.find(({ code }) => code === '1101');
    expect(cash).to.include({ opening: 940, debit: 0 });
    const { totals } = (
      await world.visit('reza', `GET ${BOOKS}/statements/receipts-and-payments.json`)
    ).json<{ totals: object }>();
    expect(totals).to.deep.equal({ opening: 940, receipts: 0, payments: 0, closing: 940 });
    const wrong = bookChecks.map(({ run }) => run(world.province.db)).filter((one) => one !== null);
    expect(wrong).to.deep.equal([]);
  });
});

describe('a voucher', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    await post(world, '1405/02/01 a bill\n 1101 running-costs 1250\n 5111 running-costs -1250');
  });
  after(() => world.close());

  it('has its bill attached by those who keep the books, and is printed with it', async () => {
    const at = `${BOOKS}/journal/1405-1`;
    const file = { name: 'bill.png', file: PNG.toString('base64') };
    for (const [who, status] of Object.entries({
      zahra: 403,
      inspector: 403,
      karim: 404,
      reza: 201,
    })) {
      const visit = await world.visit(who as Person, `POST ${at}/attachments`, file);
      expect(visit.status, who).to.equal(status);
    }
    const { text } = await world.visit('inspector', `GET ${at}`, undefined, {
      accept: 'text/html',
    });
    expect(text).to.include('bill.png');
    const paper = await world.visit('reza', `GET ${at}.pdf`);
    expect(paper.headers.get('content-type')).to.equal('application/pdf');
    expect((await world.visit('reza', `GET ${BOOKS}/journal/1405-2.pdf`)).status).to.equal(404);
  });
});
