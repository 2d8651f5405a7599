/** Since when a step waits: the day on which its turn came to those whose it is now. */
import { expect } from 'chai';
import { inventedId } from '../../seeds/invented-id.ts';
import { quarter, readyCentre, stepsAt } from '../../seeds/neighbourhood.ts';
import { clearedPerson, prepareCentre } from '../../seeds/opening.ts';
import { inCentre } from '../../src/access/actor.ts';
import { giveClearance } from '../../src/board/clearances.ts';
import { acceptDecree, draftDecree, issueDecree } from '../../src/board/decrees.ts';
import { registerPerson } from '../../src/board/persons.ts';
import { approveBoundary, proposeBoundary } from '../../src/boundary/boundaries.ts';
import { findCentre } from '../../src/centres/centres.ts';
import { issueLicence } from '../../src/licence/licensing.ts';
import { draftSurvey } from '../../src/network/surveys.ts';
import { markEquipment } from '../../src/opening/equipment.ts';
import { BEFORE_LICENCE } from '../../src/opening/gate.ts';
import { proposalsOf, proposeForSeat } from '../../src/opening/proposals.ts';
import { endSeal } from '../../src/opening/seals.ts';
import { type Step, stepsOf } from '../../src/opening/steps.ts';
import { recordTraining } from '../../src/opening/trainings.ts';
import { buildWorld, daysAgo, FOUNDED, NOW, TODAY, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await buildWorld();
});
afterEach(() => world.close());

const db = () => world.province.db;
const sepid = () => findCentre(db(), 'sepid');
const officers = () => ({ ...world.users, head: world.users.karim });
/** Everybody as he is so many days ago. */
const ago = (days: number) => stepsAt(db(), new Date(NOW.getTime() - days * 86_400_000));
const step = (key: string, code = 'sepid'): Step =>
  stepsOf(db(), findCentre(db(), code), TODAY).find((one) => one.key === key)!;
const head = (days: number) => ago(days)(world.users.karim);
/** Somebody whom both offices cleared, of Noor's county. */
const cleared = (n: number): number => {
  const told = { name: 'عضو نمونه', nationalId: inventedId(800 + n), gender: GENDERS[n % 2]! };
  const { hadi } = world.users;
  return clearedPerson(db(), ago(9), { ...world.users, head: hadi }, told, world.noor.countyId).id;
};
const GENDERS = ['man', 'woman'] as const;

