import { expect } from 'chai';
import { findReceipt } from '../../src/donations/receipts.ts';
import { changeIntention } from '../../src/funds/intentions.ts';
import { overrideRule } from '../../src/funds/overrides.ts';
import { recordPermission } from '../../src/funds/permissions.ts';
import { enter } from '../../src/provinces/enter.ts';
import { give, signIn, told } from '../donations/gifts.ts';
import { post } from '../support/ledger.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

const NOOR = '/centres/noor';
const PEOPLE: (Person | 'stranger')[] = [
  ...(['reza', 'maryam', 'zahra', 'hadi', 'karim', 'deputy', 'inspector'] as const),
  ...(['security', 'selection', 'sysadmin', 'stranger'] as const),
];
const BOARDS = [200, 200, 200, 200, 200, 200, 200, 403, 403, 403, 401];
const MONEY = [200, 200, 403, 200, 404, 200, 200, 404, 404, 404, 401];
const DEPUTY = [403, 403, 403, 403, 403, 200, 403, 403, 403, 403, 401];
const ofDeputy = (status: number) => DEPUTY.map((one) => (one === 200 ? status : one));

describe('the pages of intentions', () => {
  let world: World;
  let receipt: string;
  let donor: number;
  before(async () => {
    world = await buildWorld();
    const given = await give(world, {
      ...{ fund: 'dowry', amountRial: 5_000_000, receivedOn: '2026-06-01' },
      donor: { name: 'بتول نمونه', mobile: '09150000001', mayBeNamed: true },
    });
    receipt = given.receipt;
    donor = given.donor!.id;
    await give(world, { fund: 'fitra-general', amountRial: 70_000 });
    await give(world, { fund: 'khums-imam', amountRial: 900_000 });
    await post(
      world,
      `1405/05/02 a dowry for a family
        6103 dowry 2000000
        1101 dowry -2000000`,
    );
    const reza = world.actor('reza', world.noor);
    await enter(world.province, (tx) => {
      recordPermission(tx, reza, world.noor, {
        ...{ fund: 'khums-imam', givenBy: 'آیت‌الله نمونه', number: '118', ceilingRial: 800_000 },
        ...{ fromOn: '2026-04-21', toOn: '2027-03-20', document: 'نامهٔ دفتر' },
        uses: ['6101', '6102'],
      });
      overrideRule(tx, reza, world.noor, {
        ...{ fund: 'kaffara', rule: 'in-kind-only', subject: 'payments/1' },
        ...{ reason: 'وکیل در خرید است و پذیرفت', document: 'وکالت‌نامهٔ ۱۲' },
      });
      changeIntention(tx, reza, world.noor, {
        receipt: findReceipt(tx, world.noor.id, receipt),
        asked: {
          ...{ fromFund: 'dowry', toFund: 'purpose', amountRial: 1_000_000, account: '1101' },
          ...{ way: 'consent', consent: 'writing', consentedOn: TODAY },
          reason: 'عروسی به هم خورد و نیکوکار خواست',
        },
      });
    });
  });
  after(() => world.close());

  const visit = (person: Person | 'stranger', line: string, body?: object) =>
    world.visit(person === 'stranger' ? null : person, line, body);

  const pages: [string, number[]][] = [
    ['/funds', BOARDS],
    ['/funds/vow', BOARDS],
    ['/funds/wall', BOARDS],
    ['/eid-days', DEPUTY],
    ['/supervision/overrides', [403, 403, 403, 200, 200, 200, 200, 403, 403, 403, 401]],
    [`${NOOR}/funds`, MONEY],
    [`${NOOR}/funds/dowry`, MONEY],
    [`${NOOR}/funds/permissions`, MONEY],
    [`${NOOR}/funds/permissions/1`, MONEY],
    [`${NOOR}/funds/overrides`, MONEY],
    [`${NOOR}/funds/intentions`, MONEY],
    [`${NOOR}/funds/intentions/1`, MONEY],
    [`${NOOR}/donations/donors/{donor}/intentions`, MONEY],
  ];
  for (const [page, expected] of pages) {
    it(`GET ${page}: who may read it`, async () => {
      for (const [at, person] of PEOPLE.entries()) {
        const { status } = await visit(
          person,
          `GET ${page.replace('{donor}', String(donor))}.json`,
        );
        expect(status, person).to.equal(expected[at]);
      }
    });
  }

  for (const page of pages.map(([one]) => one).filter((one) => !/vow$|\/1$/.test(one))) {
    it(`GET ${page} in every format of a list`, async () => {
      const person =
        page === '/eid-days' ? 'deputy' : page === '/supervision/overrides' ? 'hadi' : 'reza';
      for (const [format, begins] of [
        ['csv', /^\w/],
        ['xlsx', /^PK/],
        ['pdf', /^%PDF/],
      ] as const) {
        const { status, text } = await visit(
          person,
          `GET ${page.replace('{donor}', String(donor))}.${format}`,
        );
        expect([status, begins.test(text)], format).to.deep.equal([200, true]);
      }
    });
  }

  it('tell the statement of each fund, and where it lies', async () => {
    const { funds, totals } = told(await visit('maryam', `GET ${NOOR}/funds.json`)) as {
      funds: { code: string }[];
      totals: object;
    };
    expect(funds.find(({ code }) => code === 'dowry')).to.include({
      ...{ opening: 0, in: 5_000_000, out: 3_000_000, closing: 2_000_000, cash: 2_000_000 },
    });
    expect(totals).to.include({ closing: 2_000_000 + 1_000_000 + 970_000 });
  });

  it('tell a donor what became of the intention, and name nobody', async () => {
    const path = `GET ${NOOR}/donations/donors/${donor}/intentions`;
    const { gifts } = told(await visit('maryam', `${path}.json`)) as { gifts: object[] };
    expect(gifts).to.deep.equal([
      {
        ...{ receipt, receivedOn: '2026-06-01', amountRial: 5_000_000, fund: 'dowry' },
        ...{ name: 'جهیزیه', spentRial: 2_000_000 },
        changes: [{ to: 'نیت معین', rial: 1_000_000, changedOn: TODAY }],
        spent: [
          {
            ...{ year: 1405, month: 5, said: 'مرداد ۱۴۰۵', account: '6103' },
            ...{ use: 'جهیزیه و ازدواج', rial: 2_000_000 },
          },
        ],
      },
    ]);
    for (const format of ['json', 'csv', 'pdf']) {
      const { text } = await visit('maryam', `${path}.${format}`);
      expect(text).to.not.match(/بتول|09150000001|family/);
    }
  });

  const writes: [string, () => [string, object], number[]][] = [
    ['a revision', () => ['/funds/vow', { reason: 'نظر مرجع', fromOn: TODAY }], ofDeputy(200)],
    [
      'a new fund',
      () => [
        '/funds',
        {
          ...{ code: `w-${letters()}`, nameFa: `زمستانی ${letters()}`, nameEn: 'Winter' },
          ...{ hintFa: 'پوشاک گرم', hintEn: 'Warm clothes', uses: ['6101'], account: '5110' },
          ...{ fromOn: TODAY, reason: 'نیاز محله', takesGifts: true },
        },
      ],
      ofDeputy(201),
    ],
    [
      'a day of Eid',
      () => ['/eid-days', { lunarYear: 1447, eidOn: '1405/01/01', source: 'دفتر رهبری' }],
      ofDeputy(201),
    ],
    [
      'a permission',
      () => [
        `${NOOR}/funds/permissions`,
        {
          ...{ fund: 'radd-mazalim', givenBy: 'آیت‌الله نمونه', number: letters() },
          ...{ ceiling: 1000, fromOn: TODAY, toOn: TODAY, document: 'نامه', uses: ['6101'] },
        },
      ],
      [201, 403, 403, 403, 404, 201, 403, 404, 404, 404, 401],
    ],
    [
      'a change of intention',
      () => [
        `${NOOR}/funds/intentions`,
        {
          ...{ receipt, fromFund: 'dowry', toFund: 'sadaqa', amount: 10, account: '1101' },
          ...{ way: 'consent', consent: 'speech', consentedOn: TODAY },
          reason: 'نیکوکار چنین خواست',
        },
      ],
      [201, 201, 403, 403, 404, 403, 403, 404, 404, 404, 401],
    ],
  ];
  for (const [name, asked, expected] of writes) {
    it(`POST ${name}: who may write it`, async () => {
      for (const [at, person] of PEOPLE.entries()) {
        const [path, body] = asked();
        const { status, text } = await visit(person, `POST ${path}`, body);
        expect(status, `${person} ${text}`).to.equal(expected[at]);
      }
    });
  }

  it('refuse a change of zakat with the clause, and nothing is written', async () => {
    const given = await give(world, { fund: 'zakat-general', amountRial: 1000 });
    const answer = await visit('reza', `POST ${NOOR}/funds/intentions`, {
      ...{ receipt: given.receipt, toFund: 'sadaqa', amount: 10, account: '1101', way: 'consent' },
      ...{ consent: 'speech', consentedOn: TODAY, reason: 'نیکوکار چنین خواست' },
    });
    expect(answer.status).to.equal(409);
    expect(told(answer)).to.include({ clause: 'B-81' });
    expect(told(answer).detail).to.include('«زکات مال، عام» حتی با رضایت نیکوکار تغییر نمی‌کند');
  });

  describe('in a browser without scripts', () => {
    it('the deputy sees what changes before it is set', async () => {
      const deputy = await signIn(world, 'deputy');
      const form = await deputy.get('/toos/funds/radd-mazalim/edit');
      expect(form.text).to.include('name="reactions.leave-of-a-mujtahid"');
      const fields = {
        ...{
          nameFa: 'رد مظالم',
          nameEn: 'Restitution',
          hintFa: 'به نیازمندان',
          hintEn: 'To the needy',
        },
        ...{ marja: 'آیت‌الله نمونه', takesGifts: '1', uses: '6101', fromOn: '۱۴۰۵/۰۸/۳۰' },
        ...{ reason: 'نظر مرجع', 'reactions.leave-of-a-mujtahid': 'warn' },
      };
      const preview = await deputy.fill(
        '/toos/funds/radd-mazalim/edit',
        '/toos/funds/radd-mazalim',
        fields,
      );
      expect(preview.status).to.equal(200);
      expect(preview.text).to.include('آیت‌الله نمونه').and.include('هشدار');
      const set = await deputy.post('/toos/funds/radd-mazalim', { ...fields, confirmed: '1' });
      expect(set.status).to.equal(303);
      const shown = await deputy.get(set.to);
      expect(shown.text).to.include('نسخهٔ تازه ثبت شد').and.include('نسخهٔ ۲');
      const refused = await deputy.fill('/toos/funds/vow/edit', '/toos/funds/vow', {
        ...{ ...fields, nameFa: '', fromOn: '۱۴۰۵/۰۸/۰۱' },
      });
      expect(refused.status).to.equal(422);
    });

    it('the pages say what they are about', async () => {
      const [reza, hadi, deputy] = [
        await signIn(world, 'reza'),
        await signIn(world, 'hadi'),
        await signIn(world, 'deputy'),
      ];
      const root = `/toos${NOOR}`;
      const says: [typeof reza, string, string][] = [
        [reza, '/toos/funds', 'نذر'],
        [reza, '/toos/funds/wall', 'کدام کمک به چه کسی می‌رسد'],
        [reza, '/toos/funds/khums-imam', 'اجازه‌نامه'],
        [deputy, '/toos/funds/new', 'نیت تازه'],
        [deputy, '/toos/eid-days', 'سال قمری'],
        [reza, `${root}/funds`, 'پایان دوره'],
        [reza, `${root}/funds/khums-imam`, 'آیت‌الله نمونه'],
        [reza, `${root}/funds/vow`, 'در این بازه هیچ نیتی گردش نداشته است'],
        [reza, `${root}/funds/permissions`, '۱۱۸'],
        [reza, `${root}/funds/permissions/new`, 'سقف'],
        [reza, `${root}/funds/permissions/1`, 'برقرار'],
        [reza, `${root}/funds/overrides`, 'وکالت‌نامهٔ ۱۲'],
        [hadi, '/toos/supervision/overrides', 'وکیل در خرید'],
        [reza, `${root}/funds/intentions`, 'رضایت نوشته'],
        [reza, `${root}/funds/intentions/new`, 'شمارهٔ رسید'],
        [reza, `${root}/funds/intentions/new?receipt=${receipt}`, 'نزدیک‌ترین جهت'],
        [reza, `${root}/funds/intentions/1`, 'صورت‌جلسه'],
        [reza, `${root}/donations/donors/${donor}/intentions`, 'جهیزیه و ازدواج'],
        [reza, root, 'تغییر نیت'],
      ];
      for (const [reader, path, words] of says) {
        const { status, text } = await reader.get(path);
        expect([status, text.includes(words)], path).to.deep.equal([200, true]);
      }
    });

    it('a permission is recorded in tomans, and a refused form keeps what was typed', async () => {
      const reza = await signIn(world, 'reza');
      const at = `/toos${NOOR}/funds/permissions`;
      const fields = {
        ...{ fund: 'khums-sadat', givenBy: 'آیت‌الله نمونه', number: '7', ceiling: '۱۰۰' },
        ...{ ceilingUnit: 'toman', fromOn: '۱۴۰۵/۰۸/۰۱', toOn: '۱۴۰۵/۱۲/۰۱', document: 'نامه' },
      };
      const refused = await reza.fill(`${at}/new`, at, fields);
      expect(refused.status).to.equal(422);
      expect(refused.text).to.include('دست‌کم یک مصرف').and.include('value="۱۰۰"');
      const recorded = await reza.fill(`${at}/new`, at, { ...fields, uses: '6101' });
      expect((await reza.get(recorded.to)).text).to.include('۱٬۰۰۰ ریال');
      const ended = await reza.fill(recorded.to, `${recorded.to}/ending`, {
        reason: 'پس گرفته شد',
      });
      expect((await reza.get(ended.to)).text).to.include('پایان‌یافته');
    });

    it('a change is taken back by another seat', async () => {
      const maryam = await signIn(world, 'maryam');
      const at = `/toos${NOOR}/funds/intentions/1`;
      const done = await maryam.fill(at, `${at}/restore`, { reason: 'اشتباه بود' });
      expect((await maryam.get(done.to)).text).to.include('بازگردانده');
    });
  });
});

let counted = 0;
const letters = () => {
  counted += 1;
  return [...String(counted)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
};
