/** B-118: one account, at Sandoq-e Emdad-e Velayat, in the centre's name, on an introduction. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { holdersOn } from '../board/decree-rows.ts';
import { oneBankAccount } from '../bylaw/resources.ts';
import { licencesOf } from '../licence/licences.ts';
import { refuseClosed } from '../licence/permission.ts';
import { issuePaper } from '../paper/papers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { nextNumber, writtenNumber } from '../provinces/numbering.ts';
import { setting } from '../provinces/province.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { record } from '../trail/acts.ts';
import { isCardNumber } from '../values/bank-account.ts';
import { fiscalYear } from '../values/jalali-date.ts';
import { activityCodeOrNone } from './activity-codes.ts';
import { centreOnPaper } from './centre-on-paper.ts';
import type { Centre } from './centres.ts';
import type { IntroductionPaper } from './introduction-paper.ts';
import { introductionWords } from './introduction-words.ts';

/** The one bank, as it is kept and as programs name it. */
export const BANK = 'velayat';

export const INTRODUCTION_REASONS = ['lost', 'signatories'] as const;
export type IntroductionReason = (typeof INTRODUCTION_REASONS)[number];

export type Introduction = {
  id: number;
  number: string;
  issuedOn: string;
  issuedBy: string;
  paperId: number;
  /** Why it took the place of an earlier letter; null of the first. */
  reason: IntroductionReason | null;
  /** The day on which a later letter took its place, and why; null while it holds. */
  replacedOn: string | null;
  replacedFor: IntroductionReason | null;
};

export type BankAccount = {
  bank: string;
  ownerName: string;
  accountNumber: string;
  iban: string | null;
  openedOn: string;
  introduction: string;
  recordedBy: string;
};

export type AccountTyped = {
  bank?: string;
  ownerName?: string;
  accountNumber: string;
  iban?: string | null;
  openedOn: string;
};

