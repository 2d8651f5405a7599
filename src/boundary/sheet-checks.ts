/** Self-checks of map sheets, permits and links: what the trail and the papers say of them. */
import { asActsSay, type Check, either, first } from '../provinces/check.ts';

export const sheetChecks: Check[] = [
  {
    name: 'map-sheet-acts',
    run: either(
      asActsSay(
        {
          ...{ table: 'map_sheets', kind: 'map-sheet.issued', by: 'issued_by', on: 'issued_on' },
          says: { number: "t.version || '-' || t.nth" },
        },
        {
          ...{ table: 'sheet_hangings', kind: 'map-sheet.hung' },
          ...{ by: 'recorded_by', on: 'recorded_on', says: { hungOn: 't.hung_on' } },
        },
        {
          ...{ table: 'sheet_removals', kind: 'map-sheet.removed', by: 'removed_by' },
          says: { reason: 't.reason', removedOn: 't.removed_on' },
        },
      ),
      first(
        `SELECT 'map sheet ' || s.id || ' has no paper of its own' FROM map_sheets s
         LEFT JOIN papers p ON p.id = s.paper_id
         WHERE p.kind IS NOT 'map-sheet' OR p.act_id <> s.act_id OR p.centre_id <> s.centre_id
           OR p.content ->> 'version' <> s.version LIMIT 1`,
      ),
    ),
  },
  {
    name: 'permit-acts',
    run: asActsSay(
      {
        ...{ table: 'permits', kind: 'permit.requested', by: 'requested_by', on: 'requested_on' },
        says: { kind: 't.kind', place: 't.place', fromOn: 't.from_on', toOn: 't.to_on' },
      },
      {
        ...{ table: 'permit_decisions', kind: 'permit.answered', by: 'decided_by' },
        says: { answer: 't.answer', number: 't.number', decidedOn: 't.decided_on' },
      },
      {
        ...{ table: 'permit_endings', kind: 'permit.ended', by: 'ended_by', on: 'ended_on' },
        says: { reason: 't.reason' },
      },
    ),
  },
  {
    name: 'landmark-acts',
    run: either(
      asActsSay(
        {
          ...{ table: 'landmarks', kind: 'landmark.recorded', by: 'recorded_by' },
          on: 'recorded_on',
          says: { kind: 't.kind', name: 't.name', shape: "t.geometry ->> '$.type'" },
        },
        {
          ...{ table: 'landmark_endings', kind: 'landmark.ended', by: 'ended_by', on: 'ended_on' },
          says: { reason: 't.reason' },
        },
      ),
      first(
        `SELECT 'landmark ' || l.id || ' is not found where it lies' FROM landmarks l
         WHERE NOT EXISTS (SELECT 1 FROM landmark_bounds WHERE id = l.id) LIMIT 1`,
      ),
    ),
  },
  {
    name: 'area-part-acts',
    run: asActsSay(
      {
        ...{ table: 'area_parts', kind: 'area-part.recorded', by: 'recorded_by' },
        ...{ on: 'recorded_on', says: { name: 't.name', squareMetres: 't.square_metres' } },
      },
      {
        ...{ table: 'area_part_endings', kind: 'area-part.ended', by: 'ended_by', on: 'ended_on' },
        says: { reason: 't.reason' },
      },
    ),
  },
  {
    name: 'benefactor-acts',
    run: asActsSay(
      {
        ...{ table: 'benefactor_links', kind: 'benefactor.linked' },
        ...{ by: 'linked_by', on: 'linked_on' },
        says: { kind: 't.kind', place: 't.place', number: 't.number', name: 't.name' },
      },
      {
        ...{ table: 'benefactor_link_endings', kind: 'benefactor.ended' },
        ...{ by: 'ended_by', on: 'ended_on', says: { reason: 't.reason' } },
      },
      {
        ...{ table: 'donor_places', kind: 'donor.placed', by: 'recorded_by', on: 'recorded_on' },
        ...{ says: { side: 't.side' }, subject: "'donors/' || t.donor_id" },
      },
    ),
  },
];
