/**
 * `import`: a sheet sent over HTTP as XLSX, read, checked and written whole, while a clerk goes on
 * entering and somebody goes on reading. Donors are held to the limit; gifts have a row of their own.
 */
import { rmSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { addDays, dayInTehran } from '../../src/values/jalali-date.ts';
import { type SheetCell, writeXlsx } from '../../src/web/xlsx.ts';
import { type Bench, type Context, judged, ms, plain, roundsOf, whole } from './bench.ts';
import { copyOf, type Kept, scratchFolder } from './data.ts';
import { giftCall } from './gifts.ts';
import { type Call, drive, requireStatus, send } from './load.ts';
import { type Server, startServer } from './server.ts';
import { median } from './statistics.ts';

const ROWS_A_SECOND = 20_000;
/** A clerk who waits longer takes the program for broken. */
const WAIT_MS_MAX = 5000;

type Round = { perSecond: number; writing: number; reading: number };
type Kind = { what: 'donors' | 'gifts'; rows: number; sheet: (round: number) => Promise<Buffer> };

export const importBench: Bench = {
  name: 'import',
  measure: async (context) => {
    const scratch = scratchFolder();
    const kept = copyOf(await context.few(), scratch);
    const server = await startServer(scratch);
    const today = dayInTehran(new Date());
    const [donors, gifts] = context.short ? [5000, 250] : [100_000, 5000];
    try {
      const ofDonors = await measured(context, server, kept, {
        ...{ what: 'donors', rows: donors },
        sheet: (round) => xlsx(DONOR_HEADS, donorRows(round, donors)),
      });
      const ofGifts = await measured(context, server, kept, {
        ...{ what: 'gifts', rows: gifts },
        sheet: (round) => xlsx(GIFT_HEADS, giftRows(round, gifts, today)),
      });
      const rate = median(ofDonors.map(({ perSecond }) => perSecond));
      const giftRate = median(ofGifts.map(({ perSecond }) => perSecond));
      const wait = Math.max(...ofGifts.map(({ writing }) => writing));
      const size = context.short ? `${whole(donors)} donors` : undefined;
      return [
        judged({
          ...{
            name: 'import',
            figure: `${whole(rate)} donors/s`,
            peer: `limit ${whole(ROWS_A_SECOND)}/s`,
          },
          ...{ ratio: plain(rate / ROWS_A_SECOND), target: '≥ 1', reached: rate >= ROWS_A_SECOND },
          ...{
            size,
            note: `${whole(donors)} rows of XLSX, sent, read, checked, written; ${waits(ofDonors)}`,
          },
        }),
        judged({
          ...{
            name: 'import-gifts',
            figure: `${whole(giftRate)} gifts/s`,
            peer: `a clerk waits ${ms(wait)}`,
          },
          ...{
            ratio: plain(wait / WAIT_MS_MAX),
            target: `≤ ${WAIT_MS_MAX} ms`,
            reached: wait <= WAIT_MS_MAX,
          },
          ...{
            size,
            note: `${whole(gifts)} rows, each numbered, receipted, booked; ${waits(ofGifts)}`,
          },
        }),
      ];
    } finally {
      await server.stop();
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

const DONOR_HEADS = ['name', 'national id', 'mobile', 'unnamed'];
const GIFT_HEADS = ['date', 'kind', 'amount', 'fund', 'donor name', 'mobile'];

function waits(rounds: Round[]): string {
  const [clerk, reader] = (['writing', 'reading'] as const).map((side) =>
    Math.max(...rounds.map((round) => round[side])),
  );
  return `meanwhile a clerk waited ${ms(clerk!)} at the most, a reader ${ms(reader!)}`;
}

async function measured(
  context: Context,
  server: Server,
  kept: Kept,
  { what, rows, sheet }: Kind,
): Promise<Round[]> {
  const { slug, code, token } = kept;
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const path = `/${slug}/centres/${code}/imports`;
  const gift = giftCall(kept, dayInTehran(new Date()));
  const page: Call = { method: 'GET', path: `/${slug}/centres/${code}/donations`, headers };
  const rounds: Round[] = [];
  for (const round of [0, ...roundsOf(context, 1, 3).map((at) => at + 1)]) {
    const bytes = await sheet(round);
    const body = JSON.stringify({
      what,
      name: 'bench.xlsx',
      file: bytes.toString('base64'),
      take: true,
    });
    const call: Call = { method: 'POST', path, headers, body };
    const began = performance.now();
    const taken = send(server.address, call);
    const [clerk, reader] = await Promise.all([
      drive(server.address, { clients: 1, until: taken }, (n) => gift(round * 100_000 + n), 201),
      drive(server.address, { clients: 1, until: taken }, () => page, 200),
      taken.then((answer) => requireStatus(answer, 201, call)),
    ]);
    const seconds = (performance.now() - began) / 1000;
    rounds.push({
      perSecond: rows / seconds,
      ...{ writing: Math.max(...clerk.times), reading: Math.max(...reader.times) },
    });
  }
  // The first round finds nothing warm.
  return rounds.slice(1);
}

/** Heads as programs name them; the words of a person's sheet are read no slower. */
async function xlsx(heads: string[], rows: Iterable<SheetCell[]>): Promise<Buffer> {
  const out = new PassThrough();
  const file = buffer(out);
  const widths = heads.map(() => 16);
  await writeXlsx({ name: 'bench', rightToLeft: true, heads, widths, rows }, out);
  return file;
}

const NAMES = ['Ali', 'Reza', 'Maryam', 'Zahra', 'Hossein', 'Mina', 'Sara', 'Karim'];
const nameOf = (n: number) =>
  `${NAMES[n % 8]} ${NAMES[(n >> 3) % 8]} ${NAMES[(n >> 6) % 8]}pour ${String.fromCharCode(97 + (n % 26))}`;

/** Two of three have a mobile, one of three a national ID. */
function* donorRows(round: number, count: number): Generator<SheetCell[]> {
  for (let i = 0; i < count; i += 1) {
    const n = round * count + i;
    const mobile = i % 3 === 0 ? null : `0990${String(n).padStart(7, '0')}`;
    yield [`${nameOf(n)} ${n}`, i % 3 === 0 ? nationalId(n) : null, mobile, null];
  }
}

function nationalId(n: number): string {
  const digits = String(1_000_000 + n).padStart(9, '0');
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  const rest = sum % 11;
  return `${digits}${rest < 2 ? rest : 11 - rest}`;
}

function* giftRows(round: number, count: number, today: string): Generator<SheetCell[]> {
  for (let i = 0; i < count; i += 1) {
    const n = round * count + i;
    const known = i % 4 === 0;
    yield [
      ...[addDays(today, -(n % 20)), 'cash', 1_000_000 + n, i % 3 === 0 ? 'vow' : 'sadaqa'],
      ...[nameOf(known ? n % 100 : n), `0991${String(known ? n % 100 : n).padStart(7, '0')}`],
    ];
  }
}
