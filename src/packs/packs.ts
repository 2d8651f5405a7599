/** B-133: the papers of a month, sealed as one pack under a letter, and the mark of its handing over. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { issueLetter } from '../paper/letters.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { booksOfMonth, documentedIn, sumsOf, unsentOf } from './documented.ts';
import { type Draft, MANIFEST } from './making.ts';
import { type Month, writtenMonth } from './months.ts';
import { packLetter } from './pack-letter.ts';
import { findPack, type Pack, packsOfMonth } from './pack-rows.ts';
import { unsentScans } from './scans.ts';
import type { Way } from './schema.ts';

const statements = prepared(({ $client: client }) => ({
  next: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM packs').pluck(),
  newest: client.prepare('SELECT coalesce(max(id), 0) FROM entries').pluck(),
  row: client.prepare('INSERT INTO pack_rows VALUES (?, ?, ?, ?)'),
  file: client.prepare('INSERT INTO pack_files (pack_id, name, sha256, bytes) VALUES (?, ?, ?, ?)'),
  scan: client.prepare('INSERT INTO pack_scans VALUES (?, ?, ?)'),
  pack: client.prepare('INSERT INTO packs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  nextHanding: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM pack_handings').pluck(),
  hand: client.prepare('INSERT INTO pack_handings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
}));

/** The number of the month's next pack: 1 is its own, those after it correct it. */
export const nextNth = (db: Db, centreId: number, month: Month): number =>
  packsOfMonth(db, centreId, month).length + 1;

/**
 * Seals the files of a month under the centre's next letter. Refuses a month that has not ended, one
 * of which nothing is new, papers that say other than the books, and files overtaken by an entry.
 */
export function issuePack(tx: Tx, actor: Actor, centre: Centre, draft: Draft): Pack {
  requirePower(actor, 'packs.issue', centre);
  const { month, nth, rows, scans, files } = draft;
  if (month.to >= actor.today) throw refused('month-not-ended');
  if (rows.length === 0 && scans.length === 0) {
    throw refused(nth === 1 ? 'empty' : 'nothing-new');
  }
  refuseOvertaken(tx, centre, draft);
  refuseDisagreeing(tx, centre, month);
  const id = statements(tx).next.get() as number;
  for (const { entryId, list, amountRial } of rows) {
    statements(tx).row.run(id, entryId, list, amountRial);
  }
  for (const { name, sha256, bytes } of files) statements(tx).file.run(id, name, sha256, bytes);
  for (const scan of scans) statements(tx).scan.run(id, scan.id, scan.name);
  const sums = sumsOf(rows);
  const seal = files.find(({ name }) => name === MANIFEST)!.sha256;
  const { paperId, number, act } = issueLetter(tx, actor, packLetter(tx, actor, centre, draft));
  statements(tx).pack.run(
    ...[id, centre.id, month.year, month.month, nth, month.from, month.to],
    ...[statements(tx).newest.get(), sums.receipts.rial, sums.payments.rial, sums.deliveries.rial],
    ...[seal, actor.today, actor.user!.id, paperId, act.id],
  );
  tell(tx, actor, act, {
    key: `packs:notices.${nth === 1 ? 'made' : 'corrected'}`,
    said: { month: writtenMonth(month), number },
    ...{ href: `/packs/${writtenMonth(month)}`, centreId: centre.id },
    to: [{ role: 'county-head', countyId: centre.countyId }],
  });
  return findPack(tx, centre.id, month, nth);
}

export type Handed = { receiver: string; way: Way; secretariatNumber: string; handedOn: string };

/** Marks to whom the pack was handed, when, how, and under which number of the committee's office. */
export function handPack(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { pack, handed }: { pack: Pack; handed: Handed },
): Pack {
  requirePower(actor, 'packs.hand', centre);
  const { receiver, way, secretariatNumber, handedOn } = handed;
  if (handedOn < pack.issuedOn || handedOn > actor.today) {
    throw new Refusal('packs:refusals.handed-day', {
      ...{ status: 422, field: 'handedOn', clause: 'B-133', values: { issuedOn: pack.issuedOn } },
    });
  }
  const month = writtenMonth(pack);
  const act = record(tx, actor, {
    ...{ kind: 'pack.handed', subject: `packs/${month}-${pack.nth}`, centreId: centre.id },
    before: pack.handing,
    after: { month, nth: pack.nth, ...handed },
  });
  statements(tx).hand.run(
    ...[statements(tx).nextHanding.get(), pack.id, receiver, way, secretariatNumber, handedOn],
    ...[actor.today, actor.user!.id, act.id],
  );
  const { year, month: of, fromOn: from, toOn: to } = pack;
  return findPack(tx, centre.id, { year, month: of, from, to }, pack.nth);
}

/** What was entered while the files were being written is not left out of them. */
function refuseOvertaken(tx: Tx, centre: Centre, { month, nth, rows, scans }: Draft): void {
  const told = (one: object) => JSON.stringify(one);
  const same =
    nextNth(tx, centre.id, month) === nth &&
    told(unsentOf(tx, centre.id, month)) === told(rows) &&
    told(unsentScans(tx, centre.id, month)) === told(scans);
  if (!same) throw refused('overtaken');
}

/** The papers of the month come to what its books come to, one by one and together. */
function refuseDisagreeing(tx: Tx, centre: Centre, month: Month): void {
  const rows = documentedIn(tx, centre.id, month);
  const stray = rows.find(({ amountRial, paperRial }) => amountRial !== paperRial);
  const [books, papers] = [booksOfMonth(tx, centre.id, month), sumsOf(rows)];
  if (!stray && JSON.stringify(books) === JSON.stringify(papers)) return;
  throw new Refusal('packs:refusals.disagrees', {
    ...{ clause: 'B-133', values: { number: stray?.entry ?? '' } },
    mend: stray ? `/books/journal/${stray.entry}` : '/books/journal',
  });
}

const refused = (key: string) => new Refusal(`packs:refusals.${key}`, { clause: 'B-133' });
