/** Firms that give: asked, thanked with the receipts of the days, and those not thanked yet. */
import { expect } from 'chai';
import { examine } from '../../src/provinces/doctor.ts';
import { GIFTS, give, signIn } from '../donations/gifts.ts';
import type { Reader } from '../support/reader.ts';
import { buildWorld, daysAgo, type Json, TODAY, type World } from '../support/world.ts';

const FIRM = { name: 'شرکت نمونه', nationalId: '14002207985' };
const ROOT = '/toos/centres/noor';

describe('letters to givers', () => {
  let world: World;
  let reza: Reader;
  let firm: number;
  const firms = async () =>
    (await world.visit('reza', `GET ${GIFTS}/firms.json`)).json<{ rows: Json[] }>().rows;
  const sql = (text: string) => world.province.db.$client.exec(text);

  before(async () => {
    world = await buildWorld();
    reza = await signIn(world, 'reza');
    ({ id: firm } = (await give(world, { donor: FIRM, amountRial: 7_000_000 })).donor!);
    await give(world, { donor: FIRM, amountRial: 3_000_000, receivedOn: daysAgo(20) });
    await give(world, { donor: { name: 'بتول نمونه', mobile: '09150000001' } });
  });
  after(() => world.close());

  it('stand beside a firm that was never thanked, with its contact for those who may', async () => {
    expect((await firms())[0]).to.include({ gifts: 2, unthanked: 2, thankedOn: null });
    const page = `${ROOT}/donations/donors/${firm}/letters`;
    const contact = { name: 'خانم نمونه', office: 'روابط عمومی', phone: '۰۵۱۳۸۰۰۰۰۰۰' };
    const sent = await reza.fill(page, `${ROOT}/donations/donors/${firm}/contact`, contact);
    expect(sent.status, sent.text).to.equal(303);
    const list = await reza.get(`${ROOT}/donations/firms?state=unthanked`);
    expect(list.text).to.include('خانم نمونه').and.include('۲ کمک در انتظار سپاس');
    expect(list.text).to.not.include('بتول');
    for (const format of ['csv', 'xlsx', 'pdf']) {
      const { status } = await world.visit('inspector', `GET ${GIFTS}/firms.${format}`);
      expect(status, format).to.equal(200);
    }
  });

  it('thank for every receipt of the days, by number and verify code, kept as issued', async () => {
    const at = `POST ${GIFTS}/donors/${firm}/letters/thanks`;
    const none = await world.visit('reza', at, { fromOn: daysAgo(9), toOn: daysAgo(8) });
    expect(none.status).to.equal(422);
    const made = await world.visit('reza', at, { fromOn: daysAgo(30), toOn: TODAY });
    expect(made.status, made.text).to.equal(201);
    const { id, verifyCode } = made.json<{ id: number; verifyCode: string }>();
    const letter = (await world.visit('reza', `GET /centres/noor/papers/${id}.json`)).json<{
      addressee: string[];
      tables: { rows: unknown[][] }[];
    }>();
    expect(letter.addressee).to.deep.equal(['خانم نمونه', 'روابط عمومی، شرکت نمونه']);
    expect(letter.tables[0]!.rows.map(([number]) => number)).to.deep.equal([
      '1405-000002',
      '1405-000001',
    ]);
    const asked = await fetch(`${world.address}/verify/${verifyCode}`);
    expect(await asked.text()).to.include('سپاس‌نامه');
    expect((await firms())[0]).to.include({ unthanked: 0, thankedOn: TODAY });
    expect((await reza.get(`${ROOT}/donations/donors/${firm}`)).text).to.include('آخرین سپاس');
    await give(world, { donor: FIRM, amountRial: 5 });
    expect((await firms())[0]).to.include({ unthanked: 1, thankedOn: TODAY });
    expect(() => sql('DELETE FROM thanked_gifts')).to.throw('donor_letters_are_final');
    expect(() => sql('UPDATE donor_letters SET to_on = to_on')).to.throw('donor_letters_are_final');
  });

  it('ask a firm in the words of the province, and nobody else', async () => {
    const page = `${ROOT}/donations/donors/${firm}/letters`;
    const past = { need: 'سی بستهٔ نوشت‌افزار', byOn: daysAgo(1) };
    const refused = await reza.fill(page, `${page}/requests`, past);
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('سی بستهٔ نوشت‌افزار');
    const sent = await reza.fill(page, `${page}/requests`, {
      ...{ need: 'سی بستهٔ نوشت‌افزار', amount: '۵۰٬۰۰۰٬۰۰۰', byOn: '' },
    });
    expect(sent.status, sent.text).to.equal(303);
    const letter = await reza.get(sent.to);
    expect(letter.text).to.include('سی بستهٔ نوشت‌افزار').and.include('۵۰٬۰۰۰٬۰۰۰ ریال');
    const person = (await give(world, { donor: { name: 'علی نمونه' } })).donor!.id;
    const to = `POST ${GIFTS}/donors/${person}/letters`;
    const need = { need: 'یک بخاری' };
    expect((await world.visit('reza', `${to}/requests`, need)).status).to.equal(422);
    const days = { fromOn: TODAY, toOn: TODAY };
    expect((await world.visit('maryam', `${to}/thanks`, days)).status).to.equal(201);
  });

  it('B-104: name nobody who asked not to be named, nor does the file', async () => {
    const donor = { name: 'کسی', mayBeNamed: false, mobile: '09150000009' };
    const hidden = (await give(world, { donor })).donor!.id;
    const days = { fromOn: TODAY, toOn: TODAY };
    const at = `POST ${GIFTS}/donors/${hidden}/letters/thanks`;
    const refused = await world.visit('reza', at, days);
    expect(refused.status).to.equal(409);
    expect(refused.text).to.include('B-104');
    expect(() =>
      sql(`INSERT INTO donor_letters SELECT id, ${hidden}, 'gift-request', NULL, NULL, issued_on, 1,
        act_id FROM papers WHERE kind = 'receipt' ORDER BY id LIMIT 1`),
    ).to.throw(/donor_letter_is_its_paper|b104_letter/);
    for (const [person, status] of [
      ['zahra', 403],
      ['inspector', 403],
      ['karim', 404],
    ] as const) {
      const other = `POST ${GIFTS}/donors/${firm}/letters/thanks`;
      expect((await world.visit(person, other, days)).status, person).to.equal(status);
    }
  });

  it('are what the doctor finds in the trail', () => {
    expect(examine(world.province.db).filter(({ wrong }) => wrong)).to.deep.equal([]);
  });
});
