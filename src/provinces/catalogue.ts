/** The provinces of this installation: every `*.sqlite` in the data folder. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { log } from '../log.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { closeProvince, createProvince, openProvince, type Province, SLUG } from './province.ts';

export type Catalogue = { folder: string; open: Map<string, Province> };

/**
 * Meets every province file of the folder and brings it up to date; one that is damaged keeps nobody
 * from the others.
 */
export function openCatalogue(folder: string): Catalogue {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const catalogue: Catalogue = { folder, open: new Map() };
  for (const province of openedOf(catalogue)) province.rest();
  return catalogue;
}

/** Closes the files that nobody has asked for since the last time. */
export function restUnused(catalogue: Catalogue): void {
  for (const province of catalogue.open.values()) if (!province.wasUsed()) province.rest();
}

export function closeCatalogue(catalogue: Catalogue): void {
  for (const province of catalogue.open.values()) closeProvince(province);
}

/** The province of a slug; a file laid in the folder while the program runs is found too. */
export function findProvince(catalogue: Catalogue, slug: string): Province {
  const known = catalogue.open.get(slug);
  if (known) return known;
  if (!SLUG.test(slug) || !existsSync(fileOf(catalogue.folder, slug))) throw new NotFound();
  const province = openProvince(fileOf(catalogue.folder, slug));
  catalogue.open.set(slug, province);
  return province;
}

/** Makes a new province; refuses a slug that is taken or cannot be one. */
export function addProvince(catalogue: Catalogue, slug: string, name: string): Province {
  if (!SLUG.test(slug) || RESERVED.has(slug)) {
    throw new Refusal('provinces:refusals.slug', { status: 422, field: 'slug', values: { slug } });
  }
  if (existsSync(fileOf(catalogue.folder, slug))) {
    throw new Refusal('provinces:refusals.slug-taken', { field: 'slug', values: { slug } });
  }
  const province = createProvince(fileOf(catalogue.folder, slug), name);
  catalogue.open.set(slug, province);
  return province;
}

/** The provinces by their slugs, those laid in the folder since the start included. */
export function provincesOf(catalogue: Catalogue): Province[] {
  return slugsIn(catalogue.folder).map((slug) => findProvince(catalogue, slug));
}

/** Those of them that can be opened; the operator is told of the others. */
export function openedOf(catalogue: Catalogue): Province[] {
  return slugsIn(catalogue.folder).flatMap((slug) => {
    try {
      return findProvince(catalogue, slug);
    } catch (fault) {
      log.error({ province: slug, err: fault }, 'a province file cannot be opened');
      return [];
    }
  });
}

export function fileOf(folder: string, slug: string): string {
  return join(folder, `${slug}.sqlite`);
}

/** Words that are addresses of their own and so no province's slug. */
const RESERVED = new Set(['verify', 'assets', 'healthz', 'openapi', 'setup', 'login', 'language']);

/** The slugs of the folder's files, opened or not. */
export function slugsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sqlite') && SLUG.test(name.slice(0, -'.sqlite'.length)))
    .map((name) => name.slice(0, -'.sqlite'.length))
    .sort();
}
