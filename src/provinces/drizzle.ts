/**
 * What is used of drizzle, from its CommonJS build: its ES modules pass on each other's stars in
 * circles, and linking them costs 170 MB and a third of a second at every start.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export const { drizzle } = require('drizzle-orm/better-sqlite3') as Driver;
export const { and, eq, isNull, sql } = require('drizzle-orm') as Queries;
export const { blob, integer, primaryKey, real, sqliteTable, text } =
  require('drizzle-orm/sqlite-core') as Tables;

type Driver = typeof import('drizzle-orm/better-sqlite3');
type Queries = typeof import('drizzle-orm');
type Tables = typeof import('drizzle-orm/sqlite-core');
