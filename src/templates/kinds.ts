/** The papers whose wording the province keeps, and the placeholders that each kind knows. */
import { LETTER_KINDS } from '../paper/papers.ts';

export const TEMPLATE_KINDS = [
  'decree-committee',
  'decree-centre',
  'introduction',
  'tribute',
  'statement-notes',
  'pledge-reminder',
  ...LETTER_KINDS,
] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** How a value is written: a `code` runs from left to right, a `list` is one item to a line. */
export type ValueKind = 'text' | 'day' | 'rial' | 'count' | 'code' | 'list';

/** `needed`: the wording must have it, and whoever issues the paper must know it. */
export type Placeholder = { kind: ValueKind; needed?: boolean };
export type Placeholders = Record<string, Placeholder>;

const text: Placeholder = { kind: 'text' };
const day: Placeholder = { kind: 'day' };
const code: Placeholder = { kind: 'code' };
const count: Placeholder = { kind: 'count' };
const needed = (one: Placeholder): Placeholder => ({ ...one, needed: true });

/** What every paper knows: its centre, its board, and the sentences that the bylaw asks for. */
export const COMMON: Placeholders = {
  ...{ centre: text, place: text, county: text, province: text, board: text, boardOf: text },
  ...{ activityCode: code, issuedOn: day, memorandum: text },
  ...{ citations: text, honorary: text, liability: text },
};

const term = { fromOn: needed(day), toOn: needed(day) };
const decree: Placeholders = {
  ...{ person: text, seat: needed(text), ...term, basis: needed(code), basisOn: needed(day) },
  ...{ predecessor: text, honorary: needed(text), liability: needed(text) },
};

/** What each kind knows beside that; a value that is not given leaves its paragraph out. */
const OWN: Record<TemplateKind, Placeholders> = {
  'decree-committee': decree,
  'decree-centre': decree,
  introduction: {
    ...{ licence: needed(code), fromOn: day, toOn: day, branch: text },
    signatories: needed({ kind: 'list' }),
  },
  tribute: {
    ...{ dedication: needed(text), addressee: needed(text), giver: needed(text), wish: text },
    ...{ occasion: text, amount: { kind: 'rial' } },
  },
  'pledge-reminder': {
    ...{ giver: needed(text), promised: needed(text), promisedOn: needed(day), fund: text },
    ...{ missing: text, account: code },
  },
  'statement-notes': { throughOn: day },
  licence: { licence: needed(code), ...term, previous: code, reason: text },
  'coordination-request': {
    ...{ person: needed(text), seat: needed(text), fromOn: day, toOn: day, nationalId: code },
    ...{ clearance: code, clearedOn: day, predecessor: text, reason: text },
  },
  'coordination-answer': {
    ...{ person: needed(text), seat: needed(text), answer: needed(text), fromOn: day, toOn: day },
    ...{ request: code, requestedOn: day, reason: text },
  },
  'change-request': {
    ...{ seat: needed(text), reason: needed(text), person: text, predecessor: text, fromOn: day },
    change: text,
  },
  'change-answer': {
    ...{ seat: needed(text), answer: needed(text), person: text, predecessor: text, reason: text },
    ...{ request: code, requestedOn: day, fromOn: day, change: text },
  },
  decision: {
    ...{ decision: needed(text), reason: needed(text), fromOn: needed(day), untilOn: day },
    ...{ licence: code, basis: text, basisNumber: code, basisOn: day },
  },
  'asset-list': {
    ...{ count: needed(count), totalRial: { kind: 'rial' }, decision: code, decidedOn: day },
    receiver: text,
  },
  handover: {
    ...{ seat: needed(text), outgoing: needed(text), incoming: needed(text) },
    ...{ handoverOn: needed(day), reason: text, decree: code, differences: text },
  },
  assignment: {
    ...{ person: needed(text), task: needed(text), ...term, honorary: needed(text) },
    ...{ nationalId: code, hours: text, part: text, supervisor: text },
  },
  survey: { version: needed(count), approvedOn: day, count, summary: text },
  permit: {
    ...{ permitted: needed(text), coordination: code, coordinatedOn: day, reason: text },
    ...{ fromOn: day, toOn: day, area: text, otherCentre: text },
  },
  'cash-count': {
    ...{ countedOn: needed(day), bookRial: needed({ kind: 'rial' }) },
    ...{ countedRial: needed({ kind: 'rial' }), difference: needed(text) },
    ...{ differenceRial: { kind: 'rial' }, reason: text },
  },
  reconciliation: {
    ...{ throughOn: needed(day), account: needed(code), bookRial: needed({ kind: 'rial' }) },
    bankRial: needed({ kind: 'rial' }),
  },
  'financial-plan': {
    ...{ year: needed(code), version: needed(count), minutes: needed(code) },
    ...{ minutesOn: needed(day), reason: text },
  },
  'section-report': { section: needed(text), ...term },
  intention: {
    ...{ fromPurpose: needed(text), toPurpose: needed(text), amountRial: needed({ kind: 'rial' }) },
    ...{ receipt: needed(code), receivedOn: day, consent: needed(text), consentedOn: day },
    reason: needed(text),
  },
  'box-count': {
    ...{ box: needed(text), stands: needed(text), openedOn: needed(day), countedOn: needed(day) },
    ...{ totalRial: needed({ kind: 'rial' }), fund: needed(text), openers: needed(text) },
    ...{ lies: needed(text), entry: code, bag: code, bagRial: { kind: 'rial' }, difference: text },
    corrected: text,
  },
  'receipt-book': {
    ...{ holder: needed(text), fromNumber: needed(code), toNumber: needed(code) },
    ...{ firstBlank: code, dueOn: needed(day), count: needed(count) },
  },
  'gift-request': {
    ...{ firm: needed(text), need: needed(text), amountRial: { kind: 'rial' }, byOn: day },
  },
  thanks: {
    ...{ giver: needed(text), ...term, count: needed(count) },
    totalRial: needed({ kind: 'rial' }),
  },
  'monthly-pack': {
    ...{ month: needed(text), fromOn: needed(day), toOn: needed(day), scans: count },
    ...{ receiptsCount: needed(count), receiptsRial: needed({ kind: 'rial' }), correction: count },
    ...{ givenCount: needed(count), givenRial: needed({ kind: 'rial' }) },
  },
  appraisal: {
    ...{ item: needed(text), lot: needed(code), valueBasis: needed(text), proposedOn: needed(day) },
    ...{ totalRial: needed({ kind: 'rial' }), note: text },
  },
  'goods-intention': {
    ...{ item: needed(text), lot: needed(code), quantity: needed(text), receivedOn: day },
    ...{ fromPurpose: needed(text), toPurpose: needed(text), totalRial: needed({ kind: 'rial' }) },
    ...{ consent: needed(text), consentedOn: day, reason: needed(text) },
  },
};

/** Every placeholder that this kind's wording may use. */
export function placeholdersOf(kind: TemplateKind): Placeholders {
  return { ...COMMON, ...OWN[kind] };
}
