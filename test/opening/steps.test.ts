import { expect } from 'chai';
import { equipCentre, quarter, readyCentre, stepsAt } from '../../seeds/neighbourhood.ts';
import { prepareCentre } from '../../seeds/opening.ts';
import { editCentre, findCentre } from '../../src/centres/centres.ts';
import { issueLicence } from '../../src/licence/licensing.ts';
import { isComplete, stepsOf } from '../../src/opening/steps.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { buildWorld, FOUNDED, NOW, TODAY, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await buildWorld();
});
afterEach(() => world.close());

const sepid = () => findCentre(world.province.db, 'sepid');
const officers = () => ({ ...world.users, head: world.users.karim });
const at = (moment: Date) => stepsAt(world.province.db, moment);
const steps = (code = 'sepid') => {
  const { db } = world.province;
  return stepsOf(db, findCentre(db, code), TODAY);
};
const states = (code?: string) =>
  Object.fromEntries(steps(code).map(({ key, state }) => [key, state]));

describe('the way of a centre', () => {
  it('begins with what the registration left open, and shows every step in the bylaw’s order', () => {
    expect(steps().map(({ key }) => key)).to.deep.equal([
      ...['particulars', 'board', 'premises', 'equipment', 'area', 'survey', 'people', 'training'],
      ...[
        'licence',
        'committee-decrees',
        'board-decrees',
        'activity-code',
        'seal',
        'introduction',
        'account',
      ],
      'user',
    ]);
    expect(states()).to.include({
      ...{ particulars: 'done', board: 'next', premises: 'waiting', equipment: 'waiting' },
      ...{ area: 'waiting', survey: 'later', people: 'waiting', licence: 'later', seal: 'later' },
    });
    const [, board] = steps();
    expect(board).to.deep.include({ turn: ['county-head'], since: FOUNDED, clause: 'B-33' });
  });

  it('asks for the telephone of the prayer leader of a mosque (B-3)', () => {
    editCentre(world.province.db, world.actor('karim'), sepid(), { ...sepid(), imamPhone: null });
    expect(steps()[0]).to.include({ key: 'particulars', state: 'next', to: '/profile/edit' });
  });

  it('waits for security and selection once the six are proposed', () => {
    const { db } = world.province;
    prepareCentre(db, at(NOW), sepid(), { officers: officers() });
    expect(steps()[1]).to.include({ key: 'board', state: 'done', since: TODAY });
    db.$client.exec(
      'DROP TRIGGER clearances_are_final_delete; DELETE FROM clearances WHERE id > 6',
    );
    expect(steps()[1]!.turn).to.include.members(['security', 'selection']);
  });

  it('goes on to the licence, and waits since the last of what it needed', () => {
    const yesterday = new Date(NOW.getTime() - 86_400_000);
    const area = quarter(9);
    readyCentre(world.province.db, at(yesterday), sepid(), { officers: officers(), area });
    const licence = steps().find(({ key }) => key === 'licence');
    expect(licence).to.include({ state: 'waiting', since: addDays(TODAY, -1), to: '/licence' });
  });

  it('goes on after the licence with decrees, code, seal, letter, account, user and training', () => {
    const { db } = world.province;
    const area = quarter(9);
    readyCentre(db, at(NOW), sepid(), { officers: officers(), area });
    const days = { fromOn: TODAY, toOn: '2027-11-20' };
    issueLicence(db, world.actor('karim', sepid()), sepid(), {
      number: '1405/9',
      ...days,
      reason: 'مرکز آماده است',
    });
    expect(states()).to.include({
      ...{ licence: 'done', 'committee-decrees': 'waiting', 'activity-code': 'waiting' },
      ...{ seal: 'later', introduction: 'later', user: 'later', training: 'next' },
    });
    const told = { code: '09-2000', accountNumber: '3000100009' };
    equipCentre(db, at(NOW), world.users.karim, sepid(), told);
    expect(states()).to.include({
      ...{ 'activity-code': 'done', seal: 'done', introduction: 'done', account: 'done' },
    });
    expect(isComplete(steps())).to.equal(false);
  });

  it('tells whose turn it is with the decrees of a board that is not whole', () => {
    const told = Object.fromEntries(steps('noor').map((step) => [step.key, step]));
    expect(told['committee-decrees']).to.deep.include({ state: 'next', turn: ['county-head'] });
    expect(told['board-decrees']).to.deep.include({ state: 'later', turn: ['chair'] });
    expect(told.training).to.include({ state: 'done', since: FOUNDED });
  });
});
