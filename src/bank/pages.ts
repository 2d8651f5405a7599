/** The pages of the bank and the box: what there is, what moves, what the bank says, and that they agree. */
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { sumsThrough } from '../books/balances.ts';
import { bankAccountOrNone } from '../centres/bank-accounts.ts';
import { answer } from '../web/formats.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { countPages } from './count-pages.ts';
import { matchPages } from './match-pages.ts';
import { entriesAlone, rowsAlone } from './matches.ts';
import { reconciliationPages } from './reconciliation-pages.ts';
import { reconciliationsOf } from './reconciliations.ts';
import { statementPages } from './statement-pages.ts';
import { statementsOf } from './statements.ts';
import { transferPages } from './transfer-pages.ts';
import { MONEY_PLACES, transfersWaiting } from './transfers.ts';

export const bankPages = Router({ mergeParams: true });

bankPages.get('/books/bank', allow('bank.read'), (req, res) =>
  answer(res, {
    html: () => sendPage(req, res, 'bank/home', { ...homeOf(req, res), root: centreRoot(res) }),
    json: () => res.json(homeOf(req, res).told),
  }),
);
bankPages.use(transferPages, countPages, statementPages, matchPages, reconciliationPages);

function homeOf(_req: Request, res: Response) {
  const { province, actor, centre, t } = res.locals;
  const { db } = province;
  const sums = sumsThrough(db, centre.id, actor!.today);
  const balances = MONEY_PLACES.map((account) => {
    const { debit, credit } = sums.get(account) ?? { debit: 0, credit: 0 };
    return { account, rial: debit - credit };
  });
  const statement = statementsOf(db, centre.id).at(-1) ?? null;
  const signed = reconciliationsOf(db, centre.id).find(({ signedOn }) => signedOn !== null) ?? null;
  const alone = {
    rows: rowsAlone(db, centre.id).length,
    entries: entriesAlone(db, centre.id).length,
  };
  const account = bankAccountOrNone(db, centre.id)?.accountNumber ?? null;
  return {
    ...{ title: t('bank:home.title'), balances, statement, signed, alone, account },
    waiting: transfersWaiting(db, centre.id, actor!.user!.id),
    mayMove: may(actor!, 'money.move', centre),
    mayKeep: may(actor!, 'bank.keep', centre),
    told: { account, balances, statement, alone, reconciledOn: signed?.throughOn ?? null },
  };
}
