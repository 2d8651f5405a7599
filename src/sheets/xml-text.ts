/** What the reader of workbooks needs of XML, and no more: tags, attributes and texts. */

/** The tags of this name, whatever prefix they carry, as they stand between their brackets. */
export function tags(xml: string, name: string): string[] {
  const found = xml.matchAll(new RegExp(`<(?:\\w+:)?${name}((?=[\\s/>])[^>]*)>`, 'g'));
  return Array.from(found, ([, inside]) => inside!);
}

export function attribute(tag: string, name: string): string | undefined {
  const at = tag.indexOf(` ${name}="`);
  if (at < 0) return undefined;
  const from = at + name.length + 3;
  return tag.slice(from, tag.indexOf('"', from));
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text without entities, and without the way in which spreadsheets write what XML cannot. */
export function plainText(text: string): string {
  const plain = text.includes('&')
    ? text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, digits, name) => {
        if (name) return NAMED[name] ?? whole;
        const point = hex ? Number.parseInt(hex, 16) : Number(digits);
        return point <= 0x10ffff ? String.fromCodePoint(point) : '';
      })
    : text;
  return plain.includes('_x')
    ? plain.replace(/_x([0-9a-f]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : plain;
}

const TEXT = /<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<\/(?:\w+:)?t>/g;
const SPELLING = /<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/g;

/** The runs of one text together, without how they are to be pronounced. */
export function runsOf(item: string): string {
  const runs = item.includes('rPh') ? item.replace(SPELLING, '') : item;
  let text = '';
  for (const [, run] of runs.matchAll(TEXT)) text += run;
  return plainText(text);
}

/** The texts that cells name by their place. */
export function stringItems(xml: string): string[] {
  const items: string[] = [];
  for (const [, item = ''] of xml.matchAll(ITEM)) items.push(runsOf(item));
  return items;
}

const ITEM = /<(?:\w+:)?si(?:\s[^>]*)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/g;
