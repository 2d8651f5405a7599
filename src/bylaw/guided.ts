/** Clauses that guide: on which page the words of each stand; nobody is judged by them. */
import type { Facts } from './facts.ts';
import { introductionPage } from './judge-members.ts';
import type { Mend } from './judgement.ts';

const GUIDES = ['nomination', 'board', 'profile', 'network', 'meetings', 'applications'] as const;
export type Guide = (typeof GUIDES)[number];

/** The pages on which the words stand; their sentence is `bylaw:guided`, their name `guided-at`. */
export const GUIDED: Record<string, Guide> = {
  'B-2': 'applications',
  'B-82': 'nomination',
  'B-84': 'nomination',
  'B-85': 'nomination',
  'B-86': 'nomination',
  'B-87': 'nomination',
  'B-88': 'nomination',
  'B-89': 'nomination',
  'B-90': 'nomination',
  'B-91': 'nomination',
  'B-92': 'board',
  'B-97': 'meetings',
  'B-99': 'meetings',
  'B-103': 'network',
  'B-113': 'profile',
};

const PAGES: Record<Exclude<Guide, 'nomination'>, Mend> = {
  board: { to: '/board', power: 'board.read' },
  profile: { to: '/profile', power: 'centres.read' },
  network: { to: '/network', power: 'network.read' },
  meetings: { to: '/assemblies/meetings/new', power: 'assemblies.edit' },
  applications: { to: '/applications/new', power: 'applications.register', ofProvince: true },
};

/** Where this centre's people read the words; an introduction is of somebody, so it may be none yet. */
export function shownAt(guide: Guide, facts: Facts): Mend | null {
  if (guide !== 'nomination') return PAGES[guide];
  const last = facts.decrees.at(-1);
  return last ? introductionPage(last) : null;
}
