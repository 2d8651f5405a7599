/** B-128: an ended licence closes what its table closes; B-109: none stands beside another. */
import { expect } from 'chai';
import { buildWorld, type World } from '../support/world.ts';
import { decided, setDay, stateOf } from './life.ts';

let world: World;
const send = async (line: string, body: object) => {
  const { status, json } = await world.visit('hadi', `POST /centres/noor${line}`, body);
  return { ...json<object>(), status };
};

describe('a centre whose licence has ended', () => {
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  it('is introduced to no bank, gets no seal and no map sheet (B-128)', async () => {
    const madeOn = '2027-03-20';
    setDay(world, madeOn);
    await send('/seal/ending', { how: 'lost', reason: 'گم شد' });
    setDay(world, '2029-03-21');
    expect(stateOf(world)).to.equal('expired');
    const seal = { madeOn, patternNumber: '12/9', patternOn: madeOn, keeper: 'chair' };
    for (const [line, body] of [
      ['/bank-account/introduction', { reason: 'lost' }],
      ['/seal', seal],
      ['/boundary/sheet', {}],
    ] as const) {
      expect(await send(line, body), line).to.include({ status: 409, clause: 'B-128' });
    }
  });

  it('is licensed again by renewal alone, and for no days before (B-109)', async () => {
    const typed = { number: '77/1', from: '1400/01/01', to: '1400/12/01', reason: 'سبب نمونه' };
    expect(await send('/licence', typed)).to.include({ status: 409, clause: 'B-109' });
    decided(world, 'revoke');
    expect(await send('/licence', typed)).to.include({ status: 409, clause: 'B-109' });
    expect(stateOf(world)).to.equal('revoked');
  });
});
