/** How deep JSON is nested, told before it is parsed: parsing what is nested without end is slow. */

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [OPEN_LIST, OPEN_OBJECT, SHUT_LIST, SHUT_OBJECT] = [0x5b, 0x7b, 0x5d, 0x7d];

/** Whether lists and objects are nested deeper than this; brackets within texts don't count. */
export function isNestedDeeper(length: number, codeAt: (at: number) => number, most: number) {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < length; at++) {
    const code = codeAt(at);
    if (code === QUOTE) inText = !inText;
    else if (inText && code === BACKSLASH) at += 1;
    else if (inText) continue;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) depth += 1;
    else if (code === SHUT_LIST || code === SHUT_OBJECT) depth -= 1;
    if (depth > most) return true;
  }
  return false;
}
