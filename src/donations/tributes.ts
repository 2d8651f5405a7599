/** Cards in somebody's memory or name: for a gift that stands, without its amount unless asked. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { centreOnPaper } from '../centres/centre-on-paper.ts';
import type { Centre } from '../centres/centres.ts';
import { issuePaper } from '../paper/papers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { commonValues } from '../templates/common-values.ts';
import { templateOn } from '../templates/templates.ts';
import { worded } from '../templates/wording.ts';
import { findDonor } from './donors.ts';
import { type Receipt, receiptNumber } from './receipts.ts';
import type { TRIBUTES } from './schema.ts';
import type { TributePaper } from './tribute-paper.ts';

export type TributeKind = (typeof TRIBUTES)[number];

export type TributeTyped = {
  tribute: TributeKind;
  /** Whose memory or whose name it is. */
  named: string;
  occasion?: string;
  addressee: string;
  showsGiver: boolean;
  showsAmount: boolean;
};

export type Tribute = {
  id: number;
  tribute: TributeKind;
  named: string;
  occasion: string | null;
  addressee: string;
  /** Whether the giver is named on it. */
  showsGiver: number;
  issuedOn: string;
  issuedBy: string;
  paperId: number;
};

const statements = prepared((db) => ({
  ofGift: db.$client.prepare(
    `SELECT t.id, t.tribute, t.named, t.occasion, t.addressee, t.shows_giver AS showsGiver,
       t.issued_on AS issuedOn,
       u.name AS issuedBy, t.paper_id AS paperId
     FROM tributes t JOIN users u ON u.id = t.issued_by WHERE t.donation_id = ? ORDER BY t.id DESC`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO tributes (donation_id, tribute, named, occasion, addressee, shows_giver,
       shows_amount, issued_on, issued_by, paper_id, act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  fate: db.$client.prepare(
    `SELECT (SELECT c.cancelled_on FROM receipts r JOIN receipt_cancellations c
         ON c.receipt_id = r.id WHERE r.donation_id = t.donation_id) AS cancelledOn,
       (SELECT min(issued_on) FROM tributes WHERE donation_id = t.donation_id AND id > t.id)
         AS replacedOn
     FROM tributes t WHERE t.paper_id = ?`,
  ),
}));

/** The cards of a gift, the newest first: that one holds. */
export function tributesOf(db: Db, donationId: number): Tribute[] {
  return statements(db).ofGift.all(donationId) as Tribute[];
}

/** What became of a card: it falls with its gift's receipt, or to a newer card. */
export function tributeFate(db: Db, paperId: number) {
  const fate = statements(db).fate.get(paperId) as {
    cancelledOn: string | null;
    replacedOn: string | null;
  };
  if (fate.cancelledOn) return { state: 'over' as const, since: fate.cancelledOn };
  if (fate.replacedOn) return { state: 'replaced' as const, since: fate.replacedOn };
  return { state: 'valid' as const, since: undefined };
}

/** Issues a card for a gift that stands; a later one takes its place. */
export function issueTribute(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  receipt: Receipt,
  typed: TributeTyped,
): Tribute {
  requirePower(actor, 'tributes.issue', centre);
  if (receipt.cancellation) throw new Refusal('donations:refusals.tribute-cancelled');
  const giver = giverOf(tx, centre, receipt);
  if (typed.showsGiver && giver === null) {
    const field = 'showsGiver';
    throw new Refusal('donations:refusals.tribute-giver', { status: 422, clause: 'B-104', field });
  }
  const number = `${receiptNumber(receipt)}-${tributesOf(tx, receipt.donationId).length + 1}`;
  const { tribute, named, occasion = null, addressee, showsGiver, showsAmount } = typed;
  const paper = issuePaper(tx, actor, {
    ...{ centreId: centre.id, kind: 'tribute', number, issuedOn: actor.today },
    content: (code, verifyAddress): TributePaper => ({
      ...{ kind: 'tribute', lang: 'fa', centre: centreOnPaper(tx, centre), number },
      ...{ issuedOn: actor.today, code, verifyAddress },
      ...cardWords(tx, actor, centre, { ...typed, giver, amountRial: receipt.amountRial }),
    }),
    deed: {
      ...{ kind: 'tribute.issued', subject: `tributes/${number}` },
      after: { donation: receipt.donationId, tribute, named, occasion, addressee },
    },
  });
  const shows = [showsGiver ? 1 : 0, showsAmount ? 1 : 0];
  statements(tx).insert.run(
    ...[receipt.donationId, tribute, named, occasion, addressee, ...shows],
    ...[actor.today, actor.user!.id, paper.id, paper.act.id],
  );
  return tributesOf(tx, receipt.donationId)[0]!;
}

/** The donor's name where it may stand on paper (B-104). */
export function giverOf(db: Db, centre: Centre, { donorId, mayBeNamed }: Receipt): string | null {
  if (donorId === null || mayBeNamed !== 1) return null;
  return findDonor(db, centre.id, donorId).name;
}

type OnCard = TributeTyped & { giver: string | null; amountRial: number };

/** In the wording of the province, with nothing of the amount unless it was asked for. */
function cardWords(tx: Tx, actor: Actor, centre: Centre, card: OnCard) {
  const t = wordsOn(tx, actor.today);
  const { wording } = templateOn(tx, 'tribute', actor.today);
  const { tribute, named, occasion, addressee, showsGiver, showsAmount } = card;
  const { title, greeting, paragraphs, closing } = worded('tribute', wording, {
    ...commonValues(tx, centre, actor.today, wording.citations),
    dedication: t(`donations:tribute.dedication.${tribute}`, { named }),
    wish: t(`donations:tribute.wish.${tribute}`),
    giver: (showsGiver && card.giver) || t('donations:tribute.a-giver'),
    ...{ occasion, addressee, amount: showsAmount ? card.amountRial : null },
  });
  const told = paragraphs.filter((block) => typeof block === 'string');
  return { title, greeting, paragraphs: told, closing };
}
