import { expect } from 'chai';
import {
  chairIssuesCoordinated,
  committeeIssues,
  decreeWithinLicence,
  licenceBeforeActivity,
  licenceBeforeEntry,
  receiptOnlyReversed,
} from '../../src/bylaw/rules.ts';

const licences = [
  { fromOn: '2025-03-21', toOn: '2026-03-20' },
  { fromOn: '2026-03-21', toOn: '2027-03-20' },
];

describe('B-128, no activity but under a licence', () => {
  const holds = (actOn: string, today = '2026-11-21') =>
    licenceBeforeActivity.holds({ licences, actOn, today });

  it('holds on the first and on the last day of a licence', () => {
    expect(holds('2025-03-21')).to.equal(true);
    expect(holds('2027-03-20', '2027-03-20')).to.equal(true);
  });
  it('fails the day before, the day after, and without any licence', () => {
    expect(holds('2025-03-20')).to.equal(false);
    expect(holds('2027-03-20', '2027-03-21')).to.equal(false);
    const facts = { licences: [], actOn: '2026-11-21', today: '2026-11-21' };
    expect(licenceBeforeActivity.holds(facts)).to.equal(false);
  });
});

describe('B-128, a decree within one licence', () => {
  const holds = (fromOn: string, toOn: string) =>
    decreeWithinLicence.holds({ licences, term: { fromOn, toOn } });

  it('holds for exactly the days of a licence', () => {
    expect(holds('2026-03-21', '2027-03-20')).to.equal(true);
  });
  it('fails a day before, a day after, and across two licences', () => {
    expect(holds('2025-03-20', '2026-03-20')).to.equal(false);
    expect(holds('2026-03-21', '2027-03-21')).to.equal(false);
    expect(holds('2026-03-20', '2026-03-22')).to.equal(false);
  });
});

describe('B-129, the first two decrees are the committee’s', () => {
  it('fails for a chair who issues one himself', () => {
    expect(committeeIssues.holds({ issuer: 'committee' })).to.equal(true);
    expect(committeeIssues.holds({ issuer: 'chair' })).to.equal(false);
  });
});

describe('B-130, the others are the chair’s, once coordinated', () => {
  const coordination = { answer: 'agreed', decidedOn: '2026-03-20' };
  const sound = { issuer: 'chair' as const, coordination, issuedOn: '2026-03-21' };

  it('holds for the chair after the letter', () => {
    expect(chairIssuesCoordinated.holds(sound)).to.equal(true);
  });
  it('fails for the committee, without a letter, after a refusal, before its day', () => {
    const wrongs = [
      { issuer: 'committee' as const },
      { coordination: undefined },
      { coordination: { ...coordination, answer: 'refused' } },
      { coordination: { ...coordination, decidedOn: '2026-03-22' } },
    ];
    for (const wrong of wrongs) {
      expect(chairIssuesCoordinated.holds({ ...sound, ...wrong })).to.equal(false);
    }
  });
});

describe('B-132, a receipt is only ever reversed', () => {
  it('fails for one that was cancelled before', () => {
    expect(receiptOnlyReversed.holds({ alreadyCancelled: false })).to.equal(true);
    expect(receiptOnlyReversed.holds({ alreadyCancelled: true })).to.equal(false);
  });
});

describe('B-128, no entry by hand before the first licence', () => {
  it('holds from the first day of the first licence on, also after the last', () => {
    for (const entryOn of ['2026-03-21', '2030-01-01']) {
      expect(licenceBeforeEntry.holds({ firstLicenceOn: '2026-03-21', entryOn })).to.equal(true);
    }
  });
  it('fails the day before, and while there is no licence', () => {
    expect(
      licenceBeforeEntry.holds({ firstLicenceOn: '2026-03-21', entryOn: '2026-03-20' }),
    ).to.equal(false);
    expect(licenceBeforeEntry.holds({ firstLicenceOn: undefined, entryOn: '2026-03-21' })).to.equal(
      false,
    );
  });
});
