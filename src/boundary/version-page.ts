/** What the page of one version says, and what a program is told of it. */
import type { Response } from 'express';
import { centreRoot } from '../web/written.ts';
import { boundaryOn, type Version } from './boundaries.ts';
import { drawCentre, lengthInWords, sizeInWords } from './centre-map.ts';
import { cornersOf } from './corners.ts';
import { perimeterMetres } from './measure.ts';
import { type Overlapping, overlapsOf } from './neighbours.ts';

type State = 'in-force' | 'waiting' | 'past' | 'passed-over';

const looks = { 'in-force': 'ok', waiting: 'wait', past: 'none', 'passed-over': 'void' } as const;

/** A version as JSON tells it. */
export function told(res: Response, version: Version, versions: Version[] = []) {
  const { province, centre, actor } = res.locals;
  const { area, id, centreId, ...particulars } = version;
  const inForce = boundaryOn(province.db, centre.id, actor!.today);
  return { centre: centre.code, ...particulars, state: stateOf(version, inForce, versions), area };
}

export const toldOverlap = (shared: Overlapping) => ({
  centre: shared.code,
  name: shared.name,
  squareMetres: shared.sharedSquareMetres,
  blocks: shared.blocks,
  coordination: shared.coordination,
});

export function versionPage(res: Response, versions: Version[], shown: Version | undefined) {
  const { province, centre, actor, t } = res.locals;
  const inForce = boundaryOn(province.db, centre.id, actor!.today);
  const open = shown && stateOf(shown, inForce, versions) === 'waiting';
  const overlaps = shown && open ? overlapsOf(province.db, centre, shown) : [];
  const past = inForce && shown && inForce.id !== shown.id ? inForce : undefined;
  const map = drawCentre(province.db, centre, { size: 'large', shown, past, overlaps }, res.locals);
  return {
    title: t('boundary:title'),
    standing: standing(res, shown, inForce, versions),
    ...{ map, open: Boolean(open), past: past ? versionName(res, past) : null },
    shown: shown ? shownVersion(res, shown, inForce, versions) : null,
    versions: versions.map((version) => row(res, version, inForce, versions)),
    overlaps: overlaps.map((shared) => overlapLine(res, shared)),
    missing: overlaps.filter(({ blocks, coordination }) => blocks && !coordination).length,
    exported: Boolean(inForce),
  };
}

/** A version that nobody approved is passed over once a later one stands. */
function stateOf(version: Version, inForce?: Version, versions: Version[] = []): State {
  if (version.approvedOn) return version.id === inForce?.id ? 'in-force' : 'past';
  const later = inForce && inForce.version > version.version;
  const newest = versions[0]?.version ?? version.version;
  return later || version.version < newest ? 'passed-over' : 'waiting';
}

const versionName = ({ locals: { t, show } }: Response, { version }: Version) =>
  t('boundary:version', { version: show.number(version) });

function standing(res: Response, shown?: Version, inForce?: Version, versions: Version[] = []) {
  const { t, show } = res.locals;
  if (!shown) return t('boundary:standing.none');
  const state = stateOf(shown, inForce, versions);
  const version = show.number(shown.version);
  if (state === 'waiting' && !inForce) return t('boundary:standing.first', { version });
  const day = shown.approvedOn ? show.day(shown.approvedOn) : '';
  const current = inForce ? show.number(inForce.version) : '';
  return t(`boundary:standing.${state}`, { version, day, current });
}

function shownVersion(res: Response, shown: Version, inForce?: Version, versions: Version[] = []) {
  const { t, show } = res.locals;
  const state = stateOf(shown, inForce, versions);
  return {
    ...{ number: shown.version, name: versionName(res, shown), note: shown.note },
    state: { state: looks[state], text: t(`boundary:states.${state}`) },
    facts: [
      { term: t('boundary:facts.proposed'), text: show.day(shown.proposedOn) },
      { term: t('boundary:facts.by'), text: shown.proposedBy },
      { term: t('boundary:facts.approved'), text: shown.approvedOn && show.day(shown.approvedOn) },
      { term: t('boundary:facts.approved-by'), text: shown.approvedBy },
      { term: t('boundary:facts.size'), text: sizeInWords(shown.squareMetres, res.locals) },
      { term: t('boundary:facts.change'), text: changeInWords(res, shown, inForce) },
      {
        term: t('boundary:facts.perimeter'),
        text: lengthInWords(perimeterMetres(shown.area), res.locals),
      },
      { term: t('boundary:facts.corners'), text: show.number(cornersOf(shown.area).flat().length) },
    ],
  };
}

function changeInWords(res: Response, shown: Version, inForce?: Version): string {
  if (!inForce || inForce.id === shown.id || shown.approvedOn) return '';
  const difference = shown.squareMetres - inForce.squareMetres;
  const key = difference < 0 ? 'smaller' : 'larger';
  const size = sizeInWords(Math.abs(difference), res.locals);
  return difference ? res.locals.t(`boundary:facts.${key}`, { size }) : '';
}

function row(res: Response, version: Version, inForce?: Version, versions: Version[] = []) {
  const { t, show } = res.locals;
  const state = stateOf(version, inForce, versions);
  const href = `${centreRoot(res)}/boundary/${version.version}`;
  const approved = version.approvedOn;
  return {
    void: state === 'passed-over',
    cells: [
      { text: versionName(res, version), href },
      { text: show.day(version.proposedOn), small: version.proposedBy },
      approved ? { text: show.day(approved), small: version.approvedBy } : '\u2014',
      sizeInWords(version.squareMetres, res.locals),
      { state: looks[state], text: t(`boundary:states.${state}`) },
    ],
  };
}

function overlapLine(res: Response, shared: Overlapping) {
  const { t, show } = res.locals;
  const { code, name, blocks, coordination } = shared;
  const state = coordination ? 'coordinated' : blocks ? 'open' : 'shared';
  const day = coordination ? show.day(coordination.decidedOn) : '';
  return {
    ...{ code, state, name },
    size: sizeInWords(shared.sharedSquareMetres, res.locals),
    text: t(`boundary:overlaps.${state}`, { number: coordination?.number ?? '', day }),
  };
}
