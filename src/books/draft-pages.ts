/** The pages of entries written by hand: drafting, editing, withdrawing, posting by somebody else. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { fundName, fundNames, fundsOf } from '../funds/funds.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { everyRow, type Listing, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { accountName, accountsOf } from './accounts.ts';
import * as asked from './asked.ts';
import { ROWS, readDraft, rowsShown, sumsOf, sumsTyped, valuesOf } from './draft-form.ts';
import {
  countDrafts,
  type Draft,
  draftEntry,
  draftsOf,
  editDraft,
  findDraft,
  markOf,
  otherPosters,
  postDraft,
  withdrawDraft,
} from './drafts.ts';
import { entryNumber, findEntryById } from './entries.ts';
import { addressOf, namesOf, toldEntry } from './entry-words.ts';
import { journalEntry } from './journal.ts';
import { mayOpenWith } from './opening.ts';
import { DRAFT_STATES } from './schema.ts';

export const draftPages = Router({ mergeParams: true });

draftPages.get('/books/drafts', allow('books.read'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  const listing = listingOf(req, res);
  await answer(res, {
    ...listForms(req, res, listing),
    html: () => {
      const { rows, total } = listing.page();
      sendPage(req, res, 'books/drafts', {
        styles: asked.STYLES,
        title: listing.title,
        filters: [
          {
            ...{ name: 'state', label: t('common:filters.state'), kind: 'choice' },
            options: DRAFT_STATES.map((value) => ({ value, text: t(`books:drafts.${value}`) })),
          },
        ],
        ...{ rows, total, at: pageAsked(req), of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)) },
        mayDraft: may(actor!, 'entries.draft', centre),
        root: centreRoot(res),
      });
    },
  });
});

draftPages.get('/books/drafts/new', allow('entries.draft'), (req, res) => {
  const { show, actor, t } = res.locals;
  const opening = req.query.kind === 'opening';
  const values = {
    entryOn: show.date(actor!.today),
    ...(opening && { kind: 'opening', description: t('books:drafts.opening-description') }),
  };
  return answer(res, { html: () => sendForm(req, res, { values, rows: ROWS, sums: [] }) });
});

draftPages.post('/books/drafts', allow('entries.draft'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  if (wantsMoreRows(req)) return sendTyped(req, res);
  try {
    const written = readDraft(req, res);
    const created = await enterOnce(req, res, (tx) => {
      const draft = draftEntry(tx, actor!, centre.id, written);
      return { location: placeOf(res, draft), body: told(draft) };
    });
    sendCreated(req, res, created, t('books:flash.drafted'));
  } catch (fault) {
    refuse(fault, req, res);
  }
});

draftPages.get('/books/drafts/:id', allow('books.read'), (req, res) => {
  const draft = draftAsked(req, res);
  return answer(res, {
    html: () => sendDraft(req, res, draft),
    json: () => res.json(told(draft)),
  });
});

draftPages.get('/books/drafts/:id/edit', allow('entries.draft'), (req, res) => {
  const draft = draftAsked(req, res);
  const values = valuesOf(draft, res.locals.show);
  const rows = Math.max(ROWS, draft.lines.length);
  return answer(res, {
    html: () => sendForm(req, res, { values, rows, sums: sumsOf(draft.lines), draft }),
  });
});

draftPages.post('/books/drafts/:id', allow('entries.draft'), async (req, res) => {
  const { province, actor } = res.locals;
  const draft = draftAsked(req, res);
  if (wantsMoreRows(req)) return sendTyped(req, res, draft);
  try {
    const written = readDraft(req, res);
    const edited = await enter(province, (tx) => editDraft(tx, actor!, draft, written));
    sendDone(req, res, edited, 'edited');
  } catch (fault) {
    refuse(fault, req, res, draft);
  }
});

draftPages.post('/books/drafts/:id/withdrawal', allow('entries.draft'), async (req, res) => {
  const { province, actor } = res.locals;
  const { id, centreId } = draftAsked(req, res);
  await enter(province, (tx) => withdrawDraft(tx, actor!, findDraft(tx, centreId, id)));
  sendDone(req, res, findDraft(province.db, centreId, id), 'withdrawn');
});

/** The mark of the draft as it was read; a program may leave it out. */
const Posting = z.object({ seen: z.string().optional() });

