/** The closed lists of assemblies and their meetings; none is political (B-100). */

/** B-68, B-72, B-73, B-78: what assemblies a centre forms. */
export const ASSEMBLY_KINDS = [
  'guilds',
  'women',
  'women-entrepreneurs',
  'organisations',
  'charity',
] as const;
export type AssemblyKind = (typeof ASSEMBLY_KINDS)[number];

/** B-73, B-78: these two every centre forms, and each is one at a time. */
export const FIXED_KINDS: readonly AssemblyKind[] = ['women-entrepreneurs', 'organisations'];

export const MEETING_KINDS = [
  'working',
  'training',
  'culture',
  'campaign',
  'report',
  'thanks',
] as const;

/** B-51, B-77: the traditions that a cultural meeting may promote. */
export const PROMOTED = ['giving', 'orphans', 'jobs', 'shared-duty'] as const;

export const MEMBER_ROLES = ['head', 'secretary', 'member'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];
