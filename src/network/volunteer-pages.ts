/** One volunteer: registering him, his page, his particulars anew, his state, and seeing his numbers. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { partsOfCentre } from '../boundary/area-parts.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { assignmentsOfVolunteer } from './assignment-rows.ts';
import { VOLUNTEER_FIELDS, VOLUNTEER_STATES, WEEKDAYS } from './kinds.ts';
import { readNewVolunteer, readVolunteer, revealForm, stateForm } from './volunteer-form.ts';
import { findVolunteer, skillsOf, statesOf, type Volunteer, versionsOf } from './volunteer-rows.ts';
import { seesContact, sidesOf } from './volunteer-sides.ts';
import { fieldWords, volunteerAddress, volunteerShownTo } from './volunteer-words.ts';
import {
  editVolunteer,
  registerVolunteer,
  revealVolunteer,
  setVolunteerState,
} from './volunteers.ts';

export const volunteerPages = Router({ mergeParams: true });

const BASE = '/network/volunteers';

volunteerPages.get(`${BASE}/new`, allow('volunteers.register'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res, undefined) });
});

volunteerPages.post(BASE, allow('volunteers.register'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const form = readNewVolunteer(req, actor!.today);
    const created = await enterOnce(req, res, (tx) => {
      const volunteer = registerVolunteer(tx, actor!, centre, form);
      const body = volunteerShownTo(res, volunteer);
      return { location: volunteerAddress(res, volunteer), body };
    });
    sendCreated(req, res, created, t('network:flash.registered', { name: form.name }));
  } catch (fault) {
    sendFormAgain(req, res, fault, undefined);
  }
});

volunteerPages.get(`${BASE}/:number`, allow('network.read'), async (req, res) => {
  const volunteer = volunteerNamed(req, res);
  await answer(res, {
    html: () => sendVolunteer(req, res, volunteer),
    json: () => res.json(toldOf(res, volunteer)),
  });
});

volunteerPages.get(`${BASE}/:number/edit`, allow('volunteers.register'), async (req, res) => {
  const volunteer = volunteerNamed(req, res);
  await answer(res, { html: () => sendForm(req, res, volunteer) });
});

volunteerPages.post(`${BASE}/:number`, allow('volunteers.register'), async (req, res) => {
  const { actor, centre, province, t } = res.locals;
  const before = volunteerNamed(req, res);
  try {
    const seen = seesContact(actor!, centre, before.gender);
    const form = readVolunteer(req, actor!.today, seen);
    const volunteer = await enter(province, (tx) =>
      editVolunteer(tx, actor!, centre, before.number, form),
    );
    const to = volunteerAddress(res, volunteer);
    sendChanged(req, res, { to, body: toldOf(res, volunteer) }, t('network:flash.edited'));
  } catch (fault) {
    sendFormAgain(req, res, fault, before);
  }
});

volunteerPages.post(`${BASE}/:number/state`, allow('volunteers.register'), async (req, res) => {
  const { actor, centre, province, t } = res.locals;
  const before = volunteerNamed(req, res);
  try {
    const form = readBody(req, stateForm);
    const volunteer = await enter(province, (tx) =>
      setVolunteerState(tx, actor!, centre, before.number, form),
    );
    const sentence = t(`network:flash.state-${volunteer.state}`, { name: volunteer.name });
    const to = volunteerAddress(res, volunteer);
    sendChanged(req, res, { to, body: toldOf(res, volunteer) }, sentence);
  } catch (fault) {
    sendAgain(req, res, fault, before);
  }
});

/** B-105: the committee sees numbers for a reason, which stays; the answer is in no cache. */
volunteerPages.post(`${BASE}/:number/reveal`, allow('volunteers.unmask'), async (req, res) => {
  const { actor, centre, province } = res.locals;
  const known = volunteerNamed(req, res);
  try {
    const { reason } = readBody(req, revealForm);
    const { nationalId, mobile } = await enter(province, (tx) =>
      revealVolunteer(tx, actor!, centre, known.number, reason),
    );
    const revealed = { nationalId, mobile };
    res.set('Cache-Control', 'no-store');
    await answer(res, {
      html: () => sendVolunteer(req, res, known, { revealed }),
      json: () => res.json({ ...toldOf(res, known), ...revealed, masked: false }),
    });
  } catch (fault) {
    sendAgain(req, res, fault, known);
  }
});

export function volunteerNamed(req: Request, res: Response): Volunteer {
  const { province, centre } = res.locals;
  const named = String(req.params.number);
  if (!/^\d{1,9}$/.test(named)) throw new NotFound();
  return findVolunteer(province.db, centre.id, Number(named));
}

function toldOf(res: Response, volunteer: Volunteer) {
  const { db } = res.locals.province;
  return { ...volunteerShownTo(res, volunteer), states: statesOf(db, volunteer.id) };
}

function sendVolunteer(
  req: Request,
  res: Response,
  volunteer: Volunteer,
  shown: object = {},
): void {
  const { province, actor, centre } = res.locals;
  const can = (power: Parameters<typeof may>[1]) => may(actor!, power, centre);
  const mine = sidesOf(actor!, centre).includes(volunteer.gender);
  sendPage(req, res, 'network/volunteer', {
    title: volunteer.name,
    path: volunteerAddress(res, volunteer),
    ...{ root: `${centreRoot(res)}/network`, volunteer: volunteerShownTo(res, volunteer) },
    ...{ fieldWords: fieldWords(res.locals, volunteer), mayEdit: mine, revealed: null },
    mayReveal: can('volunteers.unmask') && (volunteer.mobile ?? volunteer.nationalId) !== null,
    states: VOLUNTEER_STATES.filter((state) => state !== volunteer.state),
    history: statesOf(province.db, volunteer.id),
    versions: versionsOf(province.db, volunteer.id),
    assignments: can('assignments.read')
      ? assignmentsOfVolunteer(province.db, volunteer.id, actor!.today)
      : [],
    ...{ mayAssign: can('assignments.give'), mayCards: can('volunteers.cards') },
    ...{ mayHours: can('hours.record'), faults: {}, refusal: null, ...shown },
  });
}

function sendAgain(req: Request, res: Response, fault: unknown, volunteer: Volunteer): void {
  sendRefusedForm(fault, req, res, (refused) =>
    sendVolunteer(req, res, volunteerNamed(req, res) ?? volunteer, {
      ...{ ...refused, values: req.body as object },
    }),
  );
}

function sendForm(
  req: Request,
  res: Response,
  volunteer: Volunteer | undefined,
  form: object = {},
): void {
  const { province, actor, centre, t } = res.locals;
  const root = `${centreRoot(res)}${BASE}`;
  const about = volunteer && volunteerShownTo(res, volunteer);
  const to = volunteer ? volunteerAddress(res, volunteer) : root;
  sendPage(req, res, 'network/volunteer-form', {
    title: volunteer ? volunteer.name : t('network:volunteer.new'),
    path: volunteer ? `${to}/edit` : `${root}/new`,
    ...{ action: to, back: to, key: randomUUID(), volunteer: about ?? null },
    ...{ sides: sidesOf(actor!, centre), fields: VOLUNTEER_FIELDS, days: WEEKDAYS },
    areaParts: partsOfCentre(province.db, centre.id),
    ...{ skills: skillsOf(province.db, centre.id), faults: {}, refusal: null, ...form },
  });
}

function sendFormAgain(
  req: Request,
  res: Response,
  fault: unknown,
  volunteer: Volunteer | undefined,
): void {
  sendRefusedForm(fault, req, res, (refused) =>
    sendForm(req, res, volunteer, { ...refused, values: req.body as object }),
  );
}