describeBody('POST /{province}/centres/{code}/books/drafts/{id}/posting', Posting);
describeWishes('POST /{province}/centres/{code}/books/drafts/{id}/withdrawal');

draftPages.post('/books/drafts/:id/posting', allow('entries.post'), async (req, res) => {
  const { actor, t } = res.locals;
  const { id, centreId } = draftAsked(req, res);
  try {
    const { seen } = readBody(req, Posting);
    const created = await enterOnce(req, res, (tx) => {
      const posted = postDraft(tx, actor!, findDraft(tx, centreId, id), seen);
      const entry = journalEntry(tx, posted.id);
      return { location: addressOf(res, entry), body: toldEntry(res, entry, namesOf(res, tx)) };
    });
    const number = asked.inLine(res, created.location.split('/').at(-1)!);
    sendCreated(req, res, created, t('books:flash.posted', { number }));
  } catch (fault) {
    sendRefusedForm(asked.inReadersWords(res, fault), req, res, (refused) =>
      sendDraft(req, res, draftAsked(req, res), refused),
    );
  }
});

function sendDone(req: Request, res: Response, draft: Draft, word: 'edited' | 'withdrawn'): void {
  const changed = { to: placeOf(res, draft), body: told(draft) };
  sendChanged(req, res, changed, res.locals.t(`books:flash.${word}`));
}

function refuse(fault: unknown, req: Request, res: Response, draft?: Draft): void {
  const body = req.body as Record<string, string>;
  sendRefusedForm(asked.inReadersWords(res, fault), req, res, (refused) =>
    sendForm(req, res, {
      ...refused,
      ...{ values: body, rows: rowsShown(body), sums: sumsTyped(body), draft },
    }),
  );
}

function wantsMoreRows(req: Request): boolean {
  // A program has no rows to look at: what it sends is a draft.
  return !req.is('json') && (req.body as { more?: unknown } | undefined)?.more !== undefined;
}

/** The form as it was typed, with more rows and the sums so far; nothing is refused yet. */
function sendTyped(req: Request, res: Response, draft?: Draft): void {
  const body = req.body as Record<string, string>;
  sendForm(req, res, { values: body, rows: rowsShown(body), sums: sumsTyped(body), draft });
}

type Form = {
  values: Record<string, string>;
  rows: number;
  sums: ReturnType<typeof sumsOf>;
  draft?: Draft;
  faults?: Record<string, string>;
  refusal?: object;
};

function sendForm(req: Request, res: Response, { draft, ...form }: Form): void {
  const { province, centre, language, t, show } = res.locals;
  const names = fundNames(province.db, language);
  const isOpening = (draft?.kind ?? form.values.kind) === 'opening';
  sendPage(req, res, 'books/draft-form', {
    styles: asked.STYLES,
    ...{ faults: {}, refusal: null },
    ...form,
    title: t(`books:drafts.${draft ? 'edit' : isOpening ? 'new-opening' : 'new'}`),
    kindOfDraft: isOpening ? 'opening' : 'manual',
    key: typedKey(form.values) ?? randomUUID(),
    action: draft ? placeOf(res, draft) : `${centreRoot(res)}/books/drafts`,
    cancel: draft ? placeOf(res, draft) : `${centreRoot(res)}/books/drafts`,
    accounts: accountsOf(province.db, centre.id)
      .filter(({ level, code }) => level === 'subsidiary' && (!isOpening || mayOpenWith(code)))
      .map((account) => ({
        value: account.code,
        text: `${show.digits(account.code)} ${accountName(account, language)}`,
      })),
    funds: fundsOf(province.db).map((fund) => ({
      value: fund.code,
      text: fundName(fund, language),
    })),
    sums: form.sums.map((sum) => ({ ...sum, name: names.get(sum.fund) ?? '' })),
  });
}

/** A form that is shown again keeps its key, so that the same press twice is one draft. */
function typedKey({ _key }: Record<string, string>): string | undefined {
  return _key && /^[\w-]{10,60}$/.test(_key) ? _key : undefined;
}

