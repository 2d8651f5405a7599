/** The peer of the books on paper: the same table, printed by a browser. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { connectForReading } from '../../src/provinces/connection.ts';
import { formatDay } from '../../src/values/jalali-date.ts';
import { persianDigits } from '../../src/values/persian-text.ts';
import { formatRial } from '../../src/values/rial.ts';
import type { Kept } from './data.ts';
import type { Printed } from './printing.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FONT = join(import.meta.dirname, '../../views/assets/fonts/vazirmatn.woff2');

type Line = {
  number: number;
  day: string;
  account: string;
  name: string;
  description: string;
  debit: number;
  credit: number;
};

/** Milliseconds of each printing; undefined where no browser is installed. */
export async function printByChromium(
  kept: Kept,
  book: Printed,
  rounds: number,
): Promise<number[] | undefined> {
  const executablePath = PLACES.find((place) => existsSync(place));
  if (!executablePath) return undefined;
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const html = tableOf(linesOf(kept, book));
    const page = await browser.newPage();
    page.setDefaultTimeout(600_000);
    const times: number[] = [];
    for (let i = 0; i < rounds; i++) {
      const began = performance.now();
      await page.setContent(html);
      await page.evaluate('document.fonts.ready');
      await page.pdf({ format: 'A4', printBackground: true });
      times.push(performance.now() - began);
    }
    return times;
  } finally {
    await browser.close();
  }
}

function linesOf({ file }: Kept, { from, to }: Printed): Line[] {
  const { $client } = connectForReading(file);
  const lines = $client
    .prepare(
      `SELECT e.number, e.entry_on AS day, l.account, a.name_fa AS name, e.description,
         l.debit_rial AS debit, l.credit_rial AS credit
       FROM entries e JOIN entry_lines l ON l.entry_id = e.id
       JOIN accounts a ON a.centre_id = e.centre_id AND a.code = l.account
       WHERE e.entry_on BETWEEN ? AND ? ORDER BY e.id, l.line`,
    )
    .all(from, to) as Line[];
  $client.close();
  return lines;
}

function tableOf(lines: Line[]): string {
  const font = readFileSync(FONT).toString('base64');
  const rows = lines.map((line, i) => {
    const { number, day, account, name, description, debit, credit } = line;
    const amount = (rial: number) => (rial === 0 ? '' : formatRial(rial, 'fa'));
    const cells = [
      ...[persianDigits(String(i + 1)), formatDay(day, 'fa', 'date')],
      ...[persianDigits(String(number)), `${persianDigits(account)} ${name}`, description],
      ...[persianDigits(account), amount(debit), amount(credit)],
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<!doctype html><html lang="fa" dir="rtl"><meta charset="utf-8"><style>
    @font-face { font-family: Vazirmatn; src: url(data:font/woff2;base64,${font}); }
    body { font: 8.5pt Vazirmatn; } table { border-collapse: collapse; width: 100%; }
    td { border: 0.5pt solid #999; padding: 2pt 4pt; }
    </style><table><tbody>${rows.join('')}</tbody></table></html>`;
}
