/** What the sheet of a survey says (B-139): the four boxes, and the map its points lie on. */
import type { Actor } from '../access/actor.ts';
import type { Area, Point } from '../boundary/area.ts';
import { boundaryOn } from '../boundary/boundaries.ts';
import { pointOf } from '../boundary/centre-map.ts';
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
  /** The area in force when it was approved; null where there was none yet. */
  area: { version: number; approvedOn: string; shape: Area } | null;
  host: { name: string; at: Point } | null;
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
  const at = pointOf(centre);
  const office = approver === 'chair' ? 'board:seats.chair' : `common:roles.${actor.office!.role}`;
  return {
    ...{ kind: 'survey', lang: 'fa', number: String(survey.version), issuedOn: approvedOn },
    draftedOn: survey.draftedOn,
    committee: { province: setting(tx, 'name') ?? '', county: centre.countyName },
    centre: centreOnPaper(tx, centre),
    area: area ? { version: area.version, approvedOn: area.approvedOn, shape: area.area } : null,
    host: at ? { name: centre.hostName, at } : null,
    points: points.map(({ id, ...point }) => point),
    signer: { name: actor.user?.name ?? '', office: t(office) },
    ...{ code, verifyAddress },
  };
}
