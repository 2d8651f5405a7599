/** What people complain of (B-19) and suggest (B-107) is answered; what visits find is mended (B-111). */
import type { CaseKind } from '../supervision/schema.ts';
import { addDays } from '../values/jalali-date.ts';
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';

export function casesAnswered(kind: CaseKind) {
  return ({ supervision }: Facts): Judgement => {
    const { filed, answered, late } = supervision[kind];
    if (late) {
      const to = `/supervision/complaints/${late.id}`;
      const mend: Mend = { to, power: 'complaints.handle', ofProvince: true };
      return broken(mend, { number: late.number, day: late.dueOn });
    }
    if (filed > answered) return notDue({ count: filed - answered }, 'waiting');
    return filed > 0 ? kept({ count: filed }) : notDue();
  };
}

const VISITS: Mend = { to: '/inspections', power: 'inspections.read' };

/** A centre is visited once a year at the least. */
const DAYS_BETWEEN_VISITS = 365;

/** B-111: the centre is visited, and what was found is mended by its day. */
export function visitedAndMended({ visits, licences, today }: Facts): Judgement {
  const { count, lastOn, late } = visits;
  if (late) {
    const told = { number: String(late.number), day: late.dueOn };
    return broken({ ...VISITS, to: `/inspections/${late.number}` }, told, 'late');
  }
  const since = lastOn ?? licences.map(({ fromOn }) => fromOn).sort()[0];
  if (since === undefined) return notDue();
  const licensed = licences.some(({ fromOn, toOn }) => fromOn <= today && today <= toOn);
  if (licensed && addDays(since, DAYS_BETWEEN_VISITS) < today)
    return broken(VISITS, { day: since });
  return lastOn === null ? notDue() : kept({ count, day: lastOn });
}
