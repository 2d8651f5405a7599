/** What a section did in some days, counted; nobody is named. */
import { type Db, prepared } from '../provinces/connection.ts';
import { ASSEMBLIES_OF, type Section } from './section-report-kinds.ts';

export const FIGURE_GROUPS = [
  'volunteers',
  'units',
  'assemblies',
  'institutions',
  'capacities',
  'referrals',
] as const;
export type FigureGroup = (typeof FIGURE_GROUPS)[number];

/** `field` is the field of volunteers that the figure is of; null for all of them. */
export type Figure = { group: FigureGroup; key: string; field: string | null; count: number };

export type Days = { from: string; to: string };

const NEWEST = `volunteers v JOIN volunteer_versions n ON n.volunteer_id = v.id
  AND n.version = (SELECT max(version) FROM volunteer_versions WHERE volunteer_id = v.id)`;
const OURS = 'v.centre_id = @centreId AND (@gender IS NULL OR n.gender = @gender)';
const STATE = `coalesce((SELECT s.state FROM volunteer_states s WHERE s.volunteer_id = v.id
  AND s.since_on <= @to ORDER BY s.id DESC LIMIT 1), 'active')`;
const LEFT = `EXISTS (SELECT 1 FROM volunteer_states s WHERE s.volunteer_id = v.id
  AND s.state = 'left' AND s.since_on BETWEEN @from AND @to)`;
const FIELDS = `JOIN volunteer_fields f ON f.volunteer_id = v.id AND f.version = n.version`;
const KINDS = '(@kinds IS NULL OR a.kind IN (SELECT value FROM json_each(@kinds)))';

/** Meetings in which an assembly of these kinds sat. */
const MET = `g.centre_id = @centreId AND EXISTS (SELECT 1 FROM assembly_meets x
  JOIN assemblies a ON a.id = x.assembly_id WHERE x.meeting_id = g.id AND ${KINDS})`;
const RESOLVED = `assembly_resolutions r JOIN assembly_meetings g ON g.id = r.meeting_id
  LEFT JOIN resolution_outcomes o ON o.meeting_id = r.meeting_id AND o.nth = r.nth WHERE ${MET}`;
const SPOKEN = `institution_contacts c JOIN institutions i ON i.id = c.institution_id
  WHERE i.centre_id = @centreId AND c.spoke_on BETWEEN @from AND @to`;
const WITHIN = 'BETWEEN @from AND @to';

