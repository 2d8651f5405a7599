/** Matching: what stands alone on either side, what the rules find, and what somebody sees. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { entryNumber } from '../books/entries.ts';
import { readReason } from '../values/persian-text.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { changing, creating, idAsked } from './asked.ts';
import { bookFee } from './fees.ts';
import {
  endMatch,
  entriesAlone,
  findMatch,
  matchByHand,
  matchByRules,
  rowsAlone,
} from './matches.ts';

export const matchPages = Router({ mergeParams: true });

const HERE = '/books/bank/matching';
const MATCHES = '/books/bank/matches';
const TOLD = '/{province}/centres/{code}/books/bank';

/** So many of each side are shown; the rest come up as these are matched. */
const SHOWN = 100;

const ids = z
  .union([z.array(z.union([z.string(), z.number()])), z.string(), z.number()])
  .optional()
  .transform((sent) => [sent ?? []].flat().map(Number).filter(Number.isSafeInteger));
const matchForm = z.object({ rows: ids, entries: ids });
const reasonForm = z.object({ reason: typed(readReason) });
describeBody(`POST ${TOLD}/matches`, matchForm);
describeBody(`POST ${TOLD}/matches/{match}/ending`, reasonForm);
describeWishes(`POST ${TOLD}/matches/rules`, `POST ${TOLD}/rows/{row}/fee`);

matchPages.get(HERE, allow('bank.read'), (req, res) => {
  const { province, centre } = res.locals;
  return answer(res, {
    html: () => sendMatching(req, res),
    json: () =>
      res.json({
        rows: rowsAlone(province.db, centre.id),
        entries: entriesAlone(province.db, centre.id),
      }),
  });
});

matchPages.post(`${MATCHES}/rules`, allow('bank.keep'), (req, res) =>
  changing(req, res, { said: 'bank:flash.rules', again: againOf(req, res) }, (tx) => {
    const matched = matchByRules(tx, res.locals.actor!, res.locals.centre);
    return { to: `${centreRoot(res)}${HERE}`, body: { matched } };
  }),
);

matchPages.post(MATCHES, allow('bank.keep'), (req, res) =>
  creating(req, res, { said: 'bank:flash.matched', again: againOf(req, res) }, (tx) => {
    const chosen = readBody(req, matchForm);
    const match = matchByHand(tx, res.locals.actor!, res.locals.centre, chosen);
    return { location: `${centreRoot(res)}${MATCHES}/${match.id}`, body: match };
  }),
);

matchPages.get(`${MATCHES}/:match`, allow('bank.read'), (req, res) => {
  const match = matchNamed(req, res);
  return answer(res, {
    html: () => sendMatch(req, res, match),
    json: () => res.json(match),
  });
});

matchPages.post(`${MATCHES}/:match/ending`, allow('bank.keep'), (req, res) => {
  const match = matchNamed(req, res);
  const again = (refused: object) => sendMatch(req, res, match, refused);
  return changing(req, res, { said: 'bank:flash.parted', again }, (tx) => {
    const { reason } = readBody(req, reasonForm);
    const { actor, centre } = res.locals;
    const body = endMatch(tx, actor!, centre, { id: match.id, reason });
    return { to: `${centreRoot(res)}${HERE}`, body };
  });
});

matchPages.post('/books/bank/rows/:row/fee', allow('bank.keep'), (req, res) =>
  changing(req, res, { said: 'bank:flash.fee', again: againOf(req, res) }, (tx) => {
    const posted = bookFee(tx, res.locals.actor!, res.locals.centre, idAsked(req, 'row'));
    const body = { entry: entryNumber(posted) };
    return { to: `${centreRoot(res)}${HERE}`, body };
  }),
);

const againOf = (req: Request, res: Response) => (refused: object) =>
  sendMatching(req, res, refused);

const matchNamed = (req: Request, res: Response) =>
  findMatch(res.locals.province.db, res.locals.centre.id, idAsked(req, 'match'));

function sendMatching(req: Request, res: Response, refused: object = {}): void {
  const { province, centre, actor, t } = res.locals;
  const rows = rowsAlone(province.db, centre.id);
  const entries = entriesAlone(province.db, centre.id);
  const chosen = (req.body ?? {}) as { rows?: unknown; entries?: unknown };
  sendPage(req, res, 'bank/matching', {
    ...{ title: t('bank:matching.title'), rows: rows.slice(0, SHOWN), rowCount: rows.length },
    ...{ entries: entries.slice(0, SHOWN), entryCount: entries.length, root: centreRoot(res) },
    chosen: {
      rows: [chosen.rows ?? []].flat().map(String),
      entries: [chosen.entries ?? []].flat().map(String),
    },
    mayKeep: may(actor!, 'bank.keep', centre),
    mayHold: may(actor!, 'deposits.record', centre),
    key: randomUUID(),
    ...refused,
  });
}

function sendMatch(
  req: Request,
  res: Response,
  match: ReturnType<typeof findMatch>,
  refused: object = {},
): void {
  const { actor, centre, t } = res.locals;
  sendPage(req, res, 'bank/match', {
    ...{ title: t('bank:matching.one', { number: String(match.id) }), match },
    ...{ root: centreRoot(res), address: `${centreRoot(res)}${MATCHES}/${match.id}` },
    mayEnd: match.endedFor === null && may(actor!, 'bank.keep', centre),
    ...refused,
  });
}
