/** What a decree's paper says at the moment it is issued. */
import { createRequire } from 'node:module';
import type { Actor } from '../access/actor.ts';
import type { Seat } from '../access/powers.ts';
import { centreOnPaper } from '../centres/centre-on-paper.ts';
import type { Centre } from '../centres/centres.ts';
import type { Db } from '../provinces/connection.ts';
import { setting } from '../provinces/province.ts';
import { wordsOn } from '../templates/board-name.ts';
import { commonValues } from '../templates/common-values.ts';
import { templateOn } from '../templates/templates.ts';
import { worded } from '../templates/wording.ts';
import { addDays } from '../values/jalali-date.ts';
import { type Words, wordsFor } from '../words.ts';
import { isActing } from './acting.ts';
import type { Standing } from './clearances.ts';
import type { DecreePaper } from './decree-paper.ts';
import { type Decree, decreesOf } from './decree-rows.ts';
import { isCommittees } from './decree-states.ts';

/** The clauses that list each seat's duties. */
const DUTIES = createRequire(import.meta.url)('../../seeds/duties.json') as Record<Seat, string[]>;

/** A holder who left not longer ago than this is named as the one who is succeeded. */
const SUCCESSION_DAYS = 30;

export type Carried = { number: string; code: string; verifyAddress: string };

export function decreeContent(
  db: Db,
  actor: Actor,
  { centre, decree, clearance }: { centre: Centre; decree: Decree; clearance: Standing },
  carried: Carried,
): DecreePaper {
  const t = wordsOn(db, actor.today);
  const committees = isCommittees(decree.seat);
  const chair = isActing(actor, centre.id) ? 'board:acting' : 'board:seats.chair';
  const office = committees ? `common:roles.${actor.office?.role}` : chair;
  const honorific = decree.isCleric ? 'cleric' : decree.gender;
  const says: DecreePaper = {
    ...{ kind: 'decree', lang: 'fa', form: committees ? 'committee' : 'centre' },
    ...{ ...carried, issuedOn: actor.today },
    committee: { province: setting(db, 'name') ?? '', county: centre.countyName },
    centre: centreOnPaper(db, centre),
    person: { honorific: t(`board:honorific.${honorific}`), name: decree.name },
    seat: t(`board:seats.${decree.seat}`),
    ...{ from: decree.fromOn, to: decree.toOn },
    basis: committees ? clearedBy(clearance) : coordinatedBy(decree),
    predecessor: predecessorOf(db, decree, actor.today),
    duties: dutiesOf(decree.seat, t),
    signer: { name: actor.user!.name, office: t(office) },
  };
  return { ...says, ...wordsOf(db, centre, says) };
}

/** What the decree says in the words that the province has in force on its day. */
function wordsOf(
  db: Db,
  centre: Centre,
  { form, person, seat, from, to, basis, predecessor, issuedOn }: DecreePaper,
): Pick<DecreePaper, 'words' | 'template'> {
  const kind = `decree-${form}` as const;
  const { version, wording } = templateOn(db, kind, issuedOn);
  const words = worded(kind, wording, {
    ...commonValues(db, centre, issuedOn, wording.citations),
    ...{ person: `${person.honorific} ${person.name}`.trim(), seat, fromOn: from, toOn: to },
    ...{ basis: basis?.number, basisOn: basis?.on, predecessor },
  });
  return { words, template: version };
}

/** The duties of a seat in these words. */
export function dutiesOf(seat: Seat, t: Words = wordsFor('fa')): string[] {
  return DUTIES[seat].map((clause) => t(`board:duties.${clause}`));
}

/** Of the two clearances the one that was given last, by which the person was cleared. */
function clearedBy({ security, selection }: Standing): DecreePaper['basis'] {
  const given = [security, selection].filter((one) => one !== undefined);
  const last = given.sort((one, other) => (one.decidedOn < other.decidedOn ? 1 : -1))[0];
  return last ? { number: last.number, on: last.decidedOn } : null;
}

function coordinatedBy({ coordinationNumber, coordinatedOn }: Decree): DecreePaper['basis'] {
  return coordinationNumber && coordinatedOn
    ? { number: coordinationNumber, on: coordinatedOn }
    : null;
}

function predecessorOf(db: Db, decree: Decree, today: string): string | null {
  const since = addDays(decree.fromOn, -SUCCESSION_DAYS);
  const before = decreesOf(db, decree.centreId, today).find(
    (other) =>
      other.seat === decree.seat &&
      other.personId !== decree.personId &&
      other.acceptedOn !== null &&
      (other.endedOn ?? other.toOn) >= since,
  );
  return before?.name ?? null;
}
