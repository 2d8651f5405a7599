/** The pages of one entry as it was posted, and its reversal. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { attachedTo, layAttachments } from '../attachments/attachment-pages.ts';
import { attachmentsOf } from '../attachments/attachments.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { NotFound } from '../refusal.ts';
import { readReason } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { sendSpooled } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import * as asked from './asked.ts';
import { sayAsOn } from './conversions.ts';
import { deedFiles } from './deed-files.ts';
import { entryNumber, findEntry, reverseByHand } from './entries.ts';
import { addressOf, debitOf, namesOf, shownEntry, toldEntry } from './entry-words.ts';
import { type JournalEntry, journalEntry } from './journal.ts';
import { voucherPdf } from './voucher-pdf.ts';

export const entryPages = Router({ mergeParams: true });

entryPages.get('/books/journal/:number', allow('books.read'), (req, res) => {
  const entry = entryAsked(req, res);
  return answer(res, {
    html: () => sendEntry(req, res, entry),
    json: () => res.json(toldEntry(res, entry)),
    pdf: () => sendVoucher(res, entry),
  });
});

layAttachments(entryPages, {
  at: '/books/journal/:number',
  told: '/{province}/centres/{code}/books/journal/{number}',
  ...{ see: 'books.read', add: 'entries.draft' },
  held: (req, res) => {
    const entry = entryAsked(req, res);
    return { ...heldBy(res, entry), again: (refused) => sendEntry(req, res, entry, refused) };
  },
});

/** An entry as what files belong to: the bills and slips that prove it. */
function heldBy(res: Response, entry: JournalEntry) {
  const address = addressOf(res, entry);
  return { subject: `entries/${entry.id}`, centre: res.locals.centre, address, page: address };
}

async function sendVoucher(res: Response, entry: JournalEntry): Promise<void> {
  const { show } = res.locals;
  asked.namedAs(res, `voucher-${entryNumber(entry)}.pdf`, 'pdf');
  await sendSpooled(res, async (db, out) => {
    const { accounts, funds } = namesOf(res, db);
    const { receipt, reverses } = entry;
    const files = attachmentsOf(db, heldBy(res, entry));
    const head = asked.bookHead(res, db, { from: entry.entryOn, to: entry.entryOn });
    const reference = receipt ? writtenNumber(receipt.year, receipt.number, 6) : null;
    await voucherPdf(
      head,
      {
        number: entryNumber(entry),
        reference: reference ?? (reverses && entryNumber(reverses)),
        ...{ entryOn: entry.entryOn, description: entry.description },
        lines: entry.lines.map((line) => ({
          ...line,
          name: accounts.get(line.account) ?? '',
          fund: funds.get(line.fund) ?? line.fund,
        })),
        ...{ totalRial: debitOf(entry), inWords: show.spoken(debitOf(entry)) },
        ...{ draftedBy: entry.draftedByName, postedBy: entry.postedByName },
        attachments: [
          ...files.filter(({ endedOn }) => endedOn === null),
          ...deedFiles(db, res.locals.centre, entry.id),
        ].map(({ name }) => name),
      },
      out,
    );
  });
}

const Reversal = z.object({ reason: typed(readReason) });
describeBody('POST /{province}/centres/{code}/books/journal/{number}/reversal', Reversal);

entryPages.post('/books/journal/:number/reversal', allow('entries.reverse'), async (req, res) => {
  const { province, actor, t } = res.locals;
  const entry = entryAsked(req, res);
  try {
    const { reason } = readBody(req, Reversal);
    const created = await enterOnce(req, res, (tx) => {
      const { id } = reverseByHand(tx, actor!, entry, reason);
      const reversal = journalEntry(tx, id);
      return {
        location: addressOf(res, reversal),
        body: toldEntry(res, reversal, namesOf(res, tx)),
      };
    });
    const number = asked.inLine(res, entryNumber(entry));
    sendCreated(req, res, created, t('books:flash.reversed', { number }));
  } catch (fault) {
    sendRefusedForm(asked.inReadersWords(res, fault), req, res, (refused) =>
      sendEntry(req, res, journalEntry(province.db, entry.id), {
        ...refused,
        values: req.body as object,
      }),
    );
  }
});

function entryAsked(req: Request, res: Response): JournalEntry {
  const { province, centre } = res.locals;
  const [, year, number] = /^(\d{4})-(\d{1,9})$/.exec(String(req.params.number)) ?? [];
  if (!year) throw new NotFound();
  const { id } = findEntry(province.db, centre.id, Number(year), Number(number));
  const entry = journalEntry(province.db, id);
  sayAsOn(province.db, entry.entryOn);
  return entry;
}

function sendEntry(req: Request, res: Response, entry: JournalEntry, form: object = {}): void {
  const { actor, centre, t } = res.locals;
  const mayReverse = may(actor!, 'entries.reverse', centre);
  const stands = entry.source !== 'reversal' && !entry.reversedBy;
  sendPage(req, res, 'books/entry', {
    styles: asked.STYLES,
    ...{ values: {}, faults: {}, refusal: null, ...form },
    title: t('books:entry.title', { number: asked.inLine(res, entryNumber(entry)) }),
    entry: shownEntry(res, entry, namesOf(res, res.locals.province.db)),
    isOwn: entry.postedBy === actor!.user?.id,
    canReverse: mayReverse && stands && entry.source === 'manual',
    isGift: entry.source === 'donation' && stands,
    ...attachedTo(res, { ...heldBy(res, entry), add: 'entries.draft' }),
    deedFiles: deedFiles(res.locals.province.db, centre, entry.id),
    root: centreRoot(res),
  });
}
