/** The rules of licence, decrees, receipts and archive. */
import type { Clause } from './clause.ts';

type Days = { fromOn: string; toOn: string };

/** Nothing is done under the centre's name but on the days of its licence. */
export const licenceBeforeActivity: Clause<{ licences: Days[]; actOn: string; today: string }> = {
  id: 'B-128',
  holds: ({ licences, actOn, today }) =>
    [actOn, today].every((day) =>
      licences.some(({ fromOn, toOn }) => fromOn <= day && day <= toOn),
    ),
};

/**
 * Nothing is booked by hand of a day before the centre's first licence. After the last one its books
 * are still closed, so there the day may be later.
 */
export const licenceBeforeEntry: Clause<{ firstLicenceOn: string | undefined; entryOn: string }> = {
  id: 'B-128',
  holds: ({ firstLicenceOn, entryOn }) => firstLicenceOn !== undefined && firstLicenceOn <= entryOn,
};

/** A decree begins and ends within a licence of the centre. */
export const decreeWithinLicence: Clause<{ licences: Days[]; term: Days }> = {
  id: 'B-128',
  holds: ({ licences, term }) =>
    licences.some(({ fromOn, toOn }) => fromOn <= term.fromOn && term.toOn <= toOn),
};

/** The decrees of chair and vice-chair are the committee's to issue. */
export const committeeIssues: Clause<{ issuer: 'committee' | 'chair' }> = {
  id: 'B-129',
  holds: ({ issuer }) => issuer === 'committee',
};

/** The other decrees are the chair's to issue, after the committee has agreed by letter. */
export const chairIssuesCoordinated: Clause<{
  issuer: 'committee' | 'chair';
  coordination: { answer: string; decidedOn: string } | undefined;
  issuedOn: string;
}> = {
  id: 'B-130',
  holds: ({ issuer, coordination, issuedOn }) =>
    issuer === 'chair' && coordination?.answer === 'agreed' && coordination.decidedOn <= issuedOn,
};

/** What was receipted is never changed: it is cancelled once, with a reason, and keeps its number. */
export const receiptOnlyReversed: Clause<{ alreadyCancelled: boolean }> = {
  id: 'B-132',
  holds: ({ alreadyCancelled }) => !alreadyCancelled,
};