function sendDraft(req: Request, res: Response, draft: Draft, form: object = {}): void {
  const { province, actor, centre, language, t, show } = res.locals;
  const root = centreRoot(res);
  const funds = fundNames(province.db, language);
  const accounts = new Map(accountsOf(province.db, centre.id).map((one) => [one.code, one]));
  const isOwn = draft.draftedBy === actor!.user?.id;
  const isOpen = draft.state === 'draft';
  const posters = isOpen ? otherPosters(province.db, actor!, centre.id, draft.draftedBy) : [];
  const entry = draft.entryId === null ? null : findEntryById(province.db, draft.entryId);
  sendPage(req, res, 'books/draft', {
    styles: asked.STYLES,
    ...{ faults: {}, refusal: null, values: {}, ...form },
    title: t('books:drafts.title', { number: show.digits(String(draft.id)) }),
    draft,
    seen: markOf(draft),
    lines: draft.lines.map((line) => ({
      ...line,
      code: show.digits(line.account),
      name: accountName(accounts.get(line.account)!, language),
      fundName: funds.get(line.fund),
      href: `${root}/books/ledger/${line.account}`,
    })),
    sums: sumsOf(draft.lines).map((sum) => ({ ...sum, name: funds.get(sum.fund) })),
    total: draft.lines.reduce((sum, { debitRial }) => sum + debitRial, 0),
    entry: entry && { text: show.digits(entryNumber(entry)), href: addressOf(res, entry) },
    mayPost: isOpen && !isOwn && may(actor!, 'entries.post', centre),
    mayEdit: isOpen && isOwn && may(actor!, 'entries.draft', centre),
    posters,
    isOpen,
    root,
    place: placeOf(res, draft),
  });
}

function draftAsked(req: Request, res: Response): Draft {
  const id = String(req.params.id);
  if (!/^\d{1,15}$/.test(id)) throw new NotFound();
  return findDraft(res.locals.province.db, res.locals.centre.id, Number(id));
}

function placeOf(res: Response, { id }: Draft): string {
  return `${centreRoot(res)}/books/drafts/${id}`;
}

function told(draft: Draft): object {
  const { id, entryOn, description, draftedByName, draftedAt, state } = draft;
  return {
    ...{ id, kind: draft.kind, entryOn, description, draftedBy: draftedByName, draftedAt, state },
    seen: markOf(draft),
    lines: draft.lines.map(({ account, fund, debitRial, creditRial, detail }) => ({
      ...{ account, fund, debit: debitRial, credit: creditRial, detail: detail ?? null },
    })),
  };
}

function listingOf(req: Request, res: Response): Listing {
  const { province, centre, t } = res.locals;
  const state = DRAFT_STATES.find((one) => one === req.query.state);
  const rowsFrom = (limit: number, skip: number, db = province.db) =>
    draftsOf(db, centre.id, { state, limit, skip }).map((draft) => ({
      ...{ id: draft.id, day: draft.entryOn, description: draft.description },
      amount: draft.lines.reduce((sum, { debitRial }) => sum + debitRial, 0),
      ...{ by: draft.draftedByName, at: draft.draftedAt, state: draft.state },
    }));
  const column = (key: string, word: string) => ({ key, title: t(word) });
  return {
    name: `drafts-${centre.code}`,
    title: t('common:sections.drafts'),
    columns: [
      { ...column('id', 'common:table.number'), kind: 'count', width: 1 },
      { ...column('day', 'common:table.day'), kind: 'day' },
      { ...column('description', 'common:table.description'), kind: 'text', width: 6 },
      { ...column('amount', 'common:table.amount-rial'), kind: 'rial', width: 3 },
      { ...column('by', 'books:entry.drafted-by'), kind: 'text', width: 3 },
      { ...column('at', 'common:table.moment'), kind: 'moment', width: 3 },
      { ...column('state', 'common:table.state'), kind: 'code' },
    ],
    page: () => ({
      rows: rowsFrom(ROWS_PER_PAGE, (pageAsked(req) - 1) * ROWS_PER_PAGE),
      total: countDrafts(province.db, centre.id, state),
    }),
    all: (db) => everyRow((limit, from) => rowsFrom(limit, from, db)),
  };
}
