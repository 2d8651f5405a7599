/** Members of the board: how they were introduced, asked for, changed, and stood in for. */
import type { Seat } from '../access/powers.ts';
import { isCommittees, isOptional } from '../board/decree-states.ts';
import { needOfOptionalSeat } from './board.ts';
import { agreedEnding, agreedSuccession } from './changes.ts';
import { declaredByOthers } from './duties.ts';
import type { DecreeFacts, Facts } from './facts.ts';
import { pageOf, running } from './judge-board.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';
import { voluntaryService, withPlan } from './people.ts';

/** B-15: security and selection each signed for itself. */
export function officesSigned({ board: { signed } }: Facts): Judgement {
  if (signed.stray > 0)
    return broken({ to: '/board', power: 'board.read' }, { count: signed.stray });
  return signed.count > 0 ? kept({ count: signed.count }) : notDue();
}

/** B-16: every request for coordination came to the province's deputy. */
export function requestsReached({ board: { requests }, decrees }: Facts): Judgement {
  const lost = requests.find(({ told }) => !told);
  const decree = lost && decrees.find(({ id }) => id === lost.decreeId);
  if (decree) return broken(pageOf(decree), { name: decree.name });
  return requests.length > 0 ? kept({ count: requests.length }) : notDue();
}

/** B-27: whoever's decree runs was introduced, and serves of his own will. */
export function introducedVoluntarily(facts: Facts): Judgement {
  return introduced(facts, (one) =>
    voluntaryService.holds({ declared: one?.isVoluntary ?? false }),
  );
}

/** B-83: whoever's decree runs brought a plan. */
export function plansAttached(facts: Facts): Judgement {
  return introduced(facts, (one) => withPlan.holds({ hasPlan: one?.hasPlan ?? false }));
}

type Introduction = Facts['board']['nominations'][number] | undefined;

function introduced(facts: Facts, holds: (one: Introduction) => boolean): Judgement {
  const decrees = running(facts);
  const of = ({ id }: DecreeFacts) => facts.board.nominations.find((one) => one.decreeId === id);
  const without = decrees.find((decree) => !holds(of(decree)));
  if (without) return broken(introductionPage(without), { name: without.name });
  return decrees.length > 0 ? kept({ count: decrees.length }) : notDue();
}

/** The introduction form of whoever a decree is for. */
export const introductionPage = ({ id, number }: DecreeFacts): Mend => ({
  ...{ to: `/board/decrees/${number ?? id}/nomination`, power: 'board.read' },
});

/** B-34: optional seats were added with their reason and their field. */
export function seatsNeeded({ decrees, board: { needs } }: Facts): Judgement {
  const added = decrees.filter(({ seat, issuedOn }) => isOptional(seat) && issuedOn !== null);
  const written = (id: number) => (needs.includes(id) ? 'x' : '');
  const stray = added.find(({ id }) => {
    const needed = { isOptional: true, reason: written(id), field: written(id) };
    return !needOfOptionalSeat.holds(needed);
  });
  if (stray) return broken(pageOf(stray), { name: stray.name });
  return added.length > 0 ? kept({ count: added.length }) : notDue();
}

/** B-61: absences were declared by the chair himself or by the committee. */
export function absencesDeclared({ board: { absences } }: Facts): Judgement {
  const by = absences.stray > 0 ? 'other' : 'chair';
  if (!declaredByOthers.holds({ by })) {
    return broken({ to: '/board/absences', power: 'board.read' }, { count: absences.stray });
  }
  return absences.count > 0 ? kept({ count: absences.count }) : notDue();
}

/** B-93: core seats changed by the committee's opinion. */
export const coreChangesAgreed = changesAgreed((seat) => !isCommittees(seat) && !isOptional(seat));
/** B-131: all seats changed by its leave. */
export const allChangesAgreed = changesAgreed((seat) => !isCommittees(seat));

function changesAgreed(of: (seat: Seat) => boolean): (facts: Facts) => Judgement {
  return ({ board, decrees }) => {
    const told = new Map(decrees.filter(({ seat }) => of(seat)).map((one) => [one.id, one]));
    const ended = board.endings.filter(({ decreeId }) => told.has(decreeId));
    const followed = board.followers.filter(({ decreeId }) => told.has(decreeId));
    const stray =
      ended.find(({ decreeId, agreed }) => {
        const ending = { by: 'chair' as const, agreed };
        return !agreedEnding(told.get(decreeId)!.seat).holds(ending);
      }) ??
      followed.find(({ decreeId, agreed }) => {
        const followsAnother = true;
        return !agreedSuccession(told.get(decreeId)!.seat).holds({ followsAnother, agreed });
      });
    const decree = stray && told.get(stray.decreeId);
    if (decree) return broken(pageOf(decree), { name: decree.name });
    const count = ended.length + followed.length;
    if (count > 0) return kept({ count });
    return board.changesWaiting > 0 ? notDue({ count: board.changesWaiting }, 'waiting') : notDue();
  };
}
