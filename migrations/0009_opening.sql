-- What stands before a centre's first licence, and what follows it until the centre works.

-- B-3: the mosque's record says whether its prayer leader chairs the board.
ALTER TABLE centres ADD COLUMN imam_is_chair INTEGER NOT NULL DEFAULT 0
  CONSTRAINT imam_is_chair_yes_no CHECK (imam_is_chair IN (0, 1));
CREATE TRIGGER b3_mosque_and_imam_named BEFORE INSERT ON centres
WHEN trim(NEW.host_name) = '' OR (NEW.host = 'mosque' AND trim(coalesce(NEW.imam_name, '')) = '')
  OR (NEW.host <> 'mosque' AND NEW.imam_is_chair = 1)
BEGIN SELECT RAISE(ABORT, 'b3_mosque_and_imam_named'); END;
CREATE TRIGGER b3_mosque_and_imam_stay_named BEFORE UPDATE ON centres
WHEN trim(NEW.host_name) = '' OR (NEW.host = 'mosque' AND trim(coalesce(NEW.imam_name, '')) = '')
  OR (NEW.host <> 'mosque' AND NEW.imam_is_chair = 1)
BEGIN SELECT RAISE(ABORT, 'b3_mosque_and_imam_named'); END;
-- B-21: a specialised centre says in what it is one.
CREATE TRIGGER b21_speciality_named BEFORE INSERT ON centres
WHEN NEW.kind = 'specialised' AND trim(coalesce(NEW.speciality, '')) = ''
BEGIN SELECT RAISE(ABORT, 'b21_speciality_named'); END;

