/** Who may do what: the one table. What is not in it is forbidden. */
import { NotFound, Refusal } from '../refusal.ts';
import type { Actor } from './actor.ts';

export const ROLES = [
  'county-head',
  'province-deputy',
  'inspector',
  'security',
  'selection',
  'system-admin',
] as const;
export type Role = (typeof ROLES)[number];

/** B-28 to B-33: the six core seats, which every board has. */
export const CORE_SEATS = [
  'chair',
  'vice-chair',
  'admin-finance',
  'benefactors-men',
  'benefactors-women',
  'assemblies',
] as const;

/** B-34: the ten that a board may add by need, B-35 to B-44. */
export const OPTIONAL_SEATS = [
  'participation',
  'orphans',
  'dowry',
  'loans',
  'social-work',
  'employment',
  'culture',
  'health',
  'housing',
  'public-relations',
] as const;

export const SEATS = [...CORE_SEATS, ...OPTIONAL_SEATS] as const;
export type Seat = (typeof SEATS)[number];
export type CoreSeat = (typeof CORE_SEATS)[number];

/** B-45: what an assignment letter may give a volunteer to do; each a narrow power. */
export const TASKS = ['receipts-desk', 'donor-contact', 'network', 'archive'] as const;
export type Task = (typeof TASKS)[number];

type Holders = { roles?: readonly Role[]; seats?: readonly Seat[]; tasks?: readonly Task[] };

const DECIDES: readonly Role[] = ['county-head', 'province-deputy'];
const READS: readonly Role[] = ['county-head', 'province-deputy', 'inspector'];
const MONEY: readonly Seat[] = ['chair', 'vice-chair', 'admin-finance'];
const HELPERS: readonly Seat[] = ['chair', 'vice-chair', 'benefactors-men', 'benefactors-women'];

/** Those whose duty is to keep what the centre has, and to deal with gifts in kind. */
const KEEPERS: readonly Seat[] = [...MONEY, 'participation'];

/** Those whose duty is to form assemblies and to deal with institutions (B-68, B-72, B-74). */
const BODIES: readonly Seat[] = [
  ...(['chair', 'vice-chair', 'benefactors-men', 'benefactors-women', 'assemblies'] as const),
  ...(['public-relations', 'participation'] as const),
];