const statements = prepared((db) => ({
  introductions: db.$client.prepare(
    `SELECT i.id, i.year || '-' || printf('%04d', i.number) AS number, i.issued_on AS issuedOn,
       u.name AS issuedBy, i.paper_id AS paperId, i.reason, later.issued_on AS replacedOn,
       later.reason AS replacedFor
     FROM introductions i JOIN users u ON u.id = i.issued_by
     LEFT JOIN introductions later ON later.replaces_id = i.id
     WHERE i.centre_id = ? ORDER BY i.id DESC`,
  ),
  introduce: db.$client.prepare(
    `INSERT INTO introductions (centre_id, year, number, issued_on, issued_by, paper_id, act_id,
       replaces_id, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  account: db.$client.prepare(
    `SELECT b.bank, b.owner_name AS ownerName, b.account_number AS accountNumber, b.iban,
       b.opened_on AS openedOn, u.name AS recordedBy,
       i.year || '-' || printf('%04d', i.number) AS introduction
     FROM current_bank_accounts b JOIN users u ON u.id = b.recorded_by
     JOIN introductions i ON i.id = b.introduction_id
     WHERE b.centre_id = ?`,
  ),
  holder: db.$client
    .prepare(
      `SELECT 1 FROM current_bank_accounts WHERE centre_id <> @centre AND (iban = @iban
         OR replace(replace(account_number, '-', ''), '.', '') = @digits)`,
    )
    .pluck(),
  otherBank: db.$client.prepare('SELECT 1 FROM other_banks WHERE code = ?').pluck(),
  record: db.$client.prepare('INSERT INTO bank_accounts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
}));

/** The committee's letters to the bank, the newest first; the others it has replaced. */
export function introductionsOf(db: Db, centreId: number): Introduction[] {
  return statements(db).introductions.all(centreId) as Introduction[];
}

/** The letter that holds; undefined while there is none. */
export function introductionOrNone(db: Db, centreId: number): Introduction | undefined {
  return introductionsOf(db, centreId)[0];
}

export function bankAccountOrNone(db: Db, centreId: number): BankAccount | undefined {
  return statements(db).account.get(centreId) as BankAccount | undefined;
}

/**
 * Issues the letter that introduces the centre to its bank, once it has its activity code. A second
 * letter takes the place of the one before, and says why.
 */
export function introduceToBank(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { reason: given }: { reason?: IntroductionReason } = {},
): Introduction {
  requirePower(actor, 'bank-accounts.introduce', centre);
  refuseClosed(tx, centre.id, actor.today, 'account');
  if (!activityCodeOrNone(tx, centre.id)) {
    throw new Refusal('centres:refusals.introduce-after-code', {
      ...{ clause: oneBankAccount.id, mend: '/activity-code' },
    });
  }
  const before = introductionOrNone(tx, centre.id);
  if (before && !given) throw new Refusal('centres:refusals.introduced', { field: 'reason' });
  const reason = before ? given! : null;
  const year = fiscalYear(actor.today);
  const serial = nextNumber(tx, 'letter', centre.id, year);
  const number = writtenNumber(year, serial, 4);
  const paper = issuePaper(tx, actor, {
    ...{ centreId: centre.id, kind: 'introduction', number, issuedOn: actor.today },
    content: (code, verifyAddress) => letterOf(tx, actor, centre, { number, code, verifyAddress }),
    deed: {
      ...{ kind: 'centre.introduced', subject: `introductions/${number}` },
      after: { number, replaces: before?.number ?? null, reason },
    },
  });
  statements(tx).introduce.run(
    ...[centre.id, year, serial, actor.today, actor.user!.id, paper.id, paper.act.id],
    ...[before?.id ?? null, reason],
  );
  return introductionOrNone(tx, centre.id)!;
}

/** Records the account the bank opened. */
export function recordBankAccount(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { bank = BANK, ownerName = centre.name, accountNumber, iban = null, openedOn }: AccountTyped,
): BankAccount {
  requirePower(actor, 'bank-accounts.record', centre);
  refuseClosed(tx, centre.id, actor.today, 'account');
  const introduction = introductionOrNone(tx, centre.id);
  const typed = { bank, ownerName, accountNumber };
  refuseOtherAccount(centre, typed, introduction);
  refuseOtherBanksIban(tx, iban);
  if (bankAccountOrNone(tx, centre.id)) throw new Refusal('centres:refusals.account-recorded');
  refuseOthersAccount(tx, centre.id, { accountNumber, iban });
  if (openedOn > actor.today || openedOn < introduction!.issuedOn) {
    const late = openedOn > actor.today;
    throw new Refusal(`centres:refusals.${late ? 'future-day' : 'opened-before-letter'}`, {
      ...{ status: 422, field: 'openedOn' },
    });
  }
  const act = record(tx, actor, {
    ...{ kind: 'bank-account.recorded', subject: `centres/${centre.code}/bank-account` },
    ...{ centreId: centre.id, after: { ...typed, iban, openedOn } },
  });
  statements(tx).record.run(
    ...[centre.id, bank, ownerName, accountNumber, iban, introduction!.id, openedOn],
    ...[actor.user!.id, act.id],
  );
  return bankAccountOrNone(tx, centre.id)!;
}

/** B-118: an IBAN says of which bank it is, and that of another bank is refused. */
export function refuseOtherBanksIban(db: Db, iban: string | null): void {
  if (iban === null || statements(db).otherBank.get(iban.slice(4, 7)) === undefined) return;
  throw new Refusal('centres:refusals.iban-of-other-bank', {
    ...{ status: 422, clause: oneBankAccount.id, field: 'iban' },
  });
}

/** The account of one centre is no other's (B-118). */
export function refuseOthersAccount(
  tx: Tx,
  centreId: number,
  { accountNumber, iban = null }: { accountNumber: string; iban?: string | null },
): void {
  const digits = accountNumber.replaceAll(/\D/g, '');
  if (statements(tx).holder.get({ centre: centreId, iban, digits }) === undefined) return;
  throw new Refusal('centres:refusals.others-account', {
    ...{ clause: oneBankAccount.id, field: 'accountNumber' },
  });
}

type Typed = { bank: string; ownerName: string; accountNumber: string };

/** B-118, said of the part that breaks it. */
export function refuseOtherAccount(
  centre: Centre,
  typed: Typed,
  introduction?: Introduction,
): void {
  const isCard = sixteenDigits(typed.accountNumber) || isCardNumber(typed.accountNumber);
  const introduced = introduction !== undefined;
  const facts = { bank: typed.bank, ownerName: typed.ownerName, centreName: centre.name };
  if (oneBankAccount.holds({ ...facts, introduced, isCardNumber: isCard })) return;
  const clause = oneBankAccount.id;
  if (!introduced) throw new Refusal('centres:refusals.no-introduction', { clause });
  const wrong =
    typed.bank !== BANK
      ? { key: 'other-bank', field: 'bank' }
      : isCard
        ? { key: 'card-number', field: 'accountNumber' }
        : { key: 'other-owner', field: 'ownerName' };
  const values = { name: centre.name };
  throw new Refusal(`centres:refusals.${wrong.key}`, {
    ...{ status: 422, clause, field: wrong.field, values },
  });
}

/** As the file's own check has it: no account of this bank has as many digits as a card. */
const sixteenDigits = (number: string): boolean => number.replaceAll(/\D/g, '').length === 16;

type Carried = { number: string; code: string; verifyAddress: string };

function letterOf(tx: Tx, actor: Actor, centre: Centre, carried: Carried): IntroductionPaper {
  const t = wordsOn(tx, actor.today);
  const licence = licencesOf(tx, centre.id)[0]!;
  const holders = holdersOn(tx, centre.id, actor.today);
  const says: IntroductionPaper = {
    ...{ kind: 'introduction', lang: 'fa', ...carried, issuedOn: actor.today },
    committee: { province: setting(tx, 'name') ?? '', county: centre.countyName },
    centre: centreOnPaper(tx, centre),
    licence: { number: licence.number, from: licence.fromOn, to: licence.toOn },
    branch: '',
    signatories: (['chair', 'admin-finance'] as const).map((seat) => {
      const holder = holders.get(seat);
      const office = t(`board:seats.${seat}`);
      if (!holder) return { name: BLANK, office, nationalId: null };
      return { name: holder.name, office, nationalId: holder.nationalId };
    }),
    signer: { name: actor.user!.name, office: t(`common:roles.${actor.office!.role}`) },
  };
  return { ...says, ...introductionWords(tx, centre, says, t) };
}

/** A place to write a name by hand, while the seat is empty. */
const BLANK = '.'.repeat(30);
