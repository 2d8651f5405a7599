/** Addresses that a request carries to be gone to later: only ours, never somebody else's site. */

/** The address if it lies on this installation, below `root`; undefined for anything else. */
export function localAddress(given: unknown, root = '/'): string | undefined {
  if (typeof given !== 'string' || given.length > 2000) return undefined;
  // Browsers read a backslash as a slash and drop control characters: `/\evil` would leave us.
  if (!given.startsWith('/') || /^\/\/|[\\\p{Cc}\s]/u.test(given)) return undefined;
  const url = new URL(given, 'http://here.invalid');
  if (url.host !== 'here.invalid' || url.pathname.startsWith('//')) return undefined;
  return url.pathname.startsWith(root) ? `${url.pathname}${url.search}${url.hash}` : undefined;
}
