/** Charity units: the list in every format, one unit, its particulars anew, its state, its reports. */
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
import { UNIT_KINDS, UNIT_STATES } from './kinds.ts';
import { readUnit, reportForm, unitStateForm } from './unit-form.ts';
import { findUnit, reportsOf, type Unit, unitShownTo, unitStatesOf } from './unit-rows.ts';
import { editUnit, registerUnit, reportUnit, revealUnit, setUnitState } from './units.ts';
import { revealForm } from './volunteer-form.ts';
import { volunteersOf } from './volunteer-rows.ts';

export const unitPages = Router({ mergeParams: true });

const BASE = '/network/units';

unitPages.get(`${BASE}/new`, allow('units.register'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res, undefined) });
});

unitPages.post(BASE, allow('units.register'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const form = readUnit(req, actor!.today, true);
    const created = await enterOnce(req, res, (tx) => {
      const unit = registerUnit(tx, actor!, centre, form);
      return { location: unitAddress(res, unit), body: unitShownTo(actor!, centre, unit) };
    });
    sendCreated(req, res, created, t('network:flash.unit-registered', { name: form.name }));
  } catch (fault) {
    sendFormAgain(req, res, fault, undefined);
  }
});

unitPages.get(`${BASE}/:number`, allow('network.read'), async (req, res) => {
  const unit = unitNamed(req, res);
  await answer(res, {
    html: () => sendUnit(req, res, unit),
    json: () => res.json(toldOf(res, unit)),
  });
});

unitPages.get(`${BASE}/:number/edit`, allow('units.register'), async (req, res) => {
  const unit = unitNamed(req, res);
  await answer(res, { html: () => sendForm(req, res, unit) });
});

unitPages.post(`${BASE}/:number`, allow('units.register'), async (req, res) => {
  const { actor, centre, province, t } = res.locals;
  const before = unitNamed(req, res);
  try {
    const form = readUnit(req, actor!.today, may(actor!, 'units.contact', centre));
    const unit = await enter(province, (tx) => editUnit(tx, actor!, centre, before.number, form));
    const to = unitAddress(res, unit);
    sendChanged(req, res, { to, body: toldOf(res, unit) }, t('network:flash.edited'));
  } catch (fault) {
    sendFormAgain(req, res, fault, before);
  }
});

unitPages.post(`${BASE}/:number/state`, allow('units.register'), (req, res) =>
  step(req, res, (unit) => {
    const { actor, centre } = res.locals;
    const form = readBody(req, unitStateForm);
    return (tx) => setUnitState(tx, actor!, centre, unit.number, form);
  }),
);

unitPages.post(`${BASE}/:number/reports`, allow('units.report'), (req, res) =>
  step(req, res, (unit) => {
    const { actor, centre } = res.locals;
    const { gifts = null, persons = null, ...rest } = readBody(req, reportForm(actor!.today));
    return (tx) => reportUnit(tx, actor!, centre, unit.number, { ...rest, gifts, persons });
  }),
);

unitPages.post(`${BASE}/:number/reveal`, allow('volunteers.unmask'), async (req, res) => {
  const { actor, centre, province } = res.locals;
  const known = unitNamed(req, res);
  try {
    const { reason } = readBody(req, revealForm);
    const { phone } = await enter(province, (tx) =>
      revealUnit(tx, actor!, centre, known.number, reason),
    );
    res.set('Cache-Control', 'no-store');
    await answer(res, {
      html: () => sendUnit(req, res, known, { revealed: { phone } }),
      json: () => res.json({ ...toldOf(res, known), phone, masked: false }),
    });
  } catch (fault) {
    sendAgain(req, res, fault);
  }
});

/** Takes a step: refused, the unit's page is shown again with what was typed. */
async function step(
  req: Request,
  res: Response,
  read: (unit: Unit) => Parameters<typeof enter<Unit>>[1],
): Promise<void> {
  const before = unitNamed(req, res);
  try {
    const unit = await enter(res.locals.province, read(before));
    const kind = unit.reports > before.reports ? 'reported' : unit.state;
    const sentence = res.locals.t(`network:flash.unit-${kind}`, { name: unit.name });
    sendChanged(req, res, { to: unitAddress(res, unit), body: toldOf(res, unit) }, sentence);
  } catch (fault) {
    sendAgain(req, res, fault);
  }
}

export const unitAddress = (res: Response, { number }: { number: number }): string =>
  `${centreRoot(res)}${BASE}/${number}`;

function unitNamed(req: Request, res: Response): Unit {
  const { province, centre } = res.locals;
  const named = String(req.params.number);
  if (!/^\d{1,9}$/.test(named)) throw new NotFound();
  return findUnit(province.db, centre.id, Number(named));
}

function toldOf(res: Response, unit: Unit) {
  const { province, actor, centre } = res.locals;
  return { ...unitShownTo(actor!, centre, unit), reported: reportsOf(province.db, unit.id) };
}

function sendUnit(req: Request, res: Response, unit: Unit, shown: object = {}): void {
  const { province, actor, centre } = res.locals;
  const can = (power: Parameters<typeof may>[1]) => may(actor!, power, centre);
  sendPage(req, res, 'network/unit', {
    ...{ title: unit.name, path: unitAddress(res, unit), root: `${centreRoot(res)}/network` },
    ...{ unit: unitShownTo(actor!, centre, unit), reports: reportsOf(province.db, unit.id) },
    history: unitStatesOf(province.db, unit.id),
    states: UNIT_STATES.filter((state) => state !== unit.state),
    ...{ mayEdit: can('units.register'), mayReport: can('units.report') },
    mayReveal: can('volunteers.unmask') && unit.phone !== null,
    ...{ revealed: null, faults: {}, refusal: null, ...shown },
  });
}

function sendAgain(req: Request, res: Response, fault: unknown): void {
  sendRefusedForm(fault, req, res, (refused) =>
    sendUnit(req, res, unitNamed(req, res), { ...refused, values: req.body as object }),
  );
}

function sendForm(req: Request, res: Response, unit: Unit | undefined, form: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  const root = `${centreRoot(res)}${BASE}`;
  const to = unit ? unitAddress(res, unit) : root;
  const serving = volunteersOf(province.db, centre.id).filter(
    ({ state, number }) => state === 'active' || number === unit?.headVolunteer,
  );
  sendPage(req, res, 'network/unit-form', {
    title: unit ? unit.name : t('network:unit.new'),
    path: unit ? `${to}/edit` : `${root}/new`,
    ...{ action: to, back: to, key: randomUUID(), kinds: UNIT_KINDS },
    unit: unit ? unitShownTo(actor!, centre, unit) : null,
    volunteers: serving.map(({ number, name }) => ({ value: number, text: name })),
    areaParts: partsOfCentre(province.db, centre.id),
    ...{ faults: {}, refusal: null, ...form },
  });
}

function sendFormAgain(req: Request, res: Response, fault: unknown, unit: Unit | undefined): void {
  sendRefusedForm(fault, req, res, (refused) =>
    sendForm(req, res, unit, { ...refused, values: req.body as object }),
  );
}
