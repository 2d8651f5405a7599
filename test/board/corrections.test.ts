/** Mistakes in a person's particulars, and what one county may learn of another's persons (B-17). */
import { expect } from 'chai';
import { inventedId } from '../../seeds/invented-id.ts';
import { boardChecks } from '../../src/board/checks.ts';
import { registerPerson } from '../../src/board/persons.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await buildWorld();
});
after(() => world.close());

const send = async (who: Person, line: string, body: object = {}) => {
  const { status, json } = await world.visit(who, `POST ${line}`, body);
  return { ...json(), status } as Record<string, unknown> & { status: number };
};
const sound = () =>
  boardChecks.map(({ name, run }) => [name, run(world.province.db)]).filter(([, said]) => said);

describe('a person known in another county (B-17)', () => {
  const nationalId = inventedId(40);
  const there = { name: 'مهدی آن‌سویی', gender: 'man' as const, mobile: '09150000040' };
  before(() => {
    registerPerson(world.province.db, world.actor('karim'), {
      ...{ ...there, nationalId, countyId: world.sepid.countyId },
    });
  });

  it('is registered here as if nobody knew him, with what was typed here', async () => {
    const typed = { name: 'مهدی این‌سویی', nationalId, gender: 'woman', county: 'اینجا' };
    const fresh = { ...typed, name: 'کسی دیگر', nationalId: inventedId(41) };
    const [known, unknown] = [
      await send('hadi', '/persons', typed),
      await send('hadi', '/persons', fresh),
    ];
    expect(known.status).to.equal(201);
    expect(Object.keys(known)).to.deep.equal(Object.keys(unknown));
    expect(known).to.include({ name: typed.name, gender: 'woman', mobile: null, county: 'اینجا' });
    expect((await send('hadi', '/persons', typed)).status).to.equal(409);
    const shown = await world.visit('hadi', `GET /persons/${known.id}.json`);
    expect(shown.text).to.contain('این‌سویی').and.to.not.contain('آن‌سویی');
    expect(shown.text).to.not.contain('0915');
    const list = await world.visit('hadi', 'GET /persons.json');
    expect(list.text).to.not.contain('آن‌سویی');
  });

  it('stays what he was where he was registered first', async () => {
    const list = await world.visit('karim', 'GET /persons.json');
    expect(list.text).to.contain('آن‌سویی').and.to.not.contain('این‌سویی');
  });

  it('is proposed by a chair here without a word of the other county', async () => {
    const other = inventedId(42);
    registerPerson(world.province.db, world.actor('karim'), {
      ...{ ...there, name: 'نام آن‌جا', nationalId: other, countyId: world.sepid.countyId },
    });
    const draft = await send('reza', '/centres/noor/board/decrees', {
      ...{ seat: 'benefactors-men', name: 'نام این‌جا', nationalId: other, gender: 'man' },
      ...{ from: TODAY, to: '2027-03-20', keep: true },
    });
    expect(draft).to.include({ status: 201, name: 'نام این‌جا' });
    const page = await world.visit('reza', `GET /centres/noor/board/decrees/${draft.id}`);
    expect(page.text).to.contain('نام این‌جا').and.to.not.contain('نام آن‌جا');
  });

  it('leaves the trail and the rows in accord', () => expect(sound()).to.deep.equal([]));

  it('is never renumbered or deleted, even from raw SQL', () => {
    for (const sql of ['DELETE FROM county_persons', 'UPDATE county_persons SET county_id = 1']) {
      expect(() => world.province.db.$client.exec(sql), sql).to.throw('b134_persons_stay');
    }
  });
});

describe('a mistake in a person’s particulars', () => {
  let id: number;
  before(async () => {
    const typed = { name: 'حسن نمونه', nationalId: inventedId(43), gender: 'man', county: 'اینجا' };
    id = (await send('hadi', '/persons', typed)).id as number;
  });
  const right = { name: 'حسین نمونه', gender: 'man', mobile: '09150000043' };

  it('is corrected by the office that registered him; the national ID stays', async () => {
    expect((await world.visit('hadi', `GET /persons/${id}/edit`)).text).to.contain('حسن نمونه');
    const path = `/persons/${id}/particulars`;
    expect((await send('security', path, right)).status).to.equal(403);
    expect((await send('karim', path, right)).status).to.equal(404);
    const told = await send('hadi', path, { ...right, nationalId: inventedId(44) });
    expect(told).to.include({ status: 200, name: right.name, nationalId: inventedId(43) });
    expect((await send('hadi', path, right)).status).to.equal(422);
    const act = world.province.db.$client
      .prepare("SELECT before FROM acts WHERE kind = 'person.corrected'")
      .pluck();
    expect(act.get()).to.contain('حسن نمونه');
    expect(sound()).to.deep.equal([]);
  });

  it('is corrected by the chair who proposed him, on the member’s page', async () => {
    const draft = await send('reza', '/centres/noor/board/decrees', {
      ...{ seat: 'benefactors-women', name: 'زهره نمونه', nationalId: inventedId(45) },
      ...{ gender: 'woman', from: TODAY, to: '2027-03-20', keep: true },
    });
    const member = `/centres/noor/board/members/${draft.personId}`;
    const path = `${member}/particulars`;
    const typed = { name: 'زهرا نمونه', gender: 'woman' };
    expect((await send('maryam', path, typed)).status).to.equal(403);
    expect(await send('reza', path, typed)).to.include({ status: 200, name: typed.name });
    const decree = await world.visit('reza', `GET /centres/noor/board/decrees/${draft.id}.json`);
    expect(decree.json()).to.include({ name: typed.name });
    expect(sound()).to.deep.equal([]);
  });
});
