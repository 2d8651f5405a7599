/** Experience as lists and programs are told of it. */
import type { Response } from 'express';
import type { Column } from '../web/lists.ts';
import type { Experience } from './experiences.ts';

/** For programs: what the sheet says, and how it stands. */
export function told(one: Experience) {
  const { id, version, code, title, field, deed, result, costRial, askedSeat, ...rest } = one;
  const { state, reason, writtenOn, answeredOn } = rest;
  const sheet = { title, field, deed, result, costRial, askedSeat };
  return { id, version, centre: code, ...sheet, state, reason, writtenOn, answeredOn };
}

export function listed(one: Experience) {
  const { id, title, field, centre, code, county, result, costRial, state, writtenOn } = one;
  return { id, title, field, centre, code, county, result, costRial, state, writtenOn };
}

/** The same for people: words instead of codes. */
export function inWords({ locals: { t, format } }: Response, one: Experience) {
  const row = listed(one);
  if (format === 'csv') return row;
  const field = t(`network:networks.short.${one.field}`);
  return { ...row, field, state: t(`experiences:states.${one.state}`) };
}

export function columnsOf({ locals: { t } }: Response, whole: boolean): Column[] {
  const title = (key: string) => t(`experiences:columns.${key}`);
  return [
    { key: 'title', title: title('title'), kind: 'text', width: 4 },
    { key: 'field', title: title('field'), kind: 'text', width: 2 },
    ...(whole
      ? ([
          { key: 'centre', title: title('centre'), kind: 'text', width: 3 },
          { key: 'county', title: title('county'), kind: 'text', width: 2 },
        ] as Column[])
      : []),
    { key: 'result', title: title('result'), kind: 'text', width: 5 },
    { key: 'costRial', title: title('costRial'), kind: 'rial', width: 2 },
    { key: 'writtenOn', title: title('writtenOn'), kind: 'day', width: 2 },
    ...(whole ? [] : [{ key: 'state', title: title('state'), kind: 'text', width: 2 } as Column]),
  ];
}
