/** What became of a donor's intentions: a page and a sheet to hand over, without a name of anyone. */
import { type Request, type Response, Router } from 'express';
import { donorShownTo } from '../donations/donor-words.ts';
import { type Donor, findDonor } from '../donations/donors.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { NotFound } from '../refusal.ts';
import { answer } from '../web/formats.ts';
import { type Column, type Listing, listForms, type Row } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { fundNames } from './funds.ts';
import { changesOfGift } from './intention-rows.ts';
import { type Intention, intentionsOf, type Spent, spentSince } from './outcome.ts';
import { useName } from './shown.ts';

export const outcomePages = Router({ mergeParams: true });

outcomePages.get('/donations/donors/:id/intentions', allow('donors.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const donor = donorNamed(req, res);
  const gifts = intentionsOf(province.db, centre.id, donor.id).map((one) => shown(res, one));
  const about = donorShownTo(res, donor);
  await answer(res, {
    html: () =>
      sendPage(req, res, 'funds/outcome', {
        ...{ title: t('funds:outcome.title'), gifts, donor: about },
      }),
    ...listForms(req, res, listingOf(res, donor, gifts)),
    json: () => res.json({ gifts }),
  });
});

function donorNamed(req: Request, res: Response): Donor {
  const id = Number(req.params.id);
  if (!Number.isSafeInteger(id)) throw new NotFound();
  return findDonor(res.locals.province.db, res.locals.centre.id, id);
}

function shown(res: Response, one: Intention) {
  const { province, centre, language } = res.locals;
  const { fund, amountRial, receivedOn, receiptYear, receiptNumber, donationId } = one;
  const names = fundNames(province.db, language);
  const spent = spentSince(province.db, centre.id, fund, receivedOn);
  const changes = changesOfGift(province.db, centre.id, donationId)
    .filter(({ fromFund, restoredOn }) => fromFund === fund && restoredOn === null)
    .map(({ toFund, amountRial: rial, changedOn }) => ({ to: names.get(toFund), rial, changedOn }));
  return {
    ...{ receipt: writtenNumber(receiptYear, receiptNumber, 6), receivedOn, amountRial, changes },
    ...{ fund, name: names.get(fund) ?? fund, spent: spent.map((row) => inWords(res, row)) },
    spentRial: spent.reduce((sum, { rial }) => sum + rial, 0),
  };
}

function inWords(
  { locals: { language, t, show } }: Response,
  { year, month, account, rial }: Spent,
) {
  const said = `${t(`values:month.${month}`)} ${show.digits(String(year))}`;
  return { year, month, said, account, use: useName(account, language), rial };
}

/** One row for each programme and month; a gift of which nothing is spent yet has one that says so. */
function listingOf(res: Response, { id }: Donor, gifts: ReturnType<typeof shown>[]): Listing {
  const { t } = res.locals;
  const say = (key: string) => t(`funds:outcome.${key}`);
  const rows = gifts.flatMap<Row>(({ receipt, receivedOn, amountRial, name, spent }) => {
    const gift = { receipt, receivedOn, amountRial, name };
    if (spent.length === 0) return [{ ...gift, month: null, use: say('nothing-yet'), rial: 0 }];
    return spent.map(({ said, use, rial }) => ({ ...gift, month: said, use, rial }));
  });
  return {
    ...{ name: `intentions-${id}`, title: say('title') },
    columns: [
      { key: 'receipt', title: say('receipt'), kind: 'code', width: 2 },
      { key: 'receivedOn', title: say('receivedOn'), kind: 'day', width: 2 },
      { key: 'name', title: say('fund'), kind: 'text', width: 3 },
      { key: 'amountRial', title: say('given'), kind: 'rial', width: 3 },
      { key: 'month', title: say('month'), kind: 'text', width: 2 },
      { key: 'use', title: say('use'), kind: 'text', width: 4 },
      { key: 'rial', title: say('spent'), kind: 'rial', width: 3 },
    ] satisfies Column[],
    page: () => ({ rows, total: rows.length }),
    all: () => rows,
  };
}
