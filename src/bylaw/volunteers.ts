/** The people of the network: who serves, in which register he stands, and what he undertakes. */
import type { Clause } from './clause.ts';

/** A volunteer serves under the chair's letter, while he serves and is known by his national ID. */
export const tasksByLetter: Clause<{ active: boolean; nationalId: string | null }> = {
  id: 'B-45',
  holds: ({ active, nationalId }) => active && nationalId !== null,
};

/** Whoever serves was told that it is for no wage, and said so. */
export const serviceIsHonorary: Clause<{ said: boolean }> = {
  id: 'B-46',
  holds: ({ said }) => said,
};

/** The men of the register are written by their officer, or by chair, vice-chair and committee. */
export const menByTheirOfficer: Clause<{ seats: readonly string[] }> = {
  id: 'B-65',
  holds: ({ seats }) => seats.some((seat) => seat !== 'benefactors-women'),
};

/** And the women by theirs. */
export const womenByTheirOfficer: Clause<{ seats: readonly string[] }> = {
  id: 'B-69',
  holds: ({ seats }) => seats.some((seat) => seat !== 'benefactors-men'),
};

/** Whoever is given a task keeps what he learns of others to himself. */
export const secretsKept: Clause<{ undertaken: boolean }> = {
  id: 'B-105',
  holds: ({ undertaken }) => undertaken,
};
