/** What the province's words rest on, as the compass asks of it: the memorandum and the bases. */
import type { Db } from '../provinces/connection.ts';
import { type CitationState, citationState, citationsOf, citedOn } from './citations.ts';
import { TEMPLATE_KINDS, type TemplateKind } from './kinds.ts';
import { memorandumOrNone } from './memoranda.ts';
import { type Template, templateOn } from './templates.ts';

export type BasisFacts = {
  key: string;
  clause: string;
  title: string;
  state: CitationState;
  validTo: string | null;
  /** How many kinds of papers have it among their citations today. */
  citedIn: number;
};

export type TemplateFacts = {
  memorandum: { number: string; signedOn: string } | null;
  bases: BasisFacts[];
  /** What licences and decrees issued today would cite, by kind; null if nothing. */
  cites: Record<'licence' | 'decree-committee' | 'decree-centre', string | null>;
};

export function templateFacts(db: Db, today: string): TemplateFacts {
  const templates = TEMPLATE_KINDS.map((kind) => templateOn(db, kind, today));
  const memorandum = memorandumOrNone(db) ?? null;
  const cited = (kind: TemplateKind) => firstCited(db, templates, kind, today);
  return {
    memorandum: memorandum && { number: memorandum.number, signedOn: memorandum.signedOn },
    bases: basesOf(db, templates, today),
    cites: {
      licence: cited('licence'),
      'decree-committee': cited('decree-committee'),
      'decree-centre': cited('decree-centre'),
    },
  };
}

function basesOf(db: Db, templates: Template[], today: string): BasisFacts[] {
  return citationsOf(db).flatMap((one) => {
    const { key, clause, title, validTo } = one;
    if (clause === null) return [];
    const citedIn = templates.filter(({ wording }) => wording.citations.includes(key)).length;
    return [{ key, clause, title, validTo, citedIn, state: citationState(one, today) }];
  });
}

function firstCited(db: Db, templates: Template[], kind: TemplateKind, day: string): string | null {
  const { wording } = templates.find((one) => one.kind === kind)!;
  return citedOn(db, wording.citations, day)[0]?.title ?? null;
}
