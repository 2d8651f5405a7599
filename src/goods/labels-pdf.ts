/** Labels to stick on: twenty-one on a sheet of A4 as they are sold, or one on a slip of its own. */
import { ltr, own } from '../paper/bidi.ts';
import { qrSquare } from '../paper/code.ts';
import { type Box, COLOURS, MM } from '../paper/ink.ts';
import { Paper, SIZES } from '../paper/paper.ts';
import type { Style } from '../paper/text.ts';
import { formatDay } from '../values/jalali-date.ts';
import type { Language } from '../values/language.ts';
import { type Words, wordsFor } from '../words.ts';

export type Label = {
  number: number;
  item: string;
  quantity: string;
  fund: string;
  receivedOn: string;
  expiresOn: string | null;
  /** The address of the lot's page. */
  scan: string;
};

type Sheet = { lang: Language; centre: string; single: boolean };

/** 70 by 42.4 millimetres, three beside each other and seven below. */
const LABEL = { width: 70, height: 42.4 };
const [COLUMNS, ROWS] = [3, 7];
const PAD = 3 * MM;
const SQUARE = 19 * MM;

const NAME: Style = { size: 11, weight: 'bold', leading: 1.5 };
const NUMBER: Style = { size: 10, weight: 'bold', leading: 1.5 };
const TEXT: Style = { size: 7.5, weight: 'regular', leading: 1.6 };
const SMALL: Style = { size: 6, weight: 'regular', leading: 1.5 };

export async function labelsPdf(labels: Label[], sheet: Sheet): Promise<Buffer> {
  const t = wordsFor(sheet.lang);
  const paper = new Paper({ lang: sheet.lang, title: t('goods:labels.sheet'), tagged: true });
  const perSheet = sheet.single ? 1 : COLUMNS * ROWS;
  labels.forEach((label, at) => {
    if (at % perSheet === 0) paper.addPage(sheet.single ? LABEL : SIZES.a4);
    drawLabel(paper, label, placeOf(at % perSheet), { ...sheet, t });
  });
  if (labels.length === 0) {
    const ink = paper.addPage(SIZES.a4);
    const box = { x: 20 * MM, y: 20 * MM, width: ink.width - 40 * MM };
    paper.tag('P', t('goods:lots.empty'), () => paper.write(t('goods:lots.empty'), NAME, box));
  }
  return paper.toBuffer();
}

function placeOf(at: number): Box & { height: number } {
  const [column, row] = [at % COLUMNS, Math.floor(at / COLUMNS)];
  return {
    ...{ x: column * LABEL.width * MM, y: row * LABEL.height * MM },
    ...{ width: LABEL.width * MM, height: LABEL.height * MM },
  };
}

function drawLabel(
  paper: Paper,
  label: Label,
  place: Box & { height: number },
  { lang, centre, single, t }: Sheet & { t: Words },
): void {
  if (!single) paper.artifact(() => paper.ink.frame(place, 0.3, COLOURS.rule));
  const day = (iso: string) => ltr(formatDay(iso, lang, 'date'));
  const box = { x: place.x + PAD, y: place.y + PAD, width: place.width - 2 * PAD };
  const square = { x: box.x + box.width - SQUARE, y: box.y + 6 * MM, width: SQUARE };
  const narrow = { ...box, width: box.width - SQUARE - 2 * MM };
  const say = (key: string, value: string) => `${t(`goods:columns.${key}`)}: ${value}`;
  const lines: [string, Style][] = [
    [own(label.item), NAME],
    [say('lot', ltr(paper.digits(String(label.number)))), NUMBER],
    [say('quantity', label.quantity), TEXT],
    [say('fund', own(label.fund)), TEXT],
    [say('received', day(label.receivedOn)), TEXT],
    ...(label.expiresOn ? [[say('expires', day(label.expiresOn)), TEXT] as [string, Style]] : []),
  ];
  let { y } = narrow;
  for (const [text, style] of lines) {
    paper.tag('P', text, () => {
      y = paper.write(text, style, { ...narrow, y });
    });
  }
  paper.artifact(() => qrSquare(paper.ink, label.scan, square));
  const foot = { ...box, y: place.y + place.height - PAD - 3 * MM };
  paper.tag('P', centre, () => paper.write(own(centre), SMALL, foot));
}