/** Power to those who hold it. A county head has his powers in his county only (B-17). */
export const POWERS = {
  // The province
  'centres.read': { roles: READS, seats: SEATS, tasks: TASKS },
  'centres.register': { roles: DECIDES },
  'applications.read': { roles: READS },
  'applications.register': { roles: DECIDES },
  'counties.edit': { roles: ['province-deputy'] },
  'users.manage': { roles: ['province-deputy', 'system-admin'] },
  'settings.edit': { roles: ['province-deputy', 'system-admin'] },
  'province.check': { roles: ['system-admin', 'province-deputy'] },
  'templates.read': { roles: READS },
  'templates.edit': { roles: ['province-deputy'] },
  'persons.read': { roles: [...READS, 'security', 'selection'] },
  'persons.register': { roles: DECIDES },
  'clearances.read': { roles: [...READS, 'security', 'selection'] },
  'clearances.security': { roles: ['security'] },
  'clearances.selection': { roles: ['selection'] },
  // A centre that may work
  'licences.issue': { roles: DECIDES },
  // The licence's life (B-109, B-20, B-102)
  'licences.decide': { roles: ['province-deputy'] },
  'monitorings.read': { roles: READS, seats: ['chair', 'vice-chair'] },
  'monitorings.open': { roles: ['province-deputy', 'inspector'] },
  'monitorings.fill': { roles: ['province-deputy', 'inspector', 'security', 'selection'] },
  'monitorings.sign': { roles: ['province-deputy'] },
  'assets.read': { roles: READS, seats: MONEY },
  'assets.list': { roles: ['province-deputy'], seats: ['chair'] },
  'assets.countersign': { roles: DECIDES },
  'activity-codes.record': { roles: DECIDES },
  'bank-accounts.introduce': { roles: DECIDES },
  'bank-accounts.record': { roles: DECIDES, seats: ['chair', 'admin-finance'] },
  'boundary.read': { roles: READS, seats: SEATS },
  'boundary.propose': { roles: DECIDES, seats: ['chair', 'vice-chair'] },
  'boundary.approve': { roles: DECIDES },
  'boundaries.read': { roles: READS },
  'outlines.read': { roles: READS },
  'outlines.edit': { roles: DECIDES },
  'landmarks.record': { roles: DECIDES, seats: ['chair', 'vice-chair'] },
  'area-parts.record': { roles: DECIDES, seats: HELPERS },
  'map-sheets.issue': { roles: DECIDES, seats: ['chair'] },
  'map-sheets.hang': { roles: DECIDES, seats: MONEY },
  // Beyond the boundary
  'permits.request': { seats: ['chair'] },
  'permits.decide': { roles: DECIDES },
  'permits.end': { roles: DECIDES, seats: ['chair'] },
  'benefactors.link': { roles: DECIDES, seats: ['chair'] },
  // The way to a working centre
  'opening.read': { roles: READS, seats: SEATS },
  'opening.rules': { roles: ['province-deputy'] },
  'late-days.set': { roles: ['province-deputy'] },
  'proposals.make': { roles: DECIDES },
  'premises.edit': { roles: DECIDES, seats: MONEY },
  'equipment.edit': { roles: DECIDES, seats: MONEY },
  'seals.read': { roles: READS, seats: MONEY },
  'seals.record': { roles: DECIDES, seats: ['chair'] },
  'trainings.record': { roles: DECIDES },
  // The board
  'board.read': { roles: READS, seats: SEATS },
  'decrees.draft-committee': { roles: DECIDES },
  'decrees.draft-board': { seats: ['chair'] },
  'decrees.coordinate': { roles: DECIDES },
  'decrees.issue-committee': { roles: DECIDES },
  'decrees.issue-board': { seats: ['chair'] },
  'users.open-chair': { roles: DECIDES },
  'users.open-board': { seats: ['chair'] },
  'changes.request': { seats: ['chair'] },
  'changes.answer': { roles: DECIDES },
  'absences.declare': { roles: DECIDES, seats: ['chair'] },
  'members.read': { roles: READS, seats: MONEY },
  'members.keep': { seats: MONEY },
  // What passes from one holder of a seat to the next; the two themselves read and count it too
  'handovers.read': { roles: READS, seats: MONEY },
  'handovers.keep': { roles: DECIDES, seats: ['chair', 'vice-chair'] },
  'handovers.issue': { roles: DECIDES, seats: ['chair'] },
  // Donations
  'donations.read': {
    roles: READS,
    seats: [...MONEY, 'benefactors-men', 'benefactors-women', 'participation'],
  },
  'donations.register': {
    seats: [...MONEY, 'benefactors-men', 'benefactors-women', 'participation'],
    tasks: ['receipts-desk'],
  },
  'receipts.own': { tasks: ['receipts-desk'] },
  'receipts.cancel': { seats: MONEY },
  'cheques.read': { roles: READS, seats: MONEY },
  'cheques.record': { seats: MONEY },
  'deposits.read': { roles: READS, seats: MONEY },
  'deposits.record': { seats: MONEY },
  'deposits.match': { seats: MONEY },
  'tributes.issue': {
    seats: [...MONEY, 'benefactors-men', 'benefactors-women', 'participation'],
  },
  'gift-files.add': {
    seats: [...MONEY, 'benefactors-men', 'benefactors-women', 'participation'],
  },
  'vows.record': {
    seats: [...MONEY, 'benefactors-men', 'benefactors-women', 'participation'],
  },
  'thanks.issue': {
    seats: [...MONEY, 'benefactors-men', 'benefactors-women', 'participation'],
  },
  'batches.read': {
    roles: READS,
    seats: [...MONEY, 'benefactors-men', 'benefactors-women', 'participation'],
  },
  'batches.enter': {
    seats: [...MONEY, 'benefactors-men', 'benefactors-women', 'participation'],
  },
  'donors.read': {
    roles: READS,
    seats: [...MONEY, 'benefactors-men', 'benefactors-women', 'participation'],
    tasks: ['donor-contact'],
  },
  'donors.contact': { seats: MONEY, tasks: ['donor-contact'] },
  'donors.edit': { seats: MONEY },
  'donors.unmask': { roles: READS, seats: MONEY },
  // Sheets of donors, gifts and opening balances: what they were, and who brought them in
  'imports.read': {
    roles: READS,
    seats: [...MONEY, 'benefactors-men', 'benefactors-women', 'participation'],
  },
  // Intentions (B-81): every board reads the rules of the funds, the province writes them
  'funds.read': { roles: READS, seats: SEATS },
  'funds.edit': { roles: ['province-deputy'] },
  'fund-statements.read': { roles: READS, seats: MONEY },
  'permissions.record': { roles: ['province-deputy'], seats: ['chair'] },
  'overrides.read': { roles: READS, seats: MONEY },
  'overrides.make': { seats: ['chair'] },
  'intentions.change': { seats: MONEY },
  // Boxes, paper receipt books and the night of Eid (B-35)
  'boxes.read': {
    roles: READS,
    seats: [...MONEY, 'benefactors-men', 'benefactors-women', 'participation'],
  },
  // Promises name their donors (B-105); the seat of orphans reads what is held, by code (B-36)
  'pledges.read': {
    roles: READS,
    seats: [...MONEY, 'benefactors-men', 'benefactors-women', 'participation'],
  },
  'pledges.keep': {
    seats: [...MONEY, 'benefactors-men', 'benefactors-women', 'participation'],
  },
  'sponsored.read': { roles: READS, seats: [...MONEY, 'orphans'] },
  'committee-share.read': { roles: READS, seats: MONEY },
  'committee-share.record': { seats: MONEY },
  'committee-rates.edit': { roles: ['province-deputy'] },
  'boxes.keep': { seats: [...MONEY, 'participation'] },
  'boxes.contact': { seats: ['chair', 'admin-finance', 'participation'] },
  'boxes.count': { seats: [...MONEY, 'participation'] },
  'boxes.remit': { seats: MONEY },
  'denominations.edit': { roles: ['province-deputy'] },
  'receipt-books.read': { roles: READS, seats: MONEY },
  'receipt-books.keep': { seats: MONEY },
  'fitra.read': { roles: READS, seats: [...MONEY, 'participation'] },
  'fitra.rates': { roles: ['province-deputy'] },
  'fitra.confirm': { seats: MONEY },
  // The books
  'books.read': { roles: READS, seats: MONEY },
  'entries.draft': { seats: MONEY },
  'entries.post': { seats: MONEY },
  'entries.reverse': { seats: MONEY },
  'books.seal': { seats: MONEY },
  // B-30: the officer of finance, and who stands in for the chair, close days and years
  'books.close': { seats: ['admin-finance', 'vice-chair'] },
  'books.reopen': { roles: DECIDES },
  // Goods: what lies in the stores of a centre, and what becomes of it (B-35, B-81)
  'goods.read': { roles: READS, seats: KEEPERS },
  'goods.keep': { seats: KEEPERS },
  'goods.announce': { seats: [...KEEPERS, 'benefactors-men', 'benefactors-women'] },
  'goods.inspect': { seats: KEEPERS },
  'goods.appraise': { seats: KEEPERS },
  // Whoever counts sees no quantities, so a seat that keeps no goods may count them
  'goods.count': { seats: [...CORE_SEATS, 'participation'] },
  'goods.approve': { seats: MONEY },
  'goods.sell': { seats: MONEY },
  'goods.permit-sale': { roles: DECIDES },
  'waste-limits.set': { roles: ['province-deputy'] },
  // The bank, the box, the yearly plan (B-79, B-80) and the committee's codes (B-112)
  'bank.read': { roles: READS, seats: MONEY },
  'bank.keep': { seats: MONEY },
  'money.move': { seats: MONEY },
  'plans.read': { roles: READS, seats: SEATS },
  'plans.prepare': { seats: ['admin-finance'] },
  'plans.approve': { seats: ['chair'] },
  'registrations.read': { roles: READS, seats: MONEY },
  'registrations.record': { seats: MONEY },
  'registrations.rules': { roles: ['province-deputy'] },
  // What goes to the committee of every month (B-133)
  'packs.read': { roles: READS, seats: MONEY },
  'packs.issue': { seats: MONEY },
  'packs.hand': { seats: MONEY },
  // What leaves the centre: money paid and goods delivered (B-58, B-81)
  'payments.read': { roles: READS, seats: MONEY },
  'payments.prepare': { seats: MONEY },
  'payments.sign': { seats: MONEY },
  'payments.reverse': { seats: ['chair'] },
  'payments.rule': { roles: ['province-deputy'] },
  'deliveries.read': { roles: READS, seats: [...MONEY, 'social-work'] },
  'deliveries.prepare': { seats: [...MONEY, 'social-work'] },
  'recipients.read': { roles: READS, seats: [...MONEY, 'social-work'] },
  'recipients.keep': { seats: [...MONEY, 'social-work'] },
  'payees.keep': { seats: MONEY },
  'petty-cash.set': { seats: ['chair'] },
  'petty-cash.count': { seats: MONEY },
  // The people of the network (B-140, B-141, B-45); the first are found before there is a board
  'network.read': { roles: READS, seats: SEATS, tasks: ['network'] },
  'volunteers.register': { roles: DECIDES, seats: HELPERS },
  'volunteers.contact-men': { seats: ['chair', 'benefactors-men'] },
  'volunteers.contact-women': { seats: ['chair', 'benefactors-women'] },
  'volunteers.unmask': { roles: READS },
  'volunteers.cards': { seats: HELPERS },
  'hours.record': { seats: HELPERS, tasks: ['network'] },
  'units.register': { roles: DECIDES, seats: HELPERS },
  'units.contact': { seats: ['chair', 'benefactors-men', 'benefactors-women'] },
  'units.report': { roles: DECIDES, seats: HELPERS, tasks: ['network'] },
  'assignments.read': { roles: READS, seats: HELPERS },
  'assignments.give': { seats: ['chair'] },
  'assignments.end': { roles: DECIDES, seats: ['chair'] },
  // The places of the network (B-138 to B-148); the survey is drafted before there is a board
  'capacities.read': { roles: READS, seats: SEATS, tasks: ['network'] },
  'capacities.record': { roles: DECIDES, seats: SEATS, tasks: ['network'] },
  'capacities.open': { seats: ['chair', 'vice-chair'] },
  'capacities.contact': { seats: ['chair'] },
  'capacities.unmask': { roles: READS, seats: ['vice-chair'] },
  'surveys.read': { roles: READS, seats: SEATS },
  'surveys.draft': { roles: DECIDES, seats: ['chair', 'vice-chair'] },
  'surveys.approve': { roles: DECIDES, seats: ['chair'] },
  'networks.read': { roles: READS, seats: SEATS, tasks: ['network'] },
  'networks.edit': { seats: ['chair', 'vice-chair', 'assemblies', 'participation'] },
  'referrals.ask': { roles: DECIDES, seats: SEATS, tasks: ['network'] },
  'referrals.answer': { seats: SEATS, tasks: ['network'] },
  'network-report.read': { roles: READS },
  // Assemblies, institutions, and what the committee handed over (B-22, B-68 to B-78)
  'assemblies.read': { roles: READS, seats: SEATS, tasks: ['network'] },
  'assemblies.edit': { seats: BODIES },
  'assemblies.contact': { seats: ['chair', 'assemblies'] },
  'section-reports.issue': {
    seats: ['chair', 'vice-chair', 'benefactors-men', 'benefactors-women', 'assemblies'],
  },
  'institutions.read': { roles: READS, seats: SEATS, tasks: ['network'] },
  'institutions.edit': { seats: BODIES, tasks: ['network'] },
  'delegations.read': { roles: READS, seats: SEATS },
  'delegations.give': { roles: DECIDES },
  // Where the public finds the centre (B-122), and support (B-120)
  'channels.read': { roles: READS, seats: SEATS },
  'channels.edit': { seats: ['chair', 'vice-chair', 'public-relations'] },
  'channels.services': { roles: ['province-deputy'] },
  'support.answer': { roles: ['system-admin', 'province-deputy'] },
  // What a centre did well (B-108): written by the core seats, answered by the committee, read by all
  'experiences.read': { roles: READS, seats: SEATS },
  'experiences.write': { seats: CORE_SEATS },
  'experiences.answer': { roles: DECIDES },
  // Supervision; what people write is read by those who supervise, and what is referred by its centre
  'complaints.read': { roles: READS },
  'complaints.handle': { roles: READS },
  'complaints.referred': { roles: READS, seats: ['chair', 'vice-chair'] },
  'complaints.tell': { seats: ['chair', 'vice-chair'] },
  'inspections.read': { roles: READS, seats: MONEY },
  'inspections.record': { roles: READS },
  'inspections.mend': { seats: MONEY },
  'reports.read': { roles: READS },
  'compliance.read': { roles: READS, seats: SEATS },
  'papers.read': { roles: READS, seats: MONEY, tasks: ['archive'] },
  'looks.read': { roles: READS, seats: ['chair'] },
  'trail.read': { roles: READS, seats: MONEY },
} as const satisfies Record<string, Holders>;

