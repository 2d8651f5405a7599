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

/** Each seat's own clause. */
export const oneHolderPerSeat = {
  chair: oneChair,
  'vice-chair': oneViceChair,
  'admin-finance': oneAdminFinance,
  'benefactors-men': oneBenefactorsMen,
  'benefactors-women': oneBenefactorsWomen,
  assemblies: oneAssemblies,
} as const;
