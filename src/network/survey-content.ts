/** What the sheet of a survey says (B-139): the four boxes, and the map its points lie on. */
import type { Actor } from '../access/actor.ts';
import type { Point } from '../boundary/area.ts';
import { sheetMap, subjectOf } from '../boundary/sheet-content.ts';
import type { SheetMap } from '../boundary/sheet-paper.ts';
import { boundaryOn } from '../boundary/versions.ts';
import type { Centre } from '../centres/centres.ts';
import { composed } from '../paper/letters.ts';
import type { LetterTable, OfficialLetter } from '../paper/official-letter.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { wordsOn } from '../templates/board-name.ts';
import { formatDay } from '../values/jalali-date.ts';
import type { Words } from '../words.ts';
import type { Box, Survey, SurveyPoint } from './surveys.ts';

/** An official letter in the province's words, with the map beside its tables. */
export type SurveySheet = OfficialLetter & {
  /** None where the committee had fixed no area yet. */
  map?: SheetMap;
  /** The points that have a place, by their number in the boxes. */
  marks: { number: number; at: Point }[];
};

type Approved = {
  survey: Survey;
  points: SurveyPoint[];
  approvedOn: string;
  approver: 'chair' | 'committee';
  code: string;
  verifyAddress: string;
};

/** What stands beside each other: what helps and what hinders; what is seen and what is not. */
const PAIRS: [Box, Box][] = [
  ['strengths', 'weaknesses'],
  ['open', 'hidden'],
];

const statements = prepared(({ $client: client }) => ({
  capacities: client
    .prepare("SELECT count(*) FROM capacities WHERE centre_id = ? AND state <> 'withdrawn'")
    .pluck(),
}));

/** The sheet as it is kept with its approval. */
export function surveySheetOf(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { survey, points, approvedOn, approver, ...carried }: Approved,
): SurveySheet {
  const t = wordsOn(tx, approvedOn);
  const byBoard = approver === 'chair';
  const letter = composed(tx, actor, {
    ...{ centre, kind: 'survey', head: byBoard ? 'centre' : 'committee', addressee: [] },
    values: {
      version: survey.version,
      // The wording says the board approved; before there is one, the summary says who did.
      approvedOn: byBoard ? approvedOn : undefined,
      summary: byBoard ? undefined : t('network:sheet.by-committee', { county: centre.countyName }),
      count: countCapacities(tx, centre.id) || undefined,
    },
    tables: PAIRS.map((pair) => tableOf(points, pair, t)),
    deed: { kind: 'survey.approved', subject: '' },
  });
  const area = boundaryOn(tx, centre.id, approvedOn);
  return {
    ...{ ...letter, number: String(survey.version), issuedOn: approvedOn, ...carried },
    map: area && sheetMap(tx, subjectOf(centre), area.area, approvedOn).map,
    marks: points.flatMap(({ lon, lat }, at) =>
      lon === null || lat === null ? [] : [{ number: at + 1, at: [lon, lat] as Point }],
    ),
  };
}

const countCapacities = (db: Db, centreId: number) =>
  statements(db).capacities.get(centreId) as number;

function tableOf(points: SurveyPoint[], pair: [Box, Box], t: Words): LetterTable {
  const [first, second] = pair.map((box) =>
    points.flatMap((point, at) => (point.box === box ? [said(point, at + 1, t)] : [])),
  ) as [string[], string[]];
  const rows = Array.from({ length: Math.max(first.length, second.length) }, (_, at) => [
    first[at] ?? null,
    second[at] ?? null,
  ]);
  return {
    columns: pair.map((box) => ({ title: t(`network:surveys.boxes.${box}`), kind: 'text' })),
    rows,
  };
}

function said({ text, weight, place, seenOn }: SurveyPoint, number: number, t: Words): string {
  const where = place ? t('network:sheet.at', { place }) : '';
  const day = formatDay(seenOn, 'fa', 'day');
  return t('network:sheet.point', { number, text, weight, where, day });
}
