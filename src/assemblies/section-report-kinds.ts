/** The sections that report, and the assemblies that each of them forms. */

export const SECTIONS = ['men', 'women', 'assemblies', 'benefactors'] as const;
export type Section = (typeof SECTIONS)[number];

/** The clauses that a section's report is printed for. */
export const CLAUSES_OF: Record<Section, readonly string[]> = {
  men: ['B-66'],
  women: ['B-70'],
  assemblies: ['B-76'],
  benefactors: ['B-67', 'B-71'],
};

/** Kinds of assembly as their officer forms them; the officer of assemblies reports of all. */
export const ASSEMBLIES_OF: Partial<Record<Section, readonly string[]>> = {
  men: ['guilds', 'charity'],
  women: ['women', 'women-entrepreneurs'],
};
