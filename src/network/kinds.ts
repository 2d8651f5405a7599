/** The closed lists of the network's people: fields of work, states, kinds of units, days. */

/** B-140: the fields in which a volunteer serves; what none of them says is named beside `other`. */
export const VOLUNTEER_FIELDS = [
  'social-work',
  'employment',
  'participation',
  'culture',
  'health',
  'housing',
  'legal',
  'distribution',
  'office',
  'media',
  'other',
] as const;
export type VolunteerField = (typeof VOLUNTEER_FIELDS)[number];

export const VOLUNTEER_STATES = ['active', 'paused', 'left'] as const;
export type VolunteerState = (typeof VOLUNTEER_STATES)[number];

/** The days of the week, Saturday first. */
export const WEEKDAYS = ['sat', 'sun', 'mon', 'tue', 'wed', 'thu', 'fri'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** B-141: where a charity unit sits. */
export const UNIT_KINDS = [
  'mosque',
  'religious-meeting',
  'school',
  'university',
  'guild',
  'workplace',
  'residence',
  'other',
] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

export const UNIT_STATES = ['active', 'paused', 'closed'] as const;
export type UnitState = (typeof UNIT_STATES)[number];
