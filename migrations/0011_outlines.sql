-- Outlines that lie under the map: streets, counties, landmarks. A set comes from one file, with its
-- source and the words its owner wants printed; it is drawn once it is confirmed, until it is withdrawn.
CREATE TABLE outline_sets (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CONSTRAINT outline_kind
    CHECK (kind IN ('county', 'street', 'landmark', 'other')),
  -- Null where the set is the whole province's.
  county_id INTEGER REFERENCES counties (id),
  name TEXT NOT NULL CONSTRAINT outline_set_name CHECK (length(trim(name)) > 0),
  source TEXT NOT NULL CONSTRAINT outline_source CHECK (length(trim(source)) > 0),
  attribution TEXT NOT NULL CONSTRAINT outline_attribution CHECK (length(trim(attribution)) > 0),
  -- How many were found in the file, and how many of them could not be taken.
  outlines INTEGER NOT NULL CONSTRAINT outlines_in_set CHECK (outlines BETWEEN 1 AND 20000),
  left_out INTEGER NOT NULL CONSTRAINT outlines_left_out CHECK (left_out >= 0),
  sha256 TEXT NOT NULL,
  imported_on TEXT NOT NULL,
  imported_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TABLE outline_confirmations (
  set_id INTEGER PRIMARY KEY REFERENCES outline_sets (id),
  confirmed_on TEXT NOT NULL,
  confirmed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TABLE outline_withdrawals (
  set_id INTEGER PRIMARY KEY REFERENCES outline_sets (id),
  reason TEXT NOT NULL CONSTRAINT outline_withdrawal_reason CHECK (length(trim(reason)) > 0),
  withdrawn_on TEXT NOT NULL,
  withdrawn_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TABLE outlines (
  id INTEGER PRIMARY KEY,
  set_id INTEGER NOT NULL REFERENCES outline_sets (id),
  name TEXT,
  geometry TEXT NOT NULL CONSTRAINT outline_is_json CHECK (json_valid(geometry))
) STRICT;
CREATE INDEX outlines_of_set ON outlines (set_id, id);
CREATE VIRTUAL TABLE outline_bounds USING rtree (id, min_lon, max_lon, min_lat, max_lat);

CREATE TRIGGER outline_sets_are_new BEFORE INSERT ON outline_sets
WHEN EXISTS (SELECT 1 FROM outline_sets WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'outline_sets_are_final'); END;
CREATE TRIGGER outline_sets_are_final_update BEFORE UPDATE ON outline_sets
BEGIN SELECT RAISE(ABORT, 'outline_sets_are_final'); END;
CREATE TRIGGER outline_sets_are_final_delete BEFORE DELETE ON outline_sets
BEGIN SELECT RAISE(ABORT, 'outline_sets_are_final'); END;
CREATE TRIGGER outline_sets_by_committee BEFORE INSERT ON outline_sets
WHEN coalesce((SELECT role FROM users WHERE id = NEW.imported_by), '')
    NOT IN ('county-head', 'province-deputy')
  OR (NEW.kind = 'county'
    AND (SELECT role FROM users WHERE id = NEW.imported_by) <> 'province-deputy')
BEGIN SELECT RAISE(ABORT, 'outline_sets_by_committee'); END;
-- B-17: the head of a county lays outlines in his own county, the deputy in the province.
CREATE TRIGGER b17_outlines_in_own_county BEFORE INSERT ON outline_sets
WHEN (SELECT county_id FROM users WHERE id = NEW.imported_by) IS NOT NULL
  AND (SELECT county_id FROM users WHERE id = NEW.imported_by) IS NOT NEW.county_id
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_outlines_confirmed_in_own_county BEFORE INSERT ON outline_confirmations
WHEN (SELECT county_id FROM users WHERE id = NEW.confirmed_by) IS NOT NULL
  AND (SELECT county_id FROM users WHERE id = NEW.confirmed_by)
    IS NOT (SELECT county_id FROM outline_sets WHERE id = NEW.set_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_outlines_withdrawn_in_own_county BEFORE INSERT ON outline_withdrawals
WHEN (SELECT county_id FROM users WHERE id = NEW.withdrawn_by) IS NOT NULL
  AND (SELECT county_id FROM users WHERE id = NEW.withdrawn_by)
    IS NOT (SELECT county_id FROM outline_sets WHERE id = NEW.set_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER outline_confirmed_once BEFORE INSERT ON outline_confirmations
WHEN EXISTS (SELECT 1 FROM outline_confirmations WHERE set_id = NEW.set_id)
  OR EXISTS (SELECT 1 FROM outline_withdrawals WHERE set_id = NEW.set_id)
BEGIN SELECT RAISE(ABORT, 'outline_confirmations_are_final'); END;
CREATE TRIGGER outline_confirmations_are_final_update BEFORE UPDATE ON outline_confirmations
BEGIN SELECT RAISE(ABORT, 'outline_confirmations_are_final'); END;
CREATE TRIGGER outline_confirmations_are_final_delete BEFORE DELETE ON outline_confirmations
BEGIN SELECT RAISE(ABORT, 'outline_confirmations_are_final'); END;
CREATE TRIGGER outline_withdrawn_once BEFORE INSERT ON outline_withdrawals
WHEN EXISTS (SELECT 1 FROM outline_withdrawals WHERE set_id = NEW.set_id)
BEGIN SELECT RAISE(ABORT, 'outline_withdrawals_are_final'); END;
CREATE TRIGGER outline_withdrawals_are_final_update BEFORE UPDATE ON outline_withdrawals
BEGIN SELECT RAISE(ABORT, 'outline_withdrawals_are_final'); END;
CREATE TRIGGER outline_withdrawals_are_final_delete BEFORE DELETE ON outline_withdrawals
BEGIN SELECT RAISE(ABORT, 'outline_withdrawals_are_final'); END;
CREATE TRIGGER outlines_are_new BEFORE INSERT ON outlines
WHEN EXISTS (SELECT 1 FROM outlines WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM outline_confirmations WHERE set_id = NEW.set_id)
  OR EXISTS (SELECT 1 FROM outline_withdrawals WHERE set_id = NEW.set_id)
BEGIN SELECT RAISE(ABORT, 'outlines_are_final'); END;
CREATE TRIGGER outlines_are_final_update BEFORE UPDATE ON outlines
BEGIN SELECT RAISE(ABORT, 'outlines_are_final'); END;
-- What was only looked at and never confirmed need not stay in the file.
CREATE TRIGGER outlines_are_final_delete BEFORE DELETE ON outlines
WHEN EXISTS (SELECT 1 FROM outline_confirmations WHERE set_id = OLD.set_id)
  OR NOT EXISTS (SELECT 1 FROM outline_withdrawals WHERE set_id = OLD.set_id)
BEGIN SELECT RAISE(ABORT, 'outlines_are_final'); END;

-- From which day an approved version is in force, where that is later than its approval.
CREATE TABLE boundary_starts (
  boundary_id INTEGER PRIMARY KEY REFERENCES boundaries (id),
  from_on TEXT NOT NULL
) STRICT;
CREATE TRIGGER boundary_starts_are_new BEFORE INSERT ON boundary_starts
WHEN EXISTS (SELECT 1 FROM boundary_starts WHERE boundary_id = NEW.boundary_id)
  OR EXISTS (SELECT 1 FROM boundary_approvals WHERE boundary_id = NEW.boundary_id)
BEGIN SELECT RAISE(ABORT, 'boundary_starts_are_final'); END;
CREATE TRIGGER boundary_starts_are_final_update BEFORE UPDATE ON boundary_starts
BEGIN SELECT RAISE(ABORT, 'boundary_starts_are_final'); END;
CREATE TRIGGER boundary_starts_are_final_delete BEFORE DELETE ON boundary_starts
BEGIN SELECT RAISE(ABORT, 'boundary_starts_are_final'); END;
CREATE TRIGGER b124_in_force_after_approval BEFORE INSERT ON boundary_approvals
WHEN EXISTS (SELECT 1 FROM boundary_starts
  WHERE boundary_id = NEW.boundary_id AND from_on < NEW.approved_on)
BEGIN SELECT RAISE(ABORT, 'b124_in_force_after_approval'); END;

-- The approved versions with their days; of a centre's, the latest that has begun is in force.
CREATE VIEW approved_boundaries AS
  SELECT b.id, b.centre_id, b.version, a.approved_on,
    coalesce(s.from_on, a.approved_on) AS from_on
  FROM boundaries b JOIN boundary_approvals a ON a.boundary_id = b.id
  LEFT JOIN boundary_starts s ON s.boundary_id = b.id;

-- A version that the committee refused, or that whoever proposed it took back.
CREATE TABLE boundary_refusals (
  boundary_id INTEGER PRIMARY KEY REFERENCES boundaries (id),
  reason TEXT NOT NULL CONSTRAINT boundary_refusal_reason CHECK (length(trim(reason)) > 0),
  refused_on TEXT NOT NULL,
  refused_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TABLE boundary_withdrawals (
  boundary_id INTEGER PRIMARY KEY REFERENCES boundaries (id),
  reason TEXT NOT NULL CONSTRAINT boundary_withdrawal_reason CHECK (length(trim(reason)) > 0),
  withdrawn_on TEXT NOT NULL,
  withdrawn_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER boundary_refused_while_open BEFORE INSERT ON boundary_refusals
WHEN EXISTS (SELECT 1 FROM boundary_approvals WHERE boundary_id = NEW.boundary_id)
  OR EXISTS (SELECT 1 FROM boundary_withdrawals WHERE boundary_id = NEW.boundary_id)
  OR EXISTS (SELECT 1 FROM boundary_refusals WHERE boundary_id = NEW.boundary_id)
BEGIN SELECT RAISE(ABORT, 'boundary_is_settled'); END;
CREATE TRIGGER boundary_refusals_are_final_update BEFORE UPDATE ON boundary_refusals
BEGIN SELECT RAISE(ABORT, 'boundary_refusals_are_final'); END;
CREATE TRIGGER boundary_refusals_are_final_delete BEFORE DELETE ON boundary_refusals
BEGIN SELECT RAISE(ABORT, 'boundary_refusals_are_final'); END;
CREATE TRIGGER boundary_withdrawn_while_open BEFORE INSERT ON boundary_withdrawals
WHEN EXISTS (SELECT 1 FROM boundary_approvals WHERE boundary_id = NEW.boundary_id)
  OR EXISTS (SELECT 1 FROM boundary_refusals WHERE boundary_id = NEW.boundary_id)
  OR EXISTS (SELECT 1 FROM boundary_withdrawals WHERE boundary_id = NEW.boundary_id)
BEGIN SELECT RAISE(ABORT, 'boundary_is_settled'); END;
CREATE TRIGGER boundary_withdrawals_are_final_update BEFORE UPDATE ON boundary_withdrawals
BEGIN SELECT RAISE(ABORT, 'boundary_withdrawals_are_final'); END;
CREATE TRIGGER boundary_withdrawals_are_final_delete BEFORE DELETE ON boundary_withdrawals
BEGIN SELECT RAISE(ABORT, 'boundary_withdrawals_are_final'); END;
CREATE TRIGGER b17_area_withdrawn_in_own_county BEFORE INSERT ON boundary_withdrawals
WHEN (SELECT county_id FROM users WHERE id = NEW.withdrawn_by)
  <> (SELECT county_id FROM centres WHERE id = (SELECT centre_id FROM boundaries WHERE id = NEW.boundary_id))
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER boundary_approved_while_open BEFORE INSERT ON boundary_approvals
WHEN EXISTS (SELECT 1 FROM boundary_refusals WHERE boundary_id = NEW.boundary_id)
  OR EXISTS (SELECT 1 FROM boundary_withdrawals WHERE boundary_id = NEW.boundary_id)
BEGIN SELECT RAISE(ABORT, 'boundary_is_settled'); END;
CREATE TRIGGER b124_committee_refuses BEFORE INSERT ON boundary_refusals
WHEN coalesce((SELECT role FROM users WHERE id = NEW.refused_by), '')
  NOT IN ('county-head', 'province-deputy')
BEGIN SELECT RAISE(ABORT, 'b124_committee_approves'); END;
CREATE TRIGGER b17_area_proposed_in_own_county BEFORE INSERT ON boundaries
WHEN (SELECT county_id FROM users WHERE id = NEW.proposed_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_area_refused_in_own_county BEFORE INSERT ON boundary_refusals
WHEN (SELECT county_id FROM users WHERE id = NEW.refused_by)
  <> (SELECT c.county_id FROM boundaries b JOIN centres c ON c.id = b.centre_id
    WHERE b.id = NEW.boundary_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;

-- What the letter of a coordination settles, in the committee's words.
ALTER TABLE boundary_coordinations ADD COLUMN letter TEXT
  CONSTRAINT coordination_letter CHECK (letter IS NULL OR length(trim(letter)) > 0);
CREATE TRIGGER b124_committee_coordinates BEFORE INSERT ON boundary_coordinations
WHEN NOT EXISTS (SELECT 1 FROM acts a JOIN users u ON u.id = a.user_id
  WHERE a.id = NEW.act_id AND u.role IN ('county-head', 'province-deputy'))
BEGIN SELECT RAISE(ABORT, 'b124_committee_approves'); END;
CREATE TRIGGER b17_overlap_coordinated_in_own_county BEFORE INSERT ON boundary_coordinations
WHEN (SELECT u.county_id FROM acts a JOIN users u ON u.id = a.user_id WHERE a.id = NEW.act_id)
  <> (SELECT c.county_id FROM boundaries b JOIN centres c ON c.id = b.centre_id
    WHERE b.id = NEW.boundary_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;

CREATE TRIGGER b124_overlaps_measured_once BEFORE INSERT ON boundary_overlaps
WHEN EXISTS (SELECT 1 FROM boundary_overlaps
  WHERE boundary_id = NEW.boundary_id AND other_boundary_id = NEW.other_boundary_id)
BEGIN SELECT RAISE(ABORT, 'b124_overlaps_stay'); END;

-- B-124: a row of nought says that the two were measured and share nothing.
DROP TRIGGER b124_no_overlap_without_coordination;
CREATE TRIGGER b124_no_overlap_without_coordination BEFORE INSERT ON boundary_approvals
WHEN EXISTS (
  SELECT 1 FROM boundary_overlaps o
  JOIN boundaries mine ON mine.id = o.boundary_id
  JOIN centres my_centre ON my_centre.id = mine.centre_id AND my_centre.kind = 'neighbourhood'
  JOIN approved_boundaries theirs ON theirs.id = o.other_boundary_id
  JOIN centres their_centre ON their_centre.id = theirs.centre_id AND their_centre.kind = 'neighbourhood'
  WHERE o.boundary_id = NEW.boundary_id AND o.square_metres > 0
    AND NOT EXISTS (SELECT 1 FROM boundary_coordinations c
      WHERE c.boundary_id = o.boundary_id AND c.other_boundary_id = o.other_boundary_id)
    -- A version that will have been replaced by then, or a dissolved centre's, is in nobody's way.
    AND NOT EXISTS (SELECT 1 FROM licence_decisions WHERE centre_id = theirs.centre_id
      AND kind = 'finish' AND decided_on <= NEW.approved_on)
    AND NOT EXISTS (SELECT 1 FROM approved_boundaries later
      WHERE later.centre_id = theirs.centre_id AND later.version > theirs.version
        AND later.from_on <= max(theirs.from_on, NEW.approved_on, coalesce(
          (SELECT from_on FROM boundary_starts WHERE boundary_id = NEW.boundary_id), ''))))
BEGIN SELECT RAISE(ABORT, 'b124_no_overlap_without_coordination'); END;
-- B-124: every neighbour that may reach in was measured; an approval without it is none.
CREATE TRIGGER b124_measured_before_approval BEFORE INSERT ON boundary_approvals
WHEN NOT EXISTS (SELECT 1 FROM boundary_approvals WHERE boundary_id = NEW.boundary_id)
  AND (NOT EXISTS (SELECT 1 FROM boundary_bounds WHERE id = NEW.boundary_id) OR EXISTS (
    SELECT 1 FROM boundary_bounds mine
    JOIN boundary_bounds other ON other.min_lon <= mine.max_lon AND other.max_lon >= mine.min_lon
      AND other.min_lat <= mine.max_lat AND other.max_lat >= mine.min_lat
    JOIN approved_boundaries theirs ON theirs.id = other.id
    JOIN boundaries ours ON ours.id = mine.id AND ours.centre_id <> theirs.centre_id
    JOIN centres my_centre ON my_centre.id = ours.centre_id AND my_centre.kind = 'neighbourhood'
    JOIN centres their_centre ON their_centre.id = theirs.centre_id
      AND their_centre.kind = 'neighbourhood'
    WHERE mine.id = NEW.boundary_id
      AND NOT EXISTS (SELECT 1 FROM boundary_overlaps o
        WHERE o.boundary_id = mine.id AND o.other_boundary_id = theirs.id)
      AND NOT EXISTS (SELECT 1 FROM licence_decisions WHERE centre_id = theirs.centre_id
        AND kind = 'finish' AND decided_on <= NEW.approved_on)
      AND NOT EXISTS (SELECT 1 FROM approved_boundaries later
        WHERE later.centre_id = theirs.centre_id AND later.version > theirs.version
          AND later.from_on <= max(theirs.from_on, NEW.approved_on, coalesce(
            (SELECT from_on FROM boundary_starts WHERE boundary_id = NEW.boundary_id), '')))))
BEGIN SELECT RAISE(ABORT, 'b124_measured_before_approval'); END;

-- B-124: a gift comes after the day from which an approved area is in force.
DROP TRIGGER b124_area_before_donation;
CREATE TRIGGER b124_area_before_donation BEFORE INSERT ON donations
WHEN NOT EXISTS (SELECT 1 FROM approved_boundaries
  WHERE centre_id = NEW.centre_id AND from_on <= NEW.received_on)
BEGIN SELECT RAISE(ABORT, 'b124_area_before_donation'); END;
