/** The columns of supervision, by what it is told by. */
import type { Response } from 'express';
import type { Column } from '../web/lists.ts';

export const VIEWS = ['centres', 'waiting', 'counties'] as const;
export type View = (typeof VIEWS)[number];

export function supervisionColumns({ locals: { t } }: Response, view: View): Column[] {
  const column = (key: string, kind: Column['kind'], width: number): Column => ({
    ...{ key, kind, width, title: t(`centres:supervision.columns.${key}`) },
  });
  const columns: Record<View, Column[]> = {
    centres: [
      ...[column('code', 'code', 1.6), column('name', 'text', 4), column('county', 'text', 2)],
      ...[column('state', 'text', 2), column('until', 'day', 2), column('left', 'count', 1.2)],
      ...[column('emptySeats', 'count', 1.2), column('boundary', 'count', 1.2)],
      ...[column('broken', 'count', 1.2), column('waiting', 'count', 1.2)],
      ...[column('since', 'day', 2), column('seated', 'text', 1.6)],
    ],
    waiting: [
      ...[column('kind', 'text', 3), column('about', 'text', 3), column('centre', 'text', 4)],
      ...[column('county', 'text', 2), column('since', 'day', 2)],
    ],
    counties: [
      ...[column('county', 'text', 3), column('centres', 'count', 1)],
      ...[column('working', 'count', 1), column('ending', 'count', 1)],
      ...[column('resting', 'count', 1), column('emptySeats', 'count', 1)],
      ...[column('inMosques', 'count', 1), column('share', 'count', 1)],
    ],
  };
  return columns[view];
}
