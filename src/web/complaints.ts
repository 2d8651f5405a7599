/** The database is the last guard: what its triggers say in their own names, people read as a rule. */
import Database from 'better-sqlite3';
import { Refusal } from '../refusal.ts';

export const DatabaseError = Database.SqliteError;
export type DatabaseError = InstanceType<typeof Database.SqliteError>;

/**
 * The refusal behind a constraint or trigger of ours; undefined when the complaint is a fault.
 *
 * The rules are asked in code first, so this speaks only when two acts meet at the same moment or
 * a rule of the code was forgotten; either way nothing was written.
 */
export function complaintOf(fault: DatabaseError): Refusal | undefined {
  if (!fault.code.startsWith('SQLITE_CONSTRAINT')) return undefined;
  // A trigger says its name alone, a check after a sentence of SQLite's own.
  const clause = /(?:^|: )b(\d+)_\w+$/.exec(fault.message)?.[1];
  if (clause) return new Refusal(`bylaw:refusals.B-${clause}`, { clause: `B-${clause}` });
  return new Refusal('common:refusals.database');
}
