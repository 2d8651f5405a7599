/** B-138: a centre's capacity cards: the list, a new one, what becomes of it, and its owner. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may, SEATS } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readName, readParagraph, readReason } from '../values/persian-text.ts';
import { readMobile } from '../values/phone.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import { listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  CAPACITY_KINDS,
  CAPACITY_STATES,
  CAPACITY_USES,
  type Capacity,
  type CapacityTyped,
  capacitySteps,
  editCapacity,
  findCapacity,
  followCapacity,
  isLive,
  knowsOwner,
  type Owner,
  openCapacity,
  ownerOf,
  recordCapacity,
  revealOwner,
} from './capacities.ts';
import { capacityRows } from './capacity-rows.ts';
import { askBoth, pointFields } from './place-forms.ts';

export const capacityPages = Router({ mergeParams: true });

const short = (text: string) => readName(text, { max: 120 });

const fields = {
  title: typed((text) => readName(text, { max: 120 })),
  sight: chosen(['open', 'hidden']),
  use: chosen(CAPACITY_USES),
  place: typed((text) => readName(text)),
  ...pointFields,
  ownerName: typedOrNone(short),
  ownerMobile: typedOrNone(readMobile),
  note: typedOrNone((text) => readParagraph(text, { max: 1000 })),
};

const newForm = z.object({ kind: chosen(CAPACITY_KINDS), ...fields }).superRefine(askBoth);
const editForm = z.object(fields).superRefine(askBoth);
const stepForm = z.object({
  state: chosen(CAPACITY_STATES),
  nextStep: typedOrNone((text) => readName(text, { max: 300 })),
  followedBy: z.union([chosen(SEATS), z.literal('').transform(() => null)]).optional(),
  note: typedOrNone((text) => readParagraph(text, { max: 1000 })),
});
const openForm = z.object({ open: ticked });
const revealForm = z.object({ reason: typed(readReason) });

const ADDRESS = '/{province}/centres/{code}/network/capacities';
describeBody(`POST ${ADDRESS}`, newForm);
describeBody(`POST ${ADDRESS}/{card}`, editForm);
describeBody(`POST ${ADDRESS}/{card}/steps`, stepForm);
describeBody(`POST ${ADDRESS}/{card}/openings`, openForm);
describeBody(`POST ${ADDRESS}/{card}/reveal`, revealForm);

capacityPages.get('/network/capacities', allow('capacities.read'), async (req, res) => {
  const { t, centre } = res.locals;
  const rows = rowsAsked(req, res);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const shown = rows.slice(offset, offset + ROWS_PER_PAGE);
  await answer(res, {
    html: () => sendList(req, res, shown, rows.length),
    ...listForms(req, res, {
      ...{ name: `capacities-${centre.code}`, title: t('network:capacities.title') },
      columns: ['title', 'kind', 'sight', 'use', 'place', 'state', 'foundOn', 'nextStep'].map(
        (key) => ({
          ...{ key, title: t(`network:capacities.columns.${key}`) },
          ...{ kind: key === 'foundOn' ? 'day' : 'text', width: key === 'title' ? 4 : 2 },
        }),
      ),
      page: () => ({
        rows: shown.map((card) => ({ id: card.id, ...listed(card) })),
        total: rows.length,
      }),
      all: () =>
        rows.map((card) => (res.locals.format === 'csv' ? listed(card) : inWords(res, card))),
    }),
  });
});

capacityPages.get('/network/capacities/new', allow('capacities.record'), (req, res) =>
  answer(res, { html: () => sendForm(req, res, undefined) }),
);

capacityPages.post('/network/capacities', allow('capacities.record'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const form = readBody(req, newForm);
    const created = await enterOnce(req, res, (tx) => {
      const card = recordCapacity(tx, actor!, centre, typedOf(form, form.kind));
      return { location: addressOf(res, card.id), body: told(card) };
    });
    sendCreated(req, res, created, t('network:capacities.flash.recorded', { title: form.title }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, undefined, { ...refused, values: req.body as object }),
    );
  }
});

capacityPages.get('/network/capacities/:card', allow('capacities.read'), async (req, res) => {
  const card = cardNamed(req, res);
  await answer(res, {
    html: () => sendCard(req, res, card),
    json: () => {
      const { province, actor, centre } = res.locals;
      const owner = ownerOf(province.db, actor!, centre, card) ?? null;
      res.json({ ...told(card), owner, steps: capacitySteps(province.db, card.id) });
    },
  });
});

capacityPages.get('/network/capacities/:card/edit', allow('capacities.record'), (req, res) =>
  answer(res, { html: () => sendForm(req, res, cardNamed(req, res)) }),
);

capacityPages.post('/network/capacities/:card', allow('capacities.record'), async (req, res) => {
  const { actor, centre, province, t } = res.locals;
  const before = cardNamed(req, res);
  try {
    const form = readBody(req, editForm);
    const card = await enter(province, (tx) =>
      editCapacity(tx, actor!, centre, before.id, typedOf(form, before.kind)),
    );
    const to = addressOf(res, card.id);
    sendChanged(req, res, { to, body: told(card) }, t('network:capacities.flash.edited'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, before, { ...refused, values: req.body as object }),
    );
  }
});

capacityPages.post('/network/capacities/:card/steps', allow('capacities.record'), (req, res) =>
  change(req, res, 'followed', (card) => {
    const { province, actor, centre } = res.locals;
    const { followedBy, ...form } = readBody(req, stepForm);
    const step = { ...form, followedBy: followedBy || null };
    return enter(province, (tx) => followCapacity(tx, actor!, centre, card.id, step));
  }),
);

capacityPages.post('/network/capacities/:card/openings', allow('capacities.open'), (req, res) =>
  change(req, res, 'opened', (card) => {
    const { province, actor, centre } = res.locals;
    const { open } = readBody(req, openForm);
    return enter(province, (tx) => openCapacity(tx, actor!, centre, card.id, open));
  }),
);

capacityPages.post(
  '/network/capacities/:card/reveal',
  allow('capacities.unmask'),
  async (req, res) => {
    const { actor, centre, province } = res.locals;
    const card = cardNamed(req, res);
    try {
      const { reason } = readBody(req, revealForm);
      const owner = await enter(province, (tx) => revealOwner(tx, actor!, centre, card.id, reason));
      await answer(res, {
        html: () => sendCard(req, res, card, { revealed: owner }),
        json: () => res.json({ ...told(card), owner }),
      });
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendCard(req, res, card, { values: req.body as object, ...refused }),
      );
    }
  },
);

/** An act upon a card: a program gets what it became, a person the card again. */
async function change(
  req: Request,
  res: Response,
  said: string,
  act: (card: Capacity) => Promise<Capacity>,
): Promise<void> {
  const card = cardNamed(req, res);
  try {
    const body = told(await act(card));
    const sentence = res.locals.t(`network:capacities.flash.${said}`);
    sendChanged(req, res, { to: addressOf(res, card.id), body }, sentence);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendCard(req, res, card, { values: req.body as object, ...refused }),
    );
  }
}

