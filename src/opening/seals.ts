/** B-117: the official seal: made after the activity code, by the committee's pattern, one at a time. */
import { createHash } from 'node:crypto';
import type { Actor } from '../access/actor.ts';
import { requirePower, type Seat } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { oneSealAfterCode } from '../bylaw/opening.ts';
import { activityCodeOrNone } from '../centres/activity-codes.ts';
import type { Centre } from '../centres/centres.ts';
import { refuseClosed } from '../licence/permission.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';

/** The seats that may keep the seal. */
export const KEEPERS = ['chair', 'vice-chair', 'admin-finance'] as const satisfies readonly Seat[];
export const SEAL_ENDINGS = ['withdrawn', 'lost'] as const;
export const SEAL_BYTES_MAX = 307_200;

export type SealTyped = {
  madeOn: string;
  patternNumber: string;
  patternOn: string;
  keeper: (typeof KEEPERS)[number];
  image?: Buffer;
};

export type Seal = Omit<SealTyped, 'image'> & {
  id: number;
  hasImage: boolean;
  recordedOn: string;
  recordedBy: string;
  how: (typeof SEAL_ENDINGS)[number] | null;
  endedOn: string | null;
  reason: string | null;
};

export type SealEnding = { how: (typeof SEAL_ENDINGS)[number]; reason: string };

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(
    `SELECT s.id, s.made_on AS madeOn, s.pattern_number AS patternNumber,
       s.pattern_on AS patternOn, s.keeper_seat AS keeper, s.image IS NOT NULL AS hasImage,
       s.recorded_on AS recordedOn, u.name AS recordedBy, e.how, e.ended_on AS endedOn, e.reason
     FROM seals s JOIN users u ON u.id = s.recorded_by
     LEFT JOIN seal_endings e ON e.seal_id = s.id WHERE s.centre_id = ? ORDER BY s.id DESC`,
  ),
  image: db.$client.prepare(
    `SELECT image, image_type AS type FROM seals
     WHERE centre_id = ? AND id = ? AND image IS NOT NULL`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO seals (centre_id, made_on, pattern_number, pattern_on, keeper_seat, image,
       image_type, recorded_on, recorded_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  end: db.$client.prepare('INSERT INTO seal_endings VALUES (?, ?, ?, ?, ?, ?)'),
}));

/** The seals of a centre, the newest first; the first without an ending is in use. */
export function sealsOf(db: Db, centreId: number): Seal[] {
  const rows = statements(db).ofCentre.all(centreId) as (Omit<Seal, 'hasImage'> & {
    hasImage: number;
  })[];
  return rows.map((row) => ({ ...row, hasImage: row.hasImage === 1 }));
}

export function sealInUse(db: Db, centreId: number): Seal | undefined {
  return sealsOf(db, centreId).find(({ how }) => how === null);
}

/** The image of a seal as it was given, with its type; throws NotFound. */
export function sealImage(db: Db, centreId: number, id: number): { image: Buffer; type: string } {
  const found = statements(db).image.get(centreId, id) as
    | { image: Buffer; type: string }
    | undefined;
  if (!found) throw new NotFound();
  return found;
}

/** Records the seal that was made; before the activity code there is none (B-117). */
export function recordSeal(tx: Tx, actor: Actor, centre: Centre, typed: SealTyped): Seal {
  requirePower(actor, 'seals.record', centre);
  refuseClosed(tx, centre.id, actor.today, 'letterhead');
  const coded = activityCodeOrNone(tx, centre.id) !== undefined;
  if (coded && sealInUse(tx, centre.id)) {
    throw new Refusal('opening:refusals.sealed', { clause: oneSealAfterCode.id, mend: '/seal' });
  }
  uphold(oneSealAfterCode, { coded, sealed: false }, { mend: '/activity-code' });
  const { madeOn, patternNumber, patternOn, keeper, image } = typed;
  if (madeOn > actor.today) throw field('future-day', 'madeOn');
  if (madeOn < patternOn) throw field('before-pattern', 'madeOn');
  const type = image && imageType(image);
  const sha256 = image && createHash('sha256').update(image).digest('hex');
  const act = record(tx, actor, {
    ...{ kind: 'seal.recorded', subject: `centres/${centre.code}/seal`, centreId: centre.id },
    after: { madeOn, patternNumber, patternOn, keeper, image: sha256 ?? null },
  });
  statements(tx).insert.run(
    ...[centre.id, madeOn, patternNumber, patternOn, keeper, image ?? null, type ?? null],
    ...[actor.today, actor.user!.id, act.id],
  );
  return sealInUse(tx, centre.id)!;
}

/** Takes the seal in use out of use, withdrawn or lost; another may be made then. */
export function endSeal(tx: Tx, actor: Actor, centre: Centre, { how, reason }: SealEnding): Seal {
  requirePower(actor, 'seals.record', centre);
  const seal = sealInUse(tx, centre.id);
  if (!seal) throw new Refusal('opening:refusals.no-seal');
  const act = record(tx, actor, {
    ...{ kind: 'seal.ended', subject: `centres/${centre.code}/seal`, centreId: centre.id },
    after: { how, reason, endedOn: actor.today },
  });
  statements(tx).end.run(seal.id, how, actor.today, reason, actor.user!.id, act.id);
  return sealsOf(tx, centre.id).find(({ id }) => id === seal.id)!;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/** What an image is, told by its first bytes and never by its name; another or a larger is refused. */
function imageType(image: Buffer): 'image/png' | 'image/jpeg' {
  if (image.length > SEAL_BYTES_MAX) throw field('image-too-large', 'image');
  if (image.subarray(0, PNG.length).equals(PNG)) return 'image/png';
  if (image.subarray(0, JPEG.length).equals(JPEG)) return 'image/jpeg';
  throw field('no-image', 'image');
}

const field = (key: string, name: string) =>
  new Refusal(`opening:refusals.${key}`, { status: 422, field: name });