-- B-33: whom the committee thinks of for each core seat before there is a licence or any decree; the
-- latest for a seat counts.
CREATE TABLE seat_proposals (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  seat TEXT NOT NULL CONSTRAINT b33_core_seat CHECK (seat IN ('chair', 'vice-chair', 'admin-finance',
    'benefactors-men', 'benefactors-women', 'assemblies')),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  proposed_on TEXT NOT NULL,
  proposed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX seat_proposals_of_centre ON seat_proposals (centre_id, seat, id);
CREATE TRIGGER b33_committee_proposes BEFORE INSERT ON seat_proposals
WHEN coalesce((SELECT role FROM users WHERE id = NEW.proposed_by), '') NOT IN ('county-head', 'province-deputy')
BEGIN SELECT RAISE(ABORT, 'b33_committee_proposes'); END;
CREATE TRIGGER b17_proposed_in_own_county BEFORE INSERT ON seat_proposals
WHEN (SELECT county_id FROM users WHERE id = NEW.proposed_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER seat_proposals_are_new BEFORE INSERT ON seat_proposals
WHEN EXISTS (SELECT 1 FROM seat_proposals WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'seat_proposals_are_final'); END;
CREATE TRIGGER seat_proposals_are_final_update BEFORE UPDATE ON seat_proposals
BEGIN SELECT RAISE(ABORT, 'seat_proposals_are_final'); END;
CREATE TRIGGER seat_proposals_are_final_delete BEFORE DELETE ON seat_proposals
BEGIN SELECT RAISE(ABORT, 'seat_proposals_are_final'); END;

-- B-114: the centre's office, lent free of charge by its owner's letter, in versions.
CREATE TABLE premises (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  version INTEGER NOT NULL,
  kind TEXT NOT NULL CONSTRAINT premises_kind CHECK (kind IN
    ('mosque', 'school', 'office', 'firm', 'clinic', 'university', 'other')),
  owner TEXT NOT NULL CONSTRAINT premises_owner CHECK (length(trim(owner)) > 0),
  address TEXT NOT NULL CONSTRAINT premises_address CHECK (length(trim(address)) > 0),
  letter_number TEXT NOT NULL CONSTRAINT b114_owners_letter CHECK (length(trim(letter_number)) > 0),
  letter_on TEXT NOT NULL,
  is_free INTEGER NOT NULL CONSTRAINT b114_free_of_charge CHECK (is_free = 1),
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT premises_letter_day CHECK (letter_on <= recorded_on),
  CONSTRAINT premises_version_once UNIQUE (centre_id, version)
) STRICT;
CREATE TRIGGER premises_versions_follow BEFORE INSERT ON premises
WHEN NEW.version IS NOT 1 + (SELECT count(*) FROM premises WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'premises_versions_follow'); END;
CREATE TRIGGER b17_premises_in_own_county BEFORE INSERT ON premises
WHEN (SELECT county_id FROM users WHERE id = NEW.recorded_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER premises_are_new BEFORE INSERT ON premises
WHEN EXISTS (SELECT 1 FROM premises WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'premises_are_final'); END;
CREATE TRIGGER premises_are_final_update BEFORE UPDATE ON premises
BEGIN SELECT RAISE(ABORT, 'premises_are_final'); END;
CREATE TRIGGER premises_are_final_delete BEFORE DELETE ON premises
BEGIN SELECT RAISE(ABORT, 'premises_are_final'); END;

-- B-115: one piece of the office's equipment under its asset number; it is retired, never deleted.
CREATE TABLE equipment (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  asset_number TEXT NOT NULL CONSTRAINT asset_number CHECK (length(trim(asset_number)) > 0),
  kind TEXT NOT NULL CONSTRAINT equipment_kind CHECK (kind IN ('computer', 'printer', 'scanner',
    'safe', 'telephone', 'desk', 'chair', 'cabinet', 'file', 'other')),
  name TEXT,
  given_by TEXT,
  received_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT other_piece_is_named CHECK (kind <> 'other' OR name IS NOT NULL),
  CONSTRAINT asset_number_once UNIQUE (centre_id, asset_number)
) STRICT;
CREATE TRIGGER b17_equipped_in_own_county BEFORE INSERT ON equipment
WHEN (SELECT county_id FROM users WHERE id = NEW.recorded_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER equipment_is_new BEFORE INSERT ON equipment
WHEN EXISTS (SELECT 1 FROM equipment
  WHERE id = NEW.id OR (centre_id = NEW.centre_id AND asset_number = NEW.asset_number))
BEGIN SELECT RAISE(ABORT, 'equipment_is_final'); END;
CREATE TRIGGER equipment_is_final_update BEFORE UPDATE ON equipment
BEGIN SELECT RAISE(ABORT, 'equipment_is_final'); END;
CREATE TRIGGER equipment_is_final_delete BEFORE DELETE ON equipment
BEGIN SELECT RAISE(ABORT, 'equipment_is_final'); END;

-- What became of a piece, the latest counts; once it is retired it stays so.
CREATE TABLE equipment_states (
  id INTEGER PRIMARY KEY,
  equipment_id INTEGER NOT NULL REFERENCES equipment (id),
  state TEXT NOT NULL CONSTRAINT equipment_state CHECK (state IN ('in-use', 'repair', 'retired')),
  since_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT equipment_reason CHECK (length(trim(reason)) >= 3),
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX equipment_states_of_piece ON equipment_states (equipment_id, id);
CREATE TRIGGER retired_equipment_stays_retired BEFORE INSERT ON equipment_states
WHEN EXISTS (SELECT 1 FROM equipment_states
  WHERE equipment_id = NEW.equipment_id AND state = 'retired')
BEGIN SELECT RAISE(ABORT, 'retired_equipment_stays_retired'); END;
CREATE TRIGGER b17_equipment_marked_in_own_county BEFORE INSERT ON equipment_states
WHEN (SELECT county_id FROM users WHERE id = NEW.recorded_by)
  <> (SELECT c.county_id FROM equipment e JOIN centres c ON c.id = e.centre_id
    WHERE e.id = NEW.equipment_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER equipment_states_are_new BEFORE INSERT ON equipment_states
WHEN EXISTS (SELECT 1 FROM equipment_states WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'equipment_states_are_final'); END;
CREATE TRIGGER equipment_states_are_final_update BEFORE UPDATE ON equipment_states
BEGIN SELECT RAISE(ABORT, 'equipment_states_are_final'); END;
CREATE TRIGGER equipment_states_are_final_delete BEFORE DELETE ON equipment_states
BEGIN SELECT RAISE(ABORT, 'equipment_states_are_final'); END;

-- B-117: the official seal, made by the committee's pattern once there is an activity code; one at a time.
CREATE TABLE seals (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  made_on TEXT NOT NULL,
  -- The committee's letter that gives the pattern.
  pattern_number TEXT NOT NULL CONSTRAINT b117_by_a_pattern CHECK (length(trim(pattern_number)) > 0),
  pattern_on TEXT NOT NULL,
  keeper_seat TEXT NOT NULL CONSTRAINT seal_keeper CHECK (keeper_seat IN ('chair', 'vice-chair', 'admin-finance')),
  image BLOB CONSTRAINT seal_image_size CHECK (image IS NULL OR length(image) <= 307200),
  image_type TEXT CONSTRAINT seal_image_type CHECK (image_type IN ('image/png', 'image/jpeg')),
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT seal_image_is_whole CHECK ((image IS NULL) = (image_type IS NULL)),
  CONSTRAINT seal_after_pattern CHECK (made_on >= pattern_on AND made_on <= recorded_on)
) STRICT;
CREATE INDEX seals_of_centre ON seals (centre_id, id);
-- A seal that was withdrawn or lost: from then on it seals nothing.
CREATE TABLE seal_endings (
  seal_id INTEGER PRIMARY KEY REFERENCES seals (id),
  how TEXT NOT NULL CONSTRAINT seal_ending CHECK (how IN ('withdrawn', 'lost')),
  ended_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT seal_ending_reason CHECK (length(trim(reason)) >= 3),
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER b117_made_after_code BEFORE INSERT ON seals
WHEN NOT EXISTS (SELECT 1 FROM activity_codes WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b117_made_after_code'); END;
CREATE TRIGGER b109_standing_before_seal BEFORE INSERT ON seals
WHEN coalesce((SELECT kind FROM licence_decisions
    WHERE centre_id = NEW.centre_id AND kind <> 'renew' ORDER BY id DESC LIMIT 1), 'reinstate')
    <> 'reinstate'
BEGIN SELECT RAISE(ABORT, 'b109_standing_before_seal'); END;
CREATE TRIGGER b117_one_seal_at_a_time BEFORE INSERT ON seals
WHEN EXISTS (SELECT 1 FROM seals s LEFT JOIN seal_endings e ON e.seal_id = s.id
  WHERE s.centre_id = NEW.centre_id AND e.seal_id IS NULL)
BEGIN SELECT RAISE(ABORT, 'b117_one_seal_at_a_time'); END;
CREATE TRIGGER b17_sealed_in_own_county BEFORE INSERT ON seals
WHEN (SELECT county_id FROM users WHERE id = NEW.recorded_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER seals_are_new BEFORE INSERT ON seals
WHEN EXISTS (SELECT 1 FROM seals WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'seals_are_final'); END;
CREATE TRIGGER seals_are_final_update BEFORE UPDATE ON seals
BEGIN SELECT RAISE(ABORT, 'seals_are_final'); END;
CREATE TRIGGER seals_are_final_delete BEFORE DELETE ON seals
BEGIN SELECT RAISE(ABORT, 'seals_are_final'); END;
CREATE TRIGGER b17_seal_ended_in_own_county BEFORE INSERT ON seal_endings
WHEN (SELECT county_id FROM users WHERE id = NEW.recorded_by)
  <> (SELECT c.county_id FROM seals s JOIN centres c ON c.id = s.centre_id WHERE s.id = NEW.seal_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER seal_endings_are_new BEFORE INSERT ON seal_endings
WHEN EXISTS (SELECT 1 FROM seal_endings WHERE seal_id = NEW.seal_id)
BEGIN SELECT RAISE(ABORT, 'seal_endings_are_final'); END;
CREATE TRIGGER seal_endings_are_final_update BEFORE UPDATE ON seal_endings
BEGIN SELECT RAISE(ABORT, 'seal_endings_are_final'); END;
CREATE TRIGGER seal_endings_are_final_delete BEFORE DELETE ON seal_endings
BEGIN SELECT RAISE(ABORT, 'seal_endings_are_final'); END;

-- B-121: the committee trained a person of the centre: subject, day, hours and trainer.
CREATE TABLE trainings (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  subject TEXT NOT NULL CONSTRAINT training_subject CHECK (subject IN
    ('software', 'books', 'social-work', 'bylaw', 'giving')),
  trained_on TEXT NOT NULL,
  hours INTEGER NOT NULL CONSTRAINT training_hours CHECK (hours BETWEEN 1 AND 200),
  trainer TEXT NOT NULL CONSTRAINT b121_trainer_named CHECK (length(trim(trainer)) > 0),
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX trainings_of_centre ON trainings (centre_id, id);
CREATE INDEX trainings_of_person ON trainings (person_id, id);
CREATE TRIGGER b121_committee_trains BEFORE INSERT ON trainings
WHEN coalesce((SELECT role FROM users WHERE id = NEW.recorded_by), '') NOT IN ('county-head', 'province-deputy')
BEGIN SELECT RAISE(ABORT, 'b121_committee_trains'); END;
CREATE TRIGGER b17_trained_in_own_county BEFORE INSERT ON trainings
WHEN (SELECT county_id FROM users WHERE id = NEW.recorded_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER trainings_are_new BEFORE INSERT ON trainings
WHEN EXISTS (SELECT 1 FROM trainings WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'trainings_are_final'); END;
CREATE TRIGGER trainings_are_final_update BEFORE UPDATE ON trainings
BEGIN SELECT RAISE(ABORT, 'trainings_are_final'); END;
CREATE TRIGGER trainings_are_final_delete BEFORE DELETE ON trainings
BEGIN SELECT RAISE(ABORT, 'trainings_are_final'); END;

-- B-118: a letter that takes the place of an earlier one, which was lost or names others, says why.
ALTER TABLE introductions ADD COLUMN replaces_id INTEGER REFERENCES introductions (id);
ALTER TABLE introductions ADD COLUMN reason TEXT
  CONSTRAINT introduction_reason CHECK (reason IN ('lost', 'signatories'));
CREATE TRIGGER b118_letter_replaces_the_last BEFORE INSERT ON introductions
WHEN NEW.replaces_id IS NOT (SELECT max(id) FROM introductions WHERE centre_id = NEW.centre_id)
  OR (NEW.replaces_id IS NULL) <> (NEW.reason IS NULL)
BEGIN SELECT RAISE(ABORT, 'b118_letter_replaces_the_last'); END;

-- B-117, B-118: the committee records the code, and its head of a county in his own alone.
CREATE TRIGGER b117_committee_records_code BEFORE INSERT ON activity_codes
WHEN EXISTS (SELECT 1 FROM acts a JOIN users u ON u.id = a.user_id
  WHERE a.id = NEW.act_id AND coalesce(u.role, '') NOT IN ('county-head', 'province-deputy'))
BEGIN SELECT RAISE(ABORT, 'b117_committee_records_code'); END;
CREATE TRIGGER b17_coded_in_own_county BEFORE INSERT ON activity_codes
WHEN (SELECT u.county_id FROM acts a JOIN users u ON u.id = a.user_id WHERE a.id = NEW.act_id)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_account_in_own_county BEFORE INSERT ON bank_accounts
WHEN (SELECT county_id FROM users WHERE id = NEW.recorded_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
