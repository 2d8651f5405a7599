/** Those who sign beside the issuer, three to a row: a name over an office, and room for the hand. */
import { own } from './bidi.ts';
import { MM } from './ink.ts';
import type { Letter } from './letter.ts';
import type { Witness } from './official-letter.ts';
import { leadingOf, type Paper } from './paper.ts';
import { STYLES } from './styles.ts';

const IN_A_ROW = 3;
const GAP = 5 * MM;
const HAND = 11 * MM;
const OFFICE = STYLES.copies;

/** What one of them is asked for, where it is something else than of the others. */
type Asked = Witness & { asks?: string };

export function drawWitnesses(
  paper: Paper,
  letter: Letter,
  witnesses: Asked[],
  asks: string,
): void {
  letter.space(6);
  for (let from = 0; from < witnesses.length; from += IN_A_ROW) {
    drawRow(paper, letter, witnesses.slice(from, from + IN_A_ROW), asks);
  }
}

function drawRow(paper: Paper, letter: Letter, row: Asked[], common: string): void {
  const height = leadingOf(STYLES.signer) + 2 * leadingOf(OFFICE) + HAND + leadingOf(STYLES.tail);
  letter.room(height);
  const { x, y: top, width } = letter.box;
  const each = (width - (IN_A_ROW - 1) * GAP) / IN_A_ROW;
  row.forEach(({ name, office, asks = common }, at) => {
    const side = { x: x + at * (each + GAP), y: top, width: each };
    paper.tag('P', `${name ?? ''} ${office} ${asks}`.trim(), () => {
      const named = name ? own(name) : '.'.repeat(30);
      const y = paper.write(named, STYLES.signer, side, 'centre');
      paper.write(own(office), OFFICE, { ...side, y }, 'centre');
      const foot = top + height - leadingOf(STYLES.tail);
      paper.write(asks, STYLES.tail, { ...side, y: foot }, 'centre');
    });
    const rule = { ...side, y: top + height - leadingOf(STYLES.tail) };
    paper.artifact(() => paper.ink.rule(rule));
  });
  letter.goOn(top + height);
  letter.space(3);
}
