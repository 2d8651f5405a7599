/** The intention of a gift: a fund that is there, and never the mosque's own (B-98). */
import { uphold } from '../bylaw/clause.ts';
import { mosqueApart } from '../bylaw/points.ts';
import { type Fund, findFund as findAnyFund, fundsOf } from '../funds/funds.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { searchText } from '../values/persian-text.ts';

export type GiftFund = Pick<
  Fund,
  'code' | 'nameFa' | 'nameEn' | 'account' | 'restriction' | 'rules'
>;

const statements = prepared((db) => ({
  used: db.$client
    .prepare(
      `SELECT fund FROM donation_days WHERE centre_id = ? AND received_on >= ?
       GROUP BY fund ORDER BY sum(given_count) DESC, fund LIMIT ?`,
    )
    .pluck(),
  forMosque: db.$client
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM mosque_purposes
       WHERE substr(@purpose || '$', 1, length(beginning)) = beginning)`,
    )
    .pluck(),
}));

/**
 * A fund that takes gifts on that ISO day; the mosque's is refused by its clause, any other unknown by
 * name, and so is one that takes none.
 */
export function findFund(db: Db, code: string, day: string, field = 'fund'): GiftFund {
  const fund = findAnyFund(db, code, day);
  if (fund?.takesGifts) return fund;
  uphold(mosqueApart, { meantForMosque: namesMosque(code) }, { status: 422, field });
  const key = fund ? 'takes-no-gifts' : 'unknown-fund';
  throw new Refusal(`donations:refusals.${key}`, { status: 422, field });
}

/** Goods are nobody's money that is held for another: they come with another intention (B-81). */
export function refuseHeldGoods(kind: string, funds: readonly GiftFund[]): void {
  const held = funds.find(({ restriction }) => restriction === 'held');
  if (kind !== 'goods' || !held) return;
  throw new Refusal('donations:refusals.held-goods', {
    ...{ status: 422, field: 'fund', clause: 'B-81' },
    values: { fundFa: held.nameFa, fundEn: held.nameEn },
  });
}

/** The funds this centre used most since a day, in their fixed order, and all the others. */
export function fundsByUse(db: Db, centreId: number, since: string, many: number) {
  const all = fundsOf(db).filter(({ takesGifts }) => takesGifts);
  const used = statements(db).used.all(centreId, since, many) as string[];
  const rest = all.map(({ code }) => code).filter((code) => !used.includes(code));
  const first = new Set([...used, ...rest].slice(0, many));
  const isFirst = ({ code }: Fund) => first.has(code);
  return { first: all.filter(isFirst), rest: all.filter((fund) => !isFirst(fund)) };
}

/** Whether a purpose is the mosque itself, by how such purposes begin. */
export function isForMosque(db: Db, purposeSearch: string): boolean {
  return statements(db).forMosque.get({ purpose: purposeSearch }) === 1;
}

const MOSQUE = ['mosque', 'masjid', '\u0645\u0633\u062c\u062f'].map(searchText);

function namesMosque(code: string): boolean {
  return MOSQUE.some((word) => searchText(code).includes(word));
}
