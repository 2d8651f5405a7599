/** What the sheet of a survey says (B-139): the four boxes, and the map its points lie on. */
import type { Actor } from '../access/actor.ts';
import { sheetMap, subjectOf } from '../boundary/sheet-content.ts';
import type { SheetMap } from '../boundary/sheet-paper.ts';
import { boundaryOn } from '../boundary/versions.ts';
import { centreOnPaper } from '../centres/centre-on-paper.ts';
import type { Centre } from '../centres/centres.ts';
import type { CentreOnPaper } from '../paper/print-mark.ts';
import type { Tx } from '../provinces/connection.ts';
import { setting } from '../provinces/province.ts';
import type { Language } from '../values/language.ts';
import { wordsFor } from '../words.ts';
import type { Survey, SurveyPoint } from './surveys.ts';

export type SurveySheet = {
  kind: 'survey';
  lang: Language;
  number: string;
  issuedOn: string;
  draftedOn: string;
  committee: { province: string; county: string };
  centre: CentreOnPaper;
  /** The area in force when it was approved, and its map; none where there was none yet. */
  area?: { version: number; map: SheetMap };
  points: Omit<SurveyPoint, 'id'>[];
  signer: { name: string; office: string };
  code: string;
  verifyAddress: string;
};

type Approved = {
  survey: Survey;
  points: SurveyPoint[];
  approvedOn: string;
  approver: 'chair' | 'committee';
  code: string;
  verifyAddress: string;
};

/** The sheet as it is kept with its approval. */
export function surveySheetOf(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { survey, points, approvedOn, approver, code, verifyAddress }: Approved,
): SurveySheet {
  const t = wordsFor('fa');
  const area = boundaryOn(tx, centre.id, approvedOn);
  const office = approver === 'chair' ? 'board:seats.chair' : `common:roles.${actor.office!.role}`;
  return {
    ...{ kind: 'survey', lang: 'fa', number: String(survey.version), issuedOn: approvedOn },
    draftedOn: survey.draftedOn,
    committee: { province: setting(tx, 'name') ?? '', county: centre.countyName },
    centre: centreOnPaper(tx, centre),
    area: area && {
      version: area.version,
      map: sheetMap(tx, subjectOf(centre), area.area, approvedOn).map,
    },
    points: points.map(({ id, ...point }) => point),
    signer: { name: actor.user?.name ?? '', office: t(office) },
    ...{ code, verifyAddress },
  };
}
