/** Volunteers: who may register and read them, what is masked from whom, and what never leaks. */
import { expect } from 'chai';
import { countVolunteers } from '../../src/network/volunteers.ts';
import { buildWorld, type Json, visit, type World } from '../support/world.ts';
import { ID, type Seated, seatOfficers, typed, typedMan } from './people.ts';

const ROOT = '/centres/noor/network/volunteers';
const SEPID = '/centres/sepid/network/volunteers';

describe('volunteers', () => {
  let world: World;
  let seated: Seated;
  /** The centre's numbers of the two, and how many served before them. */
  let her = 0;
  let his = 0;
  let served = 0;

  before(async () => {
    world = await buildWorld();
    seated = await seatOfficers(world);
    served = count();
    [her, his] = [await registered(typed), await registered(typedMan)];
  });
  after(() => world.close());

  const ask = (who: string | null, line: string, body?: object) => {
    const token = who && (seated?.tokens[who] ?? world.tokens[who as 'reza']);
    return visit(`${world.address}/toos`, token, filled(line), body);
  };

  const count = () => countVolunteers(world.province.db, world.noor.id);
  const registered = async (body: object): Promise<number> => {
    const created = await ask('reza', `POST ${ROOT}`, body);
    expect(created.status, created.text).to.equal(201);
    return created.json<{ number: number }>().number;
  };
  const filled = (line: string) => line.replace('HER', String(her)).replace('HIS', String(his));

  it('are counted while they serve (B-137)', async () => {
    expect(count()).to.equal(served + 2);
  });

  it('are registered before the licence by the committee, in its own county only (B-137, B-17)', async () => {
    expect((await ask('karim', `POST ${SEPID}`, typed)).status).to.equal(201);
    expect((await ask('hadi', `POST ${SEPID}`, typed)).status).to.equal(404);
    expect((await ask('karim', `POST ${ROOT}`, typed)).status).to.equal(404);
    expect(() =>
      world.province.db.$client
        .prepare('INSERT INTO volunteers VALUES (90, ?, ?, ?, ?, 1, 1)')
        .run(world.noor.id, his + 1, '2026-11-21', world.users.karim),
    ).to.throw('b17_own_county');
  });

  it('serve for no wage, and are told so first (B-46)', async () => {
    const refused = await ask('reza', `POST ${ROOT}`, { ...typedMan, isHonorary: false });
    expect(refused.status).to.equal(422);
    expect(refused.json<Json>().clause).to.equal('B-46');
    expect(() =>
      world.province.db.$client
        .prepare('INSERT INTO volunteers VALUES (91, ?, ?, ?, ?, 0, 1)')
        .run(world.noor.id, his + 1, '2026-11-21', world.users.reza),
    ).to.throw('b46_service_is_honorary');
  });

  const MATRIX: Record<string, Record<string, number>> = {
    [`GET ${ROOT}`]: {
      ...{ reza: 200, vice: 200, men: 200, women: 200, maryam: 200, zahra: 200 },
      ...{ hadi: 200, deputy: 200, inspector: 200, karim: 404, security: 404, sysadmin: 404 },
    },
    [`GET ${ROOT}/HER/edit`]: {
      ...{ reza: 200, vice: 200, women: 200, maryam: 403, zahra: 403 },
      ...{ hadi: 200, inspector: 403, karim: 404 },
    },
    [`POST ${ROOT}/HER/reveal`]: {
      ...{ reza: 403, vice: 403, men: 403, maryam: 403, zahra: 403 },
      ...{ hadi: 200, deputy: 200, inspector: 200, karim: 404 },
    },
    [`POST ${ROOT}/HER/state`]: { maryam: 403, zahra: 403, inspector: 403, karim: 404, men: 403 },
  };
  for (const [line, row] of Object.entries(MATRIX)) {
    it(`answers ${line} to each as the table says`, async () => {
      const body = line.includes('reveal')
        ? { reason: 'پیگیری یک شکایت' }
        : { state: 'paused', reason: 'سفر' };
      for (const [who, status] of Object.entries(row)) {
        const asked = await ask(who, line, line.startsWith('POST') ? body : undefined);
        expect(asked.status, who).to.equal(status);
      }
      expect((await ask(null, line, undefined)).status).to.be.oneOf([302, 401, 403]);
    });
  }

  /** B-105: each side's numbers to its officer and the chair; to all others they are masked. */
  const OPEN: Record<string, Record<'man' | 'woman', boolean>> = {
    reza: { man: true, woman: true },
    men: { man: true, woman: false },
    women: { man: false, woman: true },
    vice: { man: false, woman: false },
    maryam: { man: false, woman: false },
    zahra: { man: false, woman: false },
    hadi: { man: false, woman: false },
    deputy: { man: false, woman: false },
    inspector: { man: false, woman: false },
  };
  for (const [who, sees] of Object.entries(OPEN)) {
    it(`masks for ${who} what is not his side's (B-105, B-65, B-69)`, async () => {
      const texts = [
        await ask(who, `GET ${ROOT}.json`),
        await ask(who, `GET ${ROOT}.csv`),
        await ask(who, `GET ${ROOT}/HER.json`),
        await ask(who, `GET ${ROOT}/HIS.json`),
        await ask(who, `GET ${ROOT}`),
        await ask(who, `GET ${ROOT}/HER`),
      ].map(({ text }) => text.replaceAll(/[۰-۹]/g, (d) => String(d.charCodeAt(0) & 0xf)));
      const all = texts.join('\n');
      expect(all.includes(typed.mobile), 'her mobile').to.equal(sees.woman);
      expect(all.includes(typed.nationalId), 'her ID').to.equal(sees.woman);
      expect(all.includes(typedMan.mobile), 'his mobile').to.equal(sees.man);
      expect(all.includes(typedMan.nationalId), 'his ID').to.equal(sees.man);
    });

    it(`lets ${who} find nobody by a number that is not shown to him`, async () => {
      const counted = async (q: string) =>
        (await ask(who, `GET ${ROOT}.json?q=${q}`)).json<{ total: number }>().total;
      for (const q of [typed.mobile, typed.mobile.slice(3, 9), ID, ID.slice(2, 8)]) {
        expect(await counted(q), q).to.equal(sees.woman ? 1 : 0);
      }
      for (const q of [typedMan.mobile, typedMan.nationalId.slice(0, 6)]) {
        expect(await counted(q), q).to.equal(sees.man ? 1 : 0);
      }
      expect(await counted(encodeURIComponent('خياطي'))).to.equal(1);
    });
  }

  it('come in no order of a hidden number', async () => {
    const order = async (sort: string) =>
      (await ask('maryam', `GET ${ROOT}.json?sort=${sort}`))
        .json<{ rows: { number: number }[] }>()
        .rows.map(({ number }) => number);
    for (const sort of ['mobile', 'nationalId', '-mobile']) {
      expect(await order(sort)).to.deep.equal(await order('name'));
    }
  });

  it('tell the committee their numbers for a reason that stays in the trail (B-105)', async () => {
    const shown = await ask('inspector', `POST ${ROOT}/HER/reveal`, { reason: 'بازرسی سالانه' });
    expect(shown.json<Json>().mobile).to.equal(typed.mobile);
    const unsaid = await ask('inspector', `POST ${ROOT}/HER/reveal`, { reason: ' ' });
    expect(unsaid.status).to.equal(422);
    const trail = (await ask('reza', 'GET /centres/noor/trail.csv')).text;
    expect(trail).to.contain('volunteer.revealed');
    const acts = world.province.db.$client
      .prepare(
        `SELECT group_concat(after || coalesce(before, '')) FROM acts WHERE kind LIKE 'volunteer.%'`,
      )
      .pluck()
      .get() as string;
    expect(acts).to.contain('بازرسی سالانه');
    expect(acts).to.not.contain(typed.mobile);
    expect(acts).to.not.contain(ID);
  });

  it('are written by the officer of their side (B-65, B-69)', async () => {
    const his = await ask('women', `POST ${ROOT}`, { ...typedMan, nationalId: '' });
    expect(his.status).to.equal(403);
    expect(his.json<Json>().clause).to.equal('B-65');
    const hers = await ask('men', `POST ${ROOT}/HER`, { ...typed, name: 'نام دیگر' });
    expect(hers.json<Json>().clause).to.equal('B-69');
    const decree = (seat: string) => `(SELECT id FROM decrees WHERE seat = '${seat}')`;
    const copy = (decreeId: string, gender: string) =>
      world.province.db.$client.exec(
        `INSERT INTO volunteer_versions SELECT volunteer_id, version + 1, name, name_search, name_sort,
           '${gender}', NULL, mobile, other_field, days, weekly_hours, part, since_on, introduced_by,
           written_by, ${decreeId}, act_id, NULL FROM volunteer_versions WHERE volunteer_id =
             (SELECT id FROM volunteers WHERE centre_id = ${world.noor.id} AND number = ${her})`,
      );
    expect(() => copy(decree('benefactors-women'), 'man')).to.throw('b65_men_by_their_officer');
    expect(() => copy(decree('benefactors-men'), 'woman')).to.throw('b69_women_by_their_officer');
  });

  it('are written anew in versions; a masked number left empty stays', async () => {
    const { nationalId: _, mobile: __, ...rest } = typed;
    const edited = await ask('vice', `POST ${ROOT}/HER`, {
      ...rest,
      part: 'خیابان سرو',
      version: 1,
    });
    expect(edited.status).to.equal(200);
    expect(edited.json<Json>().version).to.equal(2);
    const known = (await ask('reza', `GET ${ROOT}/HER.json`)).json<Json>();
    expect([known.mobile, known.nationalId, known.part]).to.deep.equal([
      ...[typed.mobile, ID, 'خیابان سرو'],
    ]);
    const late = await ask('reza', `POST ${ROOT}/HER`, { ...typed, version: 1 });
    expect(late.status).to.equal(409);
    expect(() =>
      world.province.db.$client.exec(`UPDATE volunteer_versions SET mobile = NULL`),
    ).to.throw('b140_volunteers_stay');
    expect(() => world.province.db.$client.exec('DELETE FROM volunteers')).to.throw(
      'b140_volunteers_stay',
    );
  });

  it('are one to a national ID, in their own centre', async () => {
    const twice = await ask('reza', `POST ${ROOT}`, { ...typed, name: 'کسی دیگر' });
    expect(twice.status).to.equal(409);
    expect(twice.json<{ errors: { field: string }[] }>().errors[0]!.field).to.equal('nationalId');
  });

  it('rest, leave and come back with a reason, and are counted accordingly', async () => {
    const paused = await ask('men', `POST ${ROOT}/HIS/state`, { state: 'paused', reason: 'سفر' });
    expect(paused.json<Json>().state).to.equal('paused');
    expect(count()).to.equal(served + 1);
    const again = await ask('reza', `POST ${ROOT}/HIS/state`, { state: 'paused', reason: 'سفر' });
    expect(again.status).to.equal(409);
    await ask('reza', `POST ${ROOT}/HIS/state`, { state: 'active', reason: 'بازگشت' });
    expect(count()).to.equal(served + 2);
  });

  it('keep what was typed when a form is refused, and say what is wrong', async () => {
    const refused = await ask('reza', `POST ${ROOT}`, { ...typed, fields: [], weeklyHours: '200' });
    expect(refused.status).to.equal(422);
    const fields = refused.json<{ errors: { field: string }[] }>().errors.map(({ field }) => field);
    expect(fields).to.include.members(['weeklyHours']);
  });
});
