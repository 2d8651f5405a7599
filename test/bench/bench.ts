/** What a bench is: something measured beside its limit or its peer, in the same run. */
import type { Kept } from './data.ts';

/** One line of the table. */
export type Row = {
  name: string;
  figure: string;
  /** The limit it is held against, or what else was measured. */
  peer: string;
  ratio: string;
  target: string;
  state: 'reached' | 'missed' | 'short';
  note: string;
};

export type Context = {
  /** A quick form on little data: it shows that everything runs, not that the targets are reached. */
  short: boolean;
  /** Options of single benches, as `chromium-20000`. */
  options: Set<string>;
  /** The sample of a million gifts and a million donors, fewer in the short form. */
  many: () => Promise<Kept>;
  /** The sample of ten thousand gifts. */
  few: () => Promise<Kept>;
};

export type Bench = { name: string; measure: (context: Context) => Promise<Row[]> };

type Measured = Omit<Row, 'state'> & {
  reached: boolean;
  /** Set when the target speaks of a size that this run did not have. */
  size?: string;
};

/** A row with its verdict: what was measured on less than the target speaks of claims nothing. */
export function judged({ reached, size, ...row }: Measured): Row {
  const note = [size ? `short: ${size}` : '', row.note].filter(Boolean).join('; ');
  return { ...row, note, state: !reached ? 'missed' : size ? 'short' : 'reached' };
}

/** The size to tell of when a sample is smaller than the target's million. */
export function sizeOf(kept: Kept, what: 'gifts' | 'donors'): string | undefined {
  return kept[what] < 1_000_000 ? `${whole(kept[what])} ${what}` : undefined;
}

/** Runs so many rounds in the short form, so many otherwise. */
export function roundsOf({ short }: Context, few: number, many: number): number[] {
  return Array.from({ length: short ? few : many }, (_, i) => i);
}

export const whole = (n: number): string =>
  Math.round(n).toLocaleString('fr').replaceAll(/\s/g, ' ');

/** Three digits that mean something. */
export const plain = (n: number): string =>
  n >= 100 ? whole(n) : String(Number(n.toPrecision(3)));

export const ms = (n: number): string => `${plain(n)} ms`;
