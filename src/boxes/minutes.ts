/** The minutes of a count as a paper: the sheet, who opened, and both who counted. */
import type { Actor } from '../access/actor.ts';
import type { Centre } from '../centres/centres.ts';
import { fundNames } from '../funds/funds.ts';
import { type IssuedLetter, issueLetter } from '../paper/letters.ts';
import type { LetterTable } from '../paper/official-letter.ts';
import type { Tx } from '../provinces/connection.ts';
import { wordsOn } from '../templates/board-name.ts';
import type { Deed } from '../trail/acts.ts';
import { persianDigits } from '../values/persian-text.ts';
import { formatRial } from '../values/rial.ts';
import type { Words } from '../words.ts';
import type { Sheet } from './denominations.ts';
import { type Opening, sheetOf } from './opening-rows.ts';

type Told = { entry: string | null; wrong: Opening | null; deed: Omit<Deed, 'centreId'> };

export function countMinutes(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  opening: Opening,
  { entry, wrong, deed }: Told,
): IssuedLetter {
  const t = wordsOn(tx, actor.today);
  const say = (key: string, values?: object) => t(`boxes:minutes.${key}`, { ...values });
  const { box, place, openedOn, countedOn, fund, totalRial, bagNumber, bagRial } = opening;
  const { shortRial, reason, firstName, secondName, countedBy, account } = opening;
  const rial = (amount: number) => formatRial(amount, 'fa');
  const missing = shortRial > 0 ? say('short', { amount: rial(shortRial) }) : null;
  const difference = [opening.difference, missing].filter(Boolean).join(' ');
  return issueLetter(tx, actor, {
    ...{ centre, kind: 'box-count', head: 'centre', addressee: [say('addressee')] },
    values: {
      ...{ box: persianDigits(String(box)), stands: place, openedOn, countedOn, totalRial },
      ...{
        fund: fundNames(tx, 'fa').get(fund) ?? fund,
        openers: say('two', { firstName, secondName }),
      },
      lies: say(`lies.${account}`),
      ...(entry ? { entry } : {}),
      ...(bagNumber ? { bag: bagNumber } : {}),
      ...(bagRial === null ? {} : { bagRial }),
      ...(difference ? { difference } : {}),
      ...(wrong ? { corrected: say('corrects', { amount: rial(wrong.totalRial), reason }) } : {}),
    },
    tables: [tableOf(say, sheetOf(tx, opening.id), totalRial)],
    witnesses: [
      { name: firstName, office: say('opened') },
      { name: secondName, office: say('opened') },
      { name: countedBy, office: say('counted') },
    ],
    signer: { name: actor.user!.name, office: say('counted-too') },
    deed,
  });
}

function tableOf(say: Words | ((key: string) => string), sheet: Sheet, total: number): LetterTable {
  return {
    title: say('sheet'),
    columns: [
      { title: say('money'), kind: 'text', width: 3 },
      { title: say('face'), kind: 'rial', width: 3 },
      { title: say('pieces'), kind: 'count', width: 2 },
      { title: say('amount'), kind: 'rial', width: 4 },
    ],
    rows: sheet.map(({ form, faceRial, pieces }) => [
      ...[say(`forms.${form}`), faceRial, pieces, faceRial * pieces],
    ]),
    total: [null, null, sheet.reduce((sum, { pieces }) => sum + pieces, 0), total],
  };
}
