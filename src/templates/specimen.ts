/** A specimen: how a paper of this kind would look in these words. Never numbered, never kept. */
import type { Actor } from '../access/actor.ts';
import { withoutMarks } from '../paper/bidi.ts';
import type { Annex, LetterTable, OfficialLetter, Witness } from '../paper/official-letter.ts';
import { verifyAddress } from '../paper/papers.ts';
import type { CentreOnPaper } from '../paper/print-mark.ts';
import type { Db } from '../provinces/connection.ts';
import { setting } from '../provinces/province.ts';
import { addDays } from '../values/jalali-date.ts';
import type { Words } from '../words.ts';
import { boardNameOn, wordsOn } from './board-name.ts';
import { commonSaid } from './common-values.ts';
import { placeholdersOf, type TemplateKind, type ValueKind } from './kinds.ts';
import { type Value, type Values, type Wording, worded } from './wording.ts';

/** Kinds that are written on the centre's own paper; all others are on the committee's. */
const CENTRES: readonly TemplateKind[] = [
  ...(['decree-centre', 'coordination-request', 'change-request', 'handover'] as const),
  ...([
    'assignment',
    'survey',
    'asset-list',
    'section-report',
    'cash-count',
    'reconciliation',
    'financial-plan',
    'intention',
  ] as const),
  ...(['tribute', 'pledge-reminder'] as const),
  ...(['assignment', 'survey', 'asset-list', 'section-report'] as const),
  ...(['box-count', 'receipt-book'] as const),
  ...(['appraisal', 'gift-request', 'thanks', 'monthly-pack'] as const),
  ...(['goods-intention', 'statement-notes'] as const),
];

/** What the specimen says, with an invented centre and invented people. */
export function specimenOf(
  db: Db,
  actor: Actor,
  { kind, version, wording }: { kind: TemplateKind; version: number; wording: Wording },
): OfficialLetter {
  const t = wordsOn(db, actor.today);
  const head = CENTRES.includes(kind) ? 'centre' : 'committee';
  const words = worded(kind, wording, valuesOf(db, actor, kind, wording, t));
  const office = head === 'centre' ? 'board:seats.chair' : 'common:roles.county-head';
  return {
    // A specimen of a decree or an introduction is drawn by the same hand as a letter.
    ...{ ...words, kind: kind as OfficialLetter['kind'], lang: 'fa', head, template: version },
    ...{ number: t('templates:specimen.number'), issuedOn: actor.today, code: '' },
    verifyAddress: verifyAddress(db),
    committee: { province: setting(db, 'name') ?? '', county: t('templates:specimen.county') },
    centre: inventedCentre(t),
    addressee: [t('templates:specimen.addressee')],
    signer: { name: t('templates:specimen.signer'), office: t(office) },
    ...{ tables: tablesOf(kind, t), witnesses: witnessesOf(kind, t), annexes: annexesOf(kind, t) },
  };
}

function inventedCentre(t: Words): CentreOnPaper {
  const say = (key: string) => t(`templates:specimen.${key}`);
  return {
    ...{ name: say('centre'), place: say('place'), address: say('address') },
    ...{ postalCode: null, phone: null, activityCode: say('activityCode') },
  };
}

function valuesOf(db: Db, actor: Actor, kind: TemplateKind, wording: Wording, t: Words): Values {
  const invented = {
    ...{ name: t('templates:specimen.centre'), place: t('templates:specimen.place') },
    ...{
      county: t('templates:specimen.county'),
      activityCode: t('templates:specimen.activityCode'),
    },
  };
  const board = boardNameOn(db, actor.today);
  const common = commonSaid(db, invented, { day: actor.today, cited: wording.citations, board });
  const own = Object.entries(placeholdersOf(kind))
    .filter(([name]) => !(name in common))
    .map(([name, { kind: as }]): [string, Value] => [
      name,
      inventedValue(name, as, actor.today, t),
    ]);
  return { ...common, ...Object.fromEntries(own) };
}

function inventedValue(name: string, as: ValueKind, today: string, t: Words): Value {
  if (as === 'day') return name === 'toOn' || name === 'untilOn' ? addDays(today, 365) : today;
  if (as === 'count') return 3;
  if (as === 'rial') return 48_500_000;
  if (as === 'code') return t('templates:specimen.code');
  if (as === 'list') return ['1', '2'].map((at) => t(`templates:specimen.list.${at}`));
  return t(`templates:specimen.values.${name}`);
}

/** How one placeholder reads in a specimen, so that its meaning is seen. */
export function exampleOf(db: Db, actor: Actor, kind: TemplateKind, name: string): string {
  const wording = { ...EMPTY, paragraphs: [`{{${name}}}`], citations: ['statute'] };
  const [block] = specimenOf(db, actor, { kind, version: 0, wording }).paragraphs;
  if (block === undefined) return '';
  return withoutMarks(typeof block === 'string' ? block : block.list.join('\u060c '));
}

const EMPTY: Wording = {
  ...{ title: '', subject: '', greeting: '', paragraphs: [], closing: '', copies: [] },
  citations: [],
};

function tablesOf(kind: TemplateKind, t: Words): LetterTable[] {
  if (kind !== 'asset-list' && kind !== 'handover') return [];
  const say = (key: string) => t(`templates:specimen.table.${key}`);
  return [
    {
      title: say('title'),
      columns: [
        { title: say('row'), kind: 'count', width: 1 },
        { title: say('thing'), kind: 'text', width: 5 },
        { title: say('code'), kind: 'code', width: 2 },
        { title: say('value'), kind: 'rial', width: 3 },
      ],
      rows: [
        [1, say('desk'), '105-01', 18_500_000],
        [2, say('safe'), '105-02', 30_000_000],
      ],
      total: [null, null, null, 48_500_000],
    },
  ];
}

function witnessesOf(kind: TemplateKind, t: Words): Witness[] {
  if (kind !== 'asset-list' && kind !== 'handover') return [];
  return ['1', '2', '3'].map((at) => ({
    ...{ name: null, office: t(`templates:specimen.witnesses.${at}`) },
  }));
}

function annexesOf(kind: TemplateKind, t: Words): Annex[] {
  if (!kind.startsWith('decree-')) return [];
  const items = ['1', '2'].map((at) => t(`templates:specimen.duties.${at}`));
  const acceptedBy = t('templates:specimen.values.person');
  return [{ title: t('paper:decree.annex'), items, acceptedBy }];
}
