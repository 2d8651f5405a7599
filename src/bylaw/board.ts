/** The board's seats: each has one holder at a time. */
import type { Clause } from './clause.ts';

type Terms = { term: Term; others: Term[] };
type Term = { fromOn: string; toOn: string };

/** Nobody else holds the seat on any of the days. */
const freeSeat = ({ term, others }: Terms): boolean =>
  others.every((other) => other.toOn < term.fromOn || other.fromOn > term.toOn);

/** The chair has one holder at a time. */
export const oneChair: Clause<Terms> = { id: 'B-28', holds: freeSeat };
/** The vice-chair has one holder at a time. */
export const oneViceChair: Clause<Terms> = { id: 'B-29', holds: freeSeat };
/** The administrative and financial officer is one person at a time. */
export const oneAdminFinance: Clause<Terms> = { id: 'B-30', holds: freeSeat };
/** The officer of benefactors and male helpers is one person at a time. */
export const oneBenefactorsMen: Clause<Terms> = { id: 'B-31', holds: freeSeat };
/** The officer of benefactors and female helpers is one person at a time. */
export const oneBenefactorsWomen: Clause<Terms> = { id: 'B-32', holds: freeSeat };
/** The officer of organisations and assemblies is one person at a time. */
export const oneAssemblies: Clause<Terms> = { id: 'B-33', holds: freeSeat };
/** The officer of people's participation, where the board has one, is one person at a time. */
export const oneParticipation: Clause<Terms> = { id: 'B-35', holds: freeSeat };
/** The officer of the honouring of orphans, where the board has one, is one person at a time. */
export const oneOrphans: Clause<Terms> = { id: 'B-36', holds: freeSeat };
/** The officer of dowry and marriage, where the board has one, is one person at a time. */
export const oneDowry: Clause<Terms> = { id: 'B-37', holds: freeSeat };
/** The officer of interest-free loans, where the board has one, is one person at a time. */
export const oneLoans: Clause<Terms> = { id: 'B-38', holds: freeSeat };
/** The officer of social work, where the board has one, is one person at a time. */
export const oneSocialWork: Clause<Terms> = { id: 'B-39', holds: freeSeat };
/** The officer of employment, where the board has one, is one person at a time. */
export const oneEmployment: Clause<Terms> = { id: 'B-40', holds: freeSeat };
/** The officer of culture and education, where the board has one, is one person at a time. */
export const oneCulture: Clause<Terms> = { id: 'B-41', holds: freeSeat };
/** The officer of health and treatment, where the board has one, is one person at a time. */
export const oneHealth: Clause<Terms> = { id: 'B-42', holds: freeSeat };
/** The officer of housing and building, where the board has one, is one person at a time. */
export const oneHousing: Clause<Terms> = { id: 'B-43', holds: freeSeat };
/** The officer of public relations, where the board has one, is one person at a time. */
export const onePublicRelations: Clause<Terms> = { id: 'B-44', holds: freeSeat };

/** Each seat's own clause. */
export const oneHolderPerSeat = {
  chair: oneChair,
  'vice-chair': oneViceChair,
  'admin-finance': oneAdminFinance,
  'benefactors-men': oneBenefactorsMen,
  'benefactors-women': oneBenefactorsWomen,
  assemblies: oneAssemblies,
  participation: oneParticipation,
  orphans: oneOrphans,
  dowry: oneDowry,
  loans: oneLoans,
  'social-work': oneSocialWork,
  employment: oneEmployment,
  culture: oneCulture,
  health: oneHealth,
  housing: oneHousing,
  'public-relations': onePublicRelations,
} as const;

/** An optional seat is added by need, and within a field of the committee's. */
export const needOfOptionalSeat: Clause<{ isOptional: boolean; reason: string; field: string }> = {
  id: 'B-34',
  holds: ({ isOptional, reason, field }) => !isOptional || (reason !== '' && field !== ''),
};
