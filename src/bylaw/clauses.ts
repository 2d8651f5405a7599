/** All 148 clauses: chapter and duty from the seed, and the judgement of those that are upheld. */
import { createRequire } from 'node:module';
import type { Seat } from '../access/powers.ts';
import type { Facts } from './facts.ts';
import { deletionGuards, twinsOf } from './guards.ts';
import { cameOfApplication } from './judge-applications.ts';
import {
  adminFinanceHeld,
  chairHeld,
  chairIssuedCoordinated,
  committeeIssued,
  optionalSeatKept,
  seatKept,
  usersOpened,
} from './judge-board.ts';
import {
  assembliesMeet,
  assemblyStands,
  givingPromoted,
  institutionsKnown,
  institutionsSpoken,
  mattersHandedOver,
} from './judge-bodies.ts';
import {
  mosqueKeptApart,
  nothingDestroyed,
  noWages,
  numberedWithoutGap,
  openToCommittee,
} from './judge-books.ts';
import { benefactorsCoordinated, donorsPlaced, mapHangs, servedByPermit } from './judge-bounds.ts';
import { contactsGuarded, namesWithheld } from './judge-donors.ts';
import { areaFixed, licensed, oneAccount } from './judge-licence.ts';
import {
  absencesDeclared,
  allChangesAgreed,
  coreChangesAgreed,
  introducedVoluntarily,
  officesSigned,
  plansAttached,
  requestsReached,
  seatsNeeded,
} from './judge-members.ts';
import { bankReconciled, documentsPrepared, yearPlanned } from './judge-money.ts';
import { foundAtHome, supportAnswered } from './judge-online.ts';
import {
  equipped,
  kindKept,
  mosqueKnown,
  officeLent,
  peopleFound,
  sealMade,
  sixProposed,
  usersTrained,
} from './judge-opening.ts';
import {
  intentionsMany,
  mosquesShared,
  officeHeaded,
  supervisedInTime,
} from './judge-oversight.ts';
import { papersSent } from './judge-packs.ts';
import {
  holdersCleared,
  liabilityTaken,
  ownCountyDecided,
  politicsDeclared,
} from './judge-people.ts';
import {
  areaSurveyed,
  capacitiesFollowed,
  capacitiesFound,
  networkFormed,
  networksBuilt,
  peopleAround,
  referralsAnswered,
} from './judge-places.ts';
import { enteredInTime, experienceShared } from './judge-records.ts';
import { sectionReported } from './judge-reports.ts';
import { agreedByChair, spentByIntention } from './judge-spending.ts';
import {
  assetsUnderCommittee,
  decidedAfterMonitoring,
  officesMonitored,
} from './judge-standing.ts';
import { casesAnswered, visitedAndMended } from './judge-supervision.ts';
import { basisKept, decreesCite, licenceCites, memorandumRecorded } from './judge-templates.ts';
import { sideKept, tasksLettered, unitsFound, volunteersFound } from './judge-volunteers.ts';
import type { Judgement } from './judgement.ts';

export const DUTIES = ['enforce', 'record', 'print', 'guide', 'report'] as const;
export type Duty = (typeof DUTIES)[number];

export const CHAPTERS = [
  'foundations',
  'objectives',
  'board',
  'duties',
  'conditions',
  'principles',
  'premises',
  'territory',
  'rules',
] as const;
export type Chapter = (typeof CHAPTERS)[number];

export type ListedClause = { id: string; chapter: Chapter; duty: Duty; upheld?: true };

const require = createRequire(import.meta.url);

export const clauses = require('../../seeds/bylaw.json') as ListedClause[];

/** The clauses that are printed as duties with the decree of each seat. */
export const dutiesOfSeats = require('../../seeds/duties.json') as Record<Seat, string[]>;

