/** What papers rest on: the memorandum, and the bases that licences and decrees cite. */
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';

const page = (to: string): Mend => ({
  ...{ to: `/templates/${to}`, power: 'templates.edit', ofProvince: true },
});

/** B-1: the memorandum on which the centres rest is recorded. */
export function memorandumRecorded({ templates: { memorandum } }: Facts): Judgement {
  if (!memorandum) return broken(page('memorandum'));
  return kept({ number: memorandum.number, day: memorandum.signedOn });
}

/** B-7, B-9, B-10: the basis is in the library, and is cited on its own days only. */
export function basisKept(clause: string): (facts: Facts) => Judgement {
  return ({ templates: { bases } }) => {
    const basis = bases.find((one) => one.clause === clause)!;
    const { key, title: name, state, validTo, citedIn } = basis;
    if (state === 'in-force') return kept({ name });
    const why = state === 'expired' ? 'expired' : 'undated';
    if (citedIn > 0) return broken(page(`citations/${key}`), { name, count: citedIn }, why);
    if (state === 'expired') return kept({ name, day: validTo! }, 'keptExpired');
    return notDue({ name });
  };
}

/** B-8: the licence form cites what it rests on. */
export function licenceCites(facts: Facts): Judgement {
  const name = facts.templates.cites.licence;
  return name === null ? broken(page('licence')) : kept({ name });
}

/** B-11: both decrees cite what they rest on. */
export function decreesCite({ templates: { cites } }: Facts): Judgement {
  const without = (['decree-committee', 'decree-centre'] as const).find((kind) => !cites[kind]);
  if (without) return broken(page(without));
  return kept({ name: cites['decree-centre']! });
}
