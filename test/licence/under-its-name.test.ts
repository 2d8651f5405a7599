/** B-109: nothing is written under the name of a centre whose licence the committee has suspended. */
import { expect } from 'chai';
import { holdersOn } from '../../src/board/decree-rows.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';
import { decided } from './life.ts';

let world: World;
let permit: number;
const send = async (who: Person, line: string, body: object = {}) => {
  const { status, json } = await world.visit(who, `POST /centres/noor${line}`, body);
  return { ...json<object>(), status } as { status: number } & Record<string, unknown>;
};
const days = { fromOn: '1405/09/10', toOn: '1405/10/10' };
const elsewhere = { kind: 'place', place: 'شهرک نمونه', ...days, reason: 'نیاز آنجا' };
const seal = { madeOn: TODAY, patternNumber: '12/9', patternOn: TODAY, keeper: 'chair' };
const holder = (seat: 'assemblies' | 'admin-finance') =>
  holdersOn(world.province.db, world.noor.id, TODAY).get(seat)!;

before(async () => {
  world = await buildWorld();
  permit = (await send('reza', '/boundary/permits', elsewhere)).id as number;
  await send('hadi', '/seal/ending', { how: 'lost', reason: 'گم شد' });
  decided(world, 'suspend');
});
after(() => world.close());

describe('a suspended centre', () => {
  it('issues no letter, sheet or permit and gets no seal, and is told why (B-109)', async () => {
    const end = { kind: 'end', decree: holder('assemblies').number, reason: 'استعفای ایشان' };
    const granted = { answer: 'granted', number: '12/7', decidedOn: TODAY };
    for (const [who, line, body] of [
      ['reza', '/board/changes', end],
      ['reza', '/boundary/sheet', {}],
      ['hadi', '/boundary/sheet', {}],
      ['reza', '/boundary/permits', elsewhere],
      ['hadi', `/boundary/permits/${permit}/decision`, granted],
      ['hadi', '/seal', seal],
    ] as [Person, string, object][]) {
      const told = await send(who, line, body);
      expect(told, line).to.include({ status: 409, clause: 'B-109', mend: '/licence' });
      expect(told.detail, line).to.include('معلق');
    }
  });

  it('is held to it by the file too', () => {
    const run = (sql: string) => () => world.province.db.$client.exec(sql);
    const { hadi } = world.users;
    const { id } = world.noor;
    expect(
      run(`INSERT INTO map_sheets VALUES (9, ${id}, 1, 1, 1, '${TODAY}', ${hadi}, 1, 1)`),
    ).to.throw('b109_standing_before_sheet');
    expect(
      run(`INSERT INTO permit_decisions
        VALUES (${permit}, 'granted', '7', '${TODAY}', ${hadi}, NULL, 1, 1)`),
    ).to.throw('b109_standing_before_permit');
    expect(
      run(`INSERT INTO seals VALUES (9, ${id}, '${TODAY}', '7', '${TODAY}', 'chair', NULL, NULL,
        '${TODAY}', ${hadi}, 1)`),
    ).to.throw('b109_standing_before_seal');
  });

  it('hands over what it has all the same, on the committee’s paper', async () => {
    const giver = holder('admin-finance').id;
    const asked = { giver, taker: 'committee', handoverOn: TODAY, reason: 'تعلیق مجوز' };
    const begun = await send('hadi', '/board/handovers', asked);
    const at = `/board/handovers/${begun.id}`;
    const lines = (begun.lines as { recorded: number | null; laid: boolean }[])
      .filter(({ laid }) => laid)
      .map(({ recorded }) => ({ counted: recorded ?? 0, remark: '' }));
    const counted = await send('maryam', `${at}/count`, { version: begun.version, lines });
    expect(counted.status).to.equal(200);
    for (const [who, side] of [
      ['maryam', 'giver'],
      ['hadi', 'taker'],
    ] as const) {
      const signed = await send(who, `${at}/acknowledgement`, { side, version: counted.version });
      expect(signed.status, side).to.equal(200);
    }
    expect(await send('deputy', `${at}/issue`)).to.include({ status: 200 });
  });
});
