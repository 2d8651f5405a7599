/** Text within XML: marked up, and without the characters that XML cannot carry. */

const UNSAFE = /[&<>"]|[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeXml(text: string): string {
  return text.replaceAll(UNSAFE, (character) => NAMED[character] ?? '');
}
