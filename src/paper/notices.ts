/** What a reader must see before the text: a draft without a seal, a reprint, a cancelled paper. */
import type { Words } from '../words.ts';
import { formatDay, formatMoment } from '../values/jalali-date.ts';
import { ltr, own } from './bidi.ts';
import { type Box, COLOURS, MM } from './ink.ts';
import type { Paper } from './paper.ts';
import type { PrintMark } from './print-mark.ts';
import { STYLES } from './styles.ts';

const PADDING = 1.2 * MM;

/** Draws the notices, if any, in one frame, and answers where the text may begin. */
export function notices(paper: Paper, print: PrintMark, t: Words, box: Box): number {
  const texts = noticesOf(paper, print, t);
  if (texts.length === 0) return box.y;
  const inner = { x: box.x + 3 * MM, width: box.width - 6 * MM };
  let y = box.y + PADDING;
  for (const text of texts) {
    paper.tag('P', text, () => {
      y = paper.write(text, STYLES.notice, { ...inner, y }, 'centre');
    });
  }
  const height = y + PADDING - box.y;
  paper.artifact(() => paper.ink.frame({ ...box, height }, 1, COLOURS.brick));
  return box.y + height + 1.5 * MM;
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
