/** B-20: the monitoring of a centre, for its readers; and for the four offices what waits for them. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { findCentreById } from '../centres/centres.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody } from '../web/forms.ts';
import { type Column, listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, provinceRoot, sendChanged, sendCreated } from '../web/written.ts';
import { fillingForm, readFilling } from './monitoring-form.ts';
import {
  findMonitoring,
  type Monitoring,
  monitoringsOf,
  OFFICES,
  openMonitorings,
} from './monitoring-rows.ts';
import { fillSection, officeOf, openMonitoring, signResult } from './monitorings.ts';

export const monitoringPages = Router({ mergeParams: true });
export const officeMonitoringPages = Router({ mergeParams: true });

export const CONCLUSIONS = ['renew', 'suspend', 'revoke', 'none'] as const;
const signingForm = z.object({ conclusion: chosen(CONCLUSIONS) });

const HERE = '/{province}/centres/{code}/licence/monitoring';
describeWishes(`POST ${HERE}`);
describeBody(`POST ${HERE}/{monitoring}/sections`, fillingForm(''));
describeBody(`POST ${HERE}/{monitoring}/signing`, signingForm);
describeBody('POST /{province}/monitoring/{monitoring}/sections', fillingForm(''));

monitoringPages.get('/licence/monitoring', allow('monitorings.read'), async (req, res) => {
  const { province, centre, t, actor } = res.locals;
  const monitorings = monitoringsOf(province.db, centre.id).filter((one) => isShown(res, one));
  const rows = monitorings.map(rowOf);
  const title = t('licence:monitoring.title');
  const mayOpen = may(actor!, 'monitorings.open', centre);
  const open = monitorings.some(({ result }) => result === null);
  await answer(res, {
    html: () => sendPage(req, res, 'licence/monitorings', { title, monitorings, mayOpen, open }),
    ...listForms(req, res, {
      ...{ name: `monitoring-${centre.code}`, title, columns: columnsOf(res) },
      page: () => ({ rows, total: rows.length }),
      all: () => (res.locals.format === 'csv' ? rows : rows.map((row) => inWords(res, row))),
    }),
  });
});

monitoringPages.post('/licence/monitoring', allow('monitorings.open'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  const created = await enterOnce(req, res, (tx) => {
    const { id, openedOn } = openMonitoring(tx, actor!, centre);
    return { location: `${centreRoot(res)}/licence/monitoring/${id}`, body: { id, openedOn } };
  });
  sendCreated(req, res, created, t('licence:flash.monitoring'));
});

monitoringPages.get(
  '/licence/monitoring/:monitoring',
  allow('monitorings.read'),
  async (req, res) => {
    const monitoring = monitoringNamed(req, res);
    await answer(res, {
      html: () => sendMonitoring(req, res),
      json: () => res.json(monitoring),
    });
  },
);

monitoringPages.post(
  '/licence/monitoring/:monitoring/sections',
  allow('monitorings.fill'),
  (req, res) => fill(req, res, centreAddress(req, res), sendMonitoring),
);

monitoringPages.post(
  '/licence/monitoring/:monitoring/signing',
  allow('monitorings.sign'),
  async (req, res) => {
    const { actor, centre, t, province } = res.locals;
    const { id } = monitoringNamed(req, res);
    try {
      const { conclusion } = readBody(req, signingForm);
      const body = await enter(province, (tx) => signResult(tx, actor!, centre, id, conclusion));
      sendChanged(req, res, { to: centreAddress(req, res), body }, t('licence:flash.signed'));
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendMonitoring(req, res, { ...refused, values: req.body as object }),
      );
    }
  },
);

/** Security and selection see no centre: what waits for their office stands in the province. */
officeMonitoringPages.get('/monitoring', allow('monitorings.fill'), async (req, res) => {
  const { province, actor, t } = res.locals;
  const waiting = openMonitorings(province.db, officeOf(actor!)!);
  const rows = waiting.map((row) => ({ ...row }));
  const title = t('licence:office.title');
  await answer(res, {
    html: () => sendPage(req, res, 'licence/office', { title, waiting }),
    ...listForms(req, res, {
      ...{ name: 'monitoring', title, columns: waitingColumns(res) },
      page: () => ({ rows, total: rows.length }),
      all: () => rows,
    }),
  });
});

officeMonitoringPages.get(
  '/monitoring/:monitoring',
  allow('monitorings.fill'),
  async (req, res) => {
    const monitoring = findMonitoring(res.locals.province.db, Number(req.params.monitoring));
    const office = officeOf(res.locals.actor!)!;
    const own = monitoring.sections.find((section) => section.office === office) ?? null;
    await answer(res, {
      html: () => sendOwn(req, res),
      json: () => res.json({ id: monitoring.id, openedOn: monitoring.openedOn, section: own }),
    });
  },
);

officeMonitoringPages.post(
  '/monitoring/:monitoring/sections',
  allow('monitorings.fill'),
  (req, res) => fill(req, res, `${provinceRoot(res)}/monitoring`, sendOwn),
);

