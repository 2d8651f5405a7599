/** B-138: a centre's capacity cards: the list, a new one, what becomes of it, and its owner. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { SEATS } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readName, readParagraph, readReason } from '../values/persian-text.ts';
import { readMobile } from '../values/phone.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import { listForms, mapped, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
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
  openCapacity,
  ownerOf,
  recordCapacity,
  revealOwner,
} from './capacities.ts';
import { capacityRows, countCapacities, everyCapacity } from './capacity-rows.ts';
import {
  filterAsked,
  inWords,
  listed,
  sendCard,
  sendForm,
  sendList,
  told,
} from './capacity-words.ts';
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
  const { t, centre, province } = res.locals;
  const filter = filterAsked(req);
  const total = countCapacities(province.db, centre.id, filter);
  const part = { limit: ROWS_PER_PAGE, offset: (pageAsked(req) - 1) * ROWS_PER_PAGE };
  const shown = capacityRows(province.db, centre.id, filter, part);
  await answer(res, {
    html: () => sendList(req, res, shown, total),
    ...listForms(req, res, {
      ...{ name: `capacities-${centre.code}`, title: t('network:capacities.title') },
      columns: ['title', 'kind', 'sight', 'use', 'place', 'state', 'foundOn', 'nextStep'].map(
        (key) => ({
          ...{ key, title: t(`network:capacities.columns.${key}`) },
          ...{ kind: key === 'foundOn' ? 'day' : 'text', width: key === 'title' ? 4 : 2 },
        }),
      ),
      page: () => ({ rows: shown.map((card) => ({ id: card.id, ...listed(card) })), total }),
      all: (db) =>
        mapped(everyCapacity(db, centre.id, filter), (card) =>
          res.locals.format === 'csv' ? listed(card) : inWords(res, card),
        ),
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
