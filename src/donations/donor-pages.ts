/** Donors: the list, the search under the field, one donor, and seeing a withheld name. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { shownPlace } from '../boundary/donor-place-pages.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { thankedOn } from '../thanks/letters.ts';
import { fiscalYear } from '../values/jalali-date.ts';
import { readName, readReason } from '../values/persian-text.ts';
import { readMobile } from '../values/phone.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { giftRows } from './donations.ts';
import { foundRows, givenInYear } from './donor-list.ts';
import { searchDonors } from './donor-search.ts';
import { contactShown, donorShownTo, soughtBy } from './donor-words.ts';
import { addDonor, type Donor, editDonor, findDonor, revealDonor } from './donors.ts';
import { readDonorNationalId } from './gift-form.ts';
import { giftIds } from './gift-query.ts';
import { giftLine } from './gift-words.ts';
import { usualAmount } from './usual.ts';

export const donorPages = Router({ mergeParams: true });

const ADDRESS = '/{province}/centres/{code}/donations/donors';

const GIFTS_SHOWN = 50;

const details = {
  nationalId: typedOrNone(readDonorNationalId),
  mobile: typedOrNone(readMobile),
  unnamed: ticked,
};
const newDonorBody = z.object({ name: typed(readName), ...details });
/** A withheld name left empty stays as it is. */
const donorBody = z.object({ name: typedOrNone(readName), ...details });
const revealBody = z.object({ reason: typed(readReason) });

describeBody(`POST ${ADDRESS}`, newDonorBody);
describeBody(`POST ${ADDRESS}/{id}`, donorBody);
describeBody(`POST ${ADDRESS}/{id}/reveal`, revealBody);

donorPages.get('/donations/donors/search', allow('donors.read'), async (req, res) => {
  await answer(res, { json: () => res.json({ found: foundFor(req, res) }) });
});

donorPages.get('/donations/donors/new', allow('donors.edit'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res, undefined) });
});

donorPages.post('/donations/donors', allow('donors.edit'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const { unnamed, ...told } = readBody(req, newDonorBody);
    const created = await enterOnce(req, res, (tx) => {
      const donor = addDonor(tx, actor!, centre, { ...told, mayBeNamed: !unnamed });
      const location = `${centreRoot(res)}/donations/donors/${donor.id}`;
      return { location, body: { id: donor.id, mayBeNamed: donor.mayBeNamed } };
    });
    sendCreated(req, res, created, t('donations:donor.added'));
  } catch (fault) {
    sendFormAgain(req, res, fault, undefined);
  }
});

donorPages.get('/donations/donors/:id', allow('donors.read'), async (req, res) => {
  const donor = donorOf(req, res);
  await answer(res, {
    html: () => sendDonor(req, res, donor),
    json: () => res.json(toldOf(res, donor)),
  });
});

donorPages.get('/donations/donors/:id/edit', allow('donors.edit'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res, donorOf(req, res)) });
});

donorPages.post('/donations/donors/:id', allow('donors.edit'), async (req, res) => {
  const { actor, centre, province, t } = res.locals;
  const before = donorOf(req, res);
  try {
    const { unnamed, ...told } = readBody(req, donorBody);
    const donor = await enter(province, (tx) =>
      editDonor(tx, actor!, centre, before.id, detailsOf(req, before, { ...told, unnamed })),
    );
    const to = `${centreRoot(res)}/donations/donors/${donor.id}`;
    sendChanged(req, res, { to, body: toldOf(res, donor) }, t('donations:donor.edited'));
  } catch (fault) {
    sendFormAgain(req, res, fault, before);
  }
});

donorPages.post('/donations/donors/:id/reveal', allow('donors.unmask'), async (req, res) => {
  const { actor, centre, province } = res.locals;
  const known = donorOf(req, res);
  try {
    const { reason } = readBody(req, revealBody);
    const donor = await enter(province, (tx) => revealDonor(tx, actor!, centre, known.id, reason));
    const revealed = { name: donor.name, ...contactShown(res, donor) };
    await answer(res, {
      html: () => sendDonor(req, res, donor, { revealed }),
      json: () => res.json({ ...toldOf(res, donor), ...revealed }),
    });
  } catch (fault) {
    const values = req.body as Record<string, string>;
    sendRefusedForm(fault, req, res, ({ faults, refusal }) => {
      sendDonor(req, res, known, { values, faults, refusal });
    });
  }
});

function donorOf(req: Request, res: Response): Donor {
  const id = Number(req.params.id);
  if (!Number.isSafeInteger(id)) throw new NotFound();
  return findDonor(res.locals.province.db, res.locals.centre.id, id);
}

type Details = Partial<Record<'name' | 'nationalId' | 'mobile', string>> & { unnamed: boolean };

/**
 * Where the name is withheld the form comes empty, so an empty field says nothing; nor does a field
 * that a program leaves out, least of all that the donor may be named now (B-104).
 */
