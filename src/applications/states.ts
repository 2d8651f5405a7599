/** B-13: the life of an application: received, under review, answered; each answer can be reviewed. */
export const APPLICATION_STATES = [
  'received',
  'under-review',
  'approved',
  'refused',
  'withdrawn',
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];
export type StepTaken = Exclude<ApplicationState, 'received'>;

/** What may follow a state; an answer leads back to review until a centre has come of it. */
export const FOLLOWS: Record<ApplicationState, readonly StepTaken[]> = {
  received: ['under-review', 'withdrawn'],
  'under-review': ['approved', 'refused', 'withdrawn'],
  approved: ['under-review'],
  refused: ['under-review'],
  withdrawn: ['under-review'],
};

export const ASKS = ['centre', 'board', 'volunteering'] as const;

/** B-2: the five goals of the bylaw. */
export const GOALS = ['B-2', 'B-3', 'B-4', 'B-5', 'B-6'] as const;
