/** What papers must say, whoever words them: that work is honorary, who answers, what they rest on. */
import type { Clause } from './clause.ts';

/** A kind of paper, the placeholders in its text, and the bases it names. */
export type WordingFacts = { kind: string; said: string[]; citations: string[] };

const DECREES = ['decree-committee', 'decree-centre'];

const unlessSaid =
  (kinds: string[], ...names: string[]) =>
  ({ kind, said }: WordingFacts): boolean =>
    !kinds.includes(kind) || names.every((name) => said.includes(name));

const unlessCited =
  (kinds: string[]) =>
  ({ kind, said, citations }: WordingFacts): boolean =>
    !kinds.includes(kind) || (said.includes('citations') && citations.length > 0);

/** The licence form cites what it rests on, the committee's statute unless the province says else. */
export const licenceCitesBasis: Clause<WordingFacts> = {
  id: 'B-8',
  holds: unlessCited(['licence']),
};

/** A basis is cited only on its own days: a plan that has run out is named no more. */
export const basisInItsDays: Clause<{ validFrom: string | null; validTo: string | null }> = {
  id: 'B-10',
  holds: ({ validFrom, validTo }) => validFrom === null || validTo === null || validFrom <= validTo,
};

/** Decrees cite what they rest on, the regulation of participation unless the province says else. */
export const decreeCitesBasis: Clause<WordingFacts> = {
  id: 'B-11',
  holds: unlessCited(DECREES),
};

/** The committee's decree names the clearance it follows, by number and day. */
export const decreeNamesClearance: Clause<WordingFacts> = {
  id: 'B-14',
  holds: unlessSaid(['decree-committee'], 'basis', 'basisOn'),
};

/** Decrees and assignments say that the work is honorary and nobody is employed by them. */
export const paperSaysHonorary: Clause<WordingFacts> = {
  id: 'B-46',
  holds: unlessSaid([...DECREES, 'assignment'], 'honorary'),
};

/** Decrees say for what their holder answers. */
export const decreeSaysLiability: Clause<WordingFacts> = {
  id: 'B-101',
  holds: unlessSaid(DECREES, 'liability'),
};

/** The chair's decree names the committee's coordination, by number and day. */
export const decreeNamesCoordination: Clause<WordingFacts> = {
  id: 'B-130',
  holds: unlessSaid(['decree-centre'], 'basis', 'basisOn'),
};
