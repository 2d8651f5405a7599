/** The head of a letter: the body at the start, the invocation in the middle, the facts at the end. */
import { emblem } from './emblem.ts';
import { type Box, COLOURS, MM } from './ink.ts';
import type { Paper } from './paper.ts';
import { STYLES } from './styles.ts';
import { plainText, type Style } from './text.ts';

export type Letterhead = {
  /** The centre has its arch; the committee's own emblem is not ours to draw. */
  arch: boolean;
  name: string;
  lines: string[];
  invocation: string;
  facts: { label: string; value: string }[];
  /** 1 on A4; smaller paper, smaller head. */
  scale?: number;
};

const MARK = 15 * MM;
const GAP = 3 * MM;

/** Draws the head and its double line, and answers where the text may begin. */
export function letterhead(paper: Paper, head: Letterhead, box: Box): number {
  const scale = head.scale ?? 1;
  const third = box.width / 3;
  const inset = head.arch ? (MARK + GAP) * scale : 0;
  if (head.arch) paper.artifact(() => emblem(paper.ink, { ...box, width: MARK * scale }));
  const invocation = scaled(STYLES.invocation, scale);
  const middle = { x: box.x + third, y: box.y, width: third };
  const half = (box.width - paper.set.width(head.invocation, invocation)) / 2;
  const room = half - 5 * MM - inset;
  const bodyEnd = body(paper, head, { x: box.x + inset, y: box.y, width: room });
  paper.tag('P', head.invocation, () => {
    paper.write(head.invocation, invocation, middle, 'centre');
  });
  const factsEnd = facts(paper, head, box);
  const end = Math.max(bodyEnd, factsEnd, box.y + (head.arch ? MARK * scale : 0)) + 2.5 * MM;
  paper.artifact(() => paper.ink.doubleRule({ ...box, y: end }));
  return end + 2.2;
}

function body(paper: Paper, head: Letterhead, box: Box): number {
  const scale = head.scale ?? 1;
  let y = box.y;
  paper.tag('P', head.name, () => {
    y = paper.write(head.name, scaled(STYLES.name, scale), { ...box, y });
  });
  for (const line of head.lines) {
    paper.tag('P', line, () => {
      y = paper.write(line, scaled(STYLES.head, scale), { ...box, y });
    });
  }
  return y;
}

/** Each label with its value on one line, the longest ending with the page. */
function facts(paper: Paper, head: Letterhead, box: Box): number {
  const style = scaled(STYLES.head, head.scale ?? 1);
  const lines = head.facts.map(({ label, value }) => [
    { text: `${label} `, colour: COLOURS.quiet },
    { text: value, weight: 'medium' as const },
  ]);
  const width = Math.max(0, ...lines.map((line) => paper.set.width(line, style))) + 1;
  const place = { x: box.x + box.width - width, width };
  let y = box.y;
  for (const line of lines) {
    paper.tag('P', plainText(line), () => {
      y = paper.write(line, style, { ...place, y });
    });
  }
  return y;
}

export function scaled(style: Style, scale: number): Style {
  return { ...style, size: style.size * scale };
}
