import { expect } from 'chai';
import { buildWorld, daysAgo, TODAY, type World } from '../support/world.ts';
import { BATOOL, cash, counted, GIFTS, give, RECEIPTS, signIn, told } from './gifts.ts';

describe('entering a gift', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const post = (body: object, headers?: Record<string, string>) =>
    world.visit('reza', `POST ${GIFTS}`, body, headers);
  const FORM = `/toos${GIFTS}/new`;
  const POST = `/toos${GIFTS}`;
  const fields = {
    ...{ kind: 'cash', donor: '', donorId: '', amount: '۲٬۵۰۰٬۰۰۰', amountUnit: 'rial' },
    ...{ fund: 'vow', receivedOn: '۱۴۰۵/۰۸/۳۰', purpose: '', _key: 'a-key-of-a-form-1' },
  };

  it('answers a program with the receipt, its code and its entry', async () => {
    const answer = await post(cash({ donor: BATOOL, purpose: 'سلامتی' }));
    expect(answer.status).to.equal(201);
    const { receipt, verifyCode, ...rest } = told(answer);
    expect(answer.headers.get('location')).to.equal(`/toos${RECEIPTS}/${receipt}`);
    expect(receipt).to.match(/^1405-0{5}\d$/);
    expect(verifyCode).to.match(/^toos-\w{4}-\w{4}-\w{5}$/);
    expect(rest).to.include({ kind: 'cash', amount: 12_500_000, receivedOn: '2026-11-21' });
    expect(rest).to.include({ fund: 'sadaqa', state: 'issued', purpose: 'سلامتی' });
    expect(rest.entry).to.be.a('number');
  });

  it('takes an anonymous gift, and amounts and days as people type them', async () => {
    const typed = { amount: '۱٬۰۰۰٬۰۰۰', receivedOn: '۲۹ آبان' };
    const day = told(await post(cash(typed)));
    expect(day).to.include({ amount: 1_000_000, receivedOn: daysAgo(1), donor: null });
    const toman = told(await post(cash({ amount: '500', amountUnit: 'toman' })));
    expect(toman.amount).to.equal(5000);
  });

  const bad: [string, object, string][] = [
    ['an amount of zero', { amount: 0 }, 'amount'],
    ['a negative amount', { amount: -5 }, 'amount'],
    ['half a rial', { amount: 2.5 }, 'amount'],
    ['more than the most', { amount: 100_000_000_000_000 }, 'amount'],
    ['an amount beyond numbers', { amount: 1e21 }, 'amount'],
    ['an amount in words', { amount: 'دویست هزار' }, 'amount'],
    ['no amount', { amount: undefined }, 'amount'],
    ['31 Mehr', { receivedOn: '1405/07/31' }, 'receivedOn'],
    ['30 Esfand of a common year', { receivedOn: '1404/12/30' }, 'receivedOn'],
    ['tomorrow', { receivedOn: '1405/09/01' }, 'receivedOn'],
    ['a day before the area and the licence', { receivedOn: '1404/12/29' }, 'receivedOn'],
    ['no day', { receivedOn: undefined }, 'receivedOn'],
    [
      'a national ID with a wrong digit',
      { donor: { name: 'x', nationalId: '0013542418' } },
      'donor.nationalId',
    ],
    ['ten equal digits', { donor: { name: 'x', nationalId: '1111111111' } }, 'donor.nationalId'],
    ['a mobile that is none', { donor: { name: 'x', mobile: '0915' } }, 'donor.mobile'],
    ['a name of 10 000 letters', { donor: { name: 'آ'.repeat(10_000) } }, 'donor.name'],
    ['a name of spaces', { donor: { name: '   ' } }, 'donor.name'],
    ['a name with a direction mark', { donor: { name: 'بتول\u202e' } }, 'donor.name'],
    ['a name with a control mark', { donor: { name: 'بتول\u0007' } }, 'donor.name'],
    ['a donor without a name', { donor: { mobile: '09359999998' } }, 'donor'],
    ['a fund that is not there', { fund: 'nothing' }, 'fund'],
    ['no fund', { fund: undefined }, 'fund'],
    ['a cheque without its number', { kind: 'cheque' }, 'reference'],
    ['a way of giving that is none', { kind: 'gold' }, 'kind'],
    ['several funds', { funds: [{ fund: 'vow', amount: 5 }] }, 'funds'],
    ['somebody else’s hand', { receivedBy: 9999 }, 'receivedBy'],
  ];
  for (const [what, change, field] of bad) {
    it(`refuses ${what} in both languages, and enters nothing`, async () => {
      const left = counted(world);
      const sentences = await Promise.all(
        ['fa', 'en'].map(async (language) => {
          const answer = await post(cash(change), { 'accept-language': language });
          expect(answer.status, answer.text).to.equal(422);
          expect(answer.headers.get('content-type')).to.include('application/problem+json');
          const faults = told(answer).errors as { field: string; message: string }[];
          const fault = faults.find((one) => one.field === field);
          expect(fault, answer.text).to.be.an('object');
          return fault!.message;
        }),
      );
      expect(sentences[0]).to.match(/[\u0600-\u06ff]/);
      expect(sentences[1]).not.to.match(/[\u0600-\u06ff]/);
      expect(counted(world)).to.eql(left);
    });
  }

  it('keeps a half-space in a name, for it is a letter', async () => {
    const { status } = await post(cash({ donor: { name: 'طیبه رضایی‌نژاد' } }));
    expect(status).to.equal(201);
  });

  it('refuses broken JSON, another type, and what is too large', async () => {
    const send = async (body: string, type: string) =>
      (
        await fetch(`${world.address}/toos${GIFTS}`, {
          method: 'POST',
          headers: { 'content-type': type, authorization: `Bearer ${world.tokens.reza}` },
          body,
        })
      ).status;
    expect(await send('{"kind":', 'application/json')).to.equal(400);
    expect(await send('<gift/>', 'text/xml')).to.equal(415);
    expect(await send(`"${'x'.repeat(2_000_000)}"`, 'application/json')).to.equal(413);
  });

  it('names the clause that refuses a gift for the mosque', async () => {
    const answer = await post(cash({ purpose: 'بابت فرش مسجد' }));
    expect(answer.status).to.equal(422);
    expect(told(answer)).to.include({ clause: 'B-98' });
    expect(told(await post(cash({ fund: 'masjid' })))).to.include({ clause: 'B-98' });
  });

  it('shows the form, and after the gift the receipt', async () => {
    const browser = await signIn(world, 'reza');
    const page = await browser.get(FORM);
    expect(page.status).to.equal(200);
    expect(page.text).to.include('data-digit="9"').and.include('name="donorUnnamed"');
    const answer = await browser.post(POST, { ...fields, _key: browser.field('_key')! });
    expect(answer.status).to.equal(303);
    expect(answer.to).to.match(/\/donations\/receipts\/1405-\d{6}$/);
    const receipt = await browser.get(answer.to);
    expect(receipt.text).to.include('۲٬۵۰۰٬۰۰۰ ریال').and.include('نذر');
  });

  for (const on of ['0001-01-01', '1200/01/01', '9999-12-31', 'x']) {
    it(`begins with today when its address asks for the day ${on}`, async () => {
      const { status, text } = await world.visit('reza', `GET ${GIFTS}/new?on=${on}`);
      expect(status).to.equal(200);
      expect(text).to.include('value="۱۴۰۵/۰۸/۳۰"');
    });
  }

  it('goes on to the next gift with the fund and the day kept', async () => {
    const browser = await signIn(world, 'reza');
    await browser.get(FORM);
    const again = { ...fields, receivedOn: '۱۴۰۵/۰۸/۲۹', next: '1', _key: browser.field('_key')! };
    const answer = await browser.post(POST, again);
    expect(answer.to).to.equal(`${FORM}?fund=vow&on=${daysAgo(1)}`);
    const next = await browser.get(answer.to);
    expect(next.text).to.match(/role="status"[\s\S]*صادر شد[\s\S]*\.pdf"/);
    expect(next.text).to.match(/value="vow" checked/);
    expect(next.text).to.include('value="۱۴۰۵/۰۸/۲۹"');
  });

  it('gives a refused form back as it was typed', async () => {
    const browser = await signIn(world, 'reza');
    const left = counted(world);
    await browser.get(FORM);
    const wrong = { ...fields, amount: '12x', donor: 'رضا', purpose: 'بابت مسجد', fund: 'dowry' };
    const answer = await browser.post(POST, wrong);
    expect(answer.status).to.equal(422);
    for (const typed of ['12x', 'رضا', 'بابت مسجد'])
      expect(answer.text).to.include(`value="${typed}"`);
    expect(answer.text).to.match(/value="dowry" checked/);
    expect(answer.text).to.include('role="alert"').and.include('aria-invalid="true"');
    const clause = await browser.post(POST, { ...wrong, amount: '1000', _key: 'another-key-1' });
    expect(clause.text).to.include('B-98').and.include('value="بابت مسجد"');
    expect(counted(world)).to.eql(left);
  });

  it('takes a donor typed without scripts, by name or by number', async () => {
    const browser = await signIn(world, 'reza');
    await browser.get(FORM);
    const send = (more: object) => browser.post(POST, { ...fields, ...more });
    expect((await send({ donor: 'نام تازه', _key: 'without-scripts-1' })).status).to.equal(303);
    const number = { donor: '۰۹۱۵۰۰۰۰۰۰۱', _key: 'without-scripts-2' };
    expect((await send(number)).status).to.equal(303);
    const wrong = await send({ donor: '12345', _key: 'without-scripts-3' });
    expect(wrong.status).to.equal(422);
    const spaces = await send({ donor: '   ', _key: 'without-scripts-4' });
    expect(spaces.status).to.equal(422);
  });

  it('is filled in by the link of a bank row, and without scripts refuses what lacks its number', async () => {
    const browser = await signIn(world, 'reza');
    const link = `${FORM}?kind=transfer&amount=2500000&on=2026-11-20&reference=778899`;
    const { text } = await browser.get(link);
    expect(text).to.include('value="۲٬۵۰۰٬۰۰۰"').and.include('value="۷۷۸۸۹۹"');
    expect(text).to.include('۱۴۰۵/۰۸/۲۹').and.include('name="kind" value="transfer"');
    for (const [at, kind] of ['card', 'transfer', 'cheque'].entries()) {
      await browser.get(`${FORM}?kind=${kind}`);
      const bare = { kind, fund: 'sadaqa', amount: '1000', receivedOn: TODAY, reference: '' };
      const refused = await browser.post(POST, { ...bare, _key: `without-number-${at}` });
      expect(refused.status, kind).to.equal(422);
      expect(refused.text).to.include('aria-describedby="reference-hint reference-fault"');
    }
  });

  it('asks a person about ten times the usual, and tells a program', async () => {
    const { donor } = await give(world, { donor: { name: 'معمول نمونه' }, amountRial: 1_000_000 });
    const entered = await post(cash({ donor: { id: donor!.id }, amount: 10_000_000 }));
    expect(told(entered).warning).to.include('ده برابر');
    await give(world, { donor: { id: donor!.id }, amountRial: 1_000_000 });
    const browser = await signIn(world, 'reza');
    await browser.get(FORM);
    const left = counted(world);
    const much = { ...fields, donorId: String(donor!.id), amount: '10000000', next: '1' };
    const asked = await browser.post(POST, { ...much, _key: 'an-unusual-gift-1' });
    expect(asked.status).to.equal(422);
    expect(asked.text).to.include('name="confirmed" value="10000000"');
    expect(asked.text).to.include('name="instead" value="1000000"');
    expect(asked.text).to.include('۱۰٬۰۰۰٬۰۰۰ ریال، برابر ۱٬۰۰۰٬۰۰۰ تومان');
    expect(asked.text).to.include('value="معمول نمونه"');
    expect(counted(world)).to.eql(left);
    const other = { ...much, amount: '20000000', confirmed: '10000000', _key: 'an-unusual-gift-1' };
    expect((await browser.post(POST, other)).status).to.equal(422);
    const right = { ...much, confirmed: '10000000', _key: 'an-unusual-gift-1' };
    expect((await browser.post(POST, right)).status).to.equal(303);
  });
});
