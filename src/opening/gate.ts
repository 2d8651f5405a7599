/** The gate before a centre's first licence: each thing that is missing, with who mends it where. */
import type { Clause } from '../bylaw/clause.ts';
import {
  areaBeforeLicence,
  clearedBeforeLicence,
  equippedBeforeLicence,
  peopleBeforeLicence,
  premisesBeforeLicence,
  sixSeatsBeforeLicence,
  surveyBeforeLicence,
} from '../bylaw/opening.ts';
import type { Ready } from './ready.ts';

/** What is missing before the first licence: its sentence is `opening:missing.{key}`. */
export type Missing = { key: string; clause: `B-${number}`; to: string };

type Asked = Missing & { step: string; holds: (ready: Ready, today: string) => boolean };

/**
 * All that the first licence waits for, in the bylaw's order, by the step in which it is done. What
 * the bylaw only has recorded (B-3, B-121) is a step of the way, and no licence is refused for it.
 */
const GATE: Asked[] = [
  ask('board', 'seats', '/opening/board', sixSeatsBeforeLicence, ({ emptySeats }) => ({
    empty: emptySeats.length,
  })),
  ask('board', 'cleared', '/opening/board', clearedBeforeLicence, ({ uncleared }) => ({
    uncleared: uncleared.length,
  })),
  ask('premises', 'premises', '/premises', premisesBeforeLicence, ({ premisesOn }) => ({
    lent: premisesOn !== null,
  })),
  ask('equipment', 'equipment', '/equipment', equippedBeforeLicence, ({ missing }) => ({
    missing: missing.length,
  })),
  ask('area', 'area', '/boundary', areaBeforeLicence, ({ areaOn }, today) => ({
    ...{ approvedOn: areaOn, today },
  })),
  ask('survey', 'survey', '/network/surveys', surveyBeforeLicence, ({ surveyOn }, today) => ({
    ...{ approvedOn: surveyOn, today },
  })),
  ask('people', 'people', '/network', peopleBeforeLicence, ({ found, least }) => ({
    ...{ found, least },
  })),
];

/** The steps that the first licence needs: those of the gate and no others. */
export const BEFORE_LICENCE = [...new Set(GATE.map(({ step }) => step))];

/** Everything that the first licence of this centre still waits for, in the bylaw's order. */
export function missingOf(ready: Ready, today: string): Missing[] {
  return GATE.filter(({ holds }) => !holds(ready, today)).map(({ key, clause, to }) => ({
    ...{ key, clause, to },
  }));
}

function ask<F>(
  ...[step, key, to, clause, facts]: [
    ...[step: string, key: string, to: string],
    ...[clause: Clause<F>, facts: (ready: Ready, today: string) => F],
  ]
): Asked {
  const holds = (ready: Ready, today: string) => clause.holds(facts(ready, today));
  return { step, key, to, clause: clause.id, holds };
}
