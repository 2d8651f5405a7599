/** B-118: the number or the day of the one account, written wrong, is corrected by the committee. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { oneBankAccount } from '../bylaw/resources.ts';
import { refuseClosed } from '../licence/permission.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import {
  type BankAccount,
  bankAccountOrNone,
  introductionOrNone,
  refuseOtherAccount,
  refuseOtherBanksIban,
  refuseOthersAccount,
} from './bank-accounts.ts';
import type { Centre } from './centres.ts';

type Particulars = { accountNumber: string; iban: string | null; openedOn: string };

export type AccountCorrection = Particulars & {
  was: Particulars;
  reason: string;
  correctedOn: string;
  correctedBy: string;
};

export type AccountCorrected = Omit<Particulars, 'iban'> & { iban?: string | null; reason: string };

const statements = prepared((db) => ({
  first: db.$client.prepare(
    `SELECT account_number AS accountNumber, iban, opened_on AS openedOn FROM bank_accounts
     WHERE centre_id = ?`,
  ),
  ofCentre: db.$client.prepare(
    `SELECT c.account_number AS accountNumber, c.iban, c.opened_on AS openedOn, c.reason,
       c.corrected_on AS correctedOn, u.name AS correctedBy
     FROM bank_account_corrections c JOIN users u ON u.id = c.corrected_by
     WHERE c.centre_id = ? ORDER BY c.id`,
  ),
  // The day on which the account was entered, and the day of the letter on which it was opened.
  bounds: db.$client.prepare(
    `SELECT date(a.at, '+210 minutes') AS recordedOn, i.issued_on AS introducedOn
     FROM bank_accounts b JOIN acts a ON a.id = b.act_id
     JOIN introductions i ON i.id = b.introduction_id WHERE b.centre_id = ?`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO bank_account_corrections (centre_id, account_number, iban, opened_on, reason,
       corrected_on, corrected_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

/** How the account was corrected, the last time first, each beside what stood there before. */
export function accountCorrectionsOf(db: Db, centreId: number): AccountCorrection[] {
  let was = statements(db).first.get(centreId) as Particulars;
  const rows = statements(db).ofCentre.all(centreId) as Omit<AccountCorrection, 'was'>[];
  return rows
    .map((row) => {
      const correction = { ...row, was };
      const { accountNumber, iban, openedOn } = row;
      was = { accountNumber, iban, openedOn };
      return correction;
    })
    .reverse();
}

/**
 * Corrects what was written of the one account. Bank and owner stay what B-118 demands, and an
 * account that was opened after this one was recorded is another one.
 */
export function correctBankAccount(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { accountNumber, iban = null, openedOn, reason }: AccountCorrected,
): BankAccount {
  requirePower(actor, 'bank-accounts.introduce', centre);
  refuseClosed(tx, centre.id, actor.today, 'account');
  const known = bankAccountOrNone(tx, centre.id);
  const clause = oneBankAccount.id;
  if (!known) throw new Refusal('centres:refusals.no-account', { clause, mend: '/bank-account' });
  const { bank, ownerName } = known;
  refuseOtherAccount(centre, { bank, ownerName, accountNumber }, introductionOrNone(tx, centre.id));
  refuseOtherBanksIban(tx, iban);
  const before = { accountNumber: known.accountNumber, iban: known.iban, openedOn: known.openedOn };
  const after = { accountNumber, iban, openedOn };
  if (JSON.stringify(before) === JSON.stringify(after)) {
    throw new Refusal('centres:refusals.nothing-new', { field: 'accountNumber' });
  }
  refuseOthersAccount(tx, centre.id, after);
  refuseSecondAccount(tx, centre.id, openedOn);
  const act = record(tx, actor, {
    ...{ kind: 'bank-account.corrected', subject: `centres/${centre.code}/bank-account` },
    ...{ centreId: centre.id, before, after: { ...after, reason } },
  });
  statements(tx).insert.run(
    ...[centre.id, accountNumber, iban, openedOn, reason, actor.today, actor.user!.id, act.id],
  );
  tell(tx, actor, act, {
    ...{ key: 'centres:notices.account-corrected', said: { number: accountNumber } },
    ...{ href: '/bank-account', centreId: centre.id },
    to: [{ seat: 'chair' }, { seat: 'admin-finance' }],
  });
  return bankAccountOrNone(tx, centre.id)!;
}

function refuseSecondAccount(tx: Tx, centreId: number, openedOn: string): void {
  const { recordedOn, introducedOn } = statements(tx).bounds.get(centreId) as {
    recordedOn: string;
    introducedOn: string;
  };
  if (openedOn >= introducedOn && openedOn <= recordedOn) return;
  const key = openedOn < introducedOn ? 'opened-before-letter' : 'second-account';
  throw new Refusal(`centres:refusals.${key}`, {
    ...{ status: 422, clause: oneBankAccount.id, field: 'openedOn' },
  });
}
