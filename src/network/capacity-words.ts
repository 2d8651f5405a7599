/** A centre's capacity cards as its pages show them: told, listed, in words. */
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { may, SEATS } from '../access/powers.ts';
import { wordAsked } from '../web/asked.ts';
import { pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { sendPage } from '../web/views.ts';
import {
  CAPACITY_KINDS,
  CAPACITY_STATES,
  CAPACITY_USES,
  type Capacity,
  capacitySteps,
  isLive,
  knowsOwner,
  type Owner,
  ownerOf,
} from './capacities.ts';
import type { CapacityFilter } from './capacity-rows.ts';

/** A card as its own centre's programs are told of it; its owner is told apart. */
export function told({ centreId, hasOwner, isHidden, isOpen, ...card }: Capacity) {
  return { ...card, sight: isHidden ? 'hidden' : 'open', openToProvince: isOpen };
}

export function listed({ title, kind, isHidden, use, place, state, foundOn, nextStep }: Capacity) {
  const sight = isHidden ? 'hidden' : 'open';
  return { title, kind, sight, use, place, state, foundOn, nextStep };
}

export function inWords({ locals: { t } }: Response, card: Capacity) {
  const row = listed(card);
  return {
    ...row,
    kind: t(`network:capacities.kinds.${row.kind}`),
    sight: t(`network:capacities.sights.${row.sight}`),
    use: t(`network:capacities.uses.${row.use}`),
    state: t(`network:capacities.states.${row.state}`),
  };
}

export function filterAsked(req: Request): CapacityFilter {
  const word = (name: string) => wordAsked(req.query, name);
  return {
    ...{ q: word('q'), kind: word('kind'), use: word('use'), state: word('state') },
    ...{ hidden: word('sight'), sort: word('sort') },
  };
}

export function sendList(req: Request, res: Response, rows: Capacity[], total: number): void {
  const { actor, centre, t } = res.locals;
  sendPage(req, res, 'network/capacities', {
    mayFind: Boolean(actor!.office) || actor!.seats.length > 0,
    ...{ title: t('network:capacities.title'), rows, total, at: pageAsked(req) },
    of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
    ...{ kinds: CAPACITY_KINDS, uses: CAPACITY_USES, states: CAPACITY_STATES },
    mayRecord: may(actor!, 'capacities.record', centre),
    isFiltered: ['q', 'kind', 'use', 'state', 'sight'].some((key) => req.query[key]),
  });
}

export function sendForm(req: Request, res: Response, card?: Capacity, refused: object = {}): void {
  const { t, province, actor, centre } = res.locals;
  const owner = card ? ownerOf(province.db, actor!, centre, card) : undefined;
  sendPage(req, res, 'network/capacity-form', {
    title: t(`network:capacities.${card ? 'edit' : 'new'}`, { title: card?.title ?? '' }),
    ...{ key: randomUUID(), card: card ?? null, owner: owner ?? null },
    ownerKept: Boolean(card?.hasOwner) && !owner,
    ...{ kinds: CAPACITY_KINDS, uses: CAPACITY_USES },
    ...refused,
  });
}

type Shown = { revealed?: Owner; values?: object };

export function sendCard(req: Request, res: Response, card: Capacity, shown: Shown = {}): void {
  const { province, actor, centre } = res.locals;
  const known = shown.revealed ?? ownerOf(province.db, actor!, centre, card);
  sendPage(req, res, 'network/capacity', {
    ...{ title: card.title, card, owner: known ?? null, revealed: false },
    ...{ steps: capacitySteps(province.db, card.id), seats: SEATS, states: CAPACITY_STATES },
    mayRecord: may(actor!, 'capacities.record', centre) && card.state !== 'withdrawn',
    mayOpen: may(actor!, 'capacities.open', centre) && isLive(card.state),
    mayReveal:
      card.hasOwner &&
      !knowsOwner(actor!, centre, card) &&
      may(actor!, 'capacities.unmask', centre),
    ...shown,
  });
}
