import { expect } from 'chai';
import {
  areaBeforeLicence,
  clearedBeforeLicence,
  committeeTrains,
  equippedBeforeLicence,
  freePremises,
  kindNamed,
  mosqueRecorded,
  oneSealAfterCode,
  peopleBeforeLicence,
  premisesBeforeLicence,
  sixSeatsBeforeLicence,
  surveyBeforeLicence,
} from '../../src/bylaw/opening.ts';

const [day, before] = ['2026-11-21', '2026-11-20'];

describe('B-3, the mosque and its prayer leader', () => {
  const mosque = { host: 'mosque', hostName: 'Noor', imamName: 'Ali', imamIsChair: true };

  it('holds of a mosque whose prayer leader is named, chair or not', () => {
    expect(mosqueRecorded.holds(mosque)).to.equal(true);
    expect(mosqueRecorded.holds({ ...mosque, imamIsChair: false })).to.equal(true);
  });

  it('fails without his name, and without the mosque’s', () => {
    expect(mosqueRecorded.holds({ ...mosque, imamName: ' ' })).to.equal(false);
    expect(mosqueRecorded.holds({ ...mosque, hostName: '' })).to.equal(false);
  });

  it('asks for no prayer leader elsewhere, and has none chair there', () => {
    const school = { host: 'school', hostName: 'Roshd', imamName: null, imamIsChair: false };
    expect(mosqueRecorded.holds(school)).to.equal(true);
    expect(mosqueRecorded.holds({ ...school, imamIsChair: true })).to.equal(false);
  });
});

describe('B-21, the kind of a centre', () => {
  it('holds of a neighbourhood and a guild, and of a specialised centre with its field', () => {
    expect(kindNamed.holds({ kind: 'neighbourhood', speciality: null })).to.equal(true);
    expect(kindNamed.holds({ kind: 'guild', speciality: null })).to.equal(true);
    expect(kindNamed.holds({ kind: 'specialised', speciality: 'health' })).to.equal(true);
    expect(kindNamed.holds({ kind: 'specialised', speciality: ' ' })).to.equal(false);
  });
});

describe('before the first licence', () => {
  it('B-33: nobody is missing from the six seats', () => {
    expect(sixSeatsBeforeLicence.holds({ empty: 0 })).to.equal(true);
    expect(sixSeatsBeforeLicence.holds({ empty: 1 })).to.equal(false);
  });

  it('B-14: everybody proposed is cleared', () => {
    expect(clearedBeforeLicence.holds({ uncleared: 0 })).to.equal(true);
    expect(clearedBeforeLicence.holds({ uncleared: 1 })).to.equal(false);
  });

  it('B-114: the office is lent, and free of charge', () => {
    expect(premisesBeforeLicence.holds({ lent: true })).to.equal(true);
    expect(premisesBeforeLicence.holds({ lent: false })).to.equal(false);
    expect(freePremises.holds({ free: true })).to.equal(true);
    expect(freePremises.holds({ free: false })).to.equal(false);
  });

  it('B-115: none of the nine kinds is missing', () => {
    expect(equippedBeforeLicence.holds({ missing: 0 })).to.equal(true);
    expect(equippedBeforeLicence.holds({ missing: 9 })).to.equal(false);
  });

  it('B-124 and B-139: area and survey are approved, and not only from tomorrow on', () => {
    for (const clause of [areaBeforeLicence, surveyBeforeLicence]) {
      expect(clause.holds({ approvedOn: day, today: day })).to.equal(true);
      expect(clause.holds({ approvedOn: day, today: before })).to.equal(false);
      expect(clause.holds({ approvedOn: null, today: day })).to.equal(false);
    }
  });

  it('B-137: there are as many volunteers and units as the province asks for', () => {
    const least = { volunteers: 5, units: 1 };
    expect(peopleBeforeLicence.holds({ found: { volunteers: 5, units: 1 }, least })).to.equal(true);
    expect(peopleBeforeLicence.holds({ found: { volunteers: 4, units: 9 }, least })).to.equal(
      false,
    );
    expect(peopleBeforeLicence.holds({ found: { volunteers: 9, units: 0 }, least })).to.equal(
      false,
    );
  });
});

describe('after the licence', () => {
  it('B-117: one seal, once there is an activity code', () => {
    expect(oneSealAfterCode.holds({ coded: true, sealed: false })).to.equal(true);
    expect(oneSealAfterCode.holds({ coded: false, sealed: false })).to.equal(false);
    expect(oneSealAfterCode.holds({ coded: true, sealed: true })).to.equal(false);
  });

  it('B-121: the committee trains, by a trainer who is named', () => {
    expect(committeeTrains.holds({ byCommittee: true, trainer: 'Ali' })).to.equal(true);
    expect(committeeTrains.holds({ byCommittee: false, trainer: 'Ali' })).to.equal(false);
    expect(committeeTrains.holds({ byCommittee: true, trainer: ' ' })).to.equal(false);
  });
});
