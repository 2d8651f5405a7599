/** Referrals to the specialised networks: the list, what is overdue, asking, and each step. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { ltr } from '../paper/bidi.ts';
import { enter } from '../provinces/enter.ts';
import { addDays, readDay } from '../values/jalali-date.ts';
import { latinDigits, readName, readParagraph } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, listForms, mapped, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { NETWORKS } from './networks.ts';
import {
  countReferrals,
  everyReferral,
  findReferral,
  REFERRAL_STATES,
  type Referral,
  referralSteps,
  referralsOf,
  SOURCES,
} from './referral-rows.ts';
import { askNetwork, NEEDS, nextSteps, takeStep } from './referrals.ts';

export const referralPages = Router({ mergeParams: true });

/** Within so many days an answer is asked for, if no other day is typed. */
const DAYS_TO_ANSWER = 14;

const referralForm = (today: string) =>
  z.object({
    need: typed(readNeed),
    asked: typed((text) => readName(text, { max: 400 })),
    source: chosen(SOURCES),
    householdCode: typedOrNone(readCode),
    dueOn: typedOrNone((text) => readDay(text, { today })),
  });

const stepForm = z.object({
  state: chosen(['accepted', 'answered', 'closed', 'declined']),
  note: typedOrNone((text) => readParagraph(text, { max: 1000 })),
});

const ADDRESS = '/{province}/centres/{code}/network/referrals';
describeBody(`POST ${ADDRESS}`, referralForm(''));
describeBody(`POST ${ADDRESS}/{referral}/steps`, stepForm);

/** A need is chosen together with its network, as `housing/repair`. */
function readNeed(text: string): Reading<{ network: (typeof NETWORKS)[number]; need: string }> {
  const [named, need = ''] = text.split('/');
  const network = NETWORKS.find((one) => one === named);
  if (!text) return { fault: 'common:refusals.choose' };
  if (!network || !NEEDS[network].includes(need))
    return { fault: 'common:refusals.unknown-choice' };
  return { value: { network, need } };
}

function readCode(text: string): Reading<string> {
  const code = latinDigits(text.trim());
  return /^[0-9A-Za-z/-]{1,20}$/.test(code) ? { value: code } : { fault: 'network:faults.code' };
}

referralPages.get('/network/referrals', allow('networks.read'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const filter = { network: wordAsked(req.query, 'network'), state: wordAsked(req.query, 'state') };
  const { db } = province;
  const { today } = actor!;
  const total = countReferrals(db, centre.id, today, filter);
  const part = { limit: ROWS_PER_PAGE, offset: (pageAsked(req) - 1) * ROWS_PER_PAGE };
  const page = referralsOf(db, centre.id, today, filter, part);
  const title = t('network:referrals.title');
  await answer(res, {
    html: () =>
      sendPage(req, res, 'network/referrals', {
        ...{ title, rows: page, total, at: pageAsked(req) },
        of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
        ...{ networks: NETWORKS, states: [...REFERRAL_STATES, 'overdue'] },
        overdue: countReferrals(db, centre.id, today, { state: 'overdue' }),
        mayAsk: may(actor!, 'referrals.ask', centre),
        isFiltered: Boolean(filter.network || filter.state),
      }),
    ...listForms(req, res, {
      ...{ name: `referrals-${centre.code}`, title, columns: columnsOf(res) },
      page: () => ({ rows: page.map(listed), total }),
      all: (from) =>
        mapped(everyReferral(from, centre.id, today, filter), (row) =>
          res.locals.format === 'csv' ? listed(row) : inWords(res, row),
        ),
    }),
  });
});

referralPages.get('/network/referrals/new', allow('referrals.ask'), (req, res) =>
  answer(res, { html: () => sendForm(req, res) }),
);

