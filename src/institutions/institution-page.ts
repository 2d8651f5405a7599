/** One institution of the directory: what was spoken and agreed with it, and the scans of that. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { attachedTo, layAttachments } from '../attachments/attachment-pages.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed, typedOrNone } from '../web/forms.ts';
import { pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import {
  agreementsOf,
  agreeWith,
  contactsOf,
  countContacts,
  endAgreement,
  findInstitution,
  type Institution,
  speakWith,
} from './institutions.ts';

export const institutionPage = Router({ mergeParams: true });

const said = (max: number) => (text: string) => readName(text, { max });

const contactForm = (today: string) =>
  z.object({
    spokeOn: typed((text) => readDay(text, { today })),
    subject: typed(said(200)),
    outcome: typedOrNone(said(500)),
    againOn: typedOrNone((text) => readDay(text, { today })),
  });

const agreementForm = (today: string) =>
  z.object({
    number: typed(said(60)),
    subject: typed(said(300)),
    signedOn: typed((text) => readDay(text, { today })),
    toOn: typedOrNone((text) => readDay(text, { today })),
  });

const endForm = z.object({ reason: typed(said(300)) });

const HERE = '/{province}/centres/{code}/institutions';
describeBody(`POST ${HERE}/{institution}/contacts`, contactForm(''));
describeBody(`POST ${HERE}/{institution}/agreements`, agreementForm(''));
describeBody(`POST ${HERE}/{institution}/agreements/{agreement}/end`, endForm);

institutionPage.get('/institutions/:institution', allow('institutions.read'), async (req, res) => {
  const { db } = res.locals.province;
  const one = named(req, res);
  await answer(res, {
    html: () => sendOne(req, res, one),
    json: () => {
      const { contacts, total } = contactsAsked(req, res, one);
      const memoranda = agreementsOf(db, one.id);
      res.json({ ...one, contacts, contactsInAll: total, memoranda });
    },
  });
});

institutionPage.post(
  '/institutions/:institution/contacts',
  allow('institutions.edit'),
  (req, res) =>
    change(req, res, 'spoken', (tx, { id }) => {
      const { actor, centre } = res.locals;
      const form = readBody(req, contactForm(actor!.today));
      return speakWith(tx, actor!, centre, { id, typed: form });
    }),
);

institutionPage.post(
  '/institutions/:institution/agreements',
  allow('institutions.edit'),
  (req, res) =>
    change(req, res, 'agreed', (tx, { id }) => {
      const { actor, centre } = res.locals;
      const form = readBody(req, agreementForm(actor!.today));
      return agreeWith(tx, actor!, centre, { id, typed: form });
    }),
);

institutionPage.post(
  '/institutions/:institution/agreements/:agreement/end',
  allow('institutions.edit'),
  (req, res) =>
    change(req, res, 'agreement-ended', (tx, { id }) => {
      const { reason } = readBody(req, endForm);
      const agreementId = Number(req.params.agreement);
      const { actor, centre } = res.locals;
      return endAgreement(tx, actor!, centre, { id, agreementId, reason });
    }),
);

/** B-74: the scan of a memorandum stands with it. */
layAttachments(institutionPage, {
  at: '/institutions/:institution/agreements/:agreement',
  told: `${HERE}/{institution}/agreements/{agreement}`,
  ...{ see: 'institutions.read', add: 'institutions.edit' },
  held: (req, res) => {
    const one = named(req, res);
    const id = Number(req.params.agreement);
    const known = agreementsOf(res.locals.province.db, one.id).some((other) => other.id === id);
    if (!known) throw new NotFound();
    return {
      ...{ ...agreementHeld(res, one.id, id), page: addressOf(res, one.id) },
      again: (refused) => sendOne(req, res, one, { ...refused, refusedAgreement: id }),
    };
  },
});

const agreementHeld = (res: Response, institution: number, id: number) => ({
  ...{ subject: `agreements/${id}`, centre: res.locals.centre },
  address: `${addressOf(res, institution)}/agreements/${id}`,
});

type Verb = (tx: Tx, one: Institution) => Institution;

/** A change of one institution: its page is shown again with what was typed when it is refused. */
async function change(req: Request, res: Response, word: string, verb: Verb): Promise<void> {
  const { province, t } = res.locals;
  const one = named(req, res);
  try {
    const changed = await enter(province, (tx) => verb(tx, one));
    const done = { to: addressOf(res, one.id), body: changed };
    sendChanged(req, res, done, t(`institutions:flash.${word}`, { name: one.name }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendOne(req, res, one, { ...refused, values: req.body as object, refusedIn: word }),
    );
  }
}

export function named(req: Request, res: Response): Institution {
  const { province, centre, actor } = res.locals;
  const id = Number(req.params.institution);
  if (!Number.isInteger(id)) throw new NotFound();
  return findInstitution(province.db, centre.id, id, actor!.today);
}

export const addressOf = (res: Response, id: number) => `${centreRoot(res)}/institutions/${id}`;

/** A page of what was spoken, however often it was. */
function contactsAsked(req: Request, { locals: { province } }: Response, { id }: Institution) {
  const total = countContacts(province.db, id);
  const at = pageAsked(req);
  const contacts = contactsOf(province.db, id, ROWS_PER_PAGE, (at - 1) * ROWS_PER_PAGE);
  return { contacts, total, at, of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)) };
}

function sendOne(req: Request, res: Response, one: Institution, refused: object = {}): void {
  const { province, actor, centre } = res.locals;
  sendPage(req, res, 'institutions/show', {
    ...{ title: one.name, one, ...contactsAsked(req, res, one), refusedIn: null },
    memoranda: agreementsOf(province.db, one.id).map((agreement) => ({
      ...agreement,
      ...attachedTo(res, { ...agreementHeld(res, one.id, agreement.id), add: 'institutions.edit' }),
    })),
    refusedAgreement: null,
    mayEdit: may(actor!, 'institutions.edit', centre),
    ...refused,
  });
}
