/** A county's areas in force with what they share and leave out, computed once for each state of them. */
import { type Db, prepared } from '../provinces/connection.ts';
import type { Province } from '../provinces/province.ts';
import { Refusal } from '../refusal.ts';
import { doneApart } from './apart.ts';
import { boxAround, boxesMeet, widened } from './distance.ts';
import { bounds } from './measure.ts';
import { areasOfCounty, type Coordination, type Neighbour, neighboursIn } from './neighbours.ts';
import {
  type Gap,
  type SharedGround,
  type Survey,
  type Surveyed,
  widestGapMetres,
} from './survey.ts';

export type CountySurvey = {
  /** The county's areas, and those of other counties that reach up to them. */
  areas: Neighbour[];
  overlaps: (SharedGround & { blocks: boolean; coordination: Coordination | null })[];
  gaps: Gap[];
};

/** No county needs this long; what does is stopped, and nobody else has waited for it. */
const longestMs = 30_000;

const statements = prepared((db) => ({
  coordination: db.$client.prepare(
    `SELECT number, decided_on AS decidedOn, letter FROM boundary_coordinations
     WHERE (boundary_id = @one AND other_boundary_id = @other)
       OR (boundary_id = @other AND other_boundary_id = @one)`,
  ),
}));

const kept = new Map<string, { state: string; survey: Promise<Survey> }>();

/** What the county's areas share and leave out on a day. */
export async function surveyCounty(
  province: Province,
  countyId: number,
  day: string,
): Promise<CountySurvey> {
  const areas = areasAround(province.db, countyId, day);
  const { overlaps, gaps } = await surveyApart(`${province.file}:${countyId}`, areas);
  const own = new Set(areas.filter((one) => one.countyId === countyId).map(idOf));
  const kinds = new Map(areas.map((one) => [one.boundaryId, one.kind]));
  return {
    areas,
    overlaps: overlaps
      .filter(({ one, other }) => own.has(one) || own.has(other))
      .map((shared) => ({
        ...shared,
        blocks: [shared.one, shared.other].every((id) => kinds.get(id) === 'neighbourhood'),
        coordination: coordinationOf(province.db, shared),
      })),
    gaps: gaps.filter(({ between }) => between.some((id) => own.has(id))),
  };
}

const idOf = ({ boundaryId }: Neighbour) => boundaryId;

function coordinationOf(db: Db, { one, other }: SharedGround): Coordination | null {
  return (statements(db).coordination.get({ one, other }) as Coordination | undefined) ?? null;
}

/** Its own areas, and of other counties those that may reach up to one of them. */
function areasAround(db: Db, countyId: number, day: string): Neighbour[] {
  const own = areasOfCounty(db, countyId, day);
  if (!own.length) return [];
  const boxes = own.map(({ area }) => widened(bounds(area), widestGapMetres));
  const others = neighboursIn(db, nobody, boxAround(boxes), day).filter(
    (one) => one.countyId !== countyId && boxes.some((box) => boxesMeet(box, bounds(one.area))),
  );
  return [...own, ...others];
}

const nobody = 0;

/** The same areas are surveyed once; a changed area makes it a new survey. */
function surveyApart(key: string, areas: Neighbour[]): Promise<Survey> {
  const state = areas.map(idOf).join(',');
  const known = kept.get(key);
  if (known?.state === state) return known.survey;
  const survey = inThread(
    areas.map(({ boundaryId, code, kind, area }) => ({
      ...{ id: boundaryId, code, neighbourhood: kind === 'neighbourhood', area },
    })),
  );
  kept.set(key, { state, survey });
  survey.catch(() => kept.delete(key));
  return survey;
}

const inThread = (areas: Surveyed[]): Promise<Survey> =>
  doneApart(new URL('./survey-thread.ts', import.meta.url), areas, {
    longestMs,
    tooLong: new Refusal('boundary:refusals.survey-too-long', { status: 409 }),
  });
