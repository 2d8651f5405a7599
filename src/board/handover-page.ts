/** The page of one handover: its lines, who has said yes, and whose turn it is; and counting it. */
import type { Request, Response } from 'express';
import { may } from '../access/powers.ts';
import { answer } from '../web/formats.ts';
import { type Column, listForms } from '../web/lists.ts';
import { sendPage } from '../web/views.ts';
import { countingValues, ROOM } from './handover-form.ts';
import {
  differenceOf,
  type Handover,
  isThing,
  LINE_KINDS,
  type Line,
  unreadyLines,
} from './handover-rows.ts';
import { mayCount, mayRecord, personalSide, sidesOf } from './handover-sides.ts';
import { HANDOVER_SIDES } from './schema.ts';

/** A handover as a program is told of it. */
export function told(handover: Handover) {
  const { id, seat, giver, taker, handoverOn, reason, draftedOn, version, state } = handover;
  const { acknowledgements, paperId, issuedOn, issuedBy, withdrawnOn, withdrawal } = handover;
  return {
    ...{ id, seat, giver, taker, handoverOn, reason, draftedOn, version, state, acknowledgements },
    ...{ paperId, issuedOn, issuedBy, withdrawnOn, withdrawal },
    lines: handover.lines.map((line) => ({ ...line, difference: differenceOf(line) })),
  };
}

export async function sendHandover(
  req: Request,
  res: Response,
  handover: Handover,
  refused: object = {},
): Promise<void> {
  const { centre, t } = res.locals;
  const { lines, seat, id } = handover;
  const title = t('board:handover.one', { seat: t(`board:seats.${seat}`) });
  await answer(res, {
    html: () =>
      sendPage(req, res, 'board/handover', { title, ...shown(res, handover), ...refused }),
    ...listForms(req, res, {
      ...{ name: `handover-${centre.code}-${id}`, title, columns: columnsOf(res) },
      page: () => ({ rows: lines.map((line) => inWords(res, line)), total: lines.length }),
      all: () => lines.map((line) => inWords(res, line)),
      json: () => told(handover),
    }),
  });
}

function shown(res: Response, handover: Handover) {
  const { province, actor, centre } = res.locals;
  const { state, lines } = handover;
  const isDraft = state === 'draft';
  const mine = sidesOf(actor!, handover);
  const sides = HANDOVER_SIDES.map((side) => {
    const said = handover.acknowledgements.find((one) => one.side === side) ?? null;
    const open = isDraft && said === null;
    const mayRecordIt = open && mayRecord(province.db, actor!, handover, side);
    const maySay = open && mine.includes(side);
    return { side, said, maySay, mayRecord: mayRecordIt && !maySay };
  });
  const isOwn = personalSide(actor!, handover);
  return {
    ...{ handover, sides, groups: groupsOf(lines), ...unreadyLines(lines) },
    cashDiffers: lines.some((line) => line.unit === 'rial' && differenceOf(line)),
    mayCount: isDraft && mayCount(actor!, handover),
    mayIssue: state === 'settled' && !isOwn && may(actor!, 'handovers.issue', centre),
    mayWithdraw: (isDraft || state === 'settled') && may(actor!, 'handovers.keep', centre),
    mayDraftEntry: may(actor!, 'entries.draft', centre),
  };
}

/** Money, things that are counted, and what is only told. */
function groupsOf(lines: Line[]) {
  const group = (key: string, of: Line[]) => ({
    ...{ key, counts: key !== 'rest' },
    lines: of.map((line) => ({ ...line, difference: differenceOf(line) })),
  });
  return [
    group(
      'money',
      lines.filter(({ unit }) => unit === 'rial'),
    ),
    group('things', lines.filter(isThing)),
    group(
      'rest',
      lines.filter((line) => line.unit === 'count' && !isThing(line)),
    ),
  ].filter((group) => group.lines.length > 0);
}

export function sendCount(
  req: Request,
  res: Response,
  handover: Handover,
  form: { values?: Record<string, string> },
): void {
  const { show, t } = res.locals;
  const rest = handover.lines.filter((line) => !line.laid).length;
  sendPage(req, res, 'board/handover-count', {
    ...{ title: t('board:handover.count'), handover, kinds: LINE_KINDS },
    styles: ['/assets/books.css'],
    laid: handover.lines.filter((line) => line.laid),
    typedRows: rest + ROOM,
    values: countingValues(handover, show),
    ...form,
  });
}

function inWords({ locals: { t, format } }: Response, line: Line) {
  const { kind, what, number, unit, recorded, counted, remark } = line;
  const row = { what, number, unit, recorded, counted, difference: differenceOf(line), remark };
  return { kind: format === 'csv' ? kind : t(`board:handover.kinds.${kind}`), ...row };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`board:handover.${key}`);
  return [
    { key: 'kind', title: title('kind'), kind: 'text', width: 2 },
    { key: 'what', title: title('what'), kind: 'text', width: 5 },
    { key: 'number', title: title('number'), kind: 'code', width: 2 },
    { key: 'recorded', title: title('recorded'), kind: 'count', width: 2 },
    { key: 'counted', title: title('counted'), kind: 'count', width: 2 },
    { key: 'difference', title: title('difference'), kind: 'count', width: 2 },
    { key: 'remark', title: title('remark'), kind: 'text', width: 4 },
  ];
}
