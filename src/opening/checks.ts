/** Self-checks of a centre's way: what was proposed, lent, received, sealed and taught, as acts say. */
import { createHash } from 'node:crypto';
import { asActsSay, type Check } from '../provinces/check.ts';
import type { Db } from '../provinces/connection.ts';

/** The image of a seal is the one whose hash its act carries. */
function changedImage(db: Db): string | null {
  const rows = db.$client
    .prepare(
      `SELECT s.id, s.image, a.after ->> '$.image' AS told FROM seals s
       JOIN acts a ON a.id = s.act_id`,
    )
    .iterate() as Iterable<{ id: number; image: Buffer | null; told: string | null }>;
  for (const { id, image, told } of rows) {
    const found = image && createHash('sha256').update(image).digest('hex');
    if (found !== told) return `the image of seal ${id} is not the one of its act`;
  }
  return null;
}

export const openingChecks: Check[] = [
  {
    name: 'opening-acts',
    run: asActsSay(
      {
        ...{ table: 'seat_proposals', kind: 'seat.proposed', by: 'proposed_by', on: 'proposed_on' },
        says: { seat: 't.seat', person: 't.person_id' },
      },
      {
        ...{ table: 'premises', kind: 'premises.recorded', by: 'recorded_by', on: 'recorded_on' },
        says: { owner: 't.owner', address: 't.address', letterNumber: 't.letter_number' },
      },
      {
        ...{ table: 'equipment', kind: 'equipment.received', by: 'recorded_by' },
        says: { assetNumber: 't.asset_number', kind: 't.kind', receivedOn: 't.received_on' },
      },
      {
        ...{ table: 'equipment_states', kind: 'equipment.marked', by: 'recorded_by' },
        says: { state: 't.state', reason: 't.reason', sinceOn: 't.since_on' },
      },
      {
        ...{ table: 'seals', kind: 'seal.recorded', by: 'recorded_by', on: 'recorded_on' },
        says: { madeOn: 't.made_on', patternNumber: 't.pattern_number', keeper: 't.keeper_seat' },
      },
      {
        ...{ table: 'seal_endings', kind: 'seal.ended', by: 'recorded_by', on: 'ended_on' },
        says: { how: 't.how', reason: 't.reason' },
      },
      {
        ...{ table: 'trainings', kind: 'training.recorded', by: 'recorded_by' },
        says: { personId: 't.person_id', subject: 't.subject', hours: 't.hours' },
      },
      {
        ...{ table: 'practice_rules', kind: 'practice.ruled', by: 'set_by' },
        says: { untrained: 't.untrained_practise', fromOn: 't.from_on' },
      },
      {
        ...{ table: 'practice_turns', kind: 'practice.turned', by: 'user_id' },
        says: { practises: 't.practises' },
      },
      {
        ...{ table: 'training_corrections', kind: 'training.corrected' },
        ...{ by: 'corrected_by', on: 'corrected_on' },
        says: {
          ...{ training: 't.training_id', subject: 't.subject', trainedOn: 't.trained_on' },
          ...{ hours: 't.hours', trainer: 't.trainer', reason: 't.reason' },
          withdrawn: 't.is_withdrawn',
        },
      },
    ),
  },
  { name: 'seal-images', run: changedImage },
];