type Show = (req: Request, res: Response, refused?: object) => void;

/** Fills the reader's own section; the other offices' stay theirs. */
async function fill(req: Request, res: Response, to: string, show: Show): Promise<void> {
  const { actor, province, centre, t } = res.locals;
  const { id } = findMonitoring(province.db, Number(req.params.monitoring), centre?.id);
  try {
    const filling = readFilling(req, actor!);
    const body = await enter(province, (tx) => fillSection(tx, actor!, id, filling));
    sendChanged(req, res, { to, body }, t('licence:flash.filled'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      show(req, res, { ...refused, values: req.body as object }),
    );
  }
}

/** The board is told what was signed; until then it is the offices' own work. */
function isShown({ locals: { actor } }: Response, { result }: Monitoring): boolean {
  return actor!.office !== null || result !== null;
}

function monitoringNamed(req: Request, res: Response): Monitoring {
  const { province, centre } = res.locals;
  const monitoring = findMonitoring(province.db, Number(req.params.monitoring), centre.id);
  if (!isShown(res, monitoring)) throw new NotFound();
  return monitoring;
}

const centreAddress = (req: Request, res: Response): string =>
  `${centreRoot(res)}/licence/monitoring/${Number(req.params.monitoring)}`;

function sendMonitoring(req: Request, res: Response, refused: object = {}): void {
  const { actor, centre, t } = res.locals;
  const monitoring = monitoringNamed(req, res);
  const own = may(actor!, 'monitorings.fill', centre) ? officeOf(actor!) : undefined;
  const isOpen = monitoring.result === null;
  const filled = monitoring.sections.map(({ office }) => office);
  sendPage(req, res, 'licence/monitoring', {
    ...{ title: t('licence:monitoring.one'), monitoring, offices: OFFICES },
    office: isOpen ? (own ?? null) : null,
    section: monitoring.sections.find(({ office }) => office === own) ?? null,
    maySign: isOpen && may(actor!, 'monitorings.sign', centre),
    ...{ ready: filled.includes('supervision'), all: filled.length === OFFICES.length },
    conclusions: CONCLUSIONS,
    action: `${centreAddress(req, res)}/sections`,
    ...refused,
  });
}

function sendOwn(req: Request, res: Response, refused: object = {}): void {
  const { actor, province, t } = res.locals;
  const monitoring = findMonitoring(province.db, Number(req.params.monitoring));
  const office = officeOf(actor!)!;
  sendPage(req, res, 'licence/office-section', {
    ...{ title: t('licence:monitoring.one'), monitoring, office },
    about: findCentreById(province.db, monitoring.centreId),
    section: monitoring.sections.find((one) => one.office === office) ?? null,
    action: `${provinceRoot(res)}/monitoring/${monitoring.id}/sections`,
    ...refused,
  });
}

function rowOf({ id, openedOn, sections, result }: Monitoring) {
  const score = (office: string) => sections.find((one) => one.office === office)?.score ?? null;
  const state = (office: string) => sections.find((one) => one.office === office)?.state ?? null;
  return {
    ...{ id, openedOn, participation: score('participation'), supervision: score('supervision') },
    ...{ security: state('security'), selection: state('selection') },
    ...{ conclusion: result?.conclusion ?? null, signedOn: result?.signedOn ?? null },
  };
}

function inWords({ locals: { t } }: Response, row: ReturnType<typeof rowOf>) {
  const state = (one: string | null) =>
    one === null ? null : t(`licence:monitoring.states.${one}`);
  const { conclusion } = row;
  return {
    ...row,
    ...{ security: state(row.security), selection: state(row.selection) },
    conclusion: conclusion && t(`licence:monitoring.conclusions.${conclusion}`),
  };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const office = (key: string) => t(`licence:offices.${key}`);
  return [
    { key: 'openedOn', title: t('licence:monitoring.opened-on'), kind: 'day', width: 2 },
    { key: 'participation', title: office('participation'), kind: 'count', width: 2 },
    { key: 'supervision', title: office('supervision'), kind: 'count', width: 2 },
    { key: 'security', title: office('security'), kind: 'text', width: 2 },
    { key: 'selection', title: office('selection'), kind: 'text', width: 2 },
    { key: 'conclusion', title: t('licence:monitoring.conclusion'), kind: 'text', width: 2 },
    { key: 'signedOn', title: t('licence:monitoring.signed-on'), kind: 'day', width: 2 },
  ];
}

function waitingColumns({ locals: { t } }: Response): Column[] {
  return [
    { key: 'centre', title: t('licence:office.centre'), kind: 'text', width: 4 },
    { key: 'county', title: t('licence:office.county'), kind: 'text', width: 2 },
    { key: 'openedOn', title: t('licence:monitoring.opened-on'), kind: 'day', width: 2 },
    { key: 'filledOn', title: t('licence:office.filled-on'), kind: 'day', width: 2 },
  ];
}
