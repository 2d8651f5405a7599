/** The limit of entering: the rows of the same gifts, each in a durable transaction of its own. */
import type { Database } from 'better-sqlite3';
import { hashContent } from '../../src/paper/papers.ts';
import { connect } from '../../src/provinces/connection.ts';
import { type ChainRow, hashAct } from '../../src/trail/acts.ts';

type Values = Record<string, unknown>;

/** The tables that a gift is written in, each with what leads from its rows to the act. */
const TABLES = {
  acts: 'SELECT t.*, t.id AS act FROM acts t WHERE t.id > ? ORDER BY t.id',
  papers: 'SELECT t.*, t.act_id AS act FROM papers t WHERE t.act_id > ? ORDER BY t.id',
  donors: 'SELECT t.*, t.act_id AS act FROM donors t WHERE t.act_id > ? ORDER BY t.id',
  gift_references: `SELECT t.*, d.act_id AS act FROM donations d
    JOIN gift_references t ON t.donation_id = d.id WHERE d.act_id > ? ORDER BY d.id`,
  donations: 'SELECT t.*, t.act_id AS act FROM donations t WHERE t.act_id > ? ORDER BY t.id',
  entry_lines: `SELECT t.*, e.act_id AS act FROM entries e JOIN entry_lines t ON t.entry_id = e.id
    WHERE e.act_id > ? ORDER BY t.entry_id, t.line`,
  entries: 'SELECT t.*, t.act_id AS act FROM entries t WHERE t.act_id > ? ORDER BY t.id',
  receipts: `SELECT t.*, d.act_id AS act FROM donations d JOIN receipts t ON t.donation_id = d.id
    WHERE d.act_id > ? ORDER BY t.id`,
  fitra_gifts: `SELECT t.*, d.act_id AS act FROM donations d
    JOIN fitra_gifts t ON t.donation_id = d.id WHERE d.act_id > ? ORDER BY d.id`,
} as const;

type Table = keyof typeof TABLES;

/** The rows of one gift, each table's in the order they are written in. */
export type RawGift = [Table, Values][];

/** What was entered since an act, gift by gift. */
export function giftsSince(client: Database, actId: number): RawGift[] {
  const gifts = new Map<number, RawGift>();
  for (const [table, sql] of Object.entries(TABLES)) {
    for (const row of client.prepare(sql).all(actId) as Values[]) {
      const { act, ...values } = row;
      const gift = gifts.get(act as number) ?? [];
      gifts.set(act as number, gift);
      gift.push([table as Table, values]);
    }
  }
  return [...gifts.values()];
}

export function newestActId(client: Database): number {
  return client.prepare('SELECT max(id) FROM acts').pluck().get() as number;
}

/** A connection as the program has it, without the program. */
export class RawBooks {
  readonly client: Database;
  readonly #insert = new Map<string, (values: Values) => unknown>();

  constructor(file: string) {
    this.client = connect(file).$client;
  }

  /** Milliseconds of each gift, one transaction each, until the time is over; the rest in one. */
  write(gifts: RawGift[], seconds: number): number[] {
    const enterOne = this.client.transaction((gift: RawGift) => this.#enter(gift));
    const ends = performance.now() + seconds * 1000;
    const times: number[] = [];
    for (const gift of gifts) {
      const began = performance.now();
      if (began >= ends) break;
      enterOne.immediate(gift);
      times.push(performance.now() - began);
    }
    const rest = gifts.slice(times.length);
    this.client.transaction(() => {
      for (const gift of rest) this.#enter(gift);
    })();
    return times;
  }

  /** Both hashes are computed, as whoever writes these rows must. */
  #enter(gift: RawGift): void {
    for (const [table, values] of gift) {
      if (table === 'acts') requireSame(values.hash, chained(values));
      if (table === 'papers') requireSame(values.sha256, hashContent(values.content as string));
      this.#insertInto(table, values);
    }
  }

  #insertInto(table: Table, values: Values): void {
    let insert = this.#insert.get(table);
    if (!insert) {
      const places = Object.keys(values).map((column) => `@${column}`);
      const statement = this.client.prepare(`INSERT INTO ${table} VALUES (${places.join(', ')})`);
      insert = (row) => statement.run(row);
      this.#insert.set(table, insert);
    }
    insert(values);
  }
}

function chained({ user_id, centre_id, previous_hash, ...rest }: Values): Buffer {
  const row = { ...rest, userId: user_id, centreId: centre_id } as ChainRow;
  return hashAct(previous_hash as Buffer, row);
}

function requireSame(told: unknown, computed: Buffer): void {
  if (!computed.equals(told as Buffer)) throw new Error('a hash of the trail is wrong');
}
