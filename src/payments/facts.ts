/** What the compass asks about what leaves the centre: whether its chair agreed to each (B-58). */
import { type Db, prepared } from '../provinces/connection.ts';

export type OutgoingFacts = {
  /** Payments and deliveries that were made, and those without the chair's and another's signature. */
  made: number;
  stray: number;
};

const unsigned = (table: string, id: string) => `SELECT count(*) AS made,
    coalesce(sum((SELECT count(DISTINCT s.signed_by) FROM outgoing_signatures s
      WHERE s.subject = '${table}/' || m.${id}) <> 2
      OR NOT EXISTS (SELECT 1 FROM outgoing_signatures s
        WHERE s.subject = '${table}/' || m.${id} AND s.signed_as = 'chair')), 0) AS stray
  FROM ${table}_made m WHERE m.centre_id = @centre`;

const statements = prepared((db) => ({
  outgoing: db.$client.prepare(
    `SELECT sum(made) AS made, sum(stray) AS stray FROM (
       ${unsigned('payments', 'payment_id')} UNION ALL ${unsigned('deliveries', 'delivery_id')})`,
  ),
}));

export function outgoingFactsOf(db: Db, centre: number): OutgoingFacts {
  return statements(db).outgoing.get({ centre }) as OutgoingFacts;
}
