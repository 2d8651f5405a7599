-- B-68 to B-78: the assemblies that a centre forms, their meetings; the institutions it works with.

-- A charity assembly, formed once; the two that every centre forms are one at a time (B-73, B-78).
CREATE TABLE assemblies (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  kind TEXT NOT NULL CONSTRAINT assembly_kind CHECK (kind IN
    ('guilds', 'women', 'women-entrepreneurs', 'organisations', 'charity')),
  name TEXT NOT NULL CONSTRAINT assembly_name CHECK (length(trim(name)) > 0),
  purpose TEXT,
  formed_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX assemblies_of_centre ON assemblies (centre_id, kind);
CREATE TRIGGER assemblies_are_new BEFORE INSERT ON assemblies
WHEN EXISTS (SELECT 1 FROM assemblies WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'assemblies_are_final'); END;
CREATE TRIGGER b73_one_assembly_of_entrepreneurs BEFORE INSERT ON assemblies
WHEN NEW.kind = 'women-entrepreneurs' AND EXISTS (SELECT 1 FROM assemblies a
  WHERE a.centre_id = NEW.centre_id AND a.kind = NEW.kind
    AND a.id NOT IN (SELECT assembly_id FROM assembly_endings))
BEGIN SELECT RAISE(ABORT, 'b73_one_assembly_of_entrepreneurs'); END;
CREATE TRIGGER b78_one_assembly_of_organisations BEFORE INSERT ON assemblies
WHEN NEW.kind = 'organisations' AND EXISTS (SELECT 1 FROM assemblies a
  WHERE a.centre_id = NEW.centre_id AND a.kind = NEW.kind
    AND a.id NOT IN (SELECT assembly_id FROM assembly_endings))
BEGIN SELECT RAISE(ABORT, 'b78_one_assembly_of_organisations'); END;
CREATE TRIGGER assemblies_are_final_update BEFORE UPDATE ON assemblies
BEGIN SELECT RAISE(ABORT, 'assemblies_are_final'); END;
CREATE TRIGGER assemblies_are_final_delete BEFORE DELETE ON assemblies
BEGIN SELECT RAISE(ABORT, 'assemblies_are_final'); END;

CREATE TABLE assembly_endings (
  assembly_id INTEGER PRIMARY KEY REFERENCES assemblies (id),
  ended_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT assembly_ending_reason CHECK (length(trim(reason)) >= 3),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER assembly_endings_are_new BEFORE INSERT ON assembly_endings
WHEN EXISTS (SELECT 1 FROM assembly_endings WHERE assembly_id = NEW.assembly_id)
  OR NEW.ended_on < (SELECT formed_on FROM assemblies WHERE id = NEW.assembly_id)
BEGIN SELECT RAISE(ABORT, 'assembly_endings_are_final'); END;
CREATE TRIGGER assembly_endings_are_final_update BEFORE UPDATE ON assembly_endings
BEGIN SELECT RAISE(ABORT, 'assembly_endings_are_final'); END;
CREATE TRIGGER assembly_endings_are_final_delete BEFORE DELETE ON assembly_endings
BEGIN SELECT RAISE(ABORT, 'assembly_endings_are_final'); END;

-- Who sits in an assembly: a person by name, or an institution of the directory by its representative.
CREATE TABLE assembly_members (
  id INTEGER PRIMARY KEY,
  assembly_id INTEGER NOT NULL REFERENCES assemblies (id),
  name TEXT NOT NULL CONSTRAINT assembly_member_name CHECK (length(trim(name)) > 0),
  role TEXT NOT NULL CONSTRAINT assembly_role CHECK (role IN ('head', 'secretary', 'member')),
  institution_id INTEGER REFERENCES institutions (id),
  -- B-105: shown to the chair and to the officer of assemblies.
  mobile TEXT,
  since TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX members_of_assembly ON assembly_members (assembly_id);
CREATE TRIGGER assembly_members_are_new BEFORE INSERT ON assembly_members
WHEN EXISTS (SELECT 1 FROM assembly_members WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM assembly_endings WHERE assembly_id = NEW.assembly_id)
  OR (NEW.institution_id IS NOT NULL AND (SELECT centre_id FROM institutions WHERE id = NEW.institution_id)
    IS NOT (SELECT centre_id FROM assemblies WHERE id = NEW.assembly_id))
BEGIN SELECT RAISE(ABORT, 'assembly_members_are_final'); END;
CREATE TRIGGER assembly_has_one_head BEFORE INSERT ON assembly_members
WHEN NEW.role <> 'member' AND EXISTS (SELECT 1 FROM assembly_members m
  WHERE m.assembly_id = NEW.assembly_id AND m.role = NEW.role
    AND m.id NOT IN (SELECT member_id FROM assembly_leavings))
BEGIN SELECT RAISE(ABORT, 'assembly_has_one_head'); END;
CREATE TRIGGER assembly_members_are_final_update BEFORE UPDATE ON assembly_members
BEGIN SELECT RAISE(ABORT, 'assembly_members_are_final'); END;
CREATE TRIGGER assembly_members_are_final_delete BEFORE DELETE ON assembly_members
BEGIN SELECT RAISE(ABORT, 'assembly_members_are_final'); END;

CREATE TABLE assembly_leavings (
  member_id INTEGER PRIMARY KEY REFERENCES assembly_members (id),
  left_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER assembly_leavings_are_new BEFORE INSERT ON assembly_leavings
WHEN EXISTS (SELECT 1 FROM assembly_leavings WHERE member_id = NEW.member_id)
BEGIN SELECT RAISE(ABORT, 'assembly_leavings_are_final'); END;
CREATE TRIGGER assembly_leavings_are_final_update BEFORE UPDATE ON assembly_leavings
BEGIN SELECT RAISE(ABORT, 'assembly_leavings_are_final'); END;
CREATE TRIGGER assembly_leavings_are_final_delete BEFORE DELETE ON assembly_leavings
BEGIN SELECT RAISE(ABORT, 'assembly_leavings_are_final'); END;

-- B-75: a meeting of one assembly or of several together, with what was resolved.
CREATE TABLE assembly_meetings (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  met_on TEXT NOT NULL,
  -- B-100: the kinds are these; none is political or of a party.
  kind TEXT NOT NULL CONSTRAINT b100_assembly_meeting_kind CHECK (kind IN
    ('working', 'training', 'culture', 'campaign', 'report', 'thanks')),
  subject TEXT NOT NULL CONSTRAINT assembly_meeting_subject CHECK (length(trim(subject)) >= 3),
  place TEXT,
  present INTEGER CONSTRAINT assembly_meeting_present CHECK (present > 0),
  -- B-51, B-77: what tradition of giving it promoted, of a cultural programme.
  promotes TEXT CONSTRAINT meeting_promotes CHECK (promotes IS NULL OR promotes IN
    ('giving', 'orphans', 'jobs', 'shared-duty')),
  declares_no_politics INTEGER NOT NULL
    CONSTRAINT b100_assembly_meeting_declared CHECK (declares_no_politics = 1),
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX meetings_of_centre ON assembly_meetings (centre_id, met_on);
CREATE TRIGGER assembly_meetings_are_new BEFORE INSERT ON assembly_meetings
WHEN EXISTS (SELECT 1 FROM assembly_meetings WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'assembly_meetings_are_final'); END;
CREATE TRIGGER assembly_meetings_are_final_update BEFORE UPDATE ON assembly_meetings
BEGIN SELECT RAISE(ABORT, 'assembly_meetings_are_final'); END;
CREATE TRIGGER assembly_meetings_are_final_delete BEFORE DELETE ON assembly_meetings
BEGIN SELECT RAISE(ABORT, 'assembly_meetings_are_final'); END;

CREATE TABLE assembly_meets (
  meeting_id INTEGER NOT NULL REFERENCES assembly_meetings (id),
  assembly_id INTEGER NOT NULL REFERENCES assemblies (id),
  PRIMARY KEY (meeting_id, assembly_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX meets_of_assembly ON assembly_meets (assembly_id);
CREATE TRIGGER b75_assemblies_meet_in_their_centre BEFORE INSERT ON assembly_meets
WHEN (SELECT centre_id FROM assembly_meetings WHERE id = NEW.meeting_id)
    IS NOT (SELECT centre_id FROM assemblies WHERE id = NEW.assembly_id)
  OR EXISTS (SELECT 1 FROM assembly_meets
    WHERE meeting_id = NEW.meeting_id AND assembly_id = NEW.assembly_id)
BEGIN SELECT RAISE(ABORT, 'b75_assemblies_meet_in_their_centre'); END;
CREATE TRIGGER assembly_meets_are_final_update BEFORE UPDATE ON assembly_meets
BEGIN SELECT RAISE(ABORT, 'assembly_meets_are_final'); END;
CREATE TRIGGER assembly_meets_are_final_delete BEFORE DELETE ON assembly_meets
BEGIN SELECT RAISE(ABORT, 'assembly_meets_are_final'); END;

CREATE TABLE assembly_resolutions (
  meeting_id INTEGER NOT NULL REFERENCES assembly_meetings (id),
  nth INTEGER NOT NULL CONSTRAINT resolution_nth CHECK (nth > 0),
  resolution TEXT NOT NULL CONSTRAINT resolution_said CHECK (length(trim(resolution)) >= 3),
  owner TEXT,
  due_on TEXT,
  PRIMARY KEY (meeting_id, nth)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER assembly_resolutions_are_new BEFORE INSERT ON assembly_resolutions
WHEN EXISTS (SELECT 1 FROM assembly_resolutions WHERE meeting_id = NEW.meeting_id AND nth = NEW.nth)
BEGIN SELECT RAISE(ABORT, 'assembly_resolutions_are_final'); END;
CREATE TRIGGER assembly_resolutions_are_final_update BEFORE UPDATE ON assembly_resolutions
BEGIN SELECT RAISE(ABORT, 'assembly_resolutions_are_final'); END;
CREATE TRIGGER assembly_resolutions_are_final_delete BEFORE DELETE ON assembly_resolutions
BEGIN SELECT RAISE(ABORT, 'assembly_resolutions_are_final'); END;

-- What became of a resolution.
CREATE TABLE resolution_outcomes (
  meeting_id INTEGER NOT NULL,
  nth INTEGER NOT NULL,
  done_on TEXT NOT NULL,
  outcome TEXT NOT NULL CONSTRAINT resolution_outcome CHECK (outcome IN ('done', 'dropped')),
  remark TEXT,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  PRIMARY KEY (meeting_id, nth),
  FOREIGN KEY (meeting_id, nth) REFERENCES assembly_resolutions (meeting_id, nth)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER resolution_outcomes_are_new BEFORE INSERT ON resolution_outcomes
WHEN EXISTS (SELECT 1 FROM resolution_outcomes WHERE meeting_id = NEW.meeting_id AND nth = NEW.nth)
BEGIN SELECT RAISE(ABORT, 'resolution_outcomes_are_final'); END;
CREATE TRIGGER resolution_outcomes_are_final_update BEFORE UPDATE ON resolution_outcomes
BEGIN SELECT RAISE(ABORT, 'resolution_outcomes_are_final'); END;
CREATE TRIGGER resolution_outcomes_are_final_delete BEFORE DELETE ON resolution_outcomes
BEGIN SELECT RAISE(ABORT, 'resolution_outcomes_are_final'); END;

-- B-25, B-74: state and other bodies that the centre knows; its particulars follow in versions.
CREATE TABLE institutions (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX institutions_of_centre ON institutions (centre_id);
CREATE TRIGGER institutions_are_new BEFORE INSERT ON institutions
WHEN EXISTS (SELECT 1 FROM institutions WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'institutions_stay'); END;
CREATE TRIGGER institutions_stay_update BEFORE UPDATE ON institutions
BEGIN SELECT RAISE(ABORT, 'institutions_stay'); END;
CREATE TRIGGER institutions_stay_delete BEFORE DELETE ON institutions
BEGIN SELECT RAISE(ABORT, 'institutions_stay'); END;

CREATE TABLE institution_versions (
  institution_id INTEGER NOT NULL REFERENCES institutions (id),
  version INTEGER NOT NULL,
  name TEXT NOT NULL CONSTRAINT institution_name CHECK (length(trim(name)) > 0),
  name_search TEXT NOT NULL,
  name_sort TEXT NOT NULL,
  kind TEXT NOT NULL CONSTRAINT institution_kind CHECK (kind IN
    ('state', 'non-state', 'charity', 'basij', 'mosque', 'school', 'firm', 'guild', 'other')),
  -- What it can do for the centre's goals.
  offers TEXT NOT NULL,
  contact_name TEXT,
  phone TEXT,
  address TEXT,
  is_active INTEGER NOT NULL DEFAULT 1 CONSTRAINT institution_active CHECK (is_active IN (0, 1)),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  PRIMARY KEY (institution_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER institution_versions_follow BEFORE INSERT ON institution_versions
WHEN NEW.version IS NOT 1 + (SELECT count(*) FROM institution_versions
  WHERE institution_id = NEW.institution_id)
BEGIN SELECT RAISE(ABORT, 'institution_versions_follow'); END;
CREATE TRIGGER institution_versions_are_final_update BEFORE UPDATE ON institution_versions
BEGIN SELECT RAISE(ABORT, 'institution_versions_are_final'); END;
CREATE TRIGGER institution_versions_are_final_delete BEFORE DELETE ON institution_versions
BEGIN SELECT RAISE(ABORT, 'institution_versions_are_final'); END;

-- B-25: who of the centre spoke with it, of what, and when again.
CREATE TABLE institution_contacts (
  id INTEGER PRIMARY KEY,
  institution_id INTEGER NOT NULL REFERENCES institutions (id),
  spoke_on TEXT NOT NULL,
  subject TEXT NOT NULL CONSTRAINT contact_subject CHECK (length(trim(subject)) >= 3),
  outcome TEXT,
  again_on TEXT,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX contacts_of_institution ON institution_contacts (institution_id, spoke_on);
CREATE TRIGGER institution_contacts_are_new BEFORE INSERT ON institution_contacts
WHEN EXISTS (SELECT 1 FROM institution_contacts WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'institution_contacts_are_final'); END;
CREATE TRIGGER institution_contacts_are_final_update BEFORE UPDATE ON institution_contacts
BEGIN SELECT RAISE(ABORT, 'institution_contacts_are_final'); END;
CREATE TRIGGER institution_contacts_are_final_delete BEFORE DELETE ON institution_contacts
BEGIN SELECT RAISE(ABORT, 'institution_contacts_are_final'); END;

-- B-74: a memorandum with an institution, for its days.
CREATE TABLE agreements (
  id INTEGER PRIMARY KEY,
  institution_id INTEGER NOT NULL REFERENCES institutions (id),
  number TEXT NOT NULL CONSTRAINT agreement_number CHECK (length(trim(number)) > 0),
  subject TEXT NOT NULL CONSTRAINT agreement_subject CHECK (length(trim(subject)) >= 3),
  signed_on TEXT NOT NULL,
  to_on TEXT,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT agreement_days CHECK (to_on IS NULL OR to_on >= signed_on)
) STRICT;
CREATE INDEX agreements_of_institution ON agreements (institution_id);
CREATE TRIGGER agreements_are_new BEFORE INSERT ON agreements
WHEN EXISTS (SELECT 1 FROM agreements WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'agreements_are_final'); END;
CREATE TRIGGER agreements_are_final_update BEFORE UPDATE ON agreements
BEGIN SELECT RAISE(ABORT, 'agreements_are_final'); END;
CREATE TRIGGER agreements_are_final_delete BEFORE DELETE ON agreements
BEGIN SELECT RAISE(ABORT, 'agreements_are_final'); END;

CREATE TABLE agreement_endings (
  agreement_id INTEGER PRIMARY KEY REFERENCES agreements (id),
  ended_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT agreement_ending_reason CHECK (length(trim(reason)) >= 3),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER agreement_endings_are_new BEFORE INSERT ON agreement_endings
WHEN EXISTS (SELECT 1 FROM agreement_endings WHERE agreement_id = NEW.agreement_id)
BEGIN SELECT RAISE(ABORT, 'agreement_endings_are_final'); END;
CREATE TRIGGER agreement_endings_are_final_update BEFORE UPDATE ON agreement_endings
BEGIN SELECT RAISE(ABORT, 'agreement_endings_are_final'); END;
CREATE TRIGGER agreement_endings_are_final_delete BEFORE DELETE ON agreement_endings
BEGIN SELECT RAISE(ABORT, 'agreement_endings_are_final'); END;

-- B-22: what the committee has handed over to the centre to do, by letter.
CREATE TABLE delegations (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  subject TEXT NOT NULL CONSTRAINT delegation_subject CHECK (length(trim(subject)) >= 3),
  letter_number TEXT NOT NULL CONSTRAINT delegation_letter CHECK (length(trim(letter_number)) > 0),
  from_on TEXT NOT NULL,
  to_on TEXT,
  -- The seat that answers for it.
  seat TEXT NOT NULL,
  delegated_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT delegation_days CHECK (to_on IS NULL OR to_on >= from_on)
) STRICT;
CREATE INDEX delegations_of_centre ON delegations (centre_id);
CREATE TRIGGER b22_committee_hands_over BEFORE INSERT ON delegations
WHEN coalesce((SELECT role FROM users WHERE id = NEW.delegated_by), '') NOT IN ('county-head', 'province-deputy')
  OR EXISTS (SELECT 1 FROM delegations WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'b22_committee_hands_over'); END;
CREATE TRIGGER b17_delegated_in_own_county BEFORE INSERT ON delegations
WHEN (SELECT county_id FROM users WHERE id = NEW.delegated_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER delegations_are_final_update BEFORE UPDATE ON delegations
BEGIN SELECT RAISE(ABORT, 'delegations_are_final'); END;
CREATE TRIGGER delegations_are_final_delete BEFORE DELETE ON delegations
BEGIN SELECT RAISE(ABORT, 'delegations_are_final'); END;

CREATE TABLE delegation_endings (
  delegation_id INTEGER PRIMARY KEY REFERENCES delegations (id),
  ended_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT delegation_ending_reason CHECK (length(trim(reason)) >= 3),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER delegation_endings_are_new BEFORE INSERT ON delegation_endings
WHEN EXISTS (SELECT 1 FROM delegation_endings WHERE delegation_id = NEW.delegation_id)
BEGIN SELECT RAISE(ABORT, 'delegation_endings_are_final'); END;
CREATE TRIGGER delegation_endings_are_final_update BEFORE UPDATE ON delegation_endings
BEGIN SELECT RAISE(ABORT, 'delegation_endings_are_final'); END;
CREATE TRIGGER delegation_endings_are_final_delete BEFORE DELETE ON delegation_endings
BEGIN SELECT RAISE(ABORT, 'delegation_endings_are_final'); END;
