/** What a reader must see before the text: a draft without a seal, a reprint, a cancelled paper. */

import { formatDay, formatMoment } from '../values/jalali-date.ts';
import type { Words } from '../words.ts';
import { ltr, own } from './bidi.ts';
import { type Box, COLOURS, MM } from './ink.ts';
import type { Paper } from './paper.ts';
import type { PrintMark } from './print-mark.ts';
import { STYLES } from './styles.ts';

const PADDING = 1.2 * MM;

/** Draws the notices, if any, in one frame, and answers where the text may begin. */
export function notices(paper: Paper, print: PrintMark, t: Words, box: Box): number {
  const text = noticesOf(paper, print, t).join(' \u00b7 ');
  if (text === '') return box.y;
  const inner = { x: box.x + 3 * MM, y: box.y + PADDING, width: box.width - 6 * MM };
  let y = inner.y;
  paper.tag('P', text, () => {
    y = paper.write(text, STYLES.notice, inner, 'centre');
  });
  const height = y + PADDING - box.y;
  paper.artifact(() => paper.ink.frame({ ...box, height }, 1, COLOURS.brick));
  return box.y + height + 1.5 * MM;
}

function noticesOf(paper: Paper, print: PrintMark, t: Words): string[] {
  const { cancelled, reprint } = print;
  if (print.specimen) return [t('paper:notice.specimen')];
  return [
    cancelled &&
      t(`paper:notice.${saidOf(cancelled)}`, {
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

const saidOf = ({ powerless, ended }: NonNullable<PrintMark['cancelled']>): string =>
  powerless ? `powerless-${powerless}` : ended ? 'ended' : 'cancelled';
