/** Figures out of many measurements. */

export function median(values: number[]): number {
  return percentile(values, 50);
}

/** The smallest value that so many hundredths of all do not exceed. */
export function percentile(values: number[], hundredths: number): number {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = values.toSorted((a, b) => a - b);
  const at = Math.ceil((hundredths / 100) * sorted.length) - 1;
  return sorted[Math.max(0, at)]!;
}
