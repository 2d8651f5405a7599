-- The map sheet on the office wall, and work across boundaries: permits to serve elsewhere,
-- benefactors of elsewhere, and where a centre's donors live.

-- A sheet drawn of one version of the area and issued as a paper; its number is `version-nth`.
CREATE TABLE map_sheets (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  boundary_id INTEGER NOT NULL REFERENCES boundaries (id),
  version INTEGER NOT NULL,
  nth INTEGER NOT NULL,
  issued_on TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES users (id),
  paper_id INTEGER NOT NULL CONSTRAINT sheet_paper_once UNIQUE REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT sheet_number_once UNIQUE (centre_id, version, nth)
) STRICT;
CREATE TRIGGER b125_sheet_of_version_in_force BEFORE INSERT ON map_sheets
WHEN NOT EXISTS (SELECT 1 FROM approved_boundaries
    WHERE id = NEW.boundary_id AND centre_id = NEW.centre_id AND version = NEW.version
      AND from_on <= NEW.issued_on)
  OR EXISTS (SELECT 1 FROM approved_boundaries
    WHERE centre_id = NEW.centre_id AND version > NEW.version AND from_on <= NEW.issued_on)
BEGIN SELECT RAISE(ABORT, 'b125_sheet_of_version_in_force'); END;
CREATE TRIGGER map_sheets_follow BEFORE INSERT ON map_sheets
WHEN NEW.nth IS NOT 1 + (SELECT count(*) FROM map_sheets
    WHERE centre_id = NEW.centre_id AND version = NEW.version)
  OR EXISTS (SELECT 1 FROM map_sheets WHERE id = NEW.id OR paper_id = NEW.paper_id)
  OR NOT EXISTS (SELECT 1 FROM papers WHERE id = NEW.paper_id AND kind = 'map-sheet'
    AND centre_id = NEW.centre_id AND number = NEW.version || '-' || NEW.nth)
BEGIN SELECT RAISE(ABORT, 'map_sheets_follow'); END;
CREATE TRIGGER b109_standing_before_sheet BEFORE INSERT ON map_sheets
WHEN coalesce((SELECT kind FROM licence_decisions
    WHERE centre_id = NEW.centre_id AND kind <> 'renew' ORDER BY id DESC LIMIT 1), 'reinstate')
    <> 'reinstate'
