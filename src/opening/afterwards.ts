/** What a centre has of what follows its first licence, and since when. */
import type { Seat } from '../access/powers.ts';
import { type Decree, decreesOf } from '../board/decree-rows.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { type Trainee, traineesOf } from './trainings.ts';

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
  /** Those of the board whom the committee is to teach, and when each was taught last. */
  trainees: Trainee[];
  /** When the last seal was withdrawn or lost; null if none was. */
  unsealedOn: string | null;
};

const statements = prepared((db) => ({
  days: db.$client.prepare(
    `SELECT
       (SELECT date(min(a.at), '+210 minutes') FROM licences l JOIN acts a ON a.id = l.act_id
        WHERE l.centre_id = @centre) AS licensedOn,
       (SELECT recorded_on FROM activity_codes WHERE centre_id = @centre) AS codedOn,
       (SELECT max(s.recorded_on) FROM seals s LEFT JOIN seal_endings e ON e.seal_id = s.id
        WHERE s.centre_id = @centre AND e.seal_id IS NULL) AS sealedOn,
       (SELECT max(e.ended_on) FROM seals s JOIN seal_endings e ON e.seal_id = s.id
        WHERE s.centre_id = @centre) AS unsealedOn,
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
  return {
    ...(statements(db).days.get({ centre: id }) as Omit<Afterwards, 'decrees' | 'trainees'>),
    ...{ decrees, hasChair: chair?.inForce === true, userOn: userOn ?? null },
    trainees: traineesOf(db, id, today),
  };
}

/** Who has this seat's decree, accepted or still to be accepted. */
export function holderOf(decrees: Decree[], seat: Seat): Decree | undefined {
  return decrees.find(
    (one) => one.seat === seat && (one.state === 'accepted' || one.state === 'issued'),
  );
}
