/** What a hand in the file does first: every trigger goes at once, as fast as the file is read again. */
import type Database from 'better-sqlite3';

/** Takes away all triggers but those whose name holds the word. */
export function dropTriggers(client: Database.Database, kept = '\n'): void {
  client.unsafeMode(true);
  client.pragma('writable_schema = ON');
  client
    .prepare("DELETE FROM sqlite_schema WHERE type = 'trigger' AND instr(name, ?) = 0")
    .run(kept);
  forgetSchema(client);
  client.unsafeMode(false);
}

/** The file's tables and triggers are read again, as after triggers came back by a rollback. */
export function forgetSchema(client: Database.Database): void {
  client.pragma('writable_schema = RESET');
}
