/** The reports of the sections: B-66, B-67, B-70, B-71, B-76. */
import type { Section } from '../assemblies/section-report-kinds.ts';
import { addDays } from '../values/jalali-date.ts';
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, notDue } from './judgement.ts';

/** So long a report holds before another is due, and so long a new centre has for its first. */
export const REPORT_DAYS = 183;

/** A report of this section was issued within the last six months. */
export function sectionReported(section: Section) {
  return ({ reports, licences, today }: Facts): Judgement => {
    const day = reports[section];
    const due = addDays(today, -REPORT_DAYS);
    if (day !== null && day >= due) return kept({ day });
    const firstOn = licences.map(({ fromOn }) => fromOn).sort()[0];
    if (firstOn === undefined) return notDue();
    if (firstOn > due) return notDue({ day: addDays(firstOn, REPORT_DAYS) }, 'soon');
    const to = `/assemblies/report?section=${section}`;
    return broken({ to, power: 'assemblies.read' }, {}, day === null ? 'broken' : 'old');
  };
}
