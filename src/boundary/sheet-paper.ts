/** What a map sheet says: kept with its act when it is issued, and drawn from nothing else. */
import type { CentreOnPaper } from '../paper/print-mark.ts';
import type { Language } from '../values/language.ts';
import type { Point, Ring } from './area.ts';
import type { Bounds } from './measure.ts';
import type { OutlineKind } from './outlines.ts';

export type SheetPaper = {
  kind: 'map-sheet';
  lang: Language;
  number: string;
  issuedOn: string;
  version: number;
  squareMetres: number;
  approval: { on: string; by: string; inForceOn: string };
  committee: { province: string; county: string };
  centre: CentreOnPaper;
  map: SheetMap;
  /** The owners of what was imported, in the words they ask for. */
  attributions: string[];
  signers: { name: string; office: string }[];
  code: string;
  verifyAddress: string;
};

/** Everything that is drawn, in degrees, cut to the ground that either form shows. */
export type SheetMap = {
  /** The box about the area, which every form sees whole. */
  bounds: Bounds;
  ours: { name: string; rings: Ring[] };
  office: { name: string; at: Point } | null;
  theirs: { name: string; rings: Ring[] }[];
  lines: { kind: OutlineKind; name: string | null; pieces: Point[][] }[];
  points: { kind: OutlineKind; name: string | null; at: Point }[];
  /** The county about it, or the neighbourhood at large, to find the area in. */
  locator: { county: boolean; rings: Ring[][] };
};
