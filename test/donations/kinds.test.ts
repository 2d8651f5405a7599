import { expect } from 'chai';
import { paperByCodeOrNone, readCode } from '../../src/paper/papers.ts';
import { verifiedOf } from '../../src/paper/verify.ts';
import { buildWorld, NOW, TODAY, type World } from '../support/world.ts';
import { cash, counted, GIFTS, RECEIPTS, told } from './gifts.ts';

type Line = { account: string; fund: string; debit: number; credit: number };

const SPLIT = [
  { fund: 'sadaqa', amount: 4_000_000 },
  { fund: 'vow', amount: 6_000_000 },
];
const RICE = {
  ...{ name: 'برنج ایرانی', quantity: '۲٫۵', unit: 'kg', value: '۵٬۰۰۰٬۰۰۰' },
  ...{ condition: 'new', expiresOn: '1406/01/15' },
};
const BLANKET = { name: 'پتو', quantity: 3, unit: 'piece', value: 9_000_000, condition: 'used' };

/** A gift of each kind, as a program sends it. */
const GIFT = {
  card: cash({ kind: 'card', reference: '۱۲۳۴۵۶۷۸۹۰۱۲' }),
  transfer: cash({ kind: 'transfer', reference: '140508300001', bank: 'بانک ملت' }),
  cheque: cash({ kind: 'cheque', reference: '884421', bank: 'بانک ملی', dueOn: '1405/11/30' }),
  goods: {
    ...{ kind: 'goods', fund: 'sadaqa', receivedOn: '1405/08/30' },
    items: [RICE, { ...BLANKET, store: 'household' }],
  },
  service: {
    ...{ kind: 'service', fund: 'vow', receivedOn: '1405/08/30', amount: 2_000_000 },
    service: { description: 'تعمیر کولر خانوارها', hours: '۲:۳۰' },
  },
};

