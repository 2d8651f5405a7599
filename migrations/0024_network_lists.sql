-- Lists that stay quick however long they grow, and what only the pages kept until now.

CREATE INDEX referrals_of_centre ON referrals (centre_id, id);
CREATE INDEX assignments_by_end ON assignments (centre_id, to_on);
CREATE INDEX change_requests_of_person ON change_requests (centre_id, person_id);
CREATE INDEX capacities_by_found ON capacities (centre_id, found_on, title_sort);
-- A paper is found again from its code, whatever it is the paper of.
CREATE INDEX volunteer_cards_by_paper ON volunteer_cards (paper_id);
CREATE INDEX survey_approvals_by_paper ON survey_approvals (paper_id);
CREATE INDEX receipts_of_issuer ON receipts (issued_by, id);
CREATE INDEX assignments_by_paper ON assignments (paper_id);
CREATE INDEX introductions_by_paper ON introductions (paper_id);
CREATE INDEX decree_issues_by_paper ON decree_issues (paper_id);
CREATE INDEX licence_papers_by_paper ON licence_papers (paper_id);
CREATE INDEX permit_decisions_by_paper ON permit_decisions (paper_id);
CREATE INDEX dissolution_lists_of_centre ON dissolution_lists (centre_id);
CREATE INDEX notices_of_act ON notices (act_id);
CREATE INDEX overlaps_from_beside ON boundary_overlaps (other_boundary_id);
CREATE INDEX seat_proposals_of_person ON seat_proposals (person_id);
CREATE INDEX users_of_county ON users (county_id) WHERE county_id IS NOT NULL;
CREATE INDEX tokens_of_user ON tokens (user_id);
CREATE INDEX channels_by_address ON channels (address);
CREATE INDEX numbers_of_centre ON numbers (centre_id, year);
CREATE INDEX introductions_by_replaced ON introductions (replaces_id) WHERE replaces_id IS NOT NULL;

-- What is searched of a card's place; a card of before is searched as it was written.
ALTER TABLE capacities ADD COLUMN place_search TEXT;

-- B-45: the letter that was signed says the tasks, and none is added between it and its acceptance.
CREATE TRIGGER b45_tasks_as_the_letter_says BEFORE INSERT ON assignment_tasks
WHEN NEW.task NOT IN (SELECT t.value FROM assignments a JOIN acts l ON l.id = a.act_id,
    json_each(l.after, '$.tasks') t WHERE a.id = NEW.assignment_id)
BEGIN SELECT RAISE(ABORT, 'b45_tasks_as_the_letter_says'); END;

-- B-142: whoever heads a network serves on the day he begins: a trustee by a decree that has not
-- ended, a volunteer who has not left.
CREATE TRIGGER b142_head_serves BEFORE INSERT ON network_heads
WHEN coalesce((SELECT state FROM volunteer_states WHERE volunteer_id = NEW.volunteer_id
    ORDER BY id DESC LIMIT 1), 'active') <> 'active'
  OR (NEW.person_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM decrees d JOIN decree_issues i ON i.decree_id = d.id
    JOIN decree_acceptances a ON a.decree_id = d.id AND a.accepted_on <= NEW.from_on
    LEFT JOIN decree_endings e ON e.decree_id = d.id
    WHERE d.person_id = NEW.person_id AND d.centre_id = NEW.centre_id
      AND NEW.from_on BETWEEN d.from_on AND d.to_on
      AND (e.ended_on IS NULL OR e.ended_on > NEW.from_on)))
BEGIN SELECT RAISE(ABORT, 'b142_head_serves'); END;