/** One query a figure, in the order in which they are read. */
const FIGURES: [FigureGroup, string, string][] = [
  [
    'volunteers',
    'serving',
    `SELECT count(*) FROM ${NEWEST} WHERE ${OURS}
     AND v.registered_on <= @to AND ${STATE} = 'active'`,
  ],
  [
    'volunteers',
    'joined',
    `SELECT count(*) FROM ${NEWEST} WHERE ${OURS}
     AND v.registered_on ${WITHIN}`,
  ],
  ['volunteers', 'left', `SELECT count(*) FROM ${NEWEST} WHERE ${OURS} AND ${LEFT}`],
  [
    'volunteers',
    'hours',
    `SELECT coalesce(sum(h.minutes), 0) / 60 FROM ${NEWEST}
     JOIN volunteer_hours h ON h.volunteer_id = v.id WHERE ${OURS} AND h.worked_on ${WITHIN}
       AND NOT EXISTS (SELECT 1 FROM volunteer_hour_withdrawals w WHERE w.hours_id = h.id)`,
  ],
  [
    'units',
    'working',
    `SELECT count(*) FROM units u WHERE u.centre_id = @centreId
     AND u.registered_on <= @to AND coalesce((SELECT s.state FROM unit_states s
       WHERE s.unit_id = u.id AND s.since_on <= @to ORDER BY s.id DESC LIMIT 1), 'active')
       = 'active'`,
  ],
  [
    'units',
    'new',
    `SELECT count(*) FROM units u WHERE u.centre_id = @centreId
     AND u.registered_on ${WITHIN}`,
  ],
  [
    'units',
    'reports',
    `SELECT count(*) FROM unit_reports r JOIN units u ON u.id = r.unit_id
     WHERE u.centre_id = @centreId AND r.reported_on ${WITHIN}`,
  ],
  [
    'assemblies',
    'standing',
    `SELECT count(*) FROM assemblies a
     LEFT JOIN assembly_endings e ON e.assembly_id = a.id WHERE a.centre_id = @centreId
       AND ${KINDS} AND a.formed_on <= @to AND (e.ended_on IS NULL OR e.ended_on > @to)`,
  ],
  [
    'assemblies',
    'formed',
    `SELECT count(*) FROM assemblies a WHERE a.centre_id = @centreId
     AND ${KINDS} AND a.formed_on ${WITHIN}`,
  ],
  [
    'assemblies',
    'meetings',
    `SELECT count(*) FROM assembly_meetings g WHERE ${MET}
     AND g.met_on ${WITHIN}`,
  ],
  ['assemblies', 'resolved', `SELECT count(*) FROM ${RESOLVED} AND g.met_on ${WITHIN}`],
  [
    'assemblies',
    'done',
    `SELECT count(*) FROM ${RESOLVED} AND o.outcome = 'done'
     AND o.done_on ${WITHIN}`,
  ],
  [
    'assemblies',
    'open',
    `SELECT count(*) FROM ${RESOLVED} AND g.met_on <= @to
     AND (o.nth IS NULL OR o.done_on > @to)`,
  ],
  ['institutions', 'spoken', `SELECT count(DISTINCT c.institution_id) FROM ${SPOKEN}`],
  ['institutions', 'talks', `SELECT count(*) FROM ${SPOKEN}`],
  [
    'institutions',
    'agreements',
    `SELECT count(*) FROM agreements g
     JOIN institutions i ON i.id = g.institution_id
     WHERE i.centre_id = @centreId AND g.signed_on ${WITHIN}`,
  ],
  [
    'capacities',
    'found',
    `SELECT count(*) FROM capacities k WHERE k.centre_id = @centreId
     AND k.found_on ${WITHIN} AND k.state <> 'withdrawn'`,
  ],
  [
    'capacities',
    'in-use',
    `SELECT count(*) FROM capacities k WHERE k.centre_id = @centreId
     AND 'in-use' = (SELECT s.state FROM capacity_steps s WHERE s.capacity_id = k.id
       AND s.taken_on <= @to ORDER BY s.id DESC LIMIT 1)`,
  ],
  [
    'referrals',
    'asked',
    `SELECT count(*) FROM referrals r WHERE r.centre_id = @centreId
     AND r.asked_on ${WITHIN}`,
  ],
  [
    'referrals',
    'answered',
    `SELECT count(*) FROM referral_steps s
     JOIN referrals r ON r.id = s.referral_id WHERE r.centre_id = @centreId
       AND s.state = 'answered' AND s.taken_on ${WITHIN}`,
  ],
];

const BY_FIELD: [string, string][] = [
  ['joined', `v.registered_on ${WITHIN}`],
  ['left', LEFT],
];

type Row = { field: string; count: number };

const statements = prepared(({ $client: client }) => ({
  figures: FIGURES.map(([group, key, sql]) => ({ group, key, read: client.prepare(sql).pluck() })),
  byField: BY_FIELD.map(([key, when]) => ({
    key,
    read: client.prepare(
      `SELECT f.field, count(*) AS count FROM ${NEWEST} ${FIELDS} WHERE ${OURS} AND ${when}
       GROUP BY f.field ORDER BY f.field`,
    ),
  })),
}));

const GENDERS: Partial<Record<Section, string>> = { men: 'man', women: 'woman' };

/** Figures of the section's own people and assemblies, and of what the whole centre did beside. */
export function figuresOf(db: Db, centreId: number, section: Section, days: Days): Figure[] {
  const kinds = ASSEMBLIES_OF[section];
  const asked = {
    ...{ centreId, ...days, gender: GENDERS[section] ?? null },
    kinds: kinds ? JSON.stringify(kinds) : null,
  };
  const { figures, byField } = statements(db);
  const fields = byField.flatMap(({ key, read }) =>
    (read.all(asked) as Row[]).map(
      ({ field, count }): Figure => ({ group: 'volunteers', key: `${key}-in`, field, count }),
    ),
  );
  const counted = figures.map(
    ({ group, key, read }): Figure => ({
      ...{ group, key, field: null, count: read.get(asked) as number },
    }),
  );
  const last = counted.findLastIndex(({ group }) => group === 'volunteers') + 1;
  return [...counted.slice(0, last), ...fields, ...counted.slice(last)];
}