describe('gifts of every kind', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const post = (body: object) => world.visit('reza', `POST ${GIFTS}`, body);
  const raw = (sql: string) => () => world.province.db.$client.exec(sql);
  const linesOf = (entry: unknown): Line[] =>
    world.province.db.$client
      .prepare(
        `SELECT l.account, l.fund, l.debit_rial AS debit, l.credit_rial AS credit
         FROM entries e JOIN entry_lines l ON l.entry_id = e.id
         WHERE e.centre_id = ? AND e.year = 1405 AND e.number = ? ORDER BY l.line`,
      )
      .all(world.noor.id, entry) as Line[];
  const booked = (entry: unknown) =>
    linesOf(entry).map(
      ({ account, fund, debit, credit }) => `${account} ${fund} ${debit}/${credit}`,
    );

  it('wants the centre’s own account for a card and a transfer, and says where it is recorded', async () => {
    raw(`DROP TRIGGER bank_accounts_are_final_delete; CREATE TEMP TABLE kept AS
      SELECT * FROM bank_accounts; DELETE FROM bank_accounts`)();
    for (const kind of ['card', 'transfer'] as const) {
      const answer = await post(GIFT[kind]);
      expect(answer.status).to.equal(409);
      expect(answer.json()).to.include({ clause: 'B-118', mend: '/bank-account' });
    }
    raw('INSERT INTO bank_accounts SELECT * FROM kept')();
  });

  it('books a card and a transfer at the bank, a cheque where it waits', async () => {
    const card = told(await post(GIFT.card));
    expect(card).to.include({ kind: 'card', reference: '123456789012' });
    expect(booked(card.entry)).to.eql(['1102 sadaqa 12500000/0', '5101 sadaqa 0/12500000']);
    const transfer = told(await post(GIFT.transfer));
    expect(transfer).to.include({ reference: '140508300001', bank: 'ملت' });
    expect(booked(transfer.entry)[0]).to.equal('1102 sadaqa 12500000/0');
    const cheque = told(await post(GIFT.cheque));
    expect(cheque).to.include({ bank: 'ملی', dueOn: '2027-02-19' });
    expect(booked(cheque.entry)[0]).to.equal('1105 sadaqa 12500000/0');
  });

  it('books goods in the store of each line at the value that was stated', async () => {
    const answer = await post(GIFT.goods);
    expect(answer.status, answer.text).to.equal(201);
    const gift = told(answer);
    expect(gift.amount).to.equal(14_000_000);
    expect(booked(gift.entry)).to.eql([
      ...['1301 sadaqa 5000000/0', '1303 sadaqa 9000000/0', '5201 sadaqa 0/14000000'],
    ]);
    const page = told(await world.visit('reza', `GET ${RECEIPTS}/${gift.receipt}.json`));
    const [rice] = page.items as object[];
    expect(rice).to.include({ quantity: '2.5', unit: 'kg', value: 5_000_000, condition: 'new' });
    expect(rice).to.include({ expiresOn: '2027-04-04' });
  });

  it('books a service in and out on its day', async () => {
    const gift = told(await post(GIFT.service));
    expect(booked(gift.entry)).to.eql(['6110 vow 2000000/0', '5202 vow 0/2000000']);
    const page = told(await world.visit('reza', `GET ${RECEIPTS}/${gift.receipt}.json`));
    expect(page.service).to.eql({ description: 'تعمیر کولر خانوارها', hours: '2.5' });
  });

  it('divides a gift over funds, each balanced in itself', async () => {
    const { amount, fund, ...rest } = cash() as Record<string, unknown>;
    const gift = told(await post({ ...rest, funds: SPLIT }));
    expect(gift).to.deep.include({ amount: 10_000_000, fund: 'sadaqa', funds: SPLIT });
    expect(booked(gift.entry)).to.eql([
      ...['1101 sadaqa 4000000/0', '5101 sadaqa 0/4000000'],
      ...['1101 vow 6000000/0', '5105 vow 0/6000000'],
    ]);
    const ofVow = await world.visit('reza', `GET ${GIFTS}.json?fund=vow`);
    const { donations, totals } = ofVow.json<{
      donations: { receipt: string }[];
      totals: { issued: { rial: number } };
    }>();
    expect(donations.map(({ receipt }) => receipt)).to.include(gift.receipt);
    // Of the divided gift only its part counts here; the service is in the same fund.
    expect(totals.issued.rial).to.equal(8_000_000);
  });

  const bad: [string, object, string][] = [
    ['a number that is a card’s', { ...GIFT.card, reference: '6037-9971-2345-6783' }, 'reference'],
    ['a number with letters', { ...GIFT.card, reference: '12a4' }, 'reference'],
    ['no number', { ...GIFT.transfer, reference: '' }, 'reference'],
    ['a cheque without its bank', { ...GIFT.cheque, bank: undefined }, 'bank'],
    ['a cheque without its day', { ...GIFT.cheque, dueOn: undefined }, 'dueOn'],
    ['goods without lines', { ...GIFT.goods, items: [] }, 'items'],
    [
      'a service without hours',
      { ...GIFT.service, service: { description: 'x' } },
      'service.hours',
    ],
    ['a service that is nothing', { ...GIFT.service, service: undefined }, 'service'],
    ['a service for the mosque', service('مسجد'), 'service.description'],
    ['a reference of cash', cash({ reference: '1' }), 'reference'],
    ['goods in cash', cash({ items: [RICE] }), 'items'],
    ['a fund that takes no gifts', cash({ fund: 'unidentified' }), 'fund'],
    [
      'a part in a fund that takes none',
      split([SPLIT[0], part('unidentified', 1)]),
      'funds.1.fund',
    ],
    ['the same fund twice', split([SPLIT[0], SPLIT[0]]), 'funds.1.fund'],
    ['one part', split([SPLIT[0]]), 'funds'],
    ['parts that do not come to the amount', cash({ funds: SPLIT }), 'funds'],
    ['goods over several funds', { ...GIFT.goods, funds: SPLIT }, 'funds'],
    ['another amount than its lines come to', { ...GIFT.goods, amount: 5 }, 'amount'],
    ['a quantity of four decimals', goods({ quantity: '1.2345' }), 'items.0.quantity'],
    ['a quantity of nothing', goods({ quantity: 0 }), 'items.0.quantity'],
    ['a quantity in words', goods({ quantity: 'دو' }), 'items.0.quantity'],
    ['a unit that is none', goods({ unit: 'ton' }), 'items.0.unit'],
    ['goods of no value', goods({ value: 0 }), 'items.0.value'],
    ['goods past their date', goods({ expiresOn: '1405/08/29' }), 'items.0.expiresOn'],
    ['goods for the mosque', goods({ name: 'مسجد' }), 'items.0.name'],
    ['goods without a name', goods({ name: ' ' }), 'items.0.name'],
    ['ninety-one lines', { ...GIFT.goods, items: Array(91).fill(RICE) }, 'items'],
  ];
  for (const [what, body, field] of bad) {
    it(`refuses ${what}, beside its field, and enters nothing`, async () => {
      const left = counted(world);
      const answer = await post(body);
      expect(answer.status, answer.text).to.equal(422);
      const { errors } = answer.json<{ errors: { field: string }[] }>();
      expect(errors.map((fault) => fault.field)).to.include(field);
      expect(counted(world)).to.eql(left);
    });
  }

  it('refuses the same number again, naming the receipt, until that one is cancelled', async () => {
    const again = await post(GIFT.transfer);
    expect(again.status).to.equal(409);
    const { detail, mend } = again.json<{ detail: string; mend: string }>();
    const receipt = mend.split('/').at(-1)!;
    expect(detail).to.include(receipt);
    expect((await post({ ...GIFT.transfer, bank: 'صادرات' })).status).to.equal(201);
    await world.visit('reza', `POST ${RECEIPTS}/${receipt}/cancel`, { reason: 'دو بار' });
    expect((await post(GIFT.transfer)).status).to.equal(201);
  });

  it('leads a volunteer’s gifts and a paper’s check to what was given', async () => {
    const { verifyCode } = told(await post(cash({ kind: 'card', reference: '99' })));
    const { db } = world.province;
    const paper = paperByCodeOrNone(db, readCode(String(verifyCode))!.raw)!;
    expect(verifiedOf(db, paper, 'toos', NOW)).to.include({ state: 'valid', amount: 12_500_000 });
  });

  it('prints every kind, in two copies and on a roll', async () => {
    for (const [kind, body] of Object.entries(GIFT)) {
      const again = 'reference' in body ? { ...body, reference: `77${kind.length}` } : body;
      const { receipt } = told(await post(again));
      for (const form of ['', '?form=slip']) {
        const pdf = await world.visit('reza', `GET ${RECEIPTS}/${receipt}.pdf${form}`);
        expect(pdf.status).to.equal(200);
        expect(pdf.headers.get('content-type')).to.include('pdf');
      }
      const page = await world.visit('reza', `GET ${RECEIPTS}/${receipt}`, undefined, {
        accept: 'text/html',
      });
      expect(page.status).to.equal(200);
    }
  });

  it('is held to all of it by the file, whoever writes', () => {
    const gift = (kind: string, rial: number) =>
      `INSERT INTO donations SELECT (SELECT max(id) + 1 FROM donations), centre_id, '${kind}', ${rial},
         fund, donor_id, purpose, purpose_search, '${TODAY}', received_by, entered_at, entered_by,
         act_id FROM donations WHERE kind = 'cash' LIMIT 1`;
    const next = '(SELECT max(id) + 1 FROM donations)';
    const tried = (before: string, kind: string, rial = 5) =>
      raw(`BEGIN; ${before}; ${gift(kind, rial)}; COMMIT`);
    const refused = (name: string, act: () => unknown) => {
      expect(act).to.throw(name);
      if (world.province.db.$client.inTransaction) world.province.db.$client.exec('ROLLBACK');
    };
    refused('gift_by_bank_has_reference', raw(gift('card', 5)));
    refused('gift_of_goods_has_items', raw(gift('goods', 5)));
    refused('gift_of_service_is_described', raw(gift('service', 5)));
    const reference = (number: string, bank = 'NULL', due = 'NULL') =>
      `INSERT INTO gift_references VALUES (${next}, '${number}', ${bank}, ${due})`;
    refused('gift_reference_is_figures', tried(reference('12-3'), 'card'));
    refused('gift_reference_once', tried(reference('99'), 'card'));
    refused('gift_by_bank_has_reference', tried(reference('5'), 'cheque'));
    const item = (value: number, expires: string, name = 'x') =>
      `INSERT INTO gift_items VALUES (${next}, 1, '${name}', 1, 'kg', ${value}, 'new', ${expires}, '1301', NULL)`;
    refused('gift_of_goods_has_items', tried(item(6, 'NULL'), 'goods'));
    refused('expired_goods_are_no_gift', tried(item(5, "'2026-11-20'"), 'goods'));
    refused('b98_goods_not_for_the_mosque', tried(item(5, 'NULL', 'مسجد محل'), 'goods'));
    const parts = (one: string, other: string, rial: number) =>
      `INSERT INTO gift_funds VALUES (${next}, 1, '${one}', 2), (${next}, 2, '${other}', ${rial})`;
    refused('gift_parts_come_to_it', tried(parts('sadaqa', 'vow', 4), 'cash'));
    refused('gift_in_a_fund_that_takes', tried(parts('sadaqa', 'unidentified', 3), 'cash'));
    refused(
      'goods_have_their_intentions',
      tried(`${item(5, 'NULL')}; ${parts('sadaqa', 'vow', 3)}`, 'goods'),
    );
  });
});

function service(description: string): object {
  return { ...GIFT.service, service: { description, hours: 1 } };
}

function goods(change: object): object {
  return { ...GIFT.goods, items: [{ ...RICE, ...change }] };
}

function split(funds: unknown[]): object {
  const { amount, fund, ...rest } = cash() as Record<string, unknown>;
  return { ...rest, funds };
}

function part(fund: string, amount: number) {
  return { fund, amount };
}
