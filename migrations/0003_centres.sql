-- A centre that may work: persons and their clearance, the centre, its licence, area, decrees, account.

CREATE TABLE persons (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  name_search TEXT NOT NULL,
  name_sort TEXT NOT NULL,
  national_id TEXT NOT NULL CONSTRAINT person_once UNIQUE
    CONSTRAINT national_id_digits CHECK (national_id GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
  gender TEXT NOT NULL CONSTRAINT person_gender CHECK (gender IN ('man', 'woman')),
  is_cleric INTEGER NOT NULL DEFAULT 0 CONSTRAINT cleric_yes_no CHECK (is_cleric IN (0, 1)),
  mobile TEXT,
  county_id INTEGER NOT NULL REFERENCES counties (id),
  created_at TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX persons_by_name ON persons (name_sort);
CREATE TRIGGER persons_are_new BEFORE INSERT ON persons
WHEN EXISTS (SELECT 1 FROM persons WHERE id = NEW.id OR national_id = NEW.national_id)
BEGIN SELECT RAISE(ABORT, 'b134_persons_stay'); END;
CREATE TRIGGER persons_stay_themselves BEFORE UPDATE OF id, national_id ON persons
BEGIN SELECT RAISE(ABORT, 'b134_persons_stay'); END;
CREATE TRIGGER persons_stay BEFORE DELETE ON persons
BEGIN SELECT RAISE(ABORT, 'b134_persons_stay'); END;

-- B-14: what security and selection each decided about a person: state, number and day, never opinions.
CREATE TABLE clearances (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES persons (id),
  kind TEXT NOT NULL CONSTRAINT clearance_kind CHECK (kind IN ('security', 'selection')),
  state TEXT NOT NULL CONSTRAINT clearance_state CHECK (state IN ('approved', 'refused')),
  number TEXT NOT NULL CONSTRAINT clearance_number CHECK (length(trim(number)) > 0),
  decided_on TEXT NOT NULL,
  decided_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX clearances_of_person ON clearances (person_id, kind, id);
CREATE TRIGGER b14_office_gives_its_clearance BEFORE INSERT ON clearances
WHEN NEW.kind IS NOT (SELECT role FROM users WHERE id = NEW.decided_by)
BEGIN SELECT RAISE(ABORT, 'b14_office_gives_its_clearance'); END;
CREATE TRIGGER clearances_are_new BEFORE INSERT ON clearances
WHEN EXISTS (SELECT 1 FROM clearances WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'clearances_are_final'); END;
CREATE TRIGGER clearances_are_final_update BEFORE UPDATE ON clearances
BEGIN SELECT RAISE(ABORT, 'clearances_are_final'); END;
CREATE TRIGGER clearances_are_final_delete BEFORE DELETE ON clearances
BEGIN SELECT RAISE(ABORT, 'clearances_are_final'); END;

CREATE TABLE centres (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL CONSTRAINT centre_code_once UNIQUE
    CONSTRAINT centre_code_form CHECK (length(code) BETWEEN 2 AND 20 AND code NOT GLOB '*[^a-z0-9-]*'),
  name TEXT NOT NULL CONSTRAINT centre_name CHECK (length(trim(name)) > 0),
  name_search TEXT NOT NULL,
  name_sort TEXT NOT NULL,
  kind TEXT NOT NULL CONSTRAINT centre_kind CHECK (kind IN ('neighbourhood', 'guild', 'specialised')),
  speciality TEXT,
  county_id INTEGER NOT NULL REFERENCES counties (id),
  host TEXT NOT NULL CONSTRAINT centre_host CHECK (host IN
    ('mosque', 'school', 'office', 'firm', 'clinic', 'university', 'other')),
  host_name TEXT NOT NULL,
  imam_name TEXT,
  imam_phone TEXT,
  place TEXT NOT NULL,
  address TEXT NOT NULL,
  postal_code TEXT,
  phone TEXT,
  lon REAL,
  lat REAL,
  registered_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT location_is_whole CHECK ((lon IS NULL) = (lat IS NULL)),
  CONSTRAINT mosque_has_imam CHECK (host <> 'mosque' OR imam_name IS NOT NULL)
) STRICT;
CREATE INDEX centres_of_county ON centres (county_id, name_sort);
CREATE TRIGGER centres_are_new BEFORE INSERT ON centres
WHEN EXISTS (SELECT 1 FROM centres WHERE id = NEW.id OR code = NEW.code)
BEGIN SELECT RAISE(ABORT, 'b134_centres_stay'); END;
CREATE TRIGGER centres_stay BEFORE DELETE ON centres
BEGIN SELECT RAISE(ABORT, 'b134_centres_stay'); END;
CREATE TRIGGER centre_code_and_name_stay BEFORE UPDATE OF id, code, name, county_id ON centres
BEGIN SELECT RAISE(ABORT, 'centre_code_and_name_stay'); END;

-- B-128: the committee's leave to work under the centre's name, for its days, both ends included.
CREATE TABLE licences (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  number TEXT NOT NULL CONSTRAINT licence_number_once UNIQUE
    CONSTRAINT licence_number CHECK (length(trim(number)) > 0),
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT licence_days CHECK (to_on >= from_on)
) STRICT;
CREATE INDEX licences_of_centre ON licences (centre_id, from_on);
CREATE TRIGGER b128_committee_licenses BEFORE INSERT ON licences
WHEN coalesce((SELECT role FROM users WHERE id = NEW.issued_by), '') NOT IN ('county-head', 'province-deputy')
BEGIN SELECT RAISE(ABORT, 'b128_committee_licenses'); END;
CREATE TRIGGER b128_one_licence_a_day BEFORE INSERT ON licences
WHEN EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id
  AND from_on <= NEW.to_on AND to_on >= NEW.from_on)
BEGIN SELECT RAISE(ABORT, 'b128_one_licence_a_day'); END;
CREATE TRIGGER licences_are_new BEFORE INSERT ON licences
WHEN EXISTS (SELECT 1 FROM licences WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'licences_are_final'); END;
CREATE TRIGGER licences_are_final_update BEFORE UPDATE ON licences
BEGIN SELECT RAISE(ABORT, 'licences_are_final'); END;
CREATE TRIGGER licences_are_final_delete BEFORE DELETE ON licences
BEGIN SELECT RAISE(ABORT, 'licences_are_final'); END;

-- B-124: a version of the centre's area, proposed; it counts once the committee has approved it.
CREATE TABLE boundaries (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  version INTEGER NOT NULL,
  area TEXT NOT NULL CONSTRAINT area_is_json CHECK (json_valid(area)),
  square_metres INTEGER NOT NULL CONSTRAINT area_is_positive CHECK (square_metres > 0),
  note TEXT,
  proposed_on TEXT NOT NULL,
  proposed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT boundary_version_once UNIQUE (centre_id, version)
) STRICT;
CREATE TRIGGER boundary_versions_follow BEFORE INSERT ON boundaries
WHEN NEW.version IS NOT 1 + (SELECT count(*) FROM boundaries WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'boundary_versions_follow'); END;
CREATE TRIGGER boundaries_are_new BEFORE INSERT ON boundaries
WHEN EXISTS (SELECT 1 FROM boundaries WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'boundaries_are_final'); END;
CREATE TRIGGER boundaries_are_final_update BEFORE UPDATE ON boundaries
BEGIN SELECT RAISE(ABORT, 'boundaries_are_final'); END;
CREATE TRIGGER boundaries_are_final_delete BEFORE DELETE ON boundaries
BEGIN SELECT RAISE(ABORT, 'boundaries_are_final'); END;

CREATE VIRTUAL TABLE boundary_bounds USING rtree (id, min_lon, max_lon, min_lat, max_lat);

-- Where a proposed version lies over another centre's, as it was measured at the proposal.
CREATE TABLE boundary_overlaps (
  boundary_id INTEGER NOT NULL REFERENCES boundaries (id),
  other_boundary_id INTEGER NOT NULL REFERENCES boundaries (id),
  square_metres INTEGER NOT NULL,
  PRIMARY KEY (boundary_id, other_boundary_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER b124_overlaps_stay_update BEFORE UPDATE ON boundary_overlaps
BEGIN SELECT RAISE(ABORT, 'b124_overlaps_stay'); END;
CREATE TRIGGER b124_overlaps_stay_delete BEFORE DELETE ON boundary_overlaps
BEGIN SELECT RAISE(ABORT, 'b124_overlaps_stay'); END;

-- The committee's coordination for one overlap, by letter.
CREATE TABLE boundary_coordinations (
  boundary_id INTEGER NOT NULL REFERENCES boundaries (id),
  other_boundary_id INTEGER NOT NULL REFERENCES boundaries (id),
  number TEXT NOT NULL CONSTRAINT coordination_number CHECK (length(trim(number)) > 0),
  decided_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  PRIMARY KEY (boundary_id, other_boundary_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER boundary_coordinations_are_new BEFORE INSERT ON boundary_coordinations
WHEN EXISTS (SELECT 1 FROM boundary_coordinations
  WHERE boundary_id = NEW.boundary_id AND other_boundary_id = NEW.other_boundary_id)
BEGIN SELECT RAISE(ABORT, 'boundary_coordinations_are_final'); END;
CREATE TRIGGER boundary_coordinations_are_final_update BEFORE UPDATE ON boundary_coordinations
BEGIN SELECT RAISE(ABORT, 'boundary_coordinations_are_final'); END;
CREATE TRIGGER boundary_coordinations_are_final_delete BEFORE DELETE ON boundary_coordinations
BEGIN SELECT RAISE(ABORT, 'boundary_coordinations_are_final'); END;

CREATE TABLE boundary_approvals (
  boundary_id INTEGER PRIMARY KEY REFERENCES boundaries (id),
  approved_on TEXT NOT NULL,
  approved_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER b124_committee_approves BEFORE INSERT ON boundary_approvals
WHEN coalesce((SELECT role FROM users WHERE id = NEW.approved_by), '') NOT IN ('county-head', 'province-deputy')
BEGIN SELECT RAISE(ABORT, 'b124_committee_approves'); END;
CREATE TRIGGER b124_no_overlap_without_coordination BEFORE INSERT ON boundary_approvals
WHEN EXISTS (
  SELECT 1 FROM boundary_overlaps o
  JOIN boundaries mine ON mine.id = o.boundary_id
  JOIN centres my_centre ON my_centre.id = mine.centre_id AND my_centre.kind = 'neighbourhood'
  JOIN boundaries theirs ON theirs.id = o.other_boundary_id
  JOIN centres their_centre ON their_centre.id = theirs.centre_id AND their_centre.kind = 'neighbourhood'
  WHERE o.boundary_id = NEW.boundary_id
    AND NOT EXISTS (SELECT 1 FROM boundary_coordinations c
      WHERE c.boundary_id = o.boundary_id AND c.other_boundary_id = o.other_boundary_id)
    -- An older version of the neighbour that has since been replaced stands in nobody's way.
    AND theirs.id = (SELECT max(b.id) FROM boundaries b
      JOIN boundary_approvals a ON a.boundary_id = b.id WHERE b.centre_id = theirs.centre_id))
BEGIN SELECT RAISE(ABORT, 'b124_no_overlap_without_coordination'); END;
CREATE TRIGGER boundary_approvals_are_new BEFORE INSERT ON boundary_approvals
WHEN EXISTS (SELECT 1 FROM boundary_approvals WHERE boundary_id = NEW.boundary_id)
BEGIN SELECT RAISE(ABORT, 'boundary_approvals_are_final'); END;
CREATE TRIGGER boundary_approvals_are_final_update BEFORE UPDATE ON boundary_approvals
BEGIN SELECT RAISE(ABORT, 'boundary_approvals_are_final'); END;
CREATE TRIGGER boundary_approvals_are_final_delete BEFORE DELETE ON boundary_approvals
BEGIN SELECT RAISE(ABORT, 'boundary_approvals_are_final'); END;

-- A person proposed for a seat of the board; what became of it stands in the rows below.
CREATE TABLE decrees (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  seat TEXT NOT NULL CONSTRAINT decree_seat CHECK (seat IN ('chair', 'vice-chair', 'admin-finance',
    'benefactors-men', 'benefactors-women', 'assemblies')),
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  drafted_on TEXT NOT NULL,
  drafted_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT decree_days CHECK (to_on >= from_on)
) STRICT;
CREATE INDEX decrees_of_centre ON decrees (centre_id, seat, from_on);
CREATE INDEX decrees_of_person ON decrees (person_id);
CREATE TRIGGER decrees_are_new BEFORE INSERT ON decrees
WHEN EXISTS (SELECT 1 FROM decrees WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'decrees_are_final'); END;
CREATE TRIGGER decrees_are_final_update BEFORE UPDATE ON decrees
BEGIN SELECT RAISE(ABORT, 'decrees_are_final'); END;
CREATE TRIGGER decrees_are_final_delete BEFORE DELETE ON decrees
BEGIN SELECT RAISE(ABORT, 'decrees_are_final'); END;

-- B-130: the committee's answer to the chair's request, with its letter.
CREATE TABLE decree_coordinations (
  decree_id INTEGER PRIMARY KEY REFERENCES decrees (id),
  answer TEXT NOT NULL CONSTRAINT coordination_answer CHECK (answer IN ('agreed', 'refused')),
  number TEXT NOT NULL CONSTRAINT decree_coordination_number CHECK (length(trim(number)) > 0),
  decided_on TEXT NOT NULL,
  decided_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER b130_committee_coordinates BEFORE INSERT ON decree_coordinations
WHEN coalesce((SELECT role FROM users WHERE id = NEW.decided_by), '') NOT IN ('county-head', 'province-deputy')
BEGIN SELECT RAISE(ABORT, 'b130_committee_coordinates'); END;
CREATE TRIGGER coordinations_are_new BEFORE INSERT ON decree_coordinations
WHEN EXISTS (SELECT 1 FROM decree_coordinations WHERE decree_id = NEW.decree_id)
BEGIN SELECT RAISE(ABORT, 'coordinations_are_final'); END;
CREATE TRIGGER coordinations_are_final_update BEFORE UPDATE ON decree_coordinations
BEGIN SELECT RAISE(ABORT, 'coordinations_are_final'); END;
CREATE TRIGGER coordinations_are_final_delete BEFORE DELETE ON decree_coordinations
BEGIN SELECT RAISE(ABORT, 'coordinations_are_final'); END;

-- A decree given out under its number, by an office of the committee or by the chair's own decree.
CREATE TABLE decree_issues (
  decree_id INTEGER PRIMARY KEY REFERENCES decrees (id),
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  issued_on TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES users (id),
  issuer_decree_id INTEGER REFERENCES decrees (id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT decree_number_once UNIQUE (centre_id, year, number)
) STRICT;

CREATE TABLE decree_acceptances (
  decree_id INTEGER PRIMARY KEY REFERENCES decree_issues (decree_id),
  accepted_on TEXT NOT NULL,
  -- B-100: the declaration against political and party activity comes before any power.
  declares_no_politics INTEGER NOT NULL CONSTRAINT b100_declared CHECK (declares_no_politics = 1),
  -- B-101: the holder answers for his acts, criminally, civilly and disciplinarily.
  accepts_liability INTEGER NOT NULL CONSTRAINT b101_accepted CHECK (accepts_liability = 1),
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

-- A decree that ends before its last day; from ended_on on it has no force.
CREATE TABLE decree_endings (
  decree_id INTEGER PRIMARY KEY REFERENCES decrees (id),
  ended_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT ending_reason CHECK (length(trim(reason)) >= 3),
  ended_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

CREATE TRIGGER b14_cleared_before_decree BEFORE INSERT ON decree_issues
WHEN EXISTS (
  SELECT 1 FROM decrees d, (SELECT 'security' AS kind UNION ALL SELECT 'selection') needed
  WHERE d.id = NEW.decree_id AND 'approved' IS NOT (
    SELECT c.state FROM clearances c
    WHERE c.person_id = d.person_id AND c.kind = needed.kind AND c.decided_on <= NEW.issued_on
    ORDER BY c.id DESC LIMIT 1))
BEGIN SELECT RAISE(ABORT, 'b14_cleared_before_decree'); END;
CREATE TRIGGER b128_decree_within_licence BEFORE INSERT ON decree_issues
WHEN NOT EXISTS (
  SELECT 1 FROM decrees d JOIN licences l ON l.centre_id = d.centre_id
  WHERE d.id = NEW.decree_id AND l.from_on <= d.from_on AND l.to_on >= d.to_on)
  -- Nothing is done under the centre's name on a day without a licence, whatever days it is for.
  OR NOT EXISTS (SELECT 1 FROM licences
    WHERE centre_id = NEW.centre_id AND NEW.issued_on BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT, 'b128_decree_within_licence'); END;
CREATE TRIGGER b129_committee_issues BEFORE INSERT ON decree_issues
WHEN (SELECT seat FROM decrees WHERE id = NEW.decree_id) IN ('chair', 'vice-chair')
  AND (NEW.issuer_decree_id IS NOT NULL
    OR coalesce((SELECT role FROM users WHERE id = NEW.issued_by), '') NOT IN ('county-head', 'province-deputy'))
BEGIN SELECT RAISE(ABORT, 'b129_committee_issues'); END;
CREATE TRIGGER b130_chair_issues_after_coordination BEFORE INSERT ON decree_issues
WHEN (SELECT seat FROM decrees WHERE id = NEW.decree_id) NOT IN ('chair', 'vice-chair')
  AND (
    NOT EXISTS (SELECT 1 FROM decree_coordinations
      WHERE decree_id = NEW.decree_id AND answer = 'agreed' AND decided_on <= NEW.issued_on)
    OR NOT EXISTS (
      SELECT 1 FROM decrees chair
      JOIN decree_issues i ON i.decree_id = chair.id
      JOIN decree_acceptances a ON a.decree_id = chair.id AND a.accepted_on <= NEW.issued_on
      JOIN users u ON u.id = NEW.issued_by AND u.person_id = chair.person_id
      LEFT JOIN decree_endings e ON e.decree_id = chair.id
      WHERE chair.id = NEW.issuer_decree_id AND chair.seat = 'chair' AND chair.centre_id = NEW.centre_id
        AND NEW.issued_on BETWEEN chair.from_on AND chair.to_on
        AND (e.ended_on IS NULL OR e.ended_on > NEW.issued_on)))
BEGIN SELECT RAISE(ABORT, 'b130_chair_issues_after_coordination'); END;
-- B-28, B-29, B-30 and the seats beside them: one holder at a time, terms without overlap.
CREATE TRIGGER b28_one_holder_per_seat BEFORE INSERT ON decree_issues
WHEN EXISTS (
  SELECT 1 FROM decrees mine
  JOIN decrees other ON other.centre_id = mine.centre_id AND other.seat = mine.seat AND other.id <> mine.id
  JOIN decree_issues i ON i.decree_id = other.id
  LEFT JOIN decree_endings e ON e.decree_id = other.id
  WHERE mine.id = NEW.decree_id AND other.from_on <= mine.to_on
    AND coalesce(min(other.to_on, date(e.ended_on, '-1 day')), other.to_on) >= mine.from_on
    AND (e.ended_on IS NULL OR e.ended_on > other.from_on))
BEGIN SELECT RAISE(ABORT, 'b28_one_holder_per_seat'); END;
CREATE TRIGGER b132_decree_number_follows BEFORE INSERT ON decree_issues
WHEN NEW.number IS NOT 1 + coalesce((SELECT last_number FROM numbers
    WHERE series = 'decree' AND centre_id = NEW.centre_id AND year = NEW.year), 0)
  OR NEW.centre_id IS NOT (SELECT centre_id FROM decrees WHERE id = NEW.decree_id)
  OR EXISTS (SELECT 1 FROM decree_issues WHERE decree_id = NEW.decree_id)
BEGIN SELECT RAISE(ABORT, 'b132_number_without_gap'); END;
CREATE TRIGGER decree_number_is_counted AFTER INSERT ON decree_issues
BEGIN
  INSERT INTO numbers (series, centre_id, year, last_number)
  VALUES ('decree', NEW.centre_id, NEW.year, NEW.number)
  ON CONFLICT DO UPDATE SET last_number = excluded.last_number;
END;
CREATE TRIGGER decree_issues_are_final_update BEFORE UPDATE ON decree_issues
BEGIN SELECT RAISE(ABORT, 'decree_issues_are_final'); END;
CREATE TRIGGER decree_issues_are_final_delete BEFORE DELETE ON decree_issues
BEGIN SELECT RAISE(ABORT, 'decree_issues_are_final'); END;
CREATE TRIGGER decree_acceptances_are_new BEFORE INSERT ON decree_acceptances
WHEN EXISTS (SELECT 1 FROM decree_acceptances WHERE decree_id = NEW.decree_id)
BEGIN SELECT RAISE(ABORT, 'decree_acceptances_are_final'); END;
CREATE TRIGGER decree_acceptances_are_final_update BEFORE UPDATE ON decree_acceptances
BEGIN SELECT RAISE(ABORT, 'decree_acceptances_are_final'); END;
CREATE TRIGGER decree_acceptances_are_final_delete BEFORE DELETE ON decree_acceptances
BEGIN SELECT RAISE(ABORT, 'decree_acceptances_are_final'); END;
CREATE TRIGGER decree_endings_are_new BEFORE INSERT ON decree_endings
WHEN EXISTS (SELECT 1 FROM decree_endings WHERE decree_id = NEW.decree_id)
BEGIN SELECT RAISE(ABORT, 'decree_endings_are_final'); END;
CREATE TRIGGER decree_endings_are_final_update BEFORE UPDATE ON decree_endings
BEGIN SELECT RAISE(ABORT, 'decree_endings_are_final'); END;
CREATE TRIGGER decree_endings_are_final_delete BEFORE DELETE ON decree_endings
BEGIN SELECT RAISE(ABORT, 'decree_endings_are_final'); END;

-- B-117: the activity code; papers carry the draft mark until it is recorded.
CREATE TABLE activity_codes (
  centre_id INTEGER PRIMARY KEY REFERENCES centres (id),
  code TEXT NOT NULL CONSTRAINT activity_code_once UNIQUE
    CONSTRAINT activity_code CHECK (length(trim(code)) > 0),
  recorded_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER b117_activity_code_after_licence BEFORE INSERT ON activity_codes
WHEN NOT EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b117_activity_code_after_licence'); END;
CREATE TRIGGER activity_codes_are_new BEFORE INSERT ON activity_codes
WHEN EXISTS (SELECT 1 FROM activity_codes WHERE centre_id = NEW.centre_id OR code = NEW.code)
BEGIN SELECT RAISE(ABORT, 'activity_codes_are_final'); END;
CREATE TRIGGER activity_codes_are_final_update BEFORE UPDATE ON activity_codes
BEGIN SELECT RAISE(ABORT, 'activity_codes_are_final'); END;
CREATE TRIGGER activity_codes_are_final_delete BEFORE DELETE ON activity_codes
BEGIN SELECT RAISE(ABORT, 'activity_codes_are_final'); END;

-- B-118: the committee's letter that introduces the centre to the one permitted bank.
CREATE TABLE introductions (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  issued_on TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES users (id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT letter_number_once UNIQUE (centre_id, year, number)
) STRICT;
CREATE TRIGGER b118_committee_introduces BEFORE INSERT ON introductions
WHEN coalesce((SELECT role FROM users WHERE id = NEW.issued_by), '') NOT IN ('county-head', 'province-deputy')
  OR NOT EXISTS (SELECT 1 FROM activity_codes WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b118_committee_introduces'); END;
CREATE TRIGGER b132_letter_number_follows BEFORE INSERT ON introductions
WHEN NEW.number IS NOT 1 + coalesce((SELECT last_number FROM numbers
    WHERE series = 'letter' AND centre_id = NEW.centre_id AND year = NEW.year), 0)
  OR EXISTS (SELECT 1 FROM introductions WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'b132_number_without_gap'); END;
CREATE TRIGGER letter_number_is_counted AFTER INSERT ON introductions
BEGIN
  INSERT INTO numbers (series, centre_id, year, last_number)
  VALUES ('letter', NEW.centre_id, NEW.year, NEW.number)
  ON CONFLICT DO UPDATE SET last_number = excluded.last_number;
END;
CREATE TRIGGER introductions_are_final_update BEFORE UPDATE ON introductions
BEGIN SELECT RAISE(ABORT, 'introductions_are_final'); END;
CREATE TRIGGER introductions_are_final_delete BEFORE DELETE ON introductions
BEGIN SELECT RAISE(ABORT, 'introductions_are_final'); END;

-- B-118: the centre's account: at one bank, in the centre's own name, on the committee's introduction.
CREATE TABLE bank_accounts (
  centre_id INTEGER PRIMARY KEY REFERENCES centres (id),
  bank TEXT NOT NULL CONSTRAINT b118_only_velayat CHECK (bank = 'velayat'),
  owner_name TEXT NOT NULL,
  account_number TEXT NOT NULL CONSTRAINT b118_no_card_number
    CHECK (account_number GLOB '[0-9]*' AND account_number NOT GLOB '*[^0-9.-]*'
      AND length(replace(replace(account_number, '-', ''), '.', '')) <> 16),
  iban TEXT CONSTRAINT iban_form CHECK (iban IS NULL OR (length(iban) = 26 AND iban GLOB 'IR[0-9]*')),
  introduction_id INTEGER NOT NULL REFERENCES introductions (id),
  opened_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER b118_owner_is_the_centre BEFORE INSERT ON bank_accounts
WHEN NEW.owner_name IS NOT (SELECT name FROM centres WHERE id = NEW.centre_id)
  OR NEW.centre_id IS NOT (SELECT centre_id FROM introductions WHERE id = NEW.introduction_id)
  OR EXISTS (SELECT 1 FROM bank_accounts WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b118_owner_is_the_centre'); END;
CREATE TRIGGER bank_accounts_are_final_update BEFORE UPDATE ON bank_accounts
BEGIN SELECT RAISE(ABORT, 'bank_accounts_are_final'); END;
CREATE TRIGGER bank_accounts_are_final_delete BEFORE DELETE ON bank_accounts
BEGIN SELECT RAISE(ABORT, 'bank_accounts_are_final'); END;

-- B-17: the head of a county office decides in his own county; every other office is the province's.
CREATE TRIGGER b17_licensed_in_own_county BEFORE INSERT ON licences
WHEN (SELECT county_id FROM users WHERE id = NEW.issued_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_area_approved_in_own_county BEFORE INSERT ON boundary_approvals
WHEN (SELECT county_id FROM users WHERE id = NEW.approved_by)
  <> (SELECT c.county_id FROM boundaries b JOIN centres c ON c.id = b.centre_id
    WHERE b.id = NEW.boundary_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_coordinated_in_own_county BEFORE INSERT ON decree_coordinations
WHEN (SELECT county_id FROM users WHERE id = NEW.decided_by)
  <> (SELECT c.county_id FROM decrees d JOIN centres c ON c.id = d.centre_id
    WHERE d.id = NEW.decree_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_decreed_in_own_county BEFORE INSERT ON decree_issues
WHEN (SELECT county_id FROM users WHERE id = NEW.issued_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_introduced_in_own_county BEFORE INSERT ON introductions
WHEN (SELECT county_id FROM users WHERE id = NEW.issued_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
