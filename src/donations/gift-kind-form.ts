/** What the form of a gift shows of its kind: the kinds to choose from, and the fields of this one. */
import type { Request, Response } from 'express';
import { fundName, fundsOf } from '../funds/funds.ts';
import { centreRoot } from '../web/written.ts';
import { STORE_NAMES } from './gift-fields.ts';
import { MOST_ITEMS, MOST_PARTS } from './gift-rules.ts';
import { AT_THE_DESK, BY_BANK, type GiftKind } from './posting.ts';
import { CONDITIONS, DONATION_KINDS, UNITS } from './schema.ts';

/** Empty lines of a fresh form. */
const LINES = 2;
const PARTS = 3;

type Values = Record<string, string> | undefined;

export function fieldsOfKind(req: Request, res: Response, values: Values, more: boolean) {
  const kinds = kindsFor(res);
  const asked = String(values?.kind ?? req.query.kind ?? '');
  const gift = kinds.find((kind) => kind === asked) ?? 'cash';
  const parts = countOf(values, 'funds');
  const rows = Math.min(MOST_ITEMS, Math.max(LINES, countOf(values, 'items') + (more ? 1 : 0)));
  return {
    gift,
    gifts: kinds.map((kind) => linkTo(req, res, kind)),
    byBank: BY_BANK.includes(gift),
    banks: Object.values(banks(res)),
    ...choicesOf(res),
    rows,
    partRows: Math.min(MOST_PARTS, Math.max(PARTS, parts + (more && gift !== 'goods' ? 1 : 0))),
    partsOpen: parts > 0 || (more && gift !== 'goods'),
    lineLabels: lineLabels(res, rows),
  };
}

/** B-45: the volunteer at the desk is offered what he may take. */
function kindsFor({ locals: { actor, centre } }: Response): readonly GiftKind[] {
  const seated = actor!.seats.some(({ centreId }) => centreId === centre.id);
  return seated ? DONATION_KINDS : AT_THE_DESK;
}

function linkTo({ query }: Request, res: Response, kind: GiftKind) {
  const kept = new URLSearchParams({ kind });
  for (const name of ['fund', 'on', 'unit', 'amount', 'reference', 'purpose']) {
    if (typeof query[name] === 'string') kept.set(name, query[name]);
  }
  const href = `${centreRoot(res)}/donations/new?${kept}`;
  return { value: kind, href, text: res.locals.t(`donations:kinds.${kind}`) };
}

const BANKS = [
  ...['melli', 'mellat', 'saderat', 'tejarat', 'sepah', 'keshavarzi', 'maskan', 'refah'],
  ...['resalat', 'mehr-iran', 'pasargad', 'parsian', 'saman', 'shahr', 'ayandeh', 'velayat'],
];

function banks({ locals: { t } }: Response): string[] {
  return BANKS.map((bank) => t(`donations:banks.${bank}`));
}

function choicesOf({ locals: { t, province, language } }: Response) {
  const named = (list: readonly string[], words: string) =>
    list.map((value) => ({ value, text: t(`donations:${words}.${value}`) }));
  return {
    units: named(UNITS, 'units'),
    conditions: named(CONDITIONS, 'conditions'),
    stores: named(STORE_NAMES, 'stores'),
    everyFund: fundsOf(province.db)
      .filter(({ takesGifts }) => takesGifts)
      .map((fund) => ({ value: fund.code, text: fundName(fund, language) })),
  };
}

/** How many rows of a list were typed. */
function countOf(values: Values, list: 'items' | 'funds'): number {
  const rows = Object.keys(values ?? {}).flatMap((name) => {
    const [of, at] = name.split('.');
    return of === list && at !== undefined ? [Number(at) + 1] : [];
  });
  return Math.max(0, ...rows);
}

/** What each cell of a line is called where its fault is told at the head of the form. */
function lineLabels({ locals: { t, show } }: Response, rows: number): Record<string, string> {
  const cells = { name: 'name', quantity: 'quantity', unit: 'unit', value: 'value' };
  const all = {
    ...cells,
    condition: 'condition',
    expiresOn: 'expires',
    store: 'store',
    fund: 'fund',
  };
  const labels: Record<string, string> = {};
  for (let at = 0; at < rows; at += 1) {
    const line = t('donations:goods.line', { number: show.number(at + 1) });
    for (const [cell, word] of Object.entries(all)) {
      labels[`items.${at}.${cell}`] = `${line}\u060c ${t(`donations:goods.${word}`)}`;
    }
  }
  return {
    ...labels,
    'service.description': t('donations:new.service'),
    'service.hours': t('donations:new.hours'),
  };
}
