/** An outline held against the neighbours before it is proposed: what it would share, and where. */
import type { Response } from 'express';
import { z } from 'zod';
import { describeBody } from '../web/described.ts';
import type { Area } from './area.ts';
import { drawCentre, sizeInWords } from './centre-map.ts';
import { areaSquareMetres, insidePoint } from './measure.ts';
import { type Overlapping, overlapsBefore } from './neighbours.ts';
import { drawnFields } from './proposal.ts';
import { toldOverlap } from './version-page.ts';

describeBody('POST /{province}/centres/{code}/boundary/check', z.object(drawnFields));

/** As a program and the map's own script are told of it. */
export function checked(res: Response, area: Area) {
  return {
    squareMetres: Math.round(areaSquareMetres(area)),
    overlaps: overlapsFor(res, area).map((shared) => ({
      ...toldOverlap(shared),
      text: lineOf(res, shared),
    })),
  };
}

/** The same drawn and in words, for the form without a script. */
export function checkedPage(res: Response, area: Area) {
  const { province, centre, actor } = res.locals;
  const overlaps = overlapsFor(res, area);
  const squareMetres = Math.round(areaSquareMetres(area));
  const shown = { ...nobodys, centreId: centre.id, area, squareMetres };
  return {
    size: sizeInWords(squareMetres, res.locals),
    map: drawCentre(
      province.db,
      centre,
      { size: 'large', shown, unnamed: true, overlaps, day: actor!.today },
      res.locals,
    ),
    overlaps: overlaps.map((shared) => ({
      ...{ name: shared.name, blocks: shared.blocks, size: lineOf(res, shared) },
    })),
  };
}

/** What a version has that this outline has not got yet. */
const nobodys = {
  ...{ id: 0, version: 0, note: null, proposedOn: '', proposedBy: '' },
  ...{ approvedOn: null, approvedBy: null, fromOn: null, closed: null },
};

const overlapsFor = ({ locals: { province, centre, actor } }: Response, area: Area) =>
  overlapsBefore(province.db, centre, area, actor!.today);

/** So many square metres, about there. */
function lineOf({ locals: { t, show } }: Response, { sharedSquareMetres, shape }: Overlapping) {
  const [lon, lat] = insidePoint(shape);
  const degrees = (value: number) => {
    const mark = show.digits('1') === '1' ? '.' : '\u066B';
    return show.digits(value.toFixed(5)).replace('.', mark);
  };
  const values = { n: show.number(sharedSquareMetres), lat: degrees(lat), lon: degrees(lon) };
  return t('boundary:overlaps.exact', values);
}