describe('since when a step waits', () => {
  it('is for the committee since the registration, for an office since its person was proposed', () => {
    expect(step('board')).to.deep.include({ turn: ['county-head'], since: FOUNDED });
    prepareCentre(db(), ago(9), sepid(), { officers: officers() });
    const fresh = registerPerson(db(), head(5), {
      ...{ name: 'تازه نمونه', nationalId: inventedId(790), gender: 'man', isCleric: false },
      ...{ countyId: sepid().countyId, mobile: null },
    });
    proposeForSeat(db(), head(5), sepid(), { seat: 'chair', personId: fresh.id });
    expect(step('board')).to.deep.include({ turn: ['security', 'selection'], since: daysAgo(5) });
    const security = ago(3)(world.users.security);
    giveClearance(db(), security, fresh, { state: 'refused', number: '1', decidedOn: daysAgo(3) });
    expect(step('board').turn).to.include('county-head');
    expect(step('board').since).to.equal(daysAgo(3));
  });

  it('is for the committee since the area was proposed', () => {
    expect(step('area').since).to.equal(FOUNDED);
    const { id } = proposeBoundary(db(), head(4), sepid(), { area: quarter(9) });
    expect(step('area')).to.deep.include({ turn: ['county-head'], since: daysAgo(4) });
    approveBoundary(db(), head(2), sepid(), id, { approvedOn: daysAgo(2) });
    expect(step('area')).to.include({ state: 'done', since: daysAgo(2) });
    expect(step('survey').since).to.equal(daysAgo(2));
    draftSurvey(db(), head(1), sepid());
    expect(step('survey').since).to.equal(daysAgo(1));
  });

  it('is for equipment since the last piece of its kind was retired', () => {
    prepareCentre(db(), ago(9), sepid(), { officers: officers() });
    expect(step('equipment')).to.include({ state: 'done' });
    const safe = db()
      .$client.prepare("SELECT id FROM equipment WHERE centre_id = ? AND kind = 'safe'")
      .pluck()
      .get(sepid().id) as number;
    markEquipment(db(), head(3), sepid(), safe, { state: 'retired', reason: 'شکست' });
    expect(step('equipment')).to.include({ since: daysAgo(3) });
  });

  it('is for training since the six are cleared; the licence waits for what its gate asks, no more', () => {
    expect(step('training')).to.include({ state: 'later' });
    readyCentre(db(), ago(6), sepid(), { officers: officers(), area: quarter(9) });
    expect(step('training')).to.deep.include({ turn: ['county-head'], since: daysAgo(6) });
    expect(step('licence')).to.include({ state: 'waiting', since: daysAgo(6) });
    expect(BEFORE_LICENCE).to.deep.equal([
      ...['board', 'premises', 'equipment', 'area', 'survey', 'people'],
    ]);
    for (const { seat, personId } of proposalsOf(db(), sepid().id, TODAY)) {
      if (seat !== 'chair' && seat !== 'admin-finance') continue;
      const lesson = { subject: 'software' as const, trainedOn: daysAgo(2), hours: 3 };
      recordTraining(db(), head(2), sepid(), { ...lesson, personId, trainer: 'مربی' });
    }
    expect(step('training')).to.include({ state: 'done', since: daysAgo(2) });
    expect(step('licence')).to.include({ state: 'next' });
  });

  it('is for a decree since it was issued, or its coordination asked for', () => {
    readyCentre(db(), ago(9), sepid(), { officers: officers(), area: quarter(9) });
    const days = { fromOn: daysAgo(8), toOn: '2027-10-20' };
    const licence = { number: '1405/9', ...days, reason: 'مرکز آماده است' };
    issueLicence(db(), head(8), sepid(), licence);
    expect(step('committee-decrees')).to.deep.include({ turn: ['county-head'], since: daysAgo(8) });
    expect(step('activity-code').since).to.equal(daysAgo(8));
    const proposed = proposalsOf(db(), sepid().id, TODAY);
    for (const [seat, day] of [
      ['chair', 7],
      ['vice-chair', 5],
    ] as const) {
      const { personId } = proposed.find((one) => one.seat === seat)!;
      const draft = draftDecree(db(), head(day), sepid(), { personId, seat, ...days });
      issueDecree(db(), head(day), sepid(), draft);
    }
    expect(step('committee-decrees')).to.deep.include({
      ...{ turn: ['chair', 'vice-chair'], since: daysAgo(7) },
    });
    expect(step('user').since).to.equal(daysAgo(7));
  });

  it('is for the committee since the chair asked for its coordination', () => {
    const { noor, users } = world;
    const hadi = ago(9)(users.hadi);
    const days = { fromOn: daysAgo(4), toOn: '2027-03-01' };
    const told = { noPolitics: true, liability: true, honorary: true };
    const vice = { personId: cleared(1), seat: 'vice-chair' as const, ...days };
    const issued = issueDecree(db(), hadi, noor, draftDecree(db(), hadi, noor, vice));
    expect(step('committee-decrees', 'noor')).to.deep.include({
      ...{ turn: ['vice-chair'], since: daysAgo(9) },
    });
    acceptDecree(db(), ago(8)(users.hadi), issued, told);
    expect(step('board-decrees', 'noor')).to.deep.include({ turn: ['chair'], since: daysAgo(8) });
    for (const [seat, day] of [
      ['benefactors-men', 4],
      ['benefactors-women', 3],
    ] as const) {
      const reza = inCentre(ago(day)(users.reza), noor.id);
      draftDecree(db(), reza, noor, { personId: cleared(day), seat, ...days });
    }
    expect(step('board-decrees', 'noor')).to.deep.include({
      ...{ turn: ['county-head'], since: daysAgo(4) },
    });
  });

  it('is for a seal since the last one was lost', () => {
    const hadi = ago(3)(world.users.hadi);
    endSeal(db(), hadi, world.noor, { how: 'lost', reason: 'گم شد' });
    expect(step('seal', 'noor')).to.include({ since: daysAgo(3) });
  });

  it('is for training since the untaught holder got his decree', () => {
    db().$client.exec('DROP TRIGGER trainings_are_final_delete; DELETE FROM trainings');
    expect(step('training', 'noor')).to.include({ state: 'next', since: FOUNDED });
  });
});
