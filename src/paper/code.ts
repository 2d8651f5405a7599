/** A code as squares: black modules drawn as runs, sharp at any size. */
import qrcode from 'qrcode';
import type { Box, Ink } from './ink.ts';
import { COLOURS } from './ink.ts';

export function qrSquare(ink: Ink, text: string, box: Box): void {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const runs: string[] = [];
  for (let row = 0; row < size; row++) {
    let start = 0;
    while (start < size) {
      let end = start;
      while (end < size && modules.get(row, end)) end++;
      if (end > start) runs.push(`${start} ${row} ${end - start} 1 re`);
      start = Math.max(end, start + 1);
    }
  }
  ink.picture(`${runs.join('\n')} f`, size, box, COLOURS.ink);
}
