-- What the province's papers say: wording in versions, the board's name, what letters cite, and the letters.

-- The wording of one kind of paper from a day on; what was issued before keeps what it said.
CREATE TABLE templates (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CONSTRAINT template_kind CHECK (kind <> '' AND kind NOT GLOB '*[^a-z-]*'),
  version INTEGER NOT NULL,
  from_on TEXT NOT NULL,
  wording TEXT NOT NULL CONSTRAINT template_is_json CHECK (json_valid(wording)),
  set_on TEXT NOT NULL,
  set_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT template_version_once UNIQUE (kind, version),
  CONSTRAINT template_not_for_the_past CHECK (from_on >= set_on)
) STRICT;
CREATE TRIGGER template_versions_follow BEFORE INSERT ON templates
WHEN NEW.version IS NOT 1 + (SELECT count(*) FROM templates WHERE kind = NEW.kind)
  OR EXISTS (SELECT 1 FROM templates WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'template_versions_follow'); END;
CREATE TRIGGER province_words_its_papers BEFORE INSERT ON templates
WHEN coalesce((SELECT role FROM users WHERE id = NEW.set_by), '') <> 'province-deputy'
BEGIN SELECT RAISE(ABORT, 'province_words_its_papers'); END;
-- B-46: every decree and every assignment says that the work is honorary.
CREATE TRIGGER b46_paper_says_honorary BEFORE INSERT ON templates
WHEN NEW.kind IN ('decree-committee', 'decree-centre', 'assignment')
  AND instr(coalesce(NEW.wording ->> 'paragraphs', ''), '{{honorary}}') = 0
BEGIN SELECT RAISE(ABORT, 'b46_paper_says_honorary'); END;
-- B-101: every decree says for what its holder answers.
CREATE TRIGGER b101_decree_says_liability BEFORE INSERT ON templates
WHEN NEW.kind IN ('decree-committee', 'decree-centre')
  AND instr(coalesce(NEW.wording ->> 'paragraphs', ''), '{{liability}}') = 0
BEGIN SELECT RAISE(ABORT, 'b101_decree_says_liability'); END;
-- B-14, B-130: a decree names the clearance or the coordination it follows, by number and day.
CREATE TRIGGER b14_committees_decree_names_clearance BEFORE INSERT ON templates
WHEN NEW.kind = 'decree-committee' AND (instr(coalesce(NEW.wording ->> 'paragraphs', ''), '{{basis}}') = 0
  OR instr(coalesce(NEW.wording ->> 'paragraphs', ''), '{{basisOn}}') = 0)
BEGIN SELECT RAISE(ABORT, 'b14_committees_decree_names_clearance'); END;
CREATE TRIGGER b130_chairs_decree_names_coordination BEFORE INSERT ON templates
WHEN NEW.kind = 'decree-centre' AND (instr(coalesce(NEW.wording ->> 'paragraphs', ''), '{{basis}}') = 0
  OR instr(coalesce(NEW.wording ->> 'paragraphs', ''), '{{basisOn}}') = 0)
BEGIN SELECT RAISE(ABORT, 'b130_chairs_decree_names_coordination'); END;
-- B-8, B-11: the licence form and the decrees cite what they rest on.
CREATE TRIGGER b8_licence_cites_its_basis BEFORE INSERT ON templates
WHEN NEW.kind = 'licence' AND (instr(coalesce(NEW.wording ->> 'paragraphs', ''), '{{citations}}') = 0
  OR coalesce(json_array_length(NEW.wording, '$.citations'), 0) = 0)
BEGIN SELECT RAISE(ABORT, 'b8_licence_cites_its_basis'); END;
CREATE TRIGGER b11_decree_cites_its_basis BEFORE INSERT ON templates
WHEN NEW.kind IN ('decree-committee', 'decree-centre')
  AND (instr(coalesce(NEW.wording ->> 'paragraphs', ''), '{{citations}}') = 0
    OR coalesce(json_array_length(NEW.wording, '$.citations'), 0) = 0)
