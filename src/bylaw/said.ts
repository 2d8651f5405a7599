/** Clauses in the reader's words: what each says, how it stands, where it is mended. */
import type { Actor } from '../access/actor.ts';
import { may, type Place, POWERS, type Power } from '../access/powers.ts';
import { ltr } from '../paper/bidi.ts';
import { searchText, searchWords } from '../values/persian-text.ts';
import type { Show } from '../web/show.ts';
import type { Words } from '../words.ts';
import { type Chapter, clauses, type Duty, type ListedClause, seatsToldOf } from './clauses.ts';
import type { Bearing, State } from './compass.ts';
import { GUIDED } from './guided.ts';
import type { Mend } from './judgement.ts';

/** A clause as the bylaw's own page lists it. */
export type SaidClause = {
  id: string;
  chapter: Chapter;
  duty: Duty;
  title: string;
  words: string;
  /** What the program does about it today. */
  today: string;
  upheld: boolean;
  /** Whether the program does nothing about it at all. */
  isSilent: boolean;
};

export type ClauseFilter = { q: string; chapter: string; duty: string; practice: string };

/** The clauses that fit the filter, in their order. */
export function clausesSaid(t: Words, { q, chapter, duty, practice }: ClauseFilter): SaidClause[] {
  const asked = searchWords(q);
  return clauses
    .filter(
      (clause) =>
        (chapter === '' || clause.chapter === chapter) &&
        (duty === '' || clause.duty === duty) &&
        (practice === '' || (practice === 'yes') === (clause.upheld ?? false)),
    )
    .map((clause) => said(t, clause))
    .filter((clause) => asked.every((word) => isFound(clause, word)));
}

function said(t: Words, clause: ListedClause): SaidClause {
  const { id, chapter, duty } = clause;
  return {
    ...{ id, chapter, duty, upheld: clause.upheld ?? false },
    title: t(`bylaw:clauses.${id}.title`),
    words: t(`bylaw:clauses.${id}.words`),
    today: todayOf(t, clause),
    isSilent: !clause.upheld && !GUIDED[id] && seatsToldOf(id).length === 0,
  };
}

function todayOf(t: Words, { id, duty, upheld }: ListedClause): string {
  if (upheld) return t(`bylaw:clauses.${id}.today`);
  if (GUIDED[id]) return t(`bylaw:guided.${GUIDED[id]}`);
  // A duty is one seat's, or the clerical one that two seats share.
  const [one, other] = seatsToldOf(id).map((seat) => t(`board:seats.${seat}`));
  if (one) return t('bylaw:today-told', { seats: other ? t('bylaw:both', { one, other }) : one });
  return t(duty === 'guide' ? 'bylaw:today-guide' : 'bylaw:today-none');
}

/** A number means the clause of that number; a word is sought in what the clause says. */
function isFound({ id, title, words }: SaidClause, word: string): boolean {
  const number = /^(?:b-?)?(\d+)$/.exec(word)?.[1];
  return number ? id === `B-${number}` : searchText(`${title} ${words}`).includes(word);
}

/** One clause of the compass in words; `by` says who mends it where the reader may not. */
export type SaidBearing = {
  id: string;
  chapter: Chapter;
  duty: Duty;
  title: string;
  state: State;
  why: string;
  mend: { href: string; text: string; mine: boolean; by: string } | null;
  /** The page on which a guiding clause is brought to mind. */
  shown: { href: string; text: string; mine: boolean } | null;
};

/** Where the reader stands: what he may, and the addresses of his province and centre. */
export type Reader = {
  t: Words;
  show: Show;
  actor: Actor;
  place: NonNullable<Place>;
  province: string;
  home: string;
  /** Whether people read it, in whose lines a number needs an isolate around it. */
  isolated: boolean;
};

export function bearingSaid(reader: Reader, bearing: Bearing): SaidBearing {
  const { id, chapter, duty, state } = bearing;
  const title = reader.t(`bylaw:clauses.${id}.title`);
  const why = whySaid(reader, bearing);
  const mend = mendSaid(reader, id, bearing.mend);
  return { id, chapter, duty, title, state, why, mend, shown: shownSaid(reader, bearing) };
}

function whySaid({ t, show, isolated }: Reader, { why, told }: Bearing): string {
  const { name = '', county = '', number, day, count, seat } = told;
  const written = show.digits(number ?? '');
  return t(why, {
    ...{ name, county, number: isolated ? ltr(written) : written },
    day: day === undefined ? '' : show.day(day),
    // As text, so that it is shown in the reader's digits.
    count: count === undefined ? '' : show.number(count),
    seat: seat === undefined ? '' : t(`board:seats.${seat}`),
  });
}

function mendSaid(reader: Reader, id: string, mend: Mend | null): SaidBearing['mend'] {
  if (!mend) return null;
  const { t, actor, place, province, home } = reader;
  const { to, power, ofProvince = false } = mend;
  return {
    href: `${ofProvince ? province : home}${to}`,
    text: t(to === '/doctor' ? 'bylaw:compass.doctor' : `bylaw:mend.${id}`),
    mine: may(actor, power, place),
    by: t(`bylaw:compass.by.${holderOf(power)}`),
  };
}

function shownSaid(reader: Reader, { id, shown }: Bearing): SaidBearing['shown'] {
  const guide = GUIDED[id];
  if (!shown || !guide) return null;
  const { t, actor, place, province, home } = reader;
  const href = `${shown.ofProvince ? province : home}${shown.to}`;
  return { href, text: t(`bylaw:guided-at.${guide}`), mine: may(actor, shown.power, place) };
}

/** Who holds a power, told to those who do not. */
function holderOf(power: Power): 'committee' | 'chair' | 'board' {
  type Known = { roles?: readonly string[]; seats?: readonly string[]; tasks?: readonly string[] };
  const { roles, seats }: Known = POWERS[power];
  if (seats?.length === 1) return 'chair';
  return roles && !seats ? 'committee' : 'board';
}