export type Power = keyof typeof POWERS;

/**
 * B-128, table 1.10: what is left of a seat once the licence is over, to whoever held it on the last
 * day: he reads and prints, closes the books, and lists what a closed centre hands over.
 */
export const KEPT_POWERS: readonly Power[] = [
  ...(['centres.read', 'monitorings.read', 'assets.read', 'assets.list', 'boundary.read'] as const),
  ...(['opening.read', 'seals.read', 'board.read', 'members.read', 'handovers.read'] as const),
  ...(['donations.read', 'cheques.read', 'deposits.read', 'batches.read', 'donors.read'] as const),
  ...(['funds.read', 'fund-statements.read', 'overrides.read', 'books.read'] as const),
  ...(['entries.draft', 'entries.post', 'entries.reverse', 'books.seal', 'books.close'] as const),
  ...(['network.read', 'assignments.read', 'capacities.read', 'surveys.read'] as const),
  ...(['networks.read', 'assemblies.read', 'institutions.read', 'delegations.read'] as const),
  ...(['channels.read', 'experiences.read', 'compliance.read', 'papers.read'] as const),
  ...(['looks.read', 'trail.read', 'boxes.read', 'receipt-books.read', 'fitra.read'] as const),
  ...(['pledges.read', 'sponsored.read', 'committee-share.read'] as const),
  ...(['goods.read', 'plans.read', 'registrations.read', 'bank.read', 'imports.read'] as const),
  ...(['payments.read', 'deliveries.read', 'recipients.read'] as const),
  ...(['packs.read', 'packs.hand', 'inspections.read'] as const),
  // Books are not closed before the last of the box is banked and the bank agrees with them.
  ...(['bank.keep', 'money.move'] as const),
];