function detailsOf(req: Request, before: Donor, { name, nationalId, mobile, unnamed }: Details) {
  const leftOut = (field: string) => Boolean(req.is('json')) && req.body?.[field] === undefined;
  const isKept = (field: string) => !before.mayBeNamed || leftOut(field);
  return {
    name: name ?? before.name,
    nationalId: nationalId ?? (isKept('nationalId') ? before.nationalId : null),
    mobile: mobile ?? (isKept('mobile') ? before.mobile : null),
    mayBeNamed: leftOut('unnamed') ? before.mayBeNamed : !unnamed,
  };
}

/** What the field for finding a donor shows of those it found. */
function foundFor(req: Request, res: Response) {
  const { province, centre, t, show } = res.locals;
  const sought = soughtBy(res, String(req.query.q ?? '').slice(0, 200));
  const ids = searchDonors(province.db, centre.id, sought);
  return foundRows(province.db, ids).map((row) => {
    const { id, name, nationalId, mobile } = donorShownTo(res, row);
    return {
      ...{ id, name, hint: [mobile, nationalId].filter(Boolean).join(' \u00b7 ') },
      aside: t('donations:found.gifts', { number: show.number(row.gifts) }),
      also: row.lastOn ? t('donations:found.last', { day: show.day(row.lastOn) }) : '',
    };
  });
}

type Given = {
  gifts: { count: number; rial: number };
  usual: number | null;
  lastFund: string | null;
};

function givenBy(res: Response, donor: Donor): Given {
  const { province, centre, actor, language } = res.locals;
  const { db } = province;
  const usual = usualAmount(db, centre.id, donor.id);
  const sort = { by: 'receivedOn', down: true } as const;
  const [last] = giftRows(db, giftIds(db, centre.id, { donor: donor.id }, sort, { limit: 1 }));
  return {
    gifts: givenInYear(db, donor.id, fiscalYear(actor!.today)),
    usual: usual?.whose === 'donor' ? usual.amountRial : null,
    lastFund: last ? (language === 'fa' ? last.fundFa : last.fundEn) : null,
  };
}

function toldOf(res: Response, donor: Donor) {
  const { t, show } = res.locals;
  const { id, name, nationalId, mobile, withheld } = donorShownTo(res, donor);
  const { gifts, usual, lastFund } = givenBy(res, donor);
  return {
    ...{ id, name: withheld ? null : name, nationalId, mobile, mayBeNamed: !withheld },
    ...{ thisYear: gifts, usual, lastFund, place: shownPlace(res, donor) ?? null },
    /** The same in words, for the margin of the form. */
    facts: [
      { term: t('donations:donor.usual'), text: usual === null ? null : show.money(usual) },
      { term: t('donations:donor.last-fund'), text: lastFund },
      { term: t('donations:donor.this-year'), text: show.money(gifts.rial) },
    ].filter(({ text }) => text !== null),
  };
}

type Shown = {
  values?: Record<string, string>;
  faults?: Record<string, string>;
  refusal?: object | null;
  revealed?: { name: string; nationalId: string | null; mobile: string | null };
};

function sendDonor(req: Request, res: Response, donor: Donor, shown: Shown = {}): void {
  const { province, centre, actor } = res.locals;
  const about = donorShownTo(res, donor);
  const sort = { by: 'receivedOn', down: true } as const;
  const ids = giftIds(province.db, centre.id, { donor: donor.id }, sort, { limit: GIFTS_SHOWN });
  sendPage(req, res, 'donations/donor', {
    title: about.name,
    path: about.href,
    root: `${centreRoot(res)}/donations`,
    donor: about,
    place: shownPlace(res, donor) ?? null,
    lastThanks: thankedOn(province.db, donor.id),
    ...givenBy(res, donor),
    lines: giftRows(province.db, ids).map((row) => giftLine(res, row)),
    more: ids.length === GIFTS_SHOWN,
    mayEdit: may(actor!, 'donors.edit', centre),
    mayReveal: may(actor!, 'donors.unmask', centre) && about.withheld,
    contactOpen: may(actor!, 'donors.contact', centre),
    ...{ faults: {}, refusal: null, revealed: null, ...shown },
  });
}

function sendForm(req: Request, res: Response, donor: Donor | undefined, shown: Shown = {}): void {
  const { t } = res.locals;
  const root = `${centreRoot(res)}/donations/donors`;
  const about = donor && donorShownTo(res, donor);
  sendPage(req, res, 'donations/donor-form', {
    title: t(`donations:donor.${donor ? 'edit' : 'new'}`),
    path: about ? `${about.href}/edit` : `${root}/new`,
    action: about ? about.href : root,
    back: about ? about.href : root,
    key: randomUUID(),
    withheld: about?.withheld ?? false,
    donor: about && !about.withheld ? about : { name: '', nationalId: null, mobile: null },
    ...{ faults: {}, refusal: null, ...shown },
  });
}

function sendFormAgain(
  req: Request,
  res: Response,
  fault: unknown,
  donor: Donor | undefined,
): void {
  const values = req.body as Record<string, string>;
  sendRefusedForm(fault, req, res, ({ faults, refusal }) => {
    sendForm(req, res, donor, { values, faults, refusal });
  });
}
