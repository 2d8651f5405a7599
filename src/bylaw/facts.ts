/** The facts of one centre that the clauses are judged by. */
import type { Seat } from '../access/powers.ts';
import type { ReportFacts } from '../assemblies/section-report-facts.ts';
import type { BankFacts } from '../bank/facts.ts';
import type { Recorded } from '../board/decree-states.ts';
import type { BookFacts } from '../books/facts.ts';
import type { BudgetFacts } from '../budget/facts.ts';
import type { OversightFacts } from '../centres/oversight-facts.ts';
import type { OnlineFacts } from '../channels/facts.ts';
import type { ExperienceFacts } from '../experiences/facts.ts';
import type { SpendingFacts } from '../funds/facts.ts';
import type { LateFacts } from '../lateness/facts.ts';
import type { LifeFacts } from '../licence/life-facts.ts';
import type { PlaceFacts } from '../network/place-facts.ts';
import type { OpeningFacts } from '../opening/opening-facts.ts';
import type { PackFacts } from '../packs/facts.ts';
import type { OutgoingFacts } from '../payments/facts.ts';
import type { PaperBookFacts } from '../receiptbooks/facts.ts';
import type { RegistrationFacts } from '../registrations/facts.ts';
import type { SupervisionFacts, VisitFacts } from '../supervision/facts.ts';
import type { TemplateFacts } from '../templates/facts.ts';

export type Clearing = { state: string; decidedOn: string };

/** A decree with everything that a clause asks of it. */
export type DecreeFacts = Recorded & {
  id: number;
  name: string;
  /** As 1405-0001; null until it is issued. */
  number: string | null;
  coordinatedOn: string | null;
  /** Whether an officer of the committee issued it in his own right. */
  byCommittee: boolean;
  /** Whether it was issued under a decree of this centre's chair. */
  byChair: boolean;
  noPolitics: boolean;
  liability: boolean;
  /** What each office had decided last by the day of issue, and what it says today. */
  atIssue: { security?: Clearing; selection?: Clearing };
  today: { security?: Clearing; selection?: Clearing };
  user: { username: string; openedBy: OpenedBy } | null;
};

/** Whose hand opened a user: an officer's, a chair's, somebody else's. */
export type OpenedBy = 'committee' | 'chair' | 'other';

export type LicenceFacts = { number: string; fromOn: string; toOn: string; byCommittee: boolean };

/** One series of numbers in one year: the last given, and what is found of it. */
export type SeriesFacts = {
  series: 'entry' | 'receipt' | 'decree' | 'letter' | 'book' | 'referral' | 'payment' | 'delivery';
  year: number;
  last: number;
  found: number;
  lost: number;
};

/** A donor's particulars opened or written: by which seat or office, and for what reason. */
export type Opening = { kind: string; seat: Seat | null; byOffice: boolean; reason: string | null };

/** What the board asked and was answered, by the id of the decree each is about. */
export type BoardFacts = {
  /** Decrees of optional seats whose reason and field were written. */
  needs: number[];
  requests: { decreeId: number; told: boolean }[];
  /** Decrees that were ended, and given to another than before; whether the committee agreed. */
  endings: { decreeId: number; agreed: boolean }[];
  followers: { decreeId: number; agreed: boolean }[];
  changesWaiting: number;
  /** Absences declared, and those by somebody who may not. */
  absences: { count: number; stray: number };
  nominations: { decreeId: number; isVoluntary: boolean; hasPlan: boolean }[];
  /** Clearances of the centre's people, and those not signed by their own office. */
  signed: { count: number; stray: number };
};

/** The map on the wall, and what goes across the boundary. */
export type BoundsFacts = {
  /** The version in force; the sheet of it that hangs, and whether one of an earlier still does. */
  sheet: {
    inForce: number | null;
    issued: boolean;
    hung: string | null;
    hungOn: string | null;
    oldHangs: boolean;
  };
  /** Permits granted; those by nobody of the committee, and those of which a neighbour was not told. */
  permits: { granted: number; lastOn: string | null; stray: number; untold: number };
  /** Benefactors linked; those before their coordination; donors of elsewhere who are not linked. */
  links: { count: number; late: number; unlinked: number };
  donorPlaces: { count: number; placed: number };
};