BEGIN SELECT RAISE(ABORT, 'b109_standing_before_sheet'); END;
CREATE TRIGGER b17_sheet_in_own_county BEFORE INSERT ON map_sheets
WHEN (SELECT county_id FROM users WHERE id = NEW.issued_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER map_sheets_are_final_update BEFORE UPDATE ON map_sheets
BEGIN SELECT RAISE(ABORT, 'map_sheets_are_final'); END;
CREATE TRIGGER map_sheets_are_final_delete BEFORE DELETE ON map_sheets
BEGIN SELECT RAISE(ABORT, 'map_sheets_are_final'); END;

-- B-125: that a sheet hangs in the office since a day, as somebody says who saw it there.
CREATE TABLE sheet_hangings (
  id INTEGER PRIMARY KEY,
  sheet_id INTEGER NOT NULL REFERENCES map_sheets (id),
  hung_on TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT hung_not_in_future CHECK (hung_on <= recorded_on)
) STRICT;
CREATE INDEX hangings_of_sheet ON sheet_hangings (sheet_id);
CREATE TRIGGER b17_hung_in_own_county BEFORE INSERT ON sheet_hangings
WHEN (SELECT county_id FROM users WHERE id = NEW.recorded_by)
  <> (SELECT c.county_id FROM map_sheets s JOIN centres c ON c.id = s.centre_id
    WHERE s.id = NEW.sheet_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
-- It no longer hangs there. A later version in force takes a sheet down without a word.
CREATE TABLE sheet_removals (
  hanging_id INTEGER PRIMARY KEY REFERENCES sheet_hangings (id),
  removed_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT removal_reason CHECK (length(trim(reason)) >= 3),
  removed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER b125_hangs_in_force BEFORE INSERT ON sheet_hangings
WHEN NEW.hung_on < coalesce((SELECT issued_on FROM map_sheets WHERE id = NEW.sheet_id), '9999')
  OR EXISTS (SELECT 1 FROM map_sheets s JOIN approved_boundaries later
      ON later.centre_id = s.centre_id AND later.version > s.version
        AND later.from_on <= NEW.recorded_on
    WHERE s.id = NEW.sheet_id)
BEGIN SELECT RAISE(ABORT, 'b125_hangs_in_force'); END;
CREATE TRIGGER sheet_hangs_once BEFORE INSERT ON sheet_hangings
WHEN EXISTS (SELECT 1 FROM sheet_hangings WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM sheet_hangings h LEFT JOIN sheet_removals r ON r.hanging_id = h.id
    WHERE h.sheet_id = NEW.sheet_id AND r.hanging_id IS NULL)
BEGIN SELECT RAISE(ABORT, 'sheet_hangs_once'); END;
CREATE TRIGGER sheet_hangings_are_final_update BEFORE UPDATE ON sheet_hangings
BEGIN SELECT RAISE(ABORT, 'sheet_hangings_are_final'); END;
CREATE TRIGGER sheet_hangings_are_final_delete BEFORE DELETE ON sheet_hangings
BEGIN SELECT RAISE(ABORT, 'sheet_hangings_are_final'); END;
CREATE TRIGGER sheet_removals_are_new BEFORE INSERT ON sheet_removals
WHEN EXISTS (SELECT 1 FROM sheet_removals WHERE hanging_id = NEW.hanging_id)
  OR NEW.removed_on < coalesce((SELECT hung_on FROM sheet_hangings WHERE id = NEW.hanging_id), '9999')
BEGIN SELECT RAISE(ABORT, 'sheet_removals_are_final'); END;
CREATE TRIGGER sheet_removals_are_final_update BEFORE UPDATE ON sheet_removals
BEGIN SELECT RAISE(ABORT, 'sheet_removals_are_final'); END;
CREATE TRIGGER sheet_removals_are_final_delete BEFORE DELETE ON sheet_removals
BEGIN SELECT RAISE(ABORT, 'sheet_removals_are_final'); END;

-- B-126: leave asked for, to serve a place outside the centre's own area.
CREATE TABLE permits (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  kind TEXT NOT NULL CONSTRAINT permit_kind CHECK (kind IN ('area', 'centre', 'place')),
  -- A polygon drawn for it; or the whole area of another centre; or a place that has a name only.
  area TEXT CONSTRAINT permit_area_is_json CHECK (area IS NULL OR json_valid(area)),
  other_centre_id INTEGER REFERENCES centres (id),
  place TEXT NOT NULL CONSTRAINT permit_place CHECK (length(trim(place)) > 0),
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT permit_reason CHECK (length(trim(reason)) >= 3),
  requested_on TEXT NOT NULL,
  requested_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT permit_days CHECK (to_on >= from_on),
  CONSTRAINT b126_place_is_told CHECK ((kind = 'area') = (area IS NOT NULL)
    AND (kind = 'centre') = (other_centre_id IS NOT NULL)),
  CONSTRAINT b126_outside_own_area CHECK (other_centre_id IS NULL OR other_centre_id <> centre_id)
) STRICT;
CREATE INDEX permits_of_centre ON permits (centre_id, id);
CREATE TRIGGER permits_are_new BEFORE INSERT ON permits
WHEN EXISTS (SELECT 1 FROM permits WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'permits_are_final'); END;
CREATE TRIGGER permits_are_final_update BEFORE UPDATE ON permits
BEGIN SELECT RAISE(ABORT, 'permits_are_final'); END;
CREATE TRIGGER permits_are_final_delete BEFORE DELETE ON permits
BEGIN SELECT RAISE(ABORT, 'permits_are_final'); END;

-- The centres in whose area the place lies, and the notice by which each was told.
CREATE TABLE permit_neighbours (
  permit_id INTEGER NOT NULL REFERENCES permits (id),
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  -- What of the place lies in its area; null where the place has a name only.
  square_metres INTEGER,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  PRIMARY KEY (permit_id, centre_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX permits_of_neighbour ON permit_neighbours (centre_id);
CREATE TRIGGER b126_neighbour_is_told BEFORE INSERT ON permit_neighbours
WHEN NOT EXISTS (SELECT 1 FROM notices
    WHERE act_id = NEW.act_id AND centre_id = NEW.centre_id AND seat = 'chair')
  OR EXISTS (SELECT 1 FROM permit_neighbours
    WHERE permit_id = NEW.permit_id AND centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b126_neighbour_is_told'); END;
CREATE TRIGGER permit_neighbours_are_final_update BEFORE UPDATE ON permit_neighbours
BEGIN SELECT RAISE(ABORT, 'permit_neighbours_are_final'); END;
CREATE TRIGGER permit_neighbours_are_final_delete BEFORE DELETE ON permit_neighbours
BEGIN SELECT RAISE(ABORT, 'permit_neighbours_are_final'); END;

-- The committee's coordination: its number and day; the letter if it was granted.
CREATE TABLE permit_decisions (
  permit_id INTEGER PRIMARY KEY REFERENCES permits (id),
  answer TEXT NOT NULL CONSTRAINT permit_answer CHECK (answer IN ('granted', 'refused')),
  number TEXT NOT NULL CONSTRAINT b126_coordination_number CHECK (length(trim(number)) > 0),
  decided_on TEXT NOT NULL,
  decided_by INTEGER NOT NULL REFERENCES users (id),
  reason TEXT,
  paper_id INTEGER REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT permit_refusal_has_reason CHECK (answer = 'granted'
    OR (reason IS NOT NULL AND length(trim(reason)) >= 3)),
  CONSTRAINT permit_letter_if_granted CHECK ((answer = 'granted') = (paper_id IS NOT NULL))
) STRICT;
CREATE TRIGGER b126_committee_permits BEFORE INSERT ON permit_decisions
WHEN coalesce((SELECT role FROM users WHERE id = NEW.decided_by), '') NOT IN ('county-head', 'province-deputy')
BEGIN SELECT RAISE(ABORT, 'b126_committee_permits'); END;
CREATE TRIGGER b109_standing_before_permit BEFORE INSERT ON permit_decisions
WHEN NEW.answer = 'granted' AND coalesce((SELECT kind FROM licence_decisions
    WHERE centre_id = (SELECT centre_id FROM permits WHERE id = NEW.permit_id) AND kind <> 'renew' ORDER BY id DESC LIMIT 1), 'reinstate')
    <> 'reinstate'
BEGIN SELECT RAISE(ABORT, 'b109_standing_before_permit'); END;
CREATE TRIGGER b126_others_are_told BEFORE INSERT ON permit_decisions
WHEN NEW.answer = 'granted' AND EXISTS (SELECT 1 FROM permits p
  WHERE p.id = NEW.permit_id AND p.kind = 'centre' AND NOT EXISTS (SELECT 1 FROM permit_neighbours n
    WHERE n.permit_id = p.id AND n.centre_id = p.other_centre_id))
BEGIN SELECT RAISE(ABORT, 'b126_others_are_told'); END;
CREATE TRIGGER b17_permitted_in_own_county BEFORE INSERT ON permit_decisions
WHEN (SELECT county_id FROM users WHERE id = NEW.decided_by)
  <> (SELECT c.county_id FROM permits p JOIN centres c ON c.id = p.centre_id WHERE p.id = NEW.permit_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER permit_decisions_are_new BEFORE INSERT ON permit_decisions
WHEN EXISTS (SELECT 1 FROM permit_decisions WHERE permit_id = NEW.permit_id)
  OR EXISTS (SELECT 1 FROM permit_endings WHERE permit_id = NEW.permit_id)
BEGIN SELECT RAISE(ABORT, 'permit_decisions_are_final'); END;
CREATE TRIGGER permit_decisions_are_final_update BEFORE UPDATE ON permit_decisions
BEGIN SELECT RAISE(ABORT, 'permit_decisions_are_final'); END;
CREATE TRIGGER permit_decisions_are_final_delete BEFORE DELETE ON permit_decisions
BEGIN SELECT RAISE(ABORT, 'permit_decisions_are_final'); END;

-- A permit that ends before its last day, or a request that was taken back; from that day it has no force.
CREATE TABLE permit_endings (
  permit_id INTEGER PRIMARY KEY REFERENCES permits (id),
  ended_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT permit_ending_reason CHECK (length(trim(reason)) >= 3),
  ended_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER permit_endings_are_new BEFORE INSERT ON permit_endings
WHEN EXISTS (SELECT 1 FROM permit_endings WHERE permit_id = NEW.permit_id)
  OR EXISTS (SELECT 1 FROM permit_decisions WHERE permit_id = NEW.permit_id AND answer = 'refused')
BEGIN SELECT RAISE(ABORT, 'permit_endings_are_final'); END;
CREATE TRIGGER b17_permit_ended_in_own_county BEFORE INSERT ON permit_endings
WHEN (SELECT county_id FROM users WHERE id = NEW.ended_by)
  <> (SELECT c.county_id FROM permits p JOIN centres c ON c.id = p.centre_id WHERE p.id = NEW.permit_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER permit_endings_are_final_update BEFORE UPDATE ON permit_endings
BEGIN SELECT RAISE(ABORT, 'permit_endings_are_final'); END;
CREATE TRIGGER permit_endings_are_final_delete BEFORE DELETE ON permit_endings
BEGIN SELECT RAISE(ABORT, 'permit_endings_are_final'); END;

-- B-127: a benefactor of another area whom the centre brought in, by the committee's coordination.
CREATE TABLE benefactor_links (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  kind TEXT NOT NULL CONSTRAINT benefactor_kind CHECK (kind IN ('donor', 'institution', 'centre')),
  -- Under which donor's name the gifts are entered here; a donor has his name there and not below.
  donor_id INTEGER REFERENCES donors (id),
  other_centre_id INTEGER REFERENCES centres (id),
  name TEXT,
  -- The town or quarter the help comes from.
  place TEXT NOT NULL CONSTRAINT benefactor_place CHECK (length(trim(place)) > 0),
  number TEXT NOT NULL CONSTRAINT b127_coordination_number CHECK (length(trim(number)) > 0),
  coordinated_on TEXT NOT NULL,
  note TEXT,
  linked_on TEXT NOT NULL,
  linked_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT b127_coordinated_before_link CHECK (coordinated_on <= linked_on),
  CONSTRAINT benefactor_is_told CHECK ((kind = 'donor' AND donor_id IS NOT NULL AND name IS NULL)
    OR (kind = 'institution' AND name IS NOT NULL AND length(trim(name)) > 0)
    OR (kind = 'centre' AND name IS NULL)),
  CONSTRAINT benefactor_centre CHECK ((kind = 'centre') = (other_centre_id IS NOT NULL)
    AND (other_centre_id IS NULL OR other_centre_id <> centre_id)),
  CONSTRAINT benefactor_donor_of_the_centre CHECK (donor_id IS NULL OR donor_id >> 32 = centre_id)
) STRICT;
CREATE INDEX benefactor_links_of_centre ON benefactor_links (centre_id, id);
CREATE INDEX benefactor_links_of_donor ON benefactor_links (donor_id) WHERE donor_id IS NOT NULL;
CREATE TRIGGER benefactor_links_are_new BEFORE INSERT ON benefactor_links
WHEN EXISTS (SELECT 1 FROM benefactor_links WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM benefactor_links l LEFT JOIN benefactor_link_endings e ON e.link_id = l.id
    WHERE l.centre_id = NEW.centre_id AND e.link_id IS NULL
      AND (l.donor_id = NEW.donor_id OR l.other_centre_id = NEW.other_centre_id))
BEGIN SELECT RAISE(ABORT, 'benefactor_links_are_final'); END;
CREATE TRIGGER b17_benefactor_in_own_county BEFORE INSERT ON benefactor_links
WHEN (SELECT county_id FROM users WHERE id = NEW.linked_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER benefactor_links_are_final_update BEFORE UPDATE ON benefactor_links
BEGIN SELECT RAISE(ABORT, 'benefactor_links_are_final'); END;
CREATE TRIGGER benefactor_links_are_final_delete BEFORE DELETE ON benefactor_links
BEGIN SELECT RAISE(ABORT, 'benefactor_links_are_final'); END;
CREATE TABLE benefactor_link_endings (
  link_id INTEGER PRIMARY KEY REFERENCES benefactor_links (id),
  ended_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT link_ending_reason CHECK (length(trim(reason)) >= 3),
  ended_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER benefactor_link_endings_are_new BEFORE INSERT ON benefactor_link_endings
WHEN EXISTS (SELECT 1 FROM benefactor_link_endings WHERE link_id = NEW.link_id)
BEGIN SELECT RAISE(ABORT, 'benefactor_link_endings_are_final'); END;
CREATE TRIGGER benefactor_link_endings_are_final_update BEFORE UPDATE ON benefactor_link_endings
BEGIN SELECT RAISE(ABORT, 'benefactor_link_endings_are_final'); END;
CREATE TRIGGER benefactor_link_endings_are_final_delete BEFORE DELETE ON benefactor_link_endings
BEGIN SELECT RAISE(ABORT, 'benefactor_link_endings_are_final'); END;

-- B-123: whether a donor lives inside the centre's area; the latest row of a donor is what is known.
CREATE TABLE donor_places (
  id INTEGER PRIMARY KEY,
  donor_id INTEGER NOT NULL REFERENCES donors (id),
  side TEXT NOT NULL CONSTRAINT donor_side CHECK (side IN ('inside', 'outside', 'unknown')),
  -- The quarter, street or town; or the other centre in whose area the donor lives.
  place TEXT,
  other_centre_id INTEGER REFERENCES centres (id),
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT b123_outside_is_named CHECK (side <> 'outside'
    OR other_centre_id IS NOT NULL OR (place IS NOT NULL AND length(trim(place)) > 0)),
  CONSTRAINT b123_another_area_is_outside CHECK (other_centre_id IS NULL
    OR (side = 'outside' AND other_centre_id <> donor_id >> 32))
) STRICT;
CREATE INDEX places_of_donor ON donor_places (donor_id, id);
CREATE TRIGGER b123_area_before_place BEFORE INSERT ON donor_places
WHEN NEW.side <> 'unknown' AND NOT EXISTS (SELECT 1 FROM donors d
  JOIN approved_boundaries b ON b.centre_id = d.centre_id
  WHERE d.id = NEW.donor_id AND b.from_on <= NEW.recorded_on)
BEGIN SELECT RAISE(ABORT, 'b123_area_before_place'); END;
CREATE TRIGGER donor_places_are_new BEFORE INSERT ON donor_places
WHEN EXISTS (SELECT 1 FROM donor_places WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'donor_places_are_final'); END;
CREATE TRIGGER donor_places_are_final_update BEFORE UPDATE ON donor_places
BEGIN SELECT RAISE(ABORT, 'donor_places_are_final'); END;
CREATE TRIGGER donor_places_are_final_delete BEFORE DELETE ON donor_places
BEGIN SELECT RAISE(ABORT, 'donor_places_are_final'); END;
