/** What became of a licence's paper, and of the notice of a decision about it (B-109). */
import type { Fate, Told } from '../paper/fates.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { addDays } from '../values/jalali-date.ts';
import { wordsFor } from '../words.ts';
import { type Decision, type DecisionKind, decisionsOf, standingOn } from './standing.ts';

const statements = prepared((db) => ({
  // A correction has a paper of its own, in place of every one before it.
  paper: db.$client.prepare(
    `SELECT l.to_on AS toOn, c.corrected_on AS correctedOn, c.reason FROM (
       SELECT licence_id FROM licence_papers WHERE paper_id = @paper
       UNION SELECT licence_id FROM licence_corrections WHERE paper_id = @paper) p
     JOIN current_licences l ON l.id = p.licence_id
     LEFT JOIN licence_corrections c ON c.id = (SELECT min(id) FROM licence_corrections
       WHERE licence_id = l.id AND paper_id > @paper)`,
  ),
}));

/** A state of the licence in which nothing is done by a decree, a card or a letter of tasks. */
export type Powerless = 'expired' | 'suspended' | 'revoked' | 'dissolving' | 'dissolved';

/** In which such state the centre is today, and since when; undefined while its licence runs. */
export function powerlessOn(
  db: Db,
  centreId: number,
  today: string,
): { state: Powerless; since: string } | undefined {
  const { state, since } = standingOn(db, centreId, today);
  // Before its licence there is nothing of it to check.
  if (state === 'before' || state === 'active' || state === 'warning') return undefined;
  return { state, since: since! };
}

type Printed = { toOn: string } & (
  | { correctedOn: string; reason: string }
  | { correctedOn: null; reason: null }
);

/** A licence is good on its days, unless a decision has suspended it or taken it away. */
export function licenceFate(db: Db, { id, centreId }: Told, today: string): Fate | undefined {
  const paper = statements(db).paper.get({ paper: id }) as Printed | undefined;
  if (paper === undefined) return undefined;
  const { toOn, correctedOn, reason: corrected } = paper;
  if (correctedOn !== null) return { state: 'replaced', since: correctedOn, reason: corrected };
  const { decision } = standingOn(db, centreId, today);
  if (decision && decision.decidedOn <= toOn) {
    const state = decision.kind === 'suspend' ? 'suspended' : 'lifted';
    return { state, since: decision.decidedOn, reason: decision.reason };
  }
  if (today <= toOn) return undefined;
  const reason = wordsFor('fa')('licence:fate.days-over');
  return { state: 'over', since: addDays(toOn, 1), reason };
}

/** Decisions that hold until another is taken: one that reinstates lifts them, any other follows. */
const LASTING: readonly DecisionKind[] = ['suspend', 'revoke', 'dissolve'];

export function decisionFate(db: Db, { id, centreId }: Told): Fate | undefined {
  const decisions = decisionsOf(db, centreId);
  const mine = decisions.find(({ paperId }) => paperId === id);
  if (!mine || !LASTING.includes(mine.kind)) return undefined;
  const next = nextAfter(decisions, mine);
  if (!next) return undefined;
  const state = next.kind === 'reinstate' ? 'lifted' : 'replaced';
  return { state, since: next.decidedOn, reason: next.reason };
}

/** The decision that came next and is no renewal; they are listed with the latest first. */
const nextAfter = (decisions: Decision[], mine: Decision): Decision | undefined =>
  decisions.findLast(({ id, kind }) => id > mine.id && kind !== 'renew');
