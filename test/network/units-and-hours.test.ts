/** Charity units with their reports, and the log of hours: powers, masks, refusals, formats. */
import { expect } from 'chai';
import { countUnits } from '../../src/network/units.ts';
import { buildWorld, type Json, visit, type World } from '../support/world.ts';
import { type Seated, seatOfficers, typed } from './people.ts';

const NETWORK = '/centres/noor/network';
const UNITS = `${NETWORK}/units`;
const UNIT = {
  ...{ name: 'واحد مسجد سرو', kind: 'mosque', place: 'خیابان سرو، مسجد سرو', boxes: '۴' },
  ...{ headName: 'کاظم نمونه', phone: '09156667788', sinceOn: '1405/06/01' },
};

describe('charity units and hours', () => {
  let world: World;
  let seated: Seated;
  let unit = 0;
  let her = 0;
  let served = 0;

  before(async () => {
    world = await buildWorld();
    seated = await seatOfficers(world);
    served = countUnits(world.province.db, world.noor.id);
    const created = await ask('men', `POST ${UNITS}`, UNIT);
    expect(created.status, created.text).to.equal(201);
    unit = created.json<{ number: number }>().number;
    const volunteer = await ask('reza', `POST ${NETWORK}/volunteers`, typed);
    her = volunteer.json<{ number: number }>().number;
  });
  after(() => world.close());

  const ask = (who: string, line: string, body?: object) => {
    const token = seated.tokens[who] ?? world.tokens[who as 'reza'];
    return visit(`${world.address}/toos`, token, line, body);
  };

  it('are counted while they work (B-137, B-141)', async () => {
    expect(countUnits(world.province.db, world.noor.id)).to.equal(served + 1);
    const state = { state: 'paused', reason: 'تعمیر مسجد' };
    expect((await ask('vice', `POST ${UNITS}/${unit}/state`, state)).status).to.equal(200);
    expect(countUnits(world.province.db, world.noor.id)).to.equal(served);
    expect((await ask('vice', `POST ${UNITS}/${unit}/state`, state)).status).to.equal(409);
    await ask('vice', `POST ${UNITS}/${unit}/state`, { ...state, state: 'active' });
  });

  it('have one head, a volunteer of the centre or somebody named (B-141)', async () => {
    const { headName: _, ...headless } = UNIT;
    expect((await ask('reza', `POST ${UNITS}`, headless)).status).to.equal(422);
    const strange = await ask('reza', `POST ${UNITS}`, { ...headless, headVolunteer: '9999' });
    expect(strange.status).to.equal(404);
    const hers = await ask('reza', `POST ${UNITS}/${unit}`, { ...headless, headVolunteer: her });
    expect(hers.json<Json>().head).to.equal(typed.name);
    expect(hers.json<Json>().phone).to.equal(UNIT.phone);
    expect(() =>
      world.province.db.$client.exec(`INSERT INTO unit_versions SELECT unit_id, version + 1, name,
        name_search, name_sort, kind, place, lon, lat, NULL, NULL, phone, boxes, since_on, written_by,
        act_id, NULL FROM unit_versions ORDER BY version DESC LIMIT 1`),
    ).to.throw('b141_unit_has_head');
    expect(() => world.province.db.$client.exec('DELETE FROM units')).to.throw('b141_units_stay');
  });

  const TELEPHONE: Record<string, boolean> = {
    ...{ reza: true, men: true, women: true, vice: false, maryam: false, zahra: false },
    ...{ hadi: false, deputy: false, inspector: false },
  };
  for (const [who, open] of Object.entries(TELEPHONE)) {
    it(`show ${who} the telephone ${open ? 'whole' : 'masked'} in every format (B-105)`, async () => {
      const texts = [];
      for (const form of ['.json', '.csv', ''])
        texts.push((await ask(who, `GET ${UNITS}${form}`)).text);
      for (const form of ['.json', ''])
        texts.push((await ask(who, `GET ${UNITS}/${unit}${form}`)).text);
      const all = texts.join('\n').replaceAll(/[۰-۹]/g, (d) => String(d.charCodeAt(0) & 0xf));
      expect(all.includes(UNIT.phone)).to.equal(open);
    });
  }

  it('tell the committee the telephone for a reason', async () => {
    const shown = await ask('hadi', `POST ${UNITS}/${unit}/reveal`, { reason: 'بازدید از واحد' });
    expect(shown.json<Json>().phone).to.equal(UNIT.phone);
    expect(
      (await ask('vice', `POST ${UNITS}/${unit}/reveal`, { reason: 'نمی‌دانم' })).status,
    ).to.equal(403);
  });

  it('report what was done, and their reports stay', async () => {
    const report = {
      reportedOn: '1405/08/20',
      done: 'پخش بستهٔ غذا',
      gifts: 'ده بسته',
      persons: '۱۲',
    };
    const kept = await ask('women', `POST ${UNITS}/${unit}/reports`, report);
    expect(kept.json<{ reported: Json[] }>().reported[0]).to.include({ persons: 12 });
    const future = { ...report, reportedOn: '1405/12/01' };
    expect((await ask('women', `POST ${UNITS}/${unit}/reports`, future)).status).to.equal(422);
    expect((await ask('zahra', `POST ${UNITS}/${unit}/reports`, report)).status).to.equal(403);
    expect(() => world.province.db.$client.exec('DELETE FROM unit_reports')).to.throw(
      'unit_reports_are_final',
    );
  });

  it('are kept from those who may not know of the centre, and from another county', async () => {
    for (const who of ['karim', 'security', 'sysadmin']) {
      expect((await ask(who, `GET ${UNITS}`)).status, who).to.equal(404);
      expect((await ask(who, `POST ${UNITS}`, UNIT)).status, who).to.equal(404);
    }
    for (const who of ['maryam', 'zahra', 'inspector']) {
      expect((await ask(who, `POST ${UNITS}`, UNIT)).status, who).to.equal(403);
    }
  });

  it('come in every format, found by name, place and head', async () => {
    for (const form of ['', '.json', '.csv', '.xlsx', '.pdf']) {
      expect((await ask('reza', `GET ${UNITS}${form}`)).status, form).to.equal(200);
    }
    const found = await ask('reza', `GET ${UNITS}.json?q=${encodeURIComponent('سرو')}`);
    expect(found.json<Json>().total).to.equal(1);
    for (const page of [`${UNITS}/new`, `${UNITS}/${unit}/edit`, NETWORK]) {
      expect((await ask('reza', `GET ${page}`)).status, page).to.equal(200);
    }
  });

  const hours = () => `${NETWORK}/volunteers/${her}/hours`;

  it('keep hours to the quarter, never beyond a day, and sum them by month (B-46)', async () => {
    const day = { workedOn: '1405/08/10', hours: '۲٫۵', what: 'بسته‌بندی' };
    expect((await ask('women', `POST ${hours()}`, day)).status).to.equal(201);
    const clock = { ...day, workedOn: '1405/07/10', hours: '1:45' };
    expect((await ask('women', `POST ${hours()}`, clock)).status).to.equal(201);
    for (const wrong of ['0', '25', '1.1', 'x', '']) {
      const refused = await ask('women', `POST ${hours()}`, { ...day, hours: wrong });
      expect(refused.status, wrong).to.equal(422);
    }
    expect((await ask('women', `POST ${hours()}`, { ...day, hours: '22' })).status).to.equal(422);
    const before = await ask('women', `POST ${hours()}`, { ...day, workedOn: '1405/01/10' });
    expect(before.status).to.equal(422);
    expect((await ask('zahra', `POST ${hours()}`, day)).status).to.equal(403);
    const one = (await ask('reza', `GET ${hours()}.json`)).json<Json>();
    expect([one.total, one.totals]).to.deep.equal([2, { hours: 4.25 }]);
    const page = (await ask('reza', `GET ${hours()}`)).text;
    expect(page).to.contain('آبان').and.to.contain('مهر');
  });

  it('withdraw hours with a reason; they stay and count no more', async () => {
    const rows = (await ask('reza', `GET ${hours()}.json`)).json<{ rows: { id: number }[] }>().rows;
    const line = `POST ${hours()}/${rows[0]!.id}/withdrawal`;
    expect((await ask('women', line, { reason: 'روز دیگری بود' })).status).to.equal(200);
    expect((await ask('women', line, { reason: 'روز دیگری بود' })).status).to.equal(409);
    const left = (await ask('reza', `GET ${hours()}.json`)).json<Json>();
    expect([left.total, left.totals]).to.deep.equal([2, { hours: 1.75 }]);
    for (const form of ['', '.json', '.csv', '.xlsx', '.pdf']) {
      expect((await ask('reza', `GET ${NETWORK}/hours${form}`)).status, form).to.equal(200);
    }
    expect(() =>
      world.province.db.$client.exec('UPDATE volunteer_hours SET minutes = 600'),
    ).to.throw('volunteer_hours_are_final');
  });
});
