/** B-128: a licence that was written wrong is corrected by the committee, and its paper issued anew. */
import type { Actor } from '../access/actor.ts';
import { may, requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { ltr } from '../paper/bidi.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { formatDay } from '../values/jalali-date.ts';
import { persianDigits } from '../values/persian-text.ts';
import { refuseLeaving, refuseOutOfBounds, staysOutside } from './correction-bounds.ts';
import { issueLicenceLetter } from './licence-papers.ts';
import {
  type Licence,
  type LicenceIssue,
  licencesOf,
  refuseTakenNumber,
  refuseTurnedDays,
} from './licences.ts';
import { refuseClash } from './licensing.ts';
import { refuseDecided } from './permission.ts';

export type LicenceSaid = Pick<LicenceIssue, 'number' | 'fromOn' | 'toOn'>;

export type LicenceCorrection = LicenceSaid & {
  was: LicenceSaid;
  reason: string;
  correctedOn: string;
  correctedBy: string;
  paperId: number;
};

const statements = prepared((db) => ({
  first: db.$client.prepare(
    'SELECT number, from_on AS fromOn, to_on AS toOn FROM licences WHERE id = ?',
  ),
  ofLicence: db.$client.prepare(
    `SELECT c.number, c.from_on AS fromOn, c.to_on AS toOn, c.reason,
       c.corrected_on AS correctedOn, u.name AS correctedBy, c.paper_id AS paperId
     FROM licence_corrections c JOIN users u ON u.id = c.corrected_by
     WHERE c.licence_id = ? ORDER BY c.id`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO licence_corrections (licence_id, number, from_on, to_on, reason, corrected_on,
       corrected_by, paper_id, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

/** How a licence was corrected, the last time first, each beside what it said before. */
export function licenceCorrectionsOf(db: Db, licenceId: number): LicenceCorrection[] {
  let was = statements(db).first.get(licenceId) as LicenceSaid;
  const rows = statements(db).ofLicence.all(licenceId) as Omit<LicenceCorrection, 'was'>[];
  return rows
    .map((row) => {
      const correction = { ...row, was };
      was = { number: row.number, fromOn: row.fromOn, toOn: row.toOn };
      return correction;
    })
    .reverse();
}

/** B-109: a renewal is the deputy's, and so is its correction. */
export function mayCorrect(db: Db, actor: Actor, centre: Centre, licence: Licence): boolean {
  const isFirst = licencesOf(db, centre.id).at(-1)?.id === licence.id;
  return may(actor, isFirst ? 'licences.issue' : 'licences.decide', centre);
}

/** Corrects number or days from today on; what was printed before stays, and is said to be replaced. */
export function correctLicence(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  licence: Licence,
  { reason, ...right }: LicenceSaid & { reason: string },
): Licence {
  requirePower(actor, 'licences.issue', centre);
  if (!mayCorrect(tx, actor, centre, licence)) requirePower(actor, 'licences.decide', centre);
  refuseDecided(tx, centre.id, actor.today, 'letterhead');
  refuseWrong(tx, actor, centre, licence, right);
  const { id, number, fromOn, toOn } = licence;
  const stays = staysOutside(tx, centre.id, licence, right);
  const paper = issueLicenceLetter(
    tx,
    actor,
    centre,
    { ...licence, ...right },
    {
      annex: annexOf(tx, actor, licence, { reason, stays }),
      previous: right.number === number ? undefined : number,
      deed: {
        ...{ kind: 'licence.corrected', subject: `licences/${number}` },
        before: { number, fromOn, toOn },
        after: { licence: id, ...right, reason },
      },
    },
  );
  statements(tx).insert.run(
    ...[id, right.number, right.fromOn, right.toOn, reason, actor.today, actor.user!.id],
    ...[paper.paperId, paper.act.id],
  );
  tell(tx, actor, paper.act, {
    ...(stays > 0
      ? { key: 'licence:notices.corrected-stays', said: { number: right.number, reason, stays } }
      : { key: 'licence:notices.corrected', said: { number: right.number, reason } }),
    ...{ href: '/licence', centreId: centre.id },
    to: [{ seat: 'chair' }, { role: 'county-head', countyId: centre.countyId }],
  });
  return { ...licence, ...right };
}

/** What keeps a licence from being corrected so, in the order in which it is easiest to mend. */
function refuseWrong(
  tx: Tx,
  { today }: Actor,
  centre: Centre,
  licence: Licence,
  right: LicenceSaid,
): void {
  const { number, fromOn, toOn } = licence;
  refuseTurnedDays(right.fromOn, right.toOn);
  if (right.number === number && right.fromOn === fromOn && right.toOn === toOn) {
    throw new Refusal('centres:refusals.nothing-new', { field: 'number' });
  }
  refuseTakenNumber(tx, right.number, 'number', licence.id);
  const others = licencesOf(tx, centre.id).filter(({ id }) => id !== licence.id);
  refuseClash(others, right);
  refuseOutOfBounds(tx, today, licence, right);
  refuseLeaving(tx, centre.id, licence, right);
}

function annexOf(
  tx: Tx,
  actor: Actor,
  { number, fromOn, toOn }: Licence,
  { reason, stays }: { reason: string; stays: number },
) {
  const t = wordsOn(tx, actor.today);
  const day = (iso: string) => formatDay(iso, 'fa', 'day');
  const said = { number: ltr(persianDigits(number)), from: day(fromOn), to: day(toOn) };
  return {
    title: t('licence:letter.corrected.title'),
    items: [
      t('licence:letter.corrected.was', said),
      t('licence:letter.corrected.reason', { reason }),
      t('licence:letter.corrected.instead'),
      ...(stays > 0
        ? [t('licence:letter.corrected.stays', { gifts: persianDigits(String(stays)) })]
        : []),
    ],
  };
}
