/** The minutes of a handover as a paper: money, things, papers and open matters, and who signs. */
import type { Actor } from '../access/actor.ts';
import type { Centre } from '../centres/centres.ts';
import { type IssuedLetter, issueLetter } from '../paper/letters.ts';
import type { LetterTable } from '../paper/official-letter.ts';
import type { Tx } from '../provinces/connection.ts';
import { wordsOn } from '../templates/board-name.ts';
import { persianDigits } from '../values/persian-text.ts';
import type { Words } from '../words.ts';
import { officeSaid } from './acting.ts';
import { differenceOf, type Handover, isThing, type Line } from './handover-rows.ts';

export function handoverLetter(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  handover: Handover,
): IssuedLetter {
  const t = wordsOn(tx, actor.today);
  const say = (key: string, values?: object) => t(`board:handover.${key}`, { ...values });
  const { id, seat, giver, handoverOn, reason, takerNumber, lines, version } = handover;
  const taker = handover.taker ?? say('committee');
  const differing = lines.filter((line) => differenceOf(line)).length;
  const office = t(`board:seats.${seat}`);
  return issueLetter(tx, actor, {
    // Also a centre that writes nothing any more hands over what it has, on the committee's paper.
    ...{ centre, kind: 'handover', head: actor.office ? 'committee' : 'centre' },
    addressee: [say('addressee', { centre: centre.name })],
    values: {
      ...{ seat: office, outgoing: giver, incoming: taker, handoverOn, reason },
      ...(takerNumber ? { decree: takerNumber } : {}),
      differences: differing
        ? say('differing', { number: persianDigits(String(differing)) })
        : say('alike'),
    },
    tables: tablesOf(t, lines),
    witnesses: [
      { name: giver, office: say('gives', { office }) },
      {
        name: handover.taker,
        office: say(handover.taker ? 'takes' : 'committee-takes', { office }),
      },
    ],
    signer: {
      name: actor.user!.name,
      office: say('witness', { office: officeSaid(actor, centre.id, t) }),
    },
    deed: {
      ...{ kind: 'handover.issued', subject: `handovers/${id}` },
      after: { seat, version, lines: lines.length, differing },
    },
  });
}

/** What is counted has its difference beside it; of the rest the number and a remark are enough. */
function tablesOf(t: Words, lines: Line[]): LetterTable[] {
  const money = lines.filter(({ unit }) => unit === 'rial');
  const things = lines.filter(isThing);
  const rest = lines.filter((line) => line.unit === 'count' && !isThing(line));
  return [
    ...(money.length > 0 ? [countedTable(t, 'money', money)] : []),
    ...(things.length > 0 ? [countedTable(t, 'things', things)] : []),
    ...(rest.length > 0 ? [toldTable(t, rest)] : []),
  ];
}

function countedTable(t: Words, key: 'money' | 'things', lines: Line[]): LetterTable {
  const title = (word: string) => t(`board:handover.${word}`);
  const kind = key === 'money' ? ('rial' as const) : ('count' as const);
  const sum = (value: (line: Line) => number | null) =>
    lines.reduce((all, line) => all + (value(line) ?? 0), 0);
  const width = key === 'money' ? 3 : 1.6;
  return {
    title: title(`tables.${key}`),
    columns: [
      { title: title('what'), kind: 'text', width: 5 },
      { title: title('number'), kind: 'code', width: 2 },
      { title: title('recorded'), kind, width },
      { title: title('counted'), kind, width },
      { title: title('difference'), kind, width },
      { title: title('remark'), kind: 'text', width: 4 },
    ],
    rows: lines.map((line) => [
      ...[line.what, line.number, line.recorded, line.counted, differenceOf(line), line.remark],
    ]),
    ...(key === 'money'
      ? {
          total: [
            ...[null, null, sum(({ recorded }) => recorded), sum(({ counted }) => counted)],
            ...[sum(differenceOf), null],
          ],
        }
      : {}),
  };
}

function toldTable(t: Words, lines: Line[]): LetterTable {
  const title = (word: string) => t(`board:handover.${word}`);
  return {
    title: title('tables.rest'),
    columns: [
      { title: title('kind'), kind: 'text', width: 2 },
      { title: title('what'), kind: 'text', width: 6 },
      { title: title('number'), kind: 'code', width: 2 },
      { title: title('remark'), kind: 'text', width: 4 },
    ],
    rows: lines.map(({ kind, what, number, remark }) => [
      ...[title(`kinds.${kind}`), what, number, remark],
    ]),
  };
}
