/** The picture tiles that the administrator may lay beside the provinces, to draw upon. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { log } from '../log.ts';
import { NotFound } from '../refusal.ts';

export type Tiles = {
  /** Changes with the file, so that a browser asks anew. */
  mark: string;
  type: 'image/png' | 'image/jpeg' | 'image/webp';
  minZoom: number;
  maxZoom: number;
  attribution: string;
  tile: (at: { z: number; x: number; y: number }) => Buffer | undefined;
};

const types: Record<string, Tiles['type']> = {
  ...{ png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', webp: 'image/webp' },
};

type Opened = { mark: string; client: Database.Database | null; tiles: Tiles | undefined };
const opened = new Map<string, Opened>();

/**
 * The tiles of a province: `{slug}.mbtiles`, or `tiles.mbtiles` for all provinces; undefined where
 * neither lies there. A file laid down or changed while the program runs is noticed.
 */
export function tilesOf(folder: string, slug: string): Tiles | undefined {
  const file = [`${slug}.mbtiles`, 'tiles.mbtiles']
    .map((name) => join(folder, name))
    .find((path) => existsSync(path));
  if (!file) return undefined;
  const { mtimeMs, size } = statSync(file);
  const mark = `${Math.round(mtimeMs).toString(36)}-${size.toString(36)}`;
  const known = opened.get(file);
  if (known?.mark === mark) return known.tiles;
  known?.client?.close();
  const fresh = openTiles(file, mark);
  opened.set(file, fresh);
  return fresh.tiles;
}

/** Lets go of every tile file. */
export function closeTiles(): void {
  for (const { client } of opened.values()) client?.close();
  opened.clear();
}

/** A file that is no map of pictures is told to the operator once, and the pages do without it. */
function openTiles(file: string, mark: string): Opened {
  let client: Database.Database | null = null;
  try {
    client = new Database(file, { readonly: true, fileMustExist: true });
    return { mark, client, tiles: readTiles(client, mark) };
  } catch (fault) {
    client?.close();
    log.error({ file, err: fault }, 'the tile file cannot be used');
    return { mark, client: null, tiles: undefined };
  }
}

function readTiles(client: Database.Database, mark: string): Tiles {
  const rows = client.prepare('SELECT name, value FROM metadata').raw().all();
  const told = new Map(rows as [string, string][]);
  const type = types[told.get('format') ?? 'png'];
  if (!type) throw new Error(`tiles of the format ${told.get('format')} are no pictures`);
  const one = client
    .prepare(
      'SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?',
    )
    .pluck();
  return {
    ...{ mark, type },
    minZoom: zoom(told.get('minzoom'), 0),
    maxZoom: zoom(told.get('maxzoom'), 18),
    attribution: plainText(told.get('attribution') ?? ''),
    // MBTiles counts rows from the south, addresses from the north.
    tile: ({ z, x, y }) => pictureOf(() => one.get(z, x, 2 ** z - 1 - y)),
  };
}

/** What is damaged within a file, or no bytes at all, is a tile that is missing. */
function pictureOf(read: () => unknown): Buffer | undefined {
  try {
    const found = read();
    return Buffer.isBuffer(found) && found.length > 0 ? found : undefined;
  } catch (fault) {
    log.warn({ err: fault }, 'a tile cannot be read');
    return undefined;
  }
}

function zoom(text: string | undefined, otherwise: number): number {
  const level = Number(text ?? otherwise);
  return Number.isInteger(level) && level >= 0 && level <= 22 ? level : otherwise;
}

/** Whose the map is often comes with links; the words alone are printed. */
const plainText = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&copy;/g, '\u00A9')
    .replace(/&amp;/g, '&')
    .trim()
    .slice(0, 300);

/** The tile that an address names; throws NotFound for what can't be one. */
export function tileNamed({ z, x, y }: Record<'z' | 'x' | 'y', string>) {
  const at = { z: Number(z), x: Number(x), y: Number(y) };
  const side = 2 ** at.z;
  const sound = [z, x, y].every((text) => /^\d{1,8}$/.test(text)) && at.z <= 22;
  if (!sound || at.x >= side || at.y >= side) throw new NotFound();
  return at;
}
