/** The register of applicants: what a centre came of. */
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';

/** B-13: a centre comes of an application that the committee approved by letter. */
export function cameOfApplication({ application }: Facts): Judgement {
  if (!application) return notDue();
  const { id, state, number, day } = application;
  const mend: Mend = { to: `/applications/${id}`, power: 'applications.read', ofProvince: true };
  if (state !== 'approved') return broken(mend);
  return kept({ number: number ?? '', day });
}
