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

/** Everything that the first licence of this centre still waits for, in the bylaw's order. */
export function missingOf(ready: Ready, today: string): Missing[] {
  const { emptySeats, uncleared, premisesOn, missing, areaOn, surveyOn, found, least } = ready;
  const asked = [
    ask(sixSeatsBeforeLicence, { empty: emptySeats.length }, 'seats', '/opening/board'),
    ask(clearedBeforeLicence, { uncleared: uncleared.length }, 'cleared', '/opening/board'),
    ask(premisesBeforeLicence, { lent: premisesOn !== null }, 'premises', '/premises'),
    ask(equippedBeforeLicence, { missing: missing.length }, 'equipment', '/equipment'),
    ask(areaBeforeLicence, { approvedOn: areaOn, today }, 'area', '/boundary'),
    ask(surveyBeforeLicence, { approvedOn: surveyOn, today }, 'survey', '/network/surveys'),
    ask(peopleBeforeLicence, { found, least }, 'people', '/network'),
  ];
  return asked.filter((one) => one !== undefined);
}

function ask<F>(clause: Clause<F>, facts: F, key: string, to: string): Missing | undefined {
  return clause.holds(facts) ? undefined : { key, clause: clause.id, to };
}