referralPages.post('/network/referrals', allow('referrals.ask'), async (req, res) => {
  const { actor, centre, t, show } = res.locals;
  try {
    const { need, dueOn, ...form } = readBody(req, referralForm(actor!.today));
    const due = dueOn ?? addDays(actor!.today, DAYS_TO_ANSWER);
    const created = await enterOnce(req, res, (tx) => {
      const referral = askNetwork(tx, actor!, centre, { ...form, ...need, dueOn: due });
      return { location: addressOf(res, referral.number), body: told(referral) };
    });
    const number = ltr(show.digits(created.location.split('/').at(-1)!));
    sendCreated(req, res, created, t('network:referrals.flash.asked', { number }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

referralPages.get('/network/referrals/:referral', allow('networks.read'), async (req, res) => {
  const referral = referralNamed(req, res);
  await answer(res, {
    html: () => sendReferral(req, res, referral),
    json: () =>
      res.json({ ...told(referral), steps: referralSteps(res.locals.province.db, referral.id) }),
  });
});

referralPages.post(
  '/network/referrals/:referral/steps',
  allow('referrals.answer'),
  async (req, res) => {
    const { actor, centre, province, t } = res.locals;
    const before = referralNamed(req, res);
    try {
      const step = readBody(req, stepForm);
      const referral = await enter(province, (tx) =>
        takeStep(tx, actor!, centre, before.number, step),
      );
      const to = addressOf(res, referral.number);
      sendChanged(
        req,
        res,
        { to, body: told(referral) },
        t(`network:referrals.flash.${step.state}`),
      );
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendReferral(req, res, before, { values: req.body as object, ...refused }),
      );
    }
  },
);

function referralNamed(req: Request, res: Response): Referral {
  const { province, actor, centre } = res.locals;
  return findReferral(province.db, centre.id, String(req.params.referral), actor!.today);
}

const addressOf = (res: Response, number: string) =>
  `${centreRoot(res)}/network/referrals/${number}`;

const told = ({ id, ...referral }: Referral) => referral;

function listed(referral: Referral) {
  const { number, network, need, source, householdCode, askedOn, dueOn, answeredOn, state } =
    referral;
  const late = referral.isOverdue ? 'overdue' : null;
  return { number, network, need, source, householdCode, askedOn, dueOn, answeredOn, state, late };
}

const KINDS: Record<string, Column['kind']> = {
  ...{ number: 'code', householdCode: 'code' },
  ...{ askedOn: 'day', dueOn: 'day', answeredOn: 'day' },
};

const COLUMNS = [
  ...['number', 'network', 'need', 'source', 'householdCode', 'askedOn', 'dueOn', 'answeredOn'],
  ...['state', 'late'],
];

const columnsOf = ({ locals: { t } }: Response): Column[] =>
  COLUMNS.map((key) => ({
    ...{ key, title: t(`network:referrals.columns.${key}`) },
    ...{ kind: KINDS[key] ?? 'text', width: key === 'network' || key === 'need' ? 3 : 2 },
  }));

function inWords({ locals: { t } }: Response, referral: Referral) {
  const row = listed(referral);
  return {
    ...row,
    network: t(`network:networks.kinds.${row.network}`),
    need: t(`network:needs.${row.network}.${row.need}`),
    source: t(`network:sources.${row.source}`),
    state: t(`network:referrals.states.${row.state}`),
    late: row.late && t('network:referrals.states.overdue'),
  };
}

function sendForm(req: Request, res: Response, refused: object = {}): void {
  const { t, actor } = res.locals;
  const asked = wordAsked(req.query, 'network');
  const network = NETWORKS.find((one) => one === asked);
  sendPage(req, res, 'network/referral-new', {
    ...{ title: t('network:referrals.new'), key: randomUUID(), sources: SOURCES },
    needs: (network ? [network] : NETWORKS).flatMap((kind) =>
      NEEDS[kind].map((need) => ({ network: kind, need })),
    ),
    network: network ?? null,
    dueOn: addDays(actor!.today, DAYS_TO_ANSWER),
    ...refused,
  });
}

function sendReferral(req: Request, res: Response, referral: Referral, refused: object = {}): void {
  const { province, actor, centre, t, show } = res.locals;
  const mayAnswer = may(actor!, 'referrals.answer', centre);
  sendPage(req, res, 'network/referral', {
    title: t('network:referrals.one', { number: ltr(show.digits(referral.number)) }),
    ...{ referral, steps: referralSteps(province.db, referral.id) },
    next: mayAnswer ? nextSteps(referral.state) : [],
    ...refused,
  });
}
