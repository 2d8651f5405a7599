/** What people complain of (B-19) and suggest (B-107) is taken, and answered in its time. */
import type { CaseKind } from '../supervision/schema.ts';
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
