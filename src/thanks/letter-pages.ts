/** The letters of one giver: those that went out, thanking, asking a firm, and whom one writes to. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { donorShownTo } from '../donations/donor-words.ts';
import { type Donor, findDonor, maskMobile } from '../donations/donors.ts';
import type { IssuedLetter } from '../paper/letters.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readLine, readName } from '../values/persian-text.ts';
import { readPhone } from '../values/phone.ts';
import { type MoneyUnit, readRial } from '../values/rial.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed, typedOrNone } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { contactOf, isFirm, recordContact } from './firms.ts';
import {
  askFirm,
  giftsToThank,
  lettersOf,
  thankDonor,
  thankedOn,
  unthankedSince,
} from './letters.ts';

export const donorLetterPages = Router({ mergeParams: true });

const HERE = '/donations/donors/:id/letters';
const TOLD = 'POST /{province}/centres/{code}/donations/donors/{id}';

const thanksForm = (today: string) =>
  z.object({
    fromOn: typed((text) => readDay(text, { today })),
    toOn: typed((text) => readDay(text, { today })),
  });
const requestForm = (today: string, unit: MoneyUnit = 'rial') =>
  z.object({
    need: typed((text) => readLine(text, { max: 300 })),
    amount: typedOrNone((text) => readRial(text, unit)),
    amountUnit: z.string().optional(),
    byOn: typedOrNone((text) => readDay(text, { today })),
  });
const contactForm = z.object({
  name: typed((text) => readName(text, { max: 120 })),
  office: typedOrNone((text) => readName(text, { max: 120 })),
  phone: typedOrNone(readPhone),
  address: typedOrNone((text) => readLine(text, { max: 300 })),
});
describeBody(`${TOLD}/letters/thanks`, thanksForm(''));
describeBody(`${TOLD}/letters/requests`, requestForm(''));
describeBody(`${TOLD}/contact`, contactForm);

donorLetterPages.get(HERE, allow('donors.read'), async (req, res) => {
  const donor = donorOf(req, res);
  await answer(res, {
    html: () => sendLetters(req, res, donor),
    json: () => res.json(toldOf(res, donor)),
  });
});

donorLetterPages.post(`${HERE}/thanks`, allow('thanks.issue'), async (req, res) => {
  await issue(req, res, 'thanked', (tx, donorId) => {
    const { actor, centre } = res.locals;
    return thankDonor(tx, actor!, centre, donorId, readBody(req, thanksForm(actor!.today)));
  });
});

donorLetterPages.post(`${HERE}/requests`, allow('thanks.issue'), async (req, res) => {
  await issue(req, res, 'asked', (tx, donorId) => {
    const { actor, centre } = res.locals;
    const unit = (req.body as { amountUnit?: string }).amountUnit === 'toman' ? 'toman' : 'rial';
    const { need, amount: amountRial, byOn } = readBody(req, requestForm(actor!.today, unit));
    return askFirm(tx, actor!, centre, donorId, { need, amountRial, byOn });
  });
});

donorLetterPages.post('/donations/donors/:id/contact', allow('donors.edit'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const donor = donorOf(req, res);
  try {
    const form = readBody(req, contactForm);
    const body = await enter(province, (tx) => recordContact(tx, actor!, centre, donor.id, form));
    sendChanged(req, res, { to: addressOf(res, donor), body }, t('thanks:flash.contact'));
  } catch (fault) {
    again(req, res, donor, fault, 'contact');
  }
});

type Issue = (tx: Parameters<typeof thankDonor>[0], donorId: number) => IssuedLetter;

async function issue(req: Request, res: Response, word: 'thanked' | 'asked', verb: Issue) {
  const { t } = res.locals;
  const donor = donorOf(req, res);
  try {
    const created = await enterOnce(req, res, (tx) => {
      const { paperId, number, code } = verb(tx, donor.id);
      const location = `${centreRoot(res)}/papers/${paperId}`;
      return { location, body: { id: paperId, number, verifyCode: code } };
    });
    sendCreated(req, res, created, t(`thanks:flash.${word}`));
  } catch (fault) {
    again(req, res, donor, fault, word);
  }
}

function again(req: Request, res: Response, donor: Donor, fault: unknown, opened: string): void {
  sendRefusedForm(fault, req, res, (refused) =>
    sendLetters(req, res, donor, { ...refused, values: req.body as object, opened }),
  );
}

function donorOf(req: Request, res: Response): Donor {
  const id = Number(req.params.id);
  if (!Number.isSafeInteger(id)) throw new NotFound();
  return findDonor(res.locals.province.db, res.locals.centre.id, id);
}

const addressOf = (res: Response, { id }: Donor) =>
  `${centreRoot(res)}/donations/donors/${id}/letters`;

function contactShown(res: Response, donor: Donor) {
  const { province, actor, centre } = res.locals;
  const contact = donor.mayBeNamed ? contactOf(province.db, donor.id) : undefined;
  if (!contact || may(actor!, 'donors.contact', centre)) return contact ?? null;
  return { ...contact, phone: contact.phone && maskMobile(contact.phone), address: null };
}

function toldOf(res: Response, donor: Donor) {
  const { db } = res.locals.province;
  const { id, name, withheld } = donorShownTo(res, donor);
  return {
    ...{ donor: id, name: withheld ? null : name, contact: contactShown(res, donor) },
    ...{ lastThanksOn: thankedOn(db, id), unthankedSince: unthankedSince(db, id) },
    letters: lettersOf(db, id),
  };
}

function sendLetters(req: Request, res: Response, donor: Donor, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  const about = donorShownTo(res, donor);
  const since = unthankedSince(province.db, donor.id);
  const toOn = actor!.today;
  sendPage(req, res, 'thanks/letters', {
    ...{ title: t('thanks:letters.title', { name: about.name }), about, key: randomUUID() },
    path: addressOf(res, donor),
    ...{ root: centreRoot(res), firm: isFirm(donor), contact: contactShown(res, donor) },
    letters: lettersOf(province.db, donor.id),
    ...{ lastThanks: thankedOn(province.db, donor.id), since, toOn },
    waiting: since === null ? [] : giftsToThank(province.db, donor.id, { fromOn: since, toOn }),
    mayIssue: may(actor!, 'thanks.issue', centre) && donor.mayBeNamed,
    mayEdit: may(actor!, 'donors.edit', centre) && donor.mayBeNamed,
    ...{ faults: {}, refusal: null, opened: '', ...refused },
  });
}
