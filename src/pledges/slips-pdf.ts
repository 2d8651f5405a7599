/** Slips to hand over: what reminders say, four to a page with lines to cut along. */
import { own } from '../paper/bidi.ts';
import { COLOURS, MM } from '../paper/ink.ts';
import { Paper, SIZES } from '../paper/paper.ts';
import type { Style } from '../paper/text.ts';
import { wordsFor } from '../words.ts';

const ON_A_PAGE = 4;
const HEAD: Style = { size: 11, weight: 'bold', leading: 1.8, colour: COLOURS.green };
const TEXT: Style = { size: 11, weight: 'regular', leading: 1.9 };
const INSET = 12 * MM;

export type Slip = { words: string };

export async function slipsPdf(slips: Slip[], centre: string): Promise<Buffer> {
  const t = wordsFor('fa');
  const title = t('pledges:reminders.slips');
  const paper = new Paper({ lang: 'fa', title, author: centre, tagged: true });
  slips.forEach(({ words }, at) => {
    const place = at % ON_A_PAGE;
    const ink = place === 0 ? paper.addPage(SIZES.a4) : paper.ink;
    const height = ink.height / ON_A_PAGE;
    const top = place * height;
    const box = { x: INSET, width: ink.width - 2 * INSET };
    if (place > 0) paper.artifact(() => ink.rule({ x: 0, y: top, width: ink.width }));
    let y = top + 8 * MM;
    paper.tag('H2', centre, () => {
      y = paper.write(own(centre), HEAD, { ...box, y }, 'centre') + 2 * MM;
    });
    for (const line of words.split('\n')) {
      paper.tag('P', line, () => {
        y = paper.write(line, TEXT, { ...box, y });
      });
    }
  });
  return paper.toBuffer();
}
