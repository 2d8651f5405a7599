/** What every paper of a centre can say: its names, and the sentences that the bylaw asks for. */
import { activityCodeOrNone } from '../centres/activity-codes.ts';
import type { Centre } from '../centres/centres.ts';
import { ltr, own } from '../paper/bidi.ts';
import type { Db } from '../provinces/connection.ts';
import { setting } from '../provinces/province.ts';
import { formatDay } from '../values/jalali-date.ts';
import { persianDigits } from '../values/persian-text.ts';
import { type BoardName, type Words, wordsFor } from '../words.ts';
import { boardNameOn } from './board-name.ts';
import { citedOn } from './citations.ts';
import { memorandumOrNone } from './memoranda.ts';
import type { Values } from './wording.ts';

type Named = { name: string; place: string; county: string; activityCode?: string };
type Said = { day: string; cited: string[]; board: BoardName };

export function commonValues(db: Db, centre: Centre, day: string, cited: string[]): Values {
  const { name, place, countyName: county } = centre;
  const activityCode = activityCodeOrNone(db, centre.id)?.code;
  const board = boardNameOn(db, day);
  return commonSaid(db, { name, place, county, activityCode }, { day, cited, board });
}

/** The same of a centre that may be invented. */
export function commonSaid(
  db: Db,
  { name, place, county, activityCode }: Named,
  { day, cited, board }: Said,
): Values {
  const t = wordsFor('fa', board);
  return {
    ...{ centre: name, place, county, activityCode, issuedOn: day },
    province: setting(db, 'name') ?? '',
    ...{ board: t('templates:board.name'), boardOf: t('templates:board.of') },
    memorandum: memorandumSaid(db, t),
    citations: citationsSaid(db, t, cited, day),
    honorary: t('templates:sentences.honorary'),
    liability: t('templates:sentences.liability'),
  };
}

function memorandumSaid(db: Db, t: Words): string | null {
  const found = memorandumOrNone(db);
  if (!found) return null;
  return t('templates:sentences.memorandum', {
    number: ltr(persianDigits(found.number)),
    day: ltr(formatDay(found.signedOn, 'fa', 'date')),
    first: own(found.firstParty),
    second: own(found.secondParty),
  });
}

/** «On the ground of … and …», of the bases in force on this day; null without any. */
function citationsSaid(db: Db, t: Words, keys: string[], day: string): string | null {
  const words = citedOn(db, keys, day).map((one) => one.words);
  const last = words.pop();
  if (last === undefined) return null;
  if (words.length === 0) return t('templates:sentences.citing', { words: last });
  const all = t('templates:sentences.and', { words: words.join('\u060c '), last });
  return t('templates:sentences.citing', { words: all });
}
