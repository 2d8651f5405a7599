/** Self-checks of the sections' reports: what their acts and papers say of them. */
import { asActsSay, type Check } from '../provinces/check.ts';

export const sectionReportChecks: Check[] = [
  {
    name: 'section-reports',
    run: asActsSay({
      ...{ table: 'section_reports', kind: 'section-report.issued' },
      subject: "'section-reports/' || t.section",
      ...{ by: 'issued_by', on: 'issued_on' },
      says: { section: 't.section', fromOn: 't.from_on', toOn: 't.to_on' },
    }),
  },
];