BEGIN SELECT RAISE(ABORT, 'b11_decree_cites_its_basis'); END;
CREATE TRIGGER templates_are_final_update BEFORE UPDATE ON templates
BEGIN SELECT RAISE(ABORT, 'templates_are_final'); END;
CREATE TRIGGER templates_are_final_delete BEFORE DELETE ON templates
BEGIN SELECT RAISE(ABORT, 'templates_are_final'); END;

-- What the board of a centre is called in this province, from a day on.
CREATE TABLE board_names (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CONSTRAINT board_name CHECK (name IN ('trustees', 'executive')),
  from_on TEXT NOT NULL,
  set_on TEXT NOT NULL,
  set_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT board_name_not_for_the_past CHECK (from_on >= set_on)
) STRICT;
CREATE TRIGGER board_names_are_new BEFORE INSERT ON board_names
WHEN EXISTS (SELECT 1 FROM board_names WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'board_names_are_final'); END;
CREATE TRIGGER province_names_its_boards BEFORE INSERT ON board_names
WHEN coalesce((SELECT role FROM users WHERE id = NEW.set_by), '') <> 'province-deputy'
BEGIN SELECT RAISE(ABORT, 'province_names_its_boards'); END;
CREATE TRIGGER board_names_are_final_update BEFORE UPDATE ON board_names
BEGIN SELECT RAISE(ABORT, 'board_names_are_final'); END;
CREATE TRIGGER board_names_are_final_delete BEFORE DELETE ON board_names
BEGIN SELECT RAISE(ABORT, 'board_names_are_final'); END;

-- B-7 to B-11: what letters rest on, in versions, each with the days on which the basis itself holds.
CREATE TABLE citations (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL CONSTRAINT citation_key CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9-]*'),
  version INTEGER NOT NULL,
  title TEXT NOT NULL CONSTRAINT citation_title CHECK (length(trim(title)) >= 3),
  words TEXT NOT NULL CONSTRAINT citation_words CHECK (length(trim(words)) >= 3),
  valid_from TEXT,
  valid_to TEXT,
  set_on TEXT NOT NULL,
  set_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT citation_version_once UNIQUE (key, version),
  CONSTRAINT b10_basis_has_its_days CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_to >= valid_from)
) STRICT;
CREATE TRIGGER citation_versions_follow BEFORE INSERT ON citations
WHEN NEW.version IS NOT 1 + (SELECT count(*) FROM citations WHERE key = NEW.key)
  OR EXISTS (SELECT 1 FROM citations WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'citation_versions_follow'); END;
CREATE TRIGGER province_keeps_its_citations BEFORE INSERT ON citations
WHEN coalesce((SELECT role FROM users WHERE id = NEW.set_by), '') <> 'province-deputy'
BEGIN SELECT RAISE(ABORT, 'province_keeps_its_citations'); END;
-- B-7, B-9: the bases stay in the library as they were written; a change is a new version.
CREATE TRIGGER b7_bases_stay BEFORE DELETE ON citations
BEGIN SELECT RAISE(ABORT, 'b7_bases_stay'); END;
CREATE TRIGGER b9_bases_stay_as_written BEFORE UPDATE ON citations
BEGIN SELECT RAISE(ABORT, 'b9_bases_stay_as_written'); END;

-- B-1: the memorandum on which the province's centres rest; the newest one counts.
CREATE TABLE memoranda (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL CONSTRAINT memorandum_version_once UNIQUE,
  first_party TEXT NOT NULL CONSTRAINT b1_first_party CHECK (length(trim(first_party)) >= 3),
  second_party TEXT NOT NULL CONSTRAINT b1_second_party CHECK (length(trim(second_party)) >= 3),
  number TEXT NOT NULL CONSTRAINT b1_memorandum_number CHECK (length(trim(number)) > 0),
  signed_on TEXT NOT NULL,
  set_on TEXT NOT NULL,
  set_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT b1_signed_before_recorded CHECK (signed_on <= set_on)
) STRICT;
CREATE TRIGGER memoranda_follow BEFORE INSERT ON memoranda
WHEN NEW.version IS NOT 1 + (SELECT count(*) FROM memoranda)
  OR EXISTS (SELECT 1 FROM memoranda WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'memoranda_follow'); END;
