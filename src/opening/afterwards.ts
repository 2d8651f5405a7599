/** What a centre has of what follows its first licence, and since when. */
import type { Seat } from '../access/powers.ts';
import { type Decree, decreesOf } from '../board/decree-rows.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { traineesOf } from './trainings.ts';

export type Afterwards = {
  licensedOn: string | null;
  decrees: Decree[];
  codedOn: string | null;
  sealedOn: string | null;
  introducedOn: string | null;
  accountOn: string | null;
  /** The day the chair's user was opened. */
  userOn: string | null;
  hasChair: boolean;
  /** The day on which the last user of the board was trained; null while one is not. */
  trainedOn: string | null;
};

const statements = prepared((db) => ({
  days: db.$client.prepare(
    `SELECT
       (SELECT date(min(a.at), '+210 minutes') FROM licences l JOIN acts a ON a.id = l.act_id
        WHERE l.centre_id = @centre) AS licensedOn,
       (SELECT recorded_on FROM activity_codes WHERE centre_id = @centre) AS codedOn,
       (SELECT max(s.recorded_on) FROM seals s LEFT JOIN seal_endings e ON e.seal_id = s.id
        WHERE s.centre_id = @centre AND e.seal_id IS NULL) AS sealedOn,
       (SELECT max(issued_on) FROM introductions WHERE centre_id = @centre) AS introducedOn,
       (SELECT opened_on FROM current_bank_accounts WHERE centre_id = @centre) AS accountOn`,
  ),
  userOpened: db.$client
    .prepare(
      `SELECT date(created_at, '+210 minutes') FROM users
       WHERE person_id = ? AND ended_at IS NULL`,
    )
    .pluck(),
}));

export function openingOf(db: Db, { id }: { id: number }, today: string): Afterwards {
  const decrees = decreesOf(db, id, today);
  const chair = holderOf(decrees, 'chair');
  const userOn = chair && (statements(db).userOpened.get(chair.personId) as string | undefined);
  const held = new Set(decrees.filter(({ issuedOn }) => issuedOn).map(({ personId }) => personId));
  const users = traineesOf(db, id, today).filter(
    ({ username, personId }) => username !== null && held.has(personId),
  );
  const trained = users.map(({ trainedOn }) => trainedOn);
  const whole = trained.length > 0 && trained.every((day) => day !== null);
  return {
    ...(statements(db).days.get({ centre: id }) as Omit<Afterwards, 'decrees'>),
    ...{ decrees, hasChair: chair?.inForce === true, userOn: userOn ?? null },
    trainedOn: whole && userOn ? trained.toSorted().at(-1)! : null,
  };
}

/** Who has this seat's decree, accepted or still to be accepted. */
export function holderOf(decrees: Decree[], seat: Seat): Decree | undefined {
  return decrees.find(
    (one) => one.seat === seat && (one.state === 'accepted' || one.state === 'issued'),
  );
}
