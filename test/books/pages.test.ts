import { expect } from 'chai';
import { give, signIn } from '../donations/gifts.ts';
import { post } from '../support/ledger.ts';
import type { Reader } from '../support/reader.ts';
import { buildWorld, type Person, type Visit, type World } from '../support/world.ts';

const BOOKS = '/centres/noor/books';
const ROOT = `/toos${BOOKS}`;

const BANKED = {
  entryOn: '1405/08/20',
  description: 'واریز موجودی صندوق به بانک',
  lines: [
    { account: '1102', fund: 'sadaqa', debit: 400, detail: 'فیش ۷۱' },
    { account: '1101', fund: 'sadaqa', credit: '۴۰۰' },
  ],
};

const PEOPLE: (Person | 'stranger')[] = [
  ...(['reza', 'maryam', 'zahra', 'hadi', 'karim', 'deputy', 'inspector'] as const),
  ...(['security', 'selection', 'sysadmin', 'stranger'] as const),
];

/** Whoever keeps money reads and writes; the committee reads; others may not, or not even know. */
const READ = [200, 200, 403, 200, 404, 200, 200, 404, 404, 404, 401];
const write = (reza: number, maryam: number) => [
  ...[reza, maryam, 403, 403, 404, 403, 403, 404, 404, 404, 401],
];

