/** B-128: the licence as paper, once for each licence, however long ago it was given. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type IssuedLetter, issueLetter, type LetterAsked } from '../paper/letters.ts';
import type { Annex } from '../paper/official-letter.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { type Licence, licencesOf } from './licences.ts';

const statements = prepared((db) => ({
  of: db.$client
    .prepare(
      `SELECT paper_id FROM licence_corrections WHERE licence_id = @licence
       UNION SELECT paper_id FROM licence_papers WHERE licence_id = @licence
       ORDER BY paper_id DESC LIMIT 1`,
    )
    .pluck(),
  insert: db.$client.prepare('INSERT INTO licence_papers VALUES (?, ?, ?, ?)'),
}));

/** The paper that holds of a licence; undefined while none was issued. */
export function licencePaperOrNone(db: Db, licenceId: number): number | undefined {
  return statements(db).of.get({ licence: licenceId }) as number | undefined;
}

/** Issues the paper on the committee's head; it says what the licence has said since its own day. */
export function issueLicencePaper(tx: Tx, actor: Actor, centre: Centre, licence: Licence): number {
  requirePower(actor, 'licences.issue', centre);
  if (licencePaperOrNone(tx, licence.id) !== undefined) {
    throw new Refusal('licence:refusals.paper-issued', { mend: '/licence' });
  }
  const { number, fromOn } = licence;
  const paper = issueLicenceLetter(tx, actor, centre, licence, {
    previous: licencesOf(tx, centre.id).find((other) => other.toOn < fromOn)?.number,
    deed: { kind: 'licence.printed', subject: `licences/${number}`, after: { number } },
  });
  statements(tx).insert.run(licence.id, paper.paperId, actor.user!.id, paper.act.id);
  return paper.paperId;
}

type Told = { previous: string | undefined; annex?: Annex; deed: LetterAsked['deed'] };

/** The letter itself, in the words of today. */
export function issueLicenceLetter(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { number, fromOn, toOn, reason }: Pick<Licence, 'number' | 'fromOn' | 'toOn' | 'reason'>,
  { previous, annex, deed }: Told,
): IssuedLetter {
  return issueLetter(tx, actor, {
    ...{ centre, kind: 'licence', head: 'committee', deed },
    addressee: [wordsOn(tx, actor.today)('licence:letter.addressee', { centre: centre.name })],
    values: { licence: number, fromOn, toOn, previous, reason: reason ?? undefined },
    annexes: annex ? [annex] : [],
  });
}
