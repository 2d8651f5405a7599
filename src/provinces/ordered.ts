/** A list in each of the orders that it may be asked for, every one prepared. */
import type { Db } from './connection.ts';

type Statement = ReturnType<Db['$client']['prepare']>;
/** By the name of the order, and `-name` downward. */
export type Ordered = Map<string, Statement>;

/** `orders` are columns by their names; what is equal stands by `last`, which is never equal. */
export function ordered(
  db: Db,
  sql: string,
  orders: Record<string, string>,
  last: readonly string[],
): Ordered {
  const prepare = (by: string, down: boolean) => {
    const columns = [by, ...last]
      .filter(Boolean)
      .map((column) => `${column}${down ? ' DESC' : ''}`);
    return db.$client.prepare(`${sql} ORDER BY ${columns.join(', ')} LIMIT @limit OFFSET @offset`);
  };
  return new Map(
    Object.entries(orders).flatMap(([name, by]) => [
      [name, prepare(by, false)] as const,
      [`-${name}`, prepare(by, true)] as const,
    ]),
  );
}

/** An order that is not known by name is the usual one, in the direction that was asked for. */
export function inOrder(orders: Ordered, usual: string, sort = usual): Statement {
  return orders.get(sort) ?? orders.get(sort.startsWith('-') ? `-${usual}` : usual)!;
}
