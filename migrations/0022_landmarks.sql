-- B-124: whose licence was revoked, or who is being dissolved, holds no ground: his area stands in
-- nobody's way, and no area is proposed or approved for him. The last decision that is no renewal
-- tells it; who is suspended or has run out comes back to his own ground.
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
    AND coalesce((SELECT d.kind FROM licence_decisions d WHERE d.centre_id = theirs.centre_id
      AND d.kind <> 'renew' AND d.decided_on <= NEW.approved_on ORDER BY d.id DESC LIMIT 1), '')
      NOT IN ('revoke', 'dissolve', 'finish')
    -- A version that will have been replaced by then is in nobody's way.
    AND NOT EXISTS (SELECT 1 FROM approved_boundaries later
      WHERE later.centre_id = theirs.centre_id AND later.version > theirs.version
        AND later.from_on <= max(theirs.from_on, NEW.approved_on, coalesce(
          (SELECT from_on FROM boundary_starts WHERE boundary_id = NEW.boundary_id), ''))))
BEGIN SELECT RAISE(ABORT, 'b124_no_overlap_without_coordination'); END;
DROP TRIGGER b124_measured_before_approval;
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
      AND coalesce((SELECT d.kind FROM licence_decisions d WHERE d.centre_id = theirs.centre_id
        AND d.kind <> 'renew' AND d.decided_on <= NEW.approved_on ORDER BY d.id DESC LIMIT 1), '')
        NOT IN ('revoke', 'dissolve', 'finish')
      AND NOT EXISTS (SELECT 1 FROM approved_boundaries later
        WHERE later.centre_id = theirs.centre_id AND later.version > theirs.version
          AND later.from_on <= max(theirs.from_on, NEW.approved_on, coalesce(
            (SELECT from_on FROM boundary_starts WHERE boundary_id = NEW.boundary_id), '')))))
BEGIN SELECT RAISE(ABORT, 'b124_measured_before_approval'); END;
CREATE TRIGGER b124_ground_for_who_holds_it BEFORE INSERT ON boundaries
WHEN coalesce((SELECT kind FROM licence_decisions WHERE centre_id = NEW.centre_id
  AND kind <> 'renew' ORDER BY id DESC LIMIT 1), '') IN ('revoke', 'dissolve', 'finish')
BEGIN SELECT RAISE(ABORT, 'b124_ground_for_who_holds_it'); END;
CREATE TRIGGER b124_ground_approved_for_who_holds_it BEFORE INSERT ON boundary_approvals
WHEN coalesce((SELECT d.kind FROM licence_decisions d
  WHERE d.centre_id = (SELECT centre_id FROM boundaries WHERE id = NEW.boundary_id)
    AND d.kind <> 'renew' ORDER BY d.id DESC LIMIT 1), '') IN ('revoke', 'dissolve', 'finish')
BEGIN SELECT RAISE(ABORT, 'b124_ground_for_who_holds_it'); END;

