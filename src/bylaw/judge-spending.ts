/** Spending: every rial from a fund that has it, and on what that fund was given for. */
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';

const ledger = (account: string): Mend => ({
  ...{ to: `/books/ledger/${account}`, power: 'books.read' },
});

/** B-81: no fund is overspent, and none was spent on what it was not given for. */
export function spentByIntention({ spending: { below, astray, spent } }: Facts): Judgement {
  if (below) return broken(ledger(below.account), { name: below.name, number: below.account });
  if (astray) {
    return broken(ledger(astray.account), { name: astray.name, number: astray.account }, 'astray');
  }
  return spent > 0 ? kept({ count: spent }) : notDue();
}

/** B-58: nothing left the centre without its chair's signature and that of another. */
export function agreedByChair({ outgoing: { made, stray } }: Facts): Judgement {
  if (stray > 0) return broken({ to: '/payments', power: 'payments.read' }, { count: stray });
  return made > 0 ? kept({ count: made }) : notDue();
}