/** How each upheld clause is judged for one centre. */
export const judgements: Record<string, (facts: Facts) => Judgement> = {
  'B-1': memorandumRecorded,
  'B-3': mosqueKnown,
  'B-4': mosquesShared,
  'B-5': peopleAround,
  'B-7': basisKept('B-7'),
  'B-8': licenceCites,
  'B-9': basisKept('B-9'),
  'B-10': basisKept('B-10'),
  'B-11': decreesCite,
  'B-12': officeHeaded,
  'B-13': cameOfApplication,
  'B-14': holdersCleared,
  'B-15': officesSigned,
  'B-16': requestsReached,
  'B-17': ownCountyDecided,
  'B-18': supervisedInTime,
  'B-19': casesAnswered('complaint'),
  'B-20': officesMonitored,
  'B-21': kindKept,
  'B-22': mattersHandedOver,
  'B-25': institutionsSpoken,
  'B-26': intentionsMany,
  'B-27': introducedVoluntarily,
  'B-28': chairHeld,
  'B-29': seatKept('vice-chair'),
  'B-30': adminFinanceHeld,
  'B-31': seatKept('benefactors-men'),
  'B-32': seatKept('benefactors-women'),
  'B-33': sixProposed,
  'B-34': seatsNeeded,
  'B-35': optionalSeatKept('participation'),
  'B-36': optionalSeatKept('orphans'),
  'B-37': optionalSeatKept('dowry'),
  'B-38': optionalSeatKept('loans'),
  'B-39': optionalSeatKept('social-work'),
  'B-40': optionalSeatKept('employment'),
  'B-41': optionalSeatKept('culture'),
  'B-42': optionalSeatKept('health'),
  'B-43': optionalSeatKept('housing'),
  'B-44': optionalSeatKept('public-relations'),
  'B-45': tasksLettered,
  'B-46': noWages,
  'B-48': capacitiesFollowed,
  'B-57': referralsAnswered,
  'B-58': agreedByChair,
  'B-61': absencesDeclared,
  'B-62': documentsPrepared,
  'B-65': sideKept('man'),
  'B-66': sectionReported('men'),
  'B-67': sectionReported('benefactors'),
  'B-68': assemblyStands('guilds'),
  'B-69': sideKept('woman'),
  'B-70': sectionReported('women'),
  'B-71': sectionReported('benefactors'),
  'B-72': assemblyStands('women'),
  'B-73': assemblyStands('women-entrepreneurs'),
  'B-74': institutionsKnown,
  'B-75': assembliesMeet,
  'B-76': sectionReported('assemblies'),
  'B-77': givingPromoted,
  'B-78': assemblyStands('organisations'),
  'B-79': yearPlanned,
  'B-80': bankReconciled,
  'B-81': spentByIntention,
  'B-83': plansAttached,
  'B-93': coreChangesAgreed,
  'B-98': mosqueKeptApart,
  'B-100': politicsDeclared,
  'B-101': liabilityTaken,
  'B-102': assetsUnderCommittee,
  'B-104': namesWithheld,
  'B-105': contactsGuarded,
  'B-107': casesAnswered('suggestion'),
  'B-108': experienceShared,
  'B-109': decidedAfterMonitoring,
  'B-110': openToCommittee,
  'B-111': visitedAndMended,
  'B-112': enteredInTime,
  'B-114': officeLent,
  'B-115': equipped,
  'B-117': sealMade,
  'B-118': oneAccount,
  'B-119': usersOpened,
  'B-120': supportAnswered,
  'B-121': usersTrained,
  'B-122': foundAtHome,
  'B-123': donorsPlaced,
  'B-124': areaFixed,
  'B-125': mapHangs,
  'B-126': servedByPermit,
  'B-127': benefactorsCoordinated,
  'B-128': licensed,
  'B-129': committeeIssued,
  'B-130': chairIssuedCoordinated,
  'B-131': allChangesAgreed,
  'B-132': numberedWithoutGap,
  'B-133': papersSent,
  'B-134': nothingDestroyed,
  'B-136': noWages,
  'B-137': peopleFound,
  'B-138': capacitiesFound,
  'B-139': areaSurveyed,
  'B-140': volunteersFound,
  'B-141': unitsFound,
  'B-142': networksBuilt,
  'B-143': networkFormed('employment'),
  'B-144': networkFormed('culture'),
  'B-145': networkFormed('legal'),
  'B-146': networkFormed('housing'),
  'B-147': networkFormed('health'),
  'B-148': networkFormed('participation'),
};

/** Guards that stand for a clause under another's name. */
const SHARED: Record<string, string[]> = {
  'B-15': ['b14_office_gives_its_clearance'],
  'B-16': ['b130_answered_once_asked', 'b130_chair_asks'],
  'B-29': ['b28_one_holder_per_seat'],
  'B-30': ['b28_one_holder_per_seat'],
  'B-31': ['b28_one_holder_per_seat'],
  'B-32': ['b28_one_holder_per_seat'],
  'B-33': ['b28_one_holder_per_seat'],
  'B-35': ['b28_one_holder_per_seat', 'box_counted_by_two'],
  'B-36': ['b28_one_holder_per_seat'],
  'B-37': ['b28_one_holder_per_seat'],
  'B-38': ['b28_one_holder_per_seat'],
  'B-39': ['b28_one_holder_per_seat'],
  'B-40': ['b28_one_holder_per_seat'],
  'B-41': ['b28_one_holder_per_seat'],
  'B-42': ['b28_one_holder_per_seat'],
  'B-43': ['b28_one_holder_per_seat'],
  'B-44': ['b28_one_holder_per_seat'],
  'B-107': ['b19_case_goes_step_by_step'],
  'B-132': [
    ...['receipt_books_are_new', 'receipt_book_in_one_hand', 'leaf_of_an_open_book'],
    ...['no_number_unaccounted', 'no_number_unaccounted_at_the_end'],
  ],
  'B-101': ['acts_are_final_update', 'acts_are_final_delete'],
  'B-110': ['looks_are_final_update', 'looks_are_final_delete'],
  'B-136': ['b46_no_wage_account'],
  'B-5': ['b140_volunteers_stay_delete', 'b141_units_stay_delete'],
  'B-48': ['b138_capacity_is_its_last_step'],
  'B-57': ['b142_referral_goes_step_by_step'],
  'B-143': ['b142_six_networks'],
  'B-144': ['b142_six_networks'],
  'B-145': ['b142_six_networks'],
  'B-146': ['b142_six_networks'],
  'B-147': ['b142_six_networks'],
  'B-148': ['b142_six_networks'],
};

/** What the database itself holds for this clause. */
export function guardsOf(id: string): string[] {
  const own = [...twinsOf(id), ...(SHARED[id] ?? [])];
  return id === 'B-134' ? [...new Set([...own, ...deletionGuards()])] : own;
}

/** The seats with whose decree this clause is printed. */
export function seatsToldOf(id: string): Seat[] {
  const seats = Object.entries(dutiesOfSeats) as [Seat, string[]][];
  return seats.filter(([, duties]) => duties.includes(id)).map(([seat]) => seat);
}
