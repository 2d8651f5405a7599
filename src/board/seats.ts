/** The seats on one axis of time: who holds each, who held it, and how long it is empty. */
import { SEATS, type Seat } from '../access/powers.ts';
import { daysBetween, isoFromJalali, jalaliParts } from '../values/jalali-date.ts';
import type { Decree } from './decree-rows.ts';
import { isOpen, isOptional, takenDays } from './decree-states.ts';

/** A stretch of the axis in percent from its start; `ends` within so many days. */
export type Stretch = { look: 'is' | 'ends' | 'was' | 'gap'; start: number; length: number };

export type SeatRow = {
  seat: Seat;
  holder: Decree | null;
  /** The decree on its way for this seat. */
  waiting: Decree | null;
  /** Days until the holder's term ends; null without a holder. */
  left: number | null;
  /** Since when nobody holds it; null if nobody ever did. */
  emptySince: string | null;
  /** The decree of whoever held it last. */
  lastDecree: number | null;
  stretches: Stretch[];
};

export type Axis = { from: string; to: string; years: { year: number; at: number }[]; now: number };

const ENDS_SOON_DAYS = 60;

/** Five Jalali years, the one before this first. */
export function axisOf(today: string): Axis {
  const { year } = jalaliParts(today);
  const from = isoFromJalali(year - 1, 1, 1);
  const to = isoFromJalali(year + 4, 1, 1);
  const years = [0, 1, 2, 3, 4].map((step) => {
    const first = year - 1 + step;
    return { year: first, at: share({ from, to }, isoFromJalali(first, 1, 1)) };
  });
  return { from, to, years, now: share({ from, to }, today) };
}

/** B-34: the six core seats, and of the optional ones those that the board has. */
export function seatRows(decrees: Decree[], axis: Axis, today: string): SeatRow[] {
  const had = SEATS.filter(
    (seat) =>
      !isOptional(seat) ||
      decrees.some((one) => one.seat === seat && (one.issuedOn !== null || isOpen(one.state))),
  );
  return had.map((seat) => {
    const ofSeat = decrees.filter((decree) => decree.seat === seat);
    const holder = ofSeat.find((decree) => decree.inForce) ?? null;
    const waiting = ofSeat.find((decree) => isOpen(decree.state)) ?? null;
    const held = ofSeat.filter((decree) => decree.acceptedOn !== null);
    const emptySince = holder ? null : emptySinceOf(held, today);
    const left = holder ? daysBetween(today, holder.toOn) : null;
    const stretches = held.flatMap((decree) => stretchOf(decree, axis, today));
    const gap = emptySince ? [between('gap', axis, emptySince, axis.to)] : [];
    const last = held.toSorted((a, b) => (a.fromOn < b.fromOn ? 1 : -1))[0];
    const told = { seat, holder, waiting, left, emptySince, lastDecree: last?.id ?? null };
    return { ...told, stretches: [...stretches, ...gap] };
  });
}

function emptySinceOf(held: Decree[], today: string): string | null {
  const ends = held.flatMap((decree) => takenDays(decree)?.toOn ?? []).filter((end) => end < today);
  return ends.sort()[ends.length - 1] ?? null;
}

function stretchOf(decree: Decree, axis: Axis, today: string): Stretch[] {
  const days = takenDays(decree);
  if (!days || days.toOn < axis.from || days.fromOn > axis.to) return [];
  const soon = daysBetween(today, days.toOn) <= ENDS_SOON_DAYS;
  const look = days.toOn < today ? 'was' : soon ? 'ends' : 'is';
  return [between(look, axis, days.fromOn, days.toOn)];
}

function between(look: Stretch['look'], axis: Axis, from: string, to: string): Stretch {
  const start = share(axis, from);
  return { look, start, length: Math.max(0.6, share(axis, to) - start) };
}

/** How far along the axis a day lies, in percent, kept upon it. */
function share({ from, to }: { from: string; to: string }, day: string): number {
  const percent = (100 * daysBetween(from, day)) / daysBetween(from, to);
  return Math.round(Math.min(100, Math.max(0, percent)) * 10) / 10;
}
