/** What the page of one version says, and what a program is told of it. */
import type { Response } from 'express';
import { centreRoot } from '../web/written.ts';
import { drawCentre, lengthInWords, ownersUnder, sizeInWords } from './centre-map.ts';
import { cornersOf } from './corners.ts';
import { perimeterMetres } from './measure.ts';
import type { Overlapping } from './neighbours.ts';
import { permitsOver } from './permits-known.ts';
import { overlapsShown } from './taken-back.ts';
import { boundaryOn, stateOf, type Version, type VersionState, versionsOf } from './versions.ts';

const looks = {
  ...({ 'in-force': 'ok', 'to-come': 'info', waiting: 'wait', past: 'none' } as const),
  ...({ 'passed-over': 'void', refused: 'bad', withdrawn: 'void' } as const),
} satisfies Record<VersionState, string>;

/** A version as JSON tells it. */
export function told(res: Response, version: Version, versions?: Version[]) {
  const { province, centre, actor } = res.locals;
  const { area, id, centreId, ...particulars } = version;
  const all = versions ?? versionsOf(province.db, centre.id);
  return { centre: centre.code, ...particulars, state: stateOf(version, all, actor!.today), area };
}

/** What is shared, how much and where: a program can draw it. */
export const toldOverlap = (shared: Overlapping) => ({
  ...{ centre: shared.code, name: shared.name, squareMetres: shared.sharedSquareMetres },
  ...{ blocks: shared.blocks, coordination: shared.coordination, geometry: shared.shape },
});

export function versionPage(res: Response, versions: Version[], shown: Version | undefined) {
  const { province, centre, actor, t } = res.locals;
  const day = actor!.today;
  const inForce = boundaryOn(province.db, centre.id, day);
  const page: Page = { versions, inForce, day };
  const open = shown && stateOf(shown, versions, day) === 'waiting';
  // A centre that holds no ground sees what would have to be coordinated before it is reinstated.
  const asked = shown && (open || shown.approvedOn !== null);
  const overlaps = asked ? overlapsShown(province.db, centre, shown, day) : [];
  const past = inForce && shown && inForce.id !== shown.id ? inForce : undefined;
  const sheet = { size: 'large' as const, shown, past, overlaps, day };
  return {
    title: t('boundary:title'),
    stands: standing(res, shown, page),
    map: drawCentre(province.db, centre, sheet, res.locals),
    owners: ownersUnder(province.db, centre, shown),
    ...{
      open: Boolean(open),
      freed: !open && overlaps.length > 0,
      past: past ? versionName(res, past) : null,
    },
    shown: shown ? shownVersion(res, shown, page) : null,
    closed: shown?.closed ? closedNote(res, shown) : null,
    versions: versions.map((version) => row(res, version, page)),
    overlaps: overlaps.map((shared) => overlapLine(res, shared)),
    missing: overlaps.filter(({ blocks, coordination }) => blocks && !coordination).length,
    exported: Boolean(inForce),
    // B-126: who of elsewhere serves in this area, the centre sees on the page of it.
    over: permitsOver(province.db, centre.id, day),
  };
}

/** What the page tells of: all versions, the one in force, the day. */
type Page = { versions: Version[]; inForce?: Version; day: string };

const versionName = ({ locals: { t, show } }: Response, { version }: Version) =>
  t('boundary:version', { version: show.number(version) });

function standing(
  res: Response,
  shown: Version | undefined,
  { versions, inForce, day: today }: Page,
) {
  const { t, show } = res.locals;
  if (!shown) return t('boundary:standing.none');
  const state = stateOf(shown, versions, today);
  const version = show.number(shown.version);
  if (!inForce && state !== 'to-come') return t('boundary:standing.first', { version });
  const day = shown.fromOn ? show.day(shown.fromOn) : '';
  const current = inForce ? show.number(inForce.version) : '';
  return t(`boundary:standing.${state}`, { version, day, current });
}

/** Why a version was refused or taken back, by whom and on which day. */
function closedNote({ locals: { t, show } }: Response, { closed }: Version) {
  const { how, reason, on, by } = closed!;
  return { text: t(`boundary:closed.${how}`, { day: show.day(on), by }), reason };
}

function shownVersion(res: Response, shown: Version, { versions, inForce, day }: Page) {
  const { t, show } = res.locals;
  const state = stateOf(shown, versions, day);
  return {
    ...{ number: shown.version, name: versionName(res, shown), note: shown.note },
    state: { state: looks[state], text: t(`boundary:states.${state}`) },
    facts: [
      { term: t('boundary:facts.proposed'), text: show.day(shown.proposedOn) },
      { term: t('boundary:facts.by'), text: shown.proposedBy },
      { term: t('boundary:facts.approved'), text: shown.approvedOn && show.day(shown.approvedOn) },
      { term: t('boundary:facts.approved-by'), text: shown.approvedBy },
      { term: t('boundary:facts.from'), text: shown.fromOn && show.day(shown.fromOn) },
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

function row(res: Response, version: Version, { versions, day }: Page) {
  const { t, show } = res.locals;
  const state = stateOf(version, versions, day);
  const href = `${centreRoot(res)}/boundary/${version.version}`;
  const approved = version.approvedOn;
  return {
    void: state === 'passed-over' || state === 'withdrawn',
    cells: [
      { text: versionName(res, version), href },
      { text: show.day(version.proposedOn), small: version.proposedBy },
      approved ? { text: show.day(approved), small: version.approvedBy } : '\u2014',
      version.fromOn ? show.day(version.fromOn) : '\u2014',
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