function cardNamed(req: Request, res: Response): Capacity {
  const named = String(req.params.card);
  if (!/^[1-9]\d{0,14}$/.test(named)) throw new NotFound();
  return findCapacity(res.locals.province.db, res.locals.centre.id, Number(named));
}

const addressOf = (res: Response, id: number) => `${centreRoot(res)}/network/capacities/${id}`;

type Form = z.output<typeof editForm>;

const typedOf = ({ sight, ...form }: Form, kind: CapacityTyped['kind']): CapacityTyped => ({
  ...{ ...form, kind, isHidden: sight === 'hidden' },
});

/** A card as its own centre's programs are told of it; its owner is told apart. */
function told({ centreId, hasOwner, isHidden, isOpen, ...card }: Capacity) {
  return { ...card, sight: isHidden ? 'hidden' : 'open', openToProvince: isOpen };
}

function listed({ title, kind, isHidden, use, place, state, foundOn, nextStep }: Capacity) {
  const sight = isHidden ? 'hidden' : 'open';
  return { title, kind, sight, use, place, state, foundOn, nextStep };
}

function inWords({ locals: { t } }: Response, card: Capacity) {
  const row = listed(card);
  return {
    ...row,
    kind: t(`network:capacities.kinds.${row.kind}`),
    sight: t(`network:capacities.sights.${row.sight}`),
    use: t(`network:capacities.uses.${row.use}`),
    state: t(`network:capacities.states.${row.state}`),
  };
}

function rowsAsked(req: Request, res: Response): Capacity[] {
  const word = (name: string) => wordAsked(req.query, name);
  return capacityRows(res.locals.province.db, res.locals.centre, {
    ...{ q: word('q'), kind: word('kind'), use: word('use'), state: word('state') },
    ...{ hidden: word('sight'), sort: word('sort') },
  });
}

function sendList(req: Request, res: Response, rows: Capacity[], total: number): void {
  const { actor, centre, t } = res.locals;
  sendPage(req, res, 'network/capacities', {
    ...{ title: t('network:capacities.title'), rows, total, at: pageAsked(req) },
    of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
    ...{ kinds: CAPACITY_KINDS, uses: CAPACITY_USES, states: CAPACITY_STATES },
    mayRecord: may(actor!, 'capacities.record', centre),
    isFiltered: ['q', 'kind', 'use', 'state', 'sight'].some((key) => req.query[key]),
  });
}

function sendForm(req: Request, res: Response, card?: Capacity, refused: object = {}): void {
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

function sendCard(req: Request, res: Response, card: Capacity, shown: Shown = {}): void {
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
