/** What people, places and firms of the sample are called; all of them are invented. */
import { createRequire } from 'node:module';
import type { MemorandumTyped } from '../src/templates/memoranda.ts';

export type SampleNames = {
  counties: string[];
  deputy: string;
  memorandum: MemorandumTyped;
  officers: Record<string, string>;
  centres: string[];
  mosques: string[];
  places: string[];
  streets: string[];
  men: string[];
  women: string[];
  families: string[];
  firms: string[];
  purposes: string[];
  cancelled: string;
};

export const names = createRequire(import.meta.url)('./sample-names.json') as SampleNames;