describe('the pages of the books', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    await give(world, { purpose: 'نان' });
    await post(
      world,
      `1405/08/10 به بانک
        1102 sadaqa 100000
        1101 sadaqa -100000
      1405/08/10 کمک به هزینه‌ها
        1101 running-costs 900000
        5111 running-costs -900000`,
    );
  });
  after(() => world.close());

  const visit = (person: Person | 'stranger', line: string, body?: object) =>
    world.visit(person === 'stranger' ? null : person, line, body);

  describe('open to', () => {
    const reads = [
      ...['journal', 'journal/1405-1', 'ledger', 'ledger/1101', 'ledger/11', 'trial-balance'],
      'drafts',
    ];
    for (const page of reads) {
      it(`GET ${page}: who may read the books`, async () => {
        for (const [at, person] of PEOPLE.entries()) {
          const { status } = await visit(person, `GET ${BOOKS}/${page}.json`);
          expect(status, person).to.equal(READ[at]);
        }
      });
    }

    const drafted = async (person: Person) => {
      const { id } = told(await visit(person, `POST ${BOOKS}/drafts`, BANKED));
      return id;
    };
    const writes: [string, () => Promise<[string, object]>, number[]][] = [
      ['a new draft', async () => ['drafts', BANKED], write(201, 201)],
      ['editing', async () => [`drafts/${await drafted('reza')}`, BANKED], write(200, 403)],
      [
        'withdrawing',
        async () => [`drafts/${await drafted('reza')}/withdrawal`, {}],
        write(200, 403),
      ],
      ['posting', async () => [`drafts/${await drafted('reza')}/posting`, {}], write(409, 201)],
      [
        'reversing',
        async () => ['journal/1405-2/reversal', { reason: 'روز نادرست' }],
        write(409, 201),
      ],
    ];
    for (const [name, fresh, expected] of writes) {
      it(`POST ${name}: who may write them`, async () => {
        for (const [at, person] of PEOPLE.entries()) {
          const [path, body] = await fresh();
          const { status, text } = await visit(person, `POST ${BOOKS}/${path}`, body);
          expect(status, `${person} ${text}`).to.equal(expected[at]);
        }
      });
    }
  });

  describe('in every format', () => {
    const formats: [string, string, RegExp][] = [
      ['journal.csv', 'text/csv', /^\uFEFFentry,day,account,name,fund,description/],
      ['journal.pdf', 'application/pdf', /^%PDF/],
      ['journal.xlsx', 'spreadsheetml', /^PK/],
      ['journal.hledger', 'text/plain', /^; /],
      ['ledger.csv', 'text/csv', /^\uFEFFcode,name,opening,debit,credit,balance/],
      ['ledger.pdf', 'application/pdf', /^%PDF/],
      ['ledger/1101.csv', 'text/csv', /^\uFEFFentry,day,account,fund,description/],
      ['ledger/11.pdf', 'application/pdf', /^%PDF/],
      ['ledger/1101.xlsx', 'spreadsheetml', /^PK/],
      ['trial-balance.csv?columns=2', 'text/csv', /^\uFEFFcode,name,balance-debit,balance-credit/],
      ['trial-balance.csv', 'text/csv', /^\uFEFFcode,name,debit,credit,balance-debit/],
      ['trial-balance.pdf?columns=8', 'application/pdf', /^%PDF/],
      ['trial-balance.xlsx', 'spreadsheetml', /^PK/],
      ['drafts.csv', 'text/csv', /^\uFEFFid,day,description/],
    ];
    for (const [path, type, begins] of formats) {
      it(`${path} is sent as what it is`, async () => {
        const { status, headers, text } = await visit('maryam', `GET ${BOOKS}/${path}`);
        expect(status).to.equal(200);
        expect(headers.get('content-type')).to.include(type);
        // fetch leaves the mark of UTF-8 out of the text.
        expect(type === 'text/csv' ? `\uFEFF${text}` : text).to.match(begins);
      });
    }

    it('tell an entry with its lines, its receipt and who signed', async () => {
      const entry = told(await visit('hadi', `GET ${BOOKS}/journal/1405-1.json`));
      expect(entry).to.include({ number: '1405-1', source: 'donation', receipt: '1405-000001' });
      expect(entry.lines).to.deep.equal([
        { account: '1101', name: 'صندوق', fund: 'sadaqa', debit: 1000000, credit: 0, detail: null },
        { account: '5101', name: 'صدقات', fund: 'sadaqa', debit: 0, credit: 1000000, detail: null },
      ]);
    });

    it('have no other', async () => {
      expect((await visit('reza', `GET ${BOOKS}/trial-balance.hledger`)).status).to.equal(404);
      expect((await visit('reza', `GET ${BOOKS}/journal/1405-1.csv`)).status).to.equal(404);
    });
  });

  describe('refuse', () => {
    const refused: [string, number, string?][] = [
      ['journal.json?from=1405/13/01', 422, 'from'],
      ['journal.json?from=1405/07/31', 422, 'from'],
      ['journal.json?from=1405/08/02&to=1405/08/01', 422, 'to'],
      ['trial-balance.json?columns=5', 422, 'columns'],
      ['trial-balance.json?level=group', 422, 'level'],
      ['ledger/1101.json?fund=gold', 422, 'fund'],
      ['ledger/1.json', 404],
      ['ledger/1199.json', 404],
      ['ledger/x.json', 404],
      ['journal/1405-999.json', 404],
      ['journal/first.json', 404],
      ['drafts/999.json', 404],
      ['drafts/x.json', 404],
    ];
    for (const [path, expected, field] of refused) {
      it(`${path} with ${expected}`, async () => {
        const answer = await visit('reza', `GET ${BOOKS}/${path}`);
        expect(answer.status).to.equal(expected);
        if (field) expect(told(answer).errors![0]!.field).to.equal(field);
      });
    }

    const bodies: [string, object, string[]][] = [
      ['nothing written', {}, ['entryOn', 'description']],
      ['a day to come', { ...BANKED, entryOn: '1405/09/01' }, ['entryOn']],
      ['a side below zero', withLine({ debit: -5 }), ['lines.0.debit']],
      ['a fraction', withLine({ debit: '1.5' }), ['lines.0.debit']],
      ['words for an amount', withLine({ debit: 'چهارصد' }), ['lines.0.debit']],
      ['both sides in one line', withLine({ credit: 400 }), ['lines.0.credit']],
      ['no amount', withLine({ debit: 0 }), ['lines.0.debit']],
      ['a thing for an amount', withLine({ debit: { toString: 1 } }), ['lines.0.debit']],
      ['no fund', withLine({ fund: '' }), ['lines.0.fund']],
      ['an account that is not there', withLine({ account: '1199' }), ['lines.0.account']],
      ['a hidden mark', { ...BANKED, description: 'به بانک\u202e' }, ['description']],
    ];
    for (const [name, body, fields] of bodies) {
      it(`a draft with ${name}, naming the field`, async () => {
        const answer = await visit('maryam', `POST ${BOOKS}/drafts`, body);
        expect(answer.status).to.equal(422);
        expect(told(answer).errors!.map(({ field }) => field)).to.deep.equal(fields);
      });
    }

    it('a draft of a program that asks for more rows, as any other', async () => {
      const body = { ...withLine({ debit: 1500 }), more: '1', _key: { toString: 1 } };
      expect((await visit('maryam', `POST ${BOOKS}/drafts`, body)).status).to.equal(422);
    });

    it('an uneven draft with the fund’s name and the difference', async () => {
      const body = withLine({ debit: 1500 });
      const answer = await visit('maryam', `POST ${BOOKS}/drafts`, body);
      expect(answer.status).to.equal(422);
      expect(told(answer).detail).to.equal(
        'سند تراز نیست: در نیت «صدقه» بدهکار ۱٬۱۰۰ ریال بیشتر است.',
      );
    });

    it('to reverse a gift’s entry, and tell where its receipt is', async () => {
      const reason = { reason: 'مبلغ نادرست' };
      const answer = await visit('maryam', `POST ${BOOKS}/journal/1405-1/reversal`, reason);
      expect(answer.status).to.equal(409);
      expect(told(answer).mend).to.equal('/donations/receipts/1405-000001');
    });
  });

  describe('in a browser without scripts', () => {
    let reza: Reader;
    let maryam: Reader;
    before(async () => {
      reza = await signIn(world, 'reza');
      maryam = await signIn(world, 'maryam');
    });
    const typed = {
      ...{ entryOn: '۱۴۰۵/۰۸/۲۱', description: 'خرید کاغذ' },
      ...{ 'lines.0.account': '7102', 'lines.0.fund': 'running-costs', 'lines.0.debit': '۳۰۰٬۰۰۰' },
      ...{ 'lines.3.account': '1101', 'lines.3.fund': 'running-costs' },
    };

    it('one writes an entry, another posts it, and a third hand may take it back', async () => {
      const fields = { ...typed, 'lines.3.credit': '300000' };
      const drafted = await maryam.fill(`${ROOT}/drafts/new`, `${ROOT}/drafts`, fields);
      expect(drafted.status).to.equal(303);
      const own = await maryam.get(drafted.to);
      expect(own.text).to.include('در انتظار رضا نمونه');
      const posted = await reza.fill(drafted.to, `${drafted.to}/posting`);
      expect(posted.status).to.equal(303);
      const shown = await reza.get(posted.to);
      expect(shown.text).to.include('قطعی شد').and.include('خرید کاغذ');
      const reversed = await maryam.fill(posted.to, `${posted.to}/reversal`, { reason: 'دوبار' });
      expect((await maryam.get(reversed.to)).text).to.include('برگشت خورد');
      expect((await maryam.get(posted.to)).text).to.include('برگشت‌خورده');
    });

    it('what was changed after it was seen is not posted, but shown anew', async () => {
      const fields = { ...typed, 'lines.3.credit': '300000' };
      const drafted = await maryam.fill(`${ROOT}/drafts/new`, `${ROOT}/drafts`, fields);
      await reza.get(drafted.to);
      const changed = { ...fields, description: 'خرید فرش' };
      await maryam.fill(`${drafted.to}/edit`, drafted.to, changed);
      const refused = await reza.post(`${drafted.to}/posting`, { seen: reza.field('seen')! });
      expect(refused.status).to.equal(409);
      expect(refused.text).to.include('پس از باز شدن این صفحه').and.include('خرید فرش');
      const posted = await reza.post(`${drafted.to}/posting`, { seen: reza.field('seen')! });
      expect(posted.status).to.equal(303);
    });

    it('a refused form keeps what was typed and says what is wrong with each line', async () => {
      const fields = { ...typed, 'lines.3.credit': '۲۰۰٬۰۰۰' };
      const uneven = await maryam.fill(`${ROOT}/drafts/new`, `${ROOT}/drafts`, fields);
      expect(uneven.status).to.equal(422);
      // Numbers inside a sentence stand in isolates, which are not its words.
      const said = uneven.text.replaceAll(/[\u2066-\u2069]/g, '');
      expect(said).to.include('۱۰۰٬۰۰۰ ریال بیشتر است').and.include('value="۲۰۰٬۰۰۰"');
      const unread = { ...fields, 'lines.3.credit': 'دویست' };
      const wrong = await maryam.fill(`${ROOT}/drafts/new`, `${ROOT}/drafts`, unread);
      expect(wrong.text).to.include('id="lines-3-credit-fault"').and.include('value="دویست"');
    });

    it('more rows are asked for and the sums are told', async () => {
      const more = await maryam.fill(`${ROOT}/drafts/new`, `${ROOT}/drafts`, {
        ...typed,
        more: '1',
      });
      expect(more.status).to.equal(200);
      expect(more.text).to.include('name="lines.15.account"').and.include('تفاوت');
    });

    it('the same press twice is one draft', async () => {
      await maryam.get(`${ROOT}/drafts/new`);
      const fields = { ...typed, 'lines.3.credit': '300000', _key: maryam.field('_key')! };
      const [first, second] = [
        await maryam.post(`${ROOT}/drafts`, fields),
        await maryam.post(`${ROOT}/drafts`, fields),
      ];
      expect(second.to).to.equal(first.to);
    });

    const pages: [string, string][] = [
      ['journal', 'دفتر روزنامه'],
      ['journal?q=نان', 'دفتر روزنامه'],
      ['journal?q=بانک', 'به بانک'],
      ['journal?sort=number&from=1405/08/01', '۱۴۰۵-۱'],
      ['journal?from=1404/01/01&to=1404/12/29', 'در این بازه سندی ثبت نشده است'],
      ['ledger', 'موجودی نقد و بانک'],
      ['ledger/1101', 'دفتر معین ۱۱۰۱، صندوق'],
      ['ledger/11?fund=sadaqa&sort=number', 'دفتر کل ۱۱'],
      ['ledger/7105', 'در این بازه گردشی ثبت نشده است'],
      ['trial-balance?columns=2', 'تراز آزمایشی'],
      ['trial-balance?columns=8&from=1405/08/15', 'پس از بستن'],
      ['trial-balance?to=1404/01/01', 'هنوز حسابی گردش ندارد'],
      ['drafts', 'سندهای پیش‌نویس'],
      ['drafts?state=withdrawn', 'سندهای پیش‌نویس'],
    ];
    for (const [page, words] of pages) {
      it(`${page} says «${words}»`, async () => {
        const { status, text } = await reza.get(`${ROOT}/${page}`);
        expect(status).to.equal(200);
        expect(text).to.include(words);
      });
    }

    it('an edit is offered to the writer, filled with what stands', async () => {
      const drafted = await maryam.fill(`${ROOT}/drafts/new`, `${ROOT}/drafts`, {
        ...{ ...typed, 'lines.3.credit': '300000' },
      });
      const form = await maryam.get(`${drafted.to}/edit`);
      expect(form.text).to.include('value="۳۰۰٬۰۰۰"').and.include('خرید کاغذ');
      const fields = { ...typed, 'lines.3.credit': '300000', description: 'خرید کاغذ و خودکار' };
      const edited = await maryam.fill(`${drafted.to}/edit`, drafted.to, fields);
      expect((await maryam.get(edited.to)).text).to.include('کاغذ و خودکار');
      const withdrawn = await maryam.fill(drafted.to, `${drafted.to}/withdrawal`);
      expect((await maryam.get(withdrawn.to)).text).to.include('پس‌گرفته');
    });
  });
});

function withLine(changes: object): object {
  const [first, second] = BANKED.lines;
  return { ...BANKED, lines: [{ ...first, ...changes }, second] };
}

type Told = {
  id: number;
  number: string;
  lines: object[];
  detail: string;
  mend?: string;
  errors?: { field: string }[];
};

function told({ text }: Visit): Told {
  return JSON.parse(text) as Told;
}
