/** The people of the network: each clause from both sides, and how the compass judges it. */
import { expect } from 'chai';
import type { Facts, VolunteerFacts } from '../../src/bylaw/facts.ts';
import { contactsGuarded } from '../../src/bylaw/judge-donors.ts';
import {
  sideKept,
  tasksLettered,
  unitsFound,
  volunteersFound,
} from '../../src/bylaw/judge-volunteers.ts';
import {
  menByTheirOfficer,
  secretsKept,
  serviceIsHonorary,
  tasksByLetter,
  womenByTheirOfficer,
} from '../../src/bylaw/volunteers.ts';

const NONE: VolunteerFacts = {
  ...{ men: 0, women: 0, fielded: 0, units: 0, reachable: false, writes: [], reveals: [] },
  letters: { given: 0, inForce: 0, stray: 0 },
};
const LICENCE = { number: '1', fromOn: '2026-03-21', toOn: '2027-03-20', byCommittee: true };
const officer = (seat: string) => ({
  ...{ seat, fromOn: '2026-03-21', toOn: '2027-03-20', answer: 'agreed', endedOn: null },
  ...{ issuedOn: '2026-03-21', acceptedOn: '2026-03-21' },
});

const facts = (volunteers: Partial<VolunteerFacts>, more: object = {}): Facts =>
  ({
    ...{ today: '2026-11-21', licences: [LICENCE], decrees: [], openings: [] },
    ...{ donors: { withheld: false, reachable: false }, ...more },
    volunteers: { ...NONE, ...volunteers },
  }) as unknown as Facts;

describe('B-45, tasks by letter', () => {
  it('holds for a volunteer who serves and is known by his national ID', () => {
    expect(tasksByLetter.holds({ active: true, nationalId: '0013542419' })).to.equal(true);
    expect(tasksByLetter.holds({ active: true, nationalId: null })).to.equal(false);
    expect(tasksByLetter.holds({ active: false, nationalId: '0013542419' })).to.equal(false);
  });

  it('is judged by the letters in force', () => {
    const letters = { given: 2, inForce: 1, stray: 0 };
    expect(tasksLettered(facts({ letters })).state).to.equal('kept');
    expect(tasksLettered(facts({ letters: { ...letters, inForce: 0 } })).why).to.equal('rests');
    expect(tasksLettered(facts({ letters: { ...letters, stray: 1 } })).state).to.equal('broken');
    expect(tasksLettered(facts({})).state).to.equal('not-due');
  });
});

describe('B-46, service without a wage', () => {
  it('is said before it begins', () => {
    expect(serviceIsHonorary.holds({ said: true })).to.equal(true);
    expect(serviceIsHonorary.holds({ said: false })).to.equal(false);
  });
});

for (const [id, clause, gender, own, other] of [
  ['B-65', menByTheirOfficer, 'man', 'benefactors-men', 'benefactors-women'],
  ['B-69', womenByTheirOfficer, 'woman', 'benefactors-women', 'benefactors-men'],
] as const) {
  describe(`${id}, one side of the register`, () => {
    it('is written by its officer, the chair or the vice-chair, not by the other officer', () => {
      expect(clause.holds({ seats: [own] })).to.equal(true);
      expect(clause.holds({ seats: [other, 'chair'] })).to.equal(true);
      expect(clause.holds({ seats: [other] })).to.equal(false);
      expect(clause.holds({ seats: [] })).to.equal(false);
    });

    it('is judged by who is in it, once its officer has his decree', () => {
      const judge = sideKept(gender);
      const some = gender === 'man' ? { men: 3 } : { women: 3 };
      expect(judge(facts(some)).state).to.equal('kept');
      expect(judge(facts({})).state).to.equal('not-due');
      expect(judge(facts({}, { decrees: [officer(own)] })).state).to.equal('broken');
      expect(judge(facts({}, { decrees: [officer(other)] })).state).to.equal('not-due');
      const writes = [{ gender, seat: other, byOffice: false }];
      expect(judge(facts({ ...some, writes }))).to.include({ state: 'broken', why: 'stray' });
      const committee = [{ gender, seat: null, byOffice: true }];
      expect(judge(facts({ ...some, writes: committee })).state).to.equal('kept');
    });
  });
}

describe('B-105, the secrets of those who serve', () => {
  it('are kept by an undertaking', () => {
    expect(secretsKept.holds({ undertaken: true })).to.equal(true);
    expect(secretsKept.holds({ undertaken: false })).to.equal(false);
  });

  it('are judged by who wrote and opened particulars, and for what reason', () => {
    const reveal = (byOffice: boolean, reason: string | null) => [{ byOffice, reason }];
    expect(contactsGuarded(facts({})).state).to.equal('not-due');
    expect(contactsGuarded(facts({ reachable: true })).why).to.equal('keptUnseen');
    expect(contactsGuarded(facts({ reveals: reveal(true, 'بازرسی') })).state).to.equal('kept');
    expect(contactsGuarded(facts({ reveals: reveal(true, ' ') })).state).to.equal('broken');
    expect(contactsGuarded(facts({ reveals: reveal(false, 'کنجکاوی') })).state).to.equal('broken');
    const writes = [{ gender: 'man' as const, seat: 'assemblies' as const, byOffice: false }];
    expect(contactsGuarded(facts({ writes })).state).to.equal('broken');
  });
});

describe('B-140 and B-141, volunteers and charity units', () => {
  it('are there from the licence on at the latest', () => {
    const before = { licences: [] };
    expect(volunteersFound(facts({ fielded: 4 })).state).to.equal('kept');
    expect(volunteersFound(facts({})).state).to.equal('broken');
    expect(volunteersFound(facts({}, before)).state).to.equal('not-due');
    expect(unitsFound(facts({ units: 1 })).state).to.equal('kept');
    expect(unitsFound(facts({})).state).to.equal('broken');
    expect(unitsFound(facts({}, before)).state).to.equal('not-due');
  });
});
