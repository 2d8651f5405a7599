/** Official letters: composed of the province's words, numbered in the centre's series, kept. */
import type { Actor } from '../access/actor.ts';
import { refuseAbsentChair } from '../board/absent-chair.ts';
import { centreOnPaper } from '../centres/centre-on-paper.ts';
import type { Centre } from '../centres/centres.ts';
import { refuseClosed } from '../licence/permission.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { nextNumber, writtenNumber } from '../provinces/numbering.ts';
import { setting } from '../provinces/province.ts';
import { NotFound } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { commonValues } from '../templates/common-values.ts';
import { templateOn } from '../templates/templates.ts';
import { type Values, worded } from '../templates/wording.ts';
import type { Deed, Recorded } from '../trail/acts.ts';
import { fiscalYear } from '../values/jalali-date.ts';
import type { Annex, LetterTable, OfficialLetter, Witness } from './official-letter.ts';
import {
  findPaper,
  type IssuedPaper,
  issuePaper,
  LETTER_KINDS,
  type LetterKind,
} from './papers.ts';

/** A letter about to be issued; `values` fill the placeholders of its kind (templates/kinds.ts). */
export type LetterAsked = {
  centre: Centre;
  kind: LetterKind;
  /** On whose paper it is written. */
  head: OfficialLetter['head'];
  values: Values;
  /** One line each: the name with its honorific, then the office. */
  addressee: string[];
  tables?: LetterTable[];
  witnesses?: Witness[];
  annexes?: Annex[];
  /** Those of the template unless told. */
  copies?: string[];
  /** Whoever issues it, in the office he does it in, unless told. */
  signer?: OfficialLetter['signer'];
  deed: Omit<Deed, 'centreId'>;
};

export type IssuedLetter = { paperId: number; number: string; code: string; act: Recorded };

const statements = prepared((db) => ({
  insert: db.$client.prepare(
    `INSERT INTO issued_letters (centre_id, kind, head, year, number, issued_on, issued_by,
       paper_id, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

/**
 * Issues a letter under the centre's next number, in the words in force today, with its act in the
 * same transaction. Who may do so is for the verb to say that asks for it.
 */
export function issueLetter(tx: Tx, actor: Actor, asked: LetterAsked): IssuedLetter {
  const { centre, kind, head, deed } = asked;
  if (head === 'centre') {
    refuseClosed(tx, centre.id, actor.today, 'letterhead');
    refuseAbsentChair(tx, actor, centre.id);
  }
  const year = fiscalYear(actor.today);
  const serial = nextNumber(tx, 'letter', centre.id, year);
  const number = writtenNumber(year, serial, 4);
  const paper = issuePaper(tx, actor, {
    ...{ centreId: centre.id, kind, number, issuedOn: actor.today, deed },
    content: (code, verifyAddress) => ({
      ...composed(tx, actor, asked),
      ...{ number, issuedOn: actor.today, code, verifyAddress },
    }),
  });
  statements(tx).insert.run(
    ...[centre.id, kind, head, year, serial, actor.today, actor.user!.id, paper.id, paper.act.id],
  );
  return { paperId: paper.id, number, code: paper.code, act: paper.act };
}

type Composed = Omit<OfficialLetter, 'number' | 'issuedOn' | 'code' | 'verifyAddress'>;

/** What the letter will say, but for its number and code; also what a specimen says. */
export function composed(db: Db, actor: Actor, asked: LetterAsked): Composed {
  const { centre, kind, head, values, addressee } = asked;
  const { version, wording } = templateOn(db, kind, actor.today);
  const common = commonValues(db, centre, actor.today, wording.citations);
  const words = worded(kind, wording, { ...common, ...values });
  return {
    ...{ kind, lang: 'fa', head, template: version, ...words, addressee },
    committee: { province: setting(db, 'name') ?? '', county: centre.countyName },
    centre: centreOnPaper(db, centre),
    copies: asked.copies ?? words.copies,
    tables: asked.tables ?? [],
    witnesses: asked.witnesses ?? [],
    annexes: asked.annexes ?? [],
    signer: asked.signer ?? signerOf(db, actor),
  };
}

/** The committee's officer by his role, a trustee by the seat he acts in. */
function signerOf(db: Db, actor: Actor): OfficialLetter['signer'] {
  const t = wordsOn(db, actor.today);
  const name = actor.user?.name ?? '';
  if (actor.office) return { name, office: t(`common:roles.${actor.office.role}`) };
  const held = actor.seats.find(({ decreeId }) => actor.capacity === `decree:${decreeId}`);
  const seat = held ?? actor.seats[0];
  if (actor.capacity.startsWith('acting:')) return { name, office: t('board:acting') };
  return { name, office: seat ? t(`board:seats.${seat.seat}`) : '' };
}

export type Letter = IssuedPaper & { kind: LetterKind; says: OfficialLetter };

/** A letter of this centre; NotFound for a paper of another kind or another centre. */
export function findLetter(db: Db, centreId: number, paperId: number): Letter {
  const paper = findPaper(db, paperId);
  const kind = LETTER_KINDS.find((one) => one === paper.kind);
  if (paper.centreId !== centreId || kind === undefined) throw new NotFound();
  return { ...paper, kind, says: JSON.parse(paper.content) as OfficialLetter };
}
