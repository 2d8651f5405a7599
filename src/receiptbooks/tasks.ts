/** Books of paper receipts that are not back on their day, for whoever keeps them. */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import type { Db } from '../provinces/connection.ts';
import { countLateBooks } from './books.ts';

export function receiptBookTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  if (!may(actor, 'receipt-books.keep', centre)) return [];
  const number = countLateBooks(db, centre.id, actor.today);
  const told = { key: 'books-late', state: 'warn' as const, to: '/donations/receipt-books' };
  return number > 0 ? [{ ...told, clause: 'B-132', number }] : [];
}