CREATE TRIGGER b1_province_records_memorandum BEFORE INSERT ON memoranda
WHEN coalesce((SELECT role FROM users WHERE id = NEW.set_by), '') <> 'province-deputy'
BEGIN SELECT RAISE(ABORT, 'b1_province_records_memorandum'); END;
CREATE TRIGGER memoranda_are_final_update BEFORE UPDATE ON memoranda
BEGIN SELECT RAISE(ABORT, 'memoranda_are_final'); END;
CREATE TRIGGER memoranda_are_final_delete BEFORE DELETE ON memoranda
BEGIN SELECT RAISE(ABORT, 'memoranda_are_final'); END;

-- Every official letter, numbered in the centre's own series, which it shares with introductions.
CREATE TABLE issued_letters (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  kind TEXT NOT NULL CONSTRAINT letter_kind CHECK (kind <> '' AND kind NOT GLOB '*[^a-z-]*'),
  head TEXT NOT NULL CONSTRAINT letter_head CHECK (head IN ('committee', 'centre')),
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  issued_on TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES users (id),
  paper_id INTEGER NOT NULL CONSTRAINT letter_paper_once UNIQUE REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT issued_letter_number_once UNIQUE (centre_id, year, number)
) STRICT;
CREATE TRIGGER b132_issued_letter_number_follows BEFORE INSERT ON issued_letters
WHEN NEW.number IS NOT 1 + coalesce((SELECT last_number FROM numbers
    WHERE series = 'letter' AND centre_id = NEW.centre_id AND year = NEW.year), 0)
  OR EXISTS (SELECT 1 FROM issued_letters WHERE id = NEW.id OR paper_id = NEW.paper_id)
BEGIN SELECT RAISE(ABORT, 'b132_number_without_gap'); END;
CREATE TRIGGER letter_is_its_paper BEFORE INSERT ON issued_letters
WHEN NOT EXISTS (SELECT 1 FROM papers p WHERE p.id = NEW.paper_id AND p.kind = NEW.kind
  AND p.centre_id = NEW.centre_id AND p.act_id = NEW.act_id AND p.issued_on = NEW.issued_on
  AND p.number = NEW.year || '-' || printf('%04d', NEW.number))
BEGIN SELECT RAISE(ABORT, 'letter_is_its_paper'); END;
-- Nobody but the committee's own officers writes under the committee's name.
CREATE TRIGGER committee_writes_under_its_head BEFORE INSERT ON issued_letters
WHEN NEW.head = 'committee' AND (SELECT role FROM users WHERE id = NEW.issued_by) IS NULL
BEGIN SELECT RAISE(ABORT, 'committee_writes_under_its_head'); END;
CREATE TRIGGER b17_letter_in_own_county BEFORE INSERT ON issued_letters
WHEN (SELECT county_id FROM users WHERE id = NEW.issued_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER issued_letter_number_is_counted AFTER INSERT ON issued_letters
BEGIN
  INSERT INTO numbers (series, centre_id, year, last_number)
  VALUES ('letter', NEW.centre_id, NEW.year, NEW.number)
  ON CONFLICT DO UPDATE SET last_number = excluded.last_number;
END;
CREATE TRIGGER issued_letters_are_final_update BEFORE UPDATE ON issued_letters
BEGIN SELECT RAISE(ABORT, 'issued_letters_are_final'); END;
CREATE TRIGGER issued_letters_are_final_delete BEFORE DELETE ON issued_letters
BEGIN SELECT RAISE(ABORT, 'issued_letters_are_final'); END;
