/** A person's particulars corrected, by whoever registered them; the national ID stays. */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchText, sortKey } from '../values/persian-text.ts';
import { type Person, personById } from './persons.ts';

export type Correction = Pick<Person, 'name' | 'gender' | 'isCleric' | 'mobile'>;

const OWN = 'id = @id AND county_id = @countyId';
const FURTHER = 'person_id = @id AND county_id = @countyId';
const SET = `SET name = @name, name_search = @nameSearch, name_sort = @nameSort,
  gender = @gender, is_cleric = @isCleric, mobile = @mobile, corrected_act_id = @actId`;

const statements = prepared((db) => ({
  registrar: db.$client
    .prepare(
      `SELECT a.user_id FROM acts a WHERE a.id = coalesce(
         (SELECT act_id FROM county_persons WHERE ${FURTHER}),
         (SELECT act_id FROM persons WHERE ${OWN}))`,
    )
    .pluck(),
  own: db.$client.prepare(`UPDATE persons ${SET} WHERE ${OWN}`),
  further: db.$client.prepare(`UPDATE county_persons ${SET} WHERE ${FURTHER}`),
}));

/** Whether the actor registered this person in his county, or heads the office that keeps him. */
export function mayCorrect(db: Db, actor: Actor, { id, countyId }: Person): boolean {
  if (may(actor, 'persons.register', { countyId })) return true;
  const registrar = statements(db).registrar.get({ id, countyId }) as number | null | undefined;
  return actor.user !== null && registrar === actor.user.id;
}

/** Corrects what was typed wrongly; the trail keeps what stood before. */
export function correctPerson(tx: Tx, actor: Actor, person: Person, typed: Correction): Person {
  if (!mayCorrect(tx, actor, person)) {
    throw new Refusal('common:refusals.not-yours', { status: 403 });
  }
  const { id, countyId, name, gender, isCleric, mobile } = person;
  const before = { name, gender, isCleric, mobile };
  if (JSON.stringify(before) === JSON.stringify(typed)) {
    throw new Refusal('board:refusals.nothing-corrected', { status: 422, field: 'name' });
  }
  const act = record(tx, actor, {
    ...{ kind: 'person.corrected', subject: `persons/${person.nationalId}` },
    before,
    after: { ...typed, countyId },
  });
  const { name: corrected } = typed;
  const row = {
    ...{ id, countyId, name: corrected, nameSearch: searchText(corrected) },
    ...{ nameSort: sortKey(corrected), gender: typed.gender, isCleric: typed.isCleric ? 1 : 0 },
    ...{ mobile: typed.mobile, actId: act.id },
  };
  if (statements(tx).own.run(row).changes === 0) statements(tx).further.run(row);
  return personById(tx, id, countyId);
}
