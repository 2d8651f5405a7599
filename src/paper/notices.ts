/** What a reader must see before the text: a draft without a seal, a reprint, a cancelled paper. */
import type { Words } from '../words.ts';
import { formatDay, formatMoment } from '../values/jalali-date.ts';
import { ltr, own } from './bidi.ts';
import { type Box, COLOURS, MM } from './ink.ts';
import { leadingOf, type Paper } from './paper.ts';
import type { PrintMark } from './print-mark.ts';
import { STYLES } from './styles.ts';

const PADDING = 1.2 * MM;

/** Draws each notice in a frame of its own, and answers where the text may begin. */
export function notices(paper: Paper, print: PrintMark, t: Words, box: Box): number {
  let y = box.y;
  for (const text of noticesOf(paper, print, t)) {
    const lines = paper.set.lines(text, STYLES.notice, box.width - 6 * MM);
    const height = lines.length * leadingOf(STYLES.notice) + 2 * PADDING;
    paper.artifact(() => paper.ink.frame({ ...box, y, height }, 1, COLOURS.brick));
    paper.tag('P', text, () => {
      const inner = { x: box.x + 3 * MM, y: y + PADDING, width: box.width - 6 * MM };
      paper.lines(lines, STYLES.notice, inner, 'centre');
    });
    y += height + 1.5 * MM;
  }
  return y;
}

function noticesOf(paper: Paper, print: PrintMark, t: Words): string[] {
  const { cancelled, reprint } = print;
  return [
    cancelled &&
      t('paper:notice.cancelled', {
        day: formatDay(cancelled.on, paper.lang, 'day'),
        reason: own(cancelled.reason),
      }),
    print.draft && t('paper:notice.draft'),
    reprint &&
      t('paper:notice.reprint', {
        number: paper.digits(String(reprint.number)),
        of: ltr(paper.digits(reprint.of)),
        at: formatMoment(reprint.at, paper.lang),
      }),
  ].filter((text) => typeof text === 'string');
}