/** The people of the network: who serves, who wrote and opened their particulars, their letters. */
export type VolunteerFacts = {
  /** Men and women who serve, and those of them whose field is known. */
  men: number;
  women: number;
  fielded: number;
  /** Charity units at work. */
  units: number;
  /** Whether any of them can be reached. */
  reachable: boolean;
  writes: { gender: 'man' | 'woman'; seat: Seat | null; byOffice: boolean }[];
  reveals: { byOffice: boolean; reason: string | null }[];
  /** Assignments given, those in force, and those not by the chair or not accepted by him it is for. */
  letters: { given: number; inForce: number; stray: number };
};

export type Facts = {
  today: string;
  centre: { name: string; county: string };
  /** Decisions taken by heads of county offices, and by those of another county. */
  decisions: { made: number; foreign: number };
  /** The application that the centre came of; null for one registered without. */
  application: { id: number; state: string; number: string | null; day: string } | null;
  /** Assemblies that stand, joint and promoting meetings, institutions, matters handed over. */
  bodies: {
    standing: Record<'guilds' | 'women' | 'women-entrepreneurs' | 'organisations', number>;
    joint: number;
    promoting: number;
    institutions: number;
    lastSpokeOn: string | null;
    /** The seats that answer for what is handed over today, one for each matter. */
    delegated: Seat[];
  };
  licences: LicenceFacts[];
  decrees: DecreeFacts[];
  board: BoardFacts;
  area: { firstOn: string | null; inForceOn: string | null; uncoordinated: number };
  gifts: { count: number; firstOn: string | null; unlicensedOn: string | null; forMosque: boolean };
  receipts: { count: number; last: string | null };
  activityCode: string | null;
  introduction: { number: string; issuedOn: string } | null;
  account: { bank: string; ownerName: string; accountNumber: string } | null;
  accounts: { nameFa: string; nameEn: string }[];
  funds: { nameFa: string; nameEn: string }[];
  series: SeriesFacts[];
  /** Papers as they are kept, and what was issued with one. */
  papers: { kept: number; issued: number };
  /** Whether any donor asked not to be named, and whether any can be reached. */
  donors: { withheld: boolean; reachable: boolean };
  openings: Opening[];
  looks: { lastOn: string | null };
  /** What the province's words rest on. */
  templates: TemplateFacts;
  /** Entries in the books that an officer of the committee wrote or posted. */
  officersEntries: number;
  bounds: BoundsFacts;
  /** What stands before the first licence, and what follows it until the centre works. */
  opening: OpeningFacts;
  /** The state of the licence, and the decisions, monitoring and assets behind it. */
  licence: LifeFacts;
  /** This year's dated records, and those of them entered late. */
  lateness: LateFacts;
  /** Experience shared with the province, and the first that waits for its answer. */
  experience: ExperienceFacts;
  /** The survey, the capacities and the specialised networks. */
  places: PlaceFacts;
  /** The county office, what waits for it, the seat in mosques, the intentions of gifts. */
  oversight: OversightFacts;
  /** Whether each fund kept to its balance and its uses. */
  spending: SpendingFacts;
  /** Whether books and bank were brought together. */
  bank: BankFacts;
  /** This year's financial plan. */
  budget: BudgetFacts;
  /** Codes of the committee's own system. */
  registrations: RegistrationFacts;
  outgoing: OutgoingFacts;
  /** The documents of the books, and the years that are closed. */
  books: BookFacts;
  /** Books of paper receipts. */
  paperBooks: PaperBookFacts;
  /** Visits of the committee, and what they found. */
  visits: VisitFacts;
  /** What people complain of and suggest. */
  supervision: SupervisionFacts;
  /** The papers of each month, sent to the committee. */
  packs: PackFacts;
  /** Public channels, and requests for support. */
  online: OnlineFacts;
  /** When each section's report was issued last. */
  reports: ReportFacts;
  /** Volunteers, charity units and the letters that give tasks. */
  volunteers: VolunteerFacts;
};
