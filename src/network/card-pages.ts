/** Volunteers' cards: issuing several at once, and printing them on one sheet. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { activityCodeOrNone } from '../centres/activity-codes.ts';
import { licencesOf } from '../licence/licences.ts';
import { findPaper } from '../paper/papers.ts';
import type { PrintMark } from '../paper/print-mark.ts';
import { type Sheeted, sendPrint, sendSheet } from '../paper/prints.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import type { CardPaper } from './card-paper.ts';
import { cardsPdf } from './card-pdf.ts';
import {
  type Card,
  cardOver,
  cardsOf,
  findCard,
  issueCards,
  MOST_CARDS,
} from './volunteer-cards.ts';
import { volunteersOf } from './volunteer-rows.ts';
import { sidesOf } from './volunteer-sides.ts';

export const cardPages = Router({ mergeParams: true });

const cardsForm = (today: string) =>
  z.object({
    volunteers: z
      .union([z.array(z.union([z.string(), z.number()])), z.string(), z.number()])
      .optional()
      .transform((raw, context): number[] => {
        const numbers = [...new Set([raw ?? []].flat().map(Number))];
        const fault = (message: string) => context.addIssue({ code: 'custom', message });
        if (numbers.length === 0) fault('network:refusals.no-volunteer');
        if (numbers.length > MOST_CARDS) fault('network:refusals.many-cards');
        if (!numbers.every(Number.isSafeInteger)) fault('common:refusals.unknown-choice');
        return numbers;
      }),
    to: typed((text) => readDay(text, { today })),
  });

describeBody('POST /{province}/centres/{code}/network/cards', cardsForm(''));

cardPages.get('/network/cards', allow('volunteers.cards'), async (req, res) => {
  const { province, centre, actor } = res.locals;
  await answer(res, {
    html: () => sendForm(req, res),
    json: () => res.json({ cards: cardsOf(province.db, centre.id, actor!.today) }),
    pdf: () => sendAll(req, res),
  });
});

cardPages.post('/network/cards', allow('volunteers.cards'), async (req, res) => {
  const { actor, centre, t, show } = res.locals;
  try {
    const { volunteers, to: toOn } = readBody(req, cardsForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => {
      const cards = issueCards(tx, actor!, centre, { volunteers, toOn });
      const location = `${centreRoot(res)}/network/cards?for=${volunteers.join(',')}`;
      return { location, body: { cards } };
    });
    const sentence = t('network:flash.carded', { number: show.number(volunteers.length) });
    sendCreated(req, res, created, sentence);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

cardPages.get(
  '/network/cards/:paper',
  allow('volunteers.cards', 'papers.read'),
  async (req, res) => {
    const { province, centre, actor } = res.locals;
    const named = String(req.params.paper);
    if (!/^\d{1,9}$/.test(named)) throw new NotFound();
    const card = findCard(province.db, centre.id, Number(named), actor!.today);
    const sheeted = sheetedOf(res, card);
    await answer(res, {
      html: () => res.redirect(303, `${centreRoot(res)}/network/volunteers/${card.volunteer}`),
      json: () => res.json(card),
      pdf: () => sendPrint(res, sheeted.paper, 'a4', sheeted.standing, sheeted.render),
    });
  },
);

/** Those asked for, or every valid one; each print is counted for itself. */
async function sendAll(req: Request, res: Response): Promise<void> {
  const { province, centre, actor } = res.locals;
  const wanted = askedFor(req);
  const cards = cardsOf(province.db, centre.id, actor!.today)
    .filter(({ valid, volunteer }) => (wanted ? wanted.has(volunteer) : valid))
    .slice(0, MOST_CARDS);
  if (cards.length === 0) throw new NotFound();
  const sheet = cards.map((card) => sheetedOf(res, card));
  await sendSheet(res, `cards-${centre.code}`, sheet, (marks) =>
    cardsPdf(sheet.map(({ card }, at) => ({ card, mark: marks[at]! }))),
  );
}

function sheetedOf(res: Response, { paperId }: Card): Sheeted & { card: CardPaper } {
  const { db } = res.locals.province;
  const paper = findPaper(db, paperId);
  const card = JSON.parse(paper.content) as CardPaper;
  const left = cardOver(db, paperId);
  const standing = {
    draft: activityCodeOrNone(db, paper.centreId) === undefined,
    cancelled: left === undefined ? null : { on: left, reason: '', ended: true },
  };
  const render = (mark: PrintMark) => cardsPdf([{ card, mark }]);
  return { paper, card, standing, render };
}

function askedFor(req: Request): Set<number> | undefined {
  const typedIn = wordAsked(req.query, 'for');
  return typedIn === undefined ? undefined : new Set(typedIn.split(',').map(Number));
}

function sendForm(req: Request, res: Response, form: object = {}): void {
  const { province, centre, actor, t } = res.locals;
  const { today } = actor!;
  const cards = new Map(
    cardsOf(province.db, centre.id, today).map((card) => [card.volunteer, card]),
  );
  const sides = sidesOf(actor!, centre);
  const serving = volunteersOf(province.db, centre.id).filter(
    ({ state, gender }) => state === 'active' && sides.includes(gender),
  );
  const licence = licencesOf(province.db, centre.id).find(
    ({ fromOn, toOn }) => fromOn <= today && toOn >= today,
  );
  const wanted = askedFor(req);
  sendPage(req, res, 'network/cards', {
    ...{ title: t('network:cards.title'), root: `${centreRoot(res)}/network` },
    path: `${centreRoot(res)}/network/cards`,
    ...{ key: randomUUID(), licence: licence ?? null, wanted: [...(wanted ?? [])].map(String) },
    volunteers: serving.map(({ number, name }) => ({
      ...{ number, name, card: cards.get(number) ?? null },
    })),
    fresh: [...cards.values()].filter(({ volunteer, valid }) => valid && wanted?.has(volunteer)),
    anyValid: [...cards.values()].some(({ valid }) => valid),
    ...{ faults: {}, refusal: null, ...form },
  });
}