/** Where a power would be used: nowhere in particular, in a county, or in a centre. */
export type Place = { countyId: number; id?: number } | undefined;

/** Whether the actor holds the power here; never more than the table says. */
export function may(actor: Actor, power: Power, place?: Place): boolean {
  const holders: Holders = POWERS[power];
  return (
    mayByOffice(actor, holders, place) ||
    mayBySeat(actor, holders, place) ||
    mayByKept(actor, power, place) ||
    mayByTask(actor, holders, place)
  );
}

/** Refuses with 403 whoever does not hold the power here; B-17: who holds it elsewhere is told so. */
export function requirePower(actor: Actor, power: Power, place?: Place): void {
  if (may(actor, power, place)) return;
  const { office } = actor;
  if (office && office.countyId !== null && may({ ...actor, seats: [], tasks: [] }, power)) {
    throw new Refusal('bylaw:refusals.B-17', { status: 403, clause: 'B-17' });
  }
  throw new Refusal('common:refusals.not-yours', { status: 403 });
}

/** Whoever may not even know of the centre is told there is none. */
export function requireKnowing(actor: Actor, centre: { id: number; countyId: number }): void {
  if (!may(actor, 'centres.read', centre)) throw new NotFound();
}

function mayByOffice(actor: Actor, holders: Holders, place: Place): boolean {
  const { office } = actor;
  if (!office || !holders.roles?.includes(office.role)) return false;
  // B-17: the head of a county office sees and acts in his own county.
  return office.countyId === null || place === undefined || office.countyId === place.countyId;
}

function mayBySeat(actor: Actor, holders: Holders, place: Place): boolean {
  if (place?.id === undefined) return false;
  return actor.seats.some(
    (held) => held.centreId === place.id && holders.seats?.includes(held.seat) === true,
  );
}

function mayByKept(actor: Actor, power: Power, place: Place): boolean {
  if (!actor.kept?.length || !KEPT_POWERS.includes(power)) return false;
  return mayBySeat({ ...actor, seats: actor.kept }, POWERS[power], place);
}

function mayByTask(actor: Actor, holders: Holders, place: Place): boolean {
  if (place?.id === undefined) return false;
  return actor.tasks.some(
    (held) => held.centreId === place.id && holders.tasks?.includes(held.task) === true,
  );
}