-- Streets and landmarks recorded by hand: a centre's for its own maps, the committee's for all maps
-- of a county or of the province. None is edited; one that is wrong is ended and recorded anew.
CREATE TABLE landmarks (
  id INTEGER PRIMARY KEY,
  -- A centre's own; else of a county; else of the whole province.
  centre_id INTEGER REFERENCES centres (id),
  county_id INTEGER REFERENCES counties (id),
  kind TEXT NOT NULL CONSTRAINT landmark_kind CHECK (kind IN ('street', 'alley', 'square', 'mosque',
    'shrine', 'school', 'clinic', 'market', 'park', 'office', 'bridge', 'other')),
  name TEXT NOT NULL CONSTRAINT landmark_name CHECK (length(trim(name)) > 0),
  name_sort TEXT NOT NULL,
  geometry TEXT NOT NULL CONSTRAINT landmark_geometry CHECK (json_valid(geometry)),
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT landmark_of_one CHECK (centre_id IS NULL OR county_id IS NULL),
  -- A street is a line.
  CONSTRAINT landmark_shape CHECK (geometry ->> '$.type' = 'LineString'
    OR (kind NOT IN ('street', 'alley') AND geometry ->> '$.type' IN ('Point', 'Polygon')))
) STRICT;
CREATE INDEX landmarks_of_centre ON landmarks (centre_id, name_sort);
CREATE VIRTUAL TABLE landmark_bounds USING rtree (id, min_lon, max_lon, min_lat, max_lat);
CREATE TABLE landmark_endings (
  landmark_id INTEGER PRIMARY KEY REFERENCES landmarks (id),
  reason TEXT NOT NULL CONSTRAINT landmark_ending_reason CHECK (length(trim(reason)) >= 3),
  ended_on TEXT NOT NULL,
  ended_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER landmarks_are_new BEFORE INSERT ON landmarks
WHEN EXISTS (SELECT 1 FROM landmarks WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'landmarks_are_final'); END;
CREATE TRIGGER landmarks_are_final_update BEFORE UPDATE ON landmarks
BEGIN SELECT RAISE(ABORT, 'landmarks_are_final'); END;
CREATE TRIGGER landmarks_are_final_delete BEFORE DELETE ON landmarks
BEGIN SELECT RAISE(ABORT, 'landmarks_are_final'); END;
-- What is every centre's is the committee's to record; a county's in that county (B-17).
CREATE TRIGGER landmarks_of_counties_by_committee BEFORE INSERT ON landmarks
WHEN NEW.centre_id IS NULL AND coalesce((SELECT role FROM users WHERE id = NEW.recorded_by), '')
  NOT IN ('county-head', 'province-deputy')
BEGIN SELECT RAISE(ABORT, 'landmarks_of_counties_by_committee'); END;
CREATE TRIGGER b17_landmark_in_own_county BEFORE INSERT ON landmarks
WHEN (SELECT county_id FROM users WHERE id = NEW.recorded_by) IS NOT NULL
  AND (SELECT county_id FROM users WHERE id = NEW.recorded_by) IS NOT coalesce(NEW.county_id,
    (SELECT county_id FROM centres WHERE id = NEW.centre_id))
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER landmarks_end_once BEFORE INSERT ON landmark_endings
WHEN EXISTS (SELECT 1 FROM landmark_endings WHERE landmark_id = NEW.landmark_id)
BEGIN SELECT RAISE(ABORT, 'landmark_endings_are_final'); END;
CREATE TRIGGER landmark_endings_are_final_update BEFORE UPDATE ON landmark_endings
BEGIN SELECT RAISE(ABORT, 'landmark_endings_are_final'); END;
CREATE TRIGGER landmark_endings_are_final_delete BEFORE DELETE ON landmark_endings
BEGIN SELECT RAISE(ABORT, 'landmark_endings_are_final'); END;
CREATE TRIGGER landmarks_of_counties_ended_by_committee BEFORE INSERT ON landmark_endings
WHEN (SELECT centre_id FROM landmarks WHERE id = NEW.landmark_id) IS NULL
  AND coalesce((SELECT role FROM users WHERE id = NEW.ended_by), '')
    NOT IN ('county-head', 'province-deputy')
BEGIN SELECT RAISE(ABORT, 'landmarks_of_counties_by_committee'); END;
CREATE TRIGGER b17_landmark_ended_in_own_county BEFORE INSERT ON landmark_endings
WHEN (SELECT county_id FROM users WHERE id = NEW.ended_by) IS NOT NULL
  AND (SELECT county_id FROM users WHERE id = NEW.ended_by) IS NOT (SELECT coalesce(l.county_id,
    (SELECT county_id FROM centres WHERE id = l.centre_id)) FROM landmarks l
    WHERE l.id = NEW.landmark_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;

-- Parts of a centre's area, each with a name, into which volunteers and charity units are placed.
CREATE TABLE area_parts (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  name TEXT NOT NULL CONSTRAINT area_part_name CHECK (length(trim(name)) > 0),
  name_sort TEXT NOT NULL,
  area TEXT NOT NULL CONSTRAINT area_part_is_json CHECK (json_valid(area)),
  square_metres INTEGER NOT NULL CONSTRAINT area_part_size CHECK (square_metres > 0),
  -- The version of the boundary within which it was found to lie.
  boundary_id INTEGER NOT NULL REFERENCES boundaries (id),
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX area_parts_of_centre ON area_parts (centre_id, name_sort);
CREATE TABLE area_part_endings (
  part_id INTEGER PRIMARY KEY REFERENCES area_parts (id),
  reason TEXT NOT NULL CONSTRAINT area_part_ending_reason CHECK (length(trim(reason)) >= 3),
  ended_on TEXT NOT NULL,
  ended_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER area_parts_are_new BEFORE INSERT ON area_parts
WHEN EXISTS (SELECT 1 FROM area_parts WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'area_parts_are_final'); END;
CREATE TRIGGER area_parts_are_final_update BEFORE UPDATE ON area_parts
BEGIN SELECT RAISE(ABORT, 'area_parts_are_final'); END;
CREATE TRIGGER area_parts_are_final_delete BEFORE DELETE ON area_parts
BEGIN SELECT RAISE(ABORT, 'area_parts_are_final'); END;
CREATE TRIGGER area_part_name_once BEFORE INSERT ON area_parts
WHEN EXISTS (SELECT 1 FROM area_parts p WHERE p.centre_id = NEW.centre_id
  AND p.name_sort = NEW.name_sort
  AND NOT EXISTS (SELECT 1 FROM area_part_endings WHERE part_id = p.id))
BEGIN SELECT RAISE(ABORT, 'area_part_name_once'); END;
CREATE TRIGGER area_part_of_own_area BEFORE INSERT ON area_parts
WHEN NOT EXISTS (SELECT 1 FROM approved_boundaries
  WHERE id = NEW.boundary_id AND centre_id = NEW.centre_id AND from_on <= NEW.recorded_on)
BEGIN SELECT RAISE(ABORT, 'area_part_of_own_area'); END;
CREATE TRIGGER b17_area_part_in_own_county BEFORE INSERT ON area_parts
WHEN (SELECT county_id FROM users WHERE id = NEW.recorded_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER area_parts_end_once BEFORE INSERT ON area_part_endings
WHEN EXISTS (SELECT 1 FROM area_part_endings WHERE part_id = NEW.part_id)
BEGIN SELECT RAISE(ABORT, 'area_part_endings_are_final'); END;
CREATE TRIGGER area_part_endings_are_final_update BEFORE UPDATE ON area_part_endings
BEGIN SELECT RAISE(ABORT, 'area_part_endings_are_final'); END;
CREATE TRIGGER area_part_endings_are_final_delete BEFORE DELETE ON area_part_endings
BEGIN SELECT RAISE(ABORT, 'area_part_endings_are_final'); END;
CREATE TRIGGER b17_area_part_ended_in_own_county BEFORE INSERT ON area_part_endings
WHEN (SELECT county_id FROM users WHERE id = NEW.ended_by)
  <> (SELECT c.county_id FROM area_parts p JOIN centres c ON c.id = p.centre_id
    WHERE p.id = NEW.part_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;

-- The drawn part in which a volunteer helps, or a unit works; words may stand beside it.
ALTER TABLE volunteer_versions ADD COLUMN part_id INTEGER REFERENCES area_parts (id);
ALTER TABLE unit_versions ADD COLUMN part_id INTEGER REFERENCES area_parts (id);
CREATE TRIGGER volunteer_part_of_own_centre BEFORE INSERT ON volunteer_versions
WHEN NEW.part_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM area_parts p JOIN volunteers v ON v.centre_id = p.centre_id
  WHERE p.id = NEW.part_id AND v.id = NEW.volunteer_id)
BEGIN SELECT RAISE(ABORT, 'part_of_own_centre'); END;
CREATE TRIGGER unit_part_of_own_centre BEFORE INSERT ON unit_versions
WHEN NEW.part_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM area_parts p JOIN units u ON u.centre_id = p.centre_id
  WHERE p.id = NEW.part_id AND u.id = NEW.unit_id)
BEGIN SELECT RAISE(ABORT, 'part_of_own_centre'); END;