-- A file that belongs to something else here: a scan of a memorandum, a photo of a voucher. It is
-- kept as it came; another never takes its place, and one that was wrong is ended with its reason.
CREATE TABLE attachments (
  id INTEGER PRIMARY KEY,
  -- The centre it is of; null for what is the province's own.
  centre_id INTEGER REFERENCES centres (id),
  -- What it belongs to, by the name that the trail has for it: agreements/12.
  subject TEXT NOT NULL CONSTRAINT attachment_subject CHECK (subject GLOB '[a-z]*/?*'),
  name TEXT NOT NULL CONSTRAINT attachment_name CHECK (length(name) BETWEEN 1 AND 120
    AND name NOT GLOB '*[/\]*'),
  type TEXT NOT NULL CONSTRAINT attachment_type CHECK (type IN
    ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  size INTEGER NOT NULL CONSTRAINT attachment_size CHECK (size BETWEEN 1 AND 4000000),
  sha256 BLOB NOT NULL CONSTRAINT attachment_hash CHECK (length(sha256) = 32),
  attached_on TEXT NOT NULL,
  attached_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  -- The last column, so that a list reads none of them.
  bytes BLOB NOT NULL,
  CONSTRAINT attachment_is_whole CHECK (length(bytes) = size),
  -- The first bytes say what a file is, whatever its name says.
  CONSTRAINT attachment_is_its_type CHECK (CASE type
    WHEN 'image/jpeg' THEN substr(bytes, 1, 3) = x'FFD8FF'
    WHEN 'image/png' THEN substr(bytes, 1, 8) = x'89504E470D0A1A0A'
    WHEN 'image/webp' THEN substr(bytes, 1, 4) = x'52494646' AND substr(bytes, 9, 4) = x'57454250'
    ELSE substr(bytes, 1, 5) = x'255044462D' END)
) STRICT;
CREATE INDEX attachments_of_subject ON attachments (subject, centre_id, id);
CREATE INDEX attachments_of_centre ON attachments (centre_id, id);
CREATE TABLE attachment_endings (
  attachment_id INTEGER PRIMARY KEY REFERENCES attachments (id),
  ended_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT attachment_end_reason CHECK (length(trim(reason)) >= 3),
  ended_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER attachments_are_new BEFORE INSERT ON attachments
WHEN EXISTS (SELECT 1 FROM attachments WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'attachments_are_final'); END;
CREATE TRIGGER attachment_once BEFORE INSERT ON attachments
WHEN EXISTS (SELECT 1 FROM attachments o WHERE o.subject = NEW.subject
  AND o.centre_id IS NEW.centre_id AND o.sha256 = NEW.sha256
  AND NOT EXISTS (SELECT 1 FROM attachment_endings e WHERE e.attachment_id = o.id))
BEGIN SELECT RAISE(ABORT, 'attachment_once'); END;
CREATE TRIGGER attachments_are_few BEFORE INSERT ON attachments
WHEN 20 <= (SELECT count(*) FROM attachments o WHERE o.subject = NEW.subject
  AND o.centre_id IS NEW.centre_id
  AND NOT EXISTS (SELECT 1 FROM attachment_endings e WHERE e.attachment_id = o.id))
BEGIN SELECT RAISE(ABORT, 'attachments_are_few'); END;
CREATE TRIGGER attachments_are_final_update BEFORE UPDATE ON attachments
BEGIN SELECT RAISE(ABORT, 'attachments_are_final'); END;
CREATE TRIGGER attachments_are_final_delete BEFORE DELETE ON attachments
BEGIN SELECT RAISE(ABORT, 'attachments_are_final'); END;
CREATE TRIGGER attachment_endings_are_new BEFORE INSERT ON attachment_endings
WHEN EXISTS (SELECT 1 FROM attachment_endings WHERE attachment_id = NEW.attachment_id)
BEGIN SELECT RAISE(ABORT, 'attachment_endings_are_final'); END;
CREATE TRIGGER attachment_endings_are_final_update BEFORE UPDATE ON attachment_endings
BEGIN SELECT RAISE(ABORT, 'attachment_endings_are_final'); END;
CREATE TRIGGER attachment_endings_are_final_delete BEFORE DELETE ON attachment_endings
BEGIN SELECT RAISE(ABORT, 'attachment_endings_are_final'); END;
-- B-17: an officer of a county attaches to what is of his own county.
CREATE TRIGGER b17_attached_in_own_county BEFORE INSERT ON attachments
WHEN (SELECT county_id FROM users WHERE id = NEW.attached_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_attachment_ended_in_own_county BEFORE INSERT ON attachment_endings
WHEN (SELECT county_id FROM users WHERE id = NEW.ended_by)
  <> (SELECT c.county_id FROM attachments t JOIN centres c ON c.id = t.centre_id
    WHERE t.id = NEW.attachment_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
