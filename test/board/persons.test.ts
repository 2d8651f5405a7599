import { expect } from 'chai';
import { inventedId } from '../../seeds/invented-id.ts';
import { clearancesOf, giveClearance, standingOf } from '../../src/board/clearances.ts';
import { decreesOf } from '../../src/board/decree-rows.ts';
import {
  findPerson,
  type Person,
  personsOf,
  registerOrFindPerson,
  registerPerson,
} from '../../src/board/persons.ts';
import { axisOf, seatRows } from '../../src/board/seats.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

let world: World;
let amin: Person;
before(async () => {
  world = await buildWorld();
  amin = registerPerson(world.province.db, world.actor('hadi'), typed());
});
after(() => world.close());

const typed = (n = 1, name = 'امین کاظمی‌فرد') => ({
  ...{ name, nationalId: inventedId(n), gender: 'man' as const },
  countyId: world.noor.countyId,
});

describe('persons', () => {
  it('are registered once, by their national ID', () => {
    const { db } = world.province;
    expect(() => registerPerson(db, world.actor('hadi'), typed())).to.throw('person-known');
    expect(registerOrFindPerson(db, world.actor('reza'), typed()).id).to.equal(amin.id);
  });

  it('are not made known to a chair who does not know the name', () => {
    const other = typed(1, 'کس دیگر');
    const found = () => registerOrFindPerson(world.province.db, world.actor('reza'), other);
    expect(found).to.throw('other-name').with.property('message').that.does.not.contain('امین');
  });

  it('are found by three letters in either spelling, or by part of the ID', () => {
    const names = (q: string) =>
      personsOf(world.province.db, world.actor('hadi'), { q }).map(({ name }) => name);
    expect(names('كاظمي')).to.deep.equal(['امین کاظمی‌فرد']);
    expect(names('فرد امین')).to.deep.equal(['امین کاظمی‌فرد']);
    expect(names('ام')).to.deep.equal([]);
    expect(names(amin.nationalId.slice(4))).to.deep.equal(['امین کاظمی‌فرد']);
  });

  it('are known to the head of their own county only (B-17)', () => {
    const { db } = world.province;
    expect(personsOf(db, world.actor('karim'), {})).to.deep.equal([]);
    expect(() => findPerson(db, world.actor('karim'), amin.id)).to.throw('not found');
    expect(findPerson(db, world.actor('security'), amin.id).name).to.equal(amin.name);
  });

  it('wait for the office that has not decided yet', () => {
    const { db } = world.province;
    const waiting = (clearance: string) =>
      personsOf(db, world.actor('deputy'), { clearance }).map(({ id }) => id);
    expect(waiting('waiting-security')).to.deep.equal([amin.id]);
    const given = { state: 'approved' as const, number: '۷/۱', decidedOn: TODAY };
    giveClearance(db, world.actor('security'), amin, given);
    expect(waiting('waiting-security')).to.deep.equal([]);
    expect(waiting('waiting')).to.deep.equal([amin.id]);
    giveClearance(db, world.actor('selection'), amin, { ...given, state: 'refused' });
    expect(waiting('refused')).to.deep.equal([amin.id]);
    expect(waiting('approved')).to.have.lengthOf(6);
  });

  it('have what each office decided last, and all that went before (B-14)', () => {
    const { db } = world.province;
    const again = { state: 'approved' as const, number: '8', decidedOn: TODAY };
    giveClearance(db, world.actor('selection'), amin, again);
    expect(clearancesOf(db, amin.id)).to.have.lengthOf(3);
    expect(standingOf(db, amin.id, TODAY).selection?.state).to.equal('approved');
    expect(standingOf(db, amin.id, '2026-11-20').selection).to.equal(undefined);
    expect(() => giveClearance(db, world.actor('hadi'), amin, again))
      .to.throw('B-14')
      .with.property('status', 403);
  });
});

describe('the seats in time', () => {
  it('show who sits, how long, and which seats nobody holds', () => {
    const axis = axisOf(TODAY);
    expect(axis.years.map(({ year }) => year)).to.deep.equal([1404, 1405, 1406, 1407, 1408]);
    const rows = seatRows(decreesOf(world.province.db, world.noor.id, TODAY), axis, TODAY);
    expect(rows.filter(({ holder }) => holder).map(({ seat }) => seat)).to.deep.equal([
      ...['chair', 'admin-finance', 'assemblies'],
    ]);
    const [chair] = rows;
    expect(chair).to.deep.include({ left: 119, emptySince: null });
    expect(chair!.stretches).to.deep.equal([{ look: 'is', start: 20, length: 19.9 }]);
  });

  it('show the gap since the last holder left', () => {
    const later = '2027-06-01';
    const axis = axisOf(later);
    const rows = seatRows(decreesOf(world.province.db, world.noor.id, later), axis, later);
    expect(rows[0]).to.include({ emptySince: '2027-03-20', holder: null });
    expect(rows[0]!.stretches.map(({ look }) => look)).to.deep.equal(['was', 'gap']);
  });
});
