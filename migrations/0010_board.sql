-- The board's life: why an optional seat is added, what is asked of the committee and answered, the
-- chair's absences, how a person was introduced, and what is known of him in another county.

-- B-34: an optional seat is added by need and within the committee's fields.
CREATE TABLE decree_needs (
  decree_id INTEGER PRIMARY KEY REFERENCES decrees (id),
  reason TEXT NOT NULL CONSTRAINT b34_reason CHECK (length(trim(reason)) >= 3),
  field TEXT NOT NULL CONSTRAINT b34_field CHECK (length(trim(field)) >= 2),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER b34_need_of_optional_seat BEFORE INSERT ON decree_needs
WHEN (SELECT seat FROM decrees WHERE id = NEW.decree_id) IN ('chair', 'vice-chair', 'admin-finance',
  'benefactors-men', 'benefactors-women', 'assemblies')
BEGIN SELECT RAISE(ABORT, 'b34_need_of_optional_seat'); END;
CREATE TRIGGER b34_optional_seat_needed BEFORE INSERT ON decree_issues
WHEN (SELECT seat FROM decrees WHERE id = NEW.decree_id) NOT IN ('chair', 'vice-chair', 'admin-finance',
  'benefactors-men', 'benefactors-women', 'assemblies')
  AND NOT EXISTS (SELECT 1 FROM decree_needs WHERE decree_id = NEW.decree_id)
BEGIN SELECT RAISE(ABORT, 'b34_optional_seat_needed'); END;
CREATE TRIGGER decree_needs_are_new BEFORE INSERT ON decree_needs
WHEN EXISTS (SELECT 1 FROM decree_needs WHERE decree_id = NEW.decree_id)
BEGIN SELECT RAISE(ABORT, 'decree_needs_are_final'); END;
CREATE TRIGGER decree_needs_are_final_update BEFORE UPDATE ON decree_needs
BEGIN SELECT RAISE(ABORT, 'decree_needs_are_final'); END;
CREATE TRIGGER decree_needs_are_final_delete BEFORE DELETE ON decree_needs
BEGIN SELECT RAISE(ABORT, 'decree_needs_are_final'); END;

-- B-61: days on which the vice-chair acts for the chair, declared by the chair or the committee.
CREATE TABLE absences (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  -- Whose absence it is: the decree of the chair of that day.
  chair_decree_id INTEGER NOT NULL REFERENCES decrees (id),
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT b61_reason CHECK (length(trim(reason)) >= 3),
  declared_on TEXT NOT NULL,
  declared_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT b61_days CHECK (to_on >= from_on AND from_on >= declared_on)
) STRICT;
CREATE INDEX absences_of_centre ON absences (centre_id, from_on);

-- An absence that ends before its last day; from ended_on on nobody acts for the chair.
CREATE TABLE absence_endings (
  absence_id INTEGER PRIMARY KEY REFERENCES absences (id),
  ended_on TEXT NOT NULL,
  ended_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

CREATE TRIGGER b61_chair_or_committee_declares BEFORE INSERT ON absences
WHEN NOT EXISTS (SELECT 1 FROM decrees d
    JOIN decree_issues i ON i.decree_id = d.id
    JOIN decree_acceptances a ON a.decree_id = d.id
    LEFT JOIN decree_endings e ON e.decree_id = d.id
    WHERE d.id = NEW.chair_decree_id AND d.seat = 'chair' AND d.centre_id = NEW.centre_id
      AND (e.ended_on IS NULL OR e.ended_on > NEW.declared_on)
      AND NEW.from_on >= d.from_on AND NEW.to_on <= d.to_on)
  OR (coalesce((SELECT role FROM users WHERE id = NEW.declared_by), '') NOT IN ('county-head', 'province-deputy')
    AND (SELECT person_id FROM users WHERE id = NEW.declared_by)
      IS NOT (SELECT person_id FROM decrees WHERE id = NEW.chair_decree_id))
BEGIN SELECT RAISE(ABORT, 'b61_chair_or_committee_declares'); END;
CREATE TRIGGER b61_one_absence_a_day BEFORE INSERT ON absences
WHEN EXISTS (SELECT 1 FROM absences b LEFT JOIN absence_endings f ON f.absence_id = b.id
  WHERE b.centre_id = NEW.centre_id AND b.from_on <= NEW.to_on AND b.to_on >= NEW.from_on
    AND (f.ended_on IS NULL OR f.ended_on > NEW.from_on))
BEGIN SELECT RAISE(ABORT, 'b61_one_absence_a_day'); END;
CREATE TRIGGER b61_chair_or_committee_ends BEFORE INSERT ON absence_endings
WHEN coalesce((SELECT role FROM users WHERE id = NEW.ended_by), '') NOT IN ('county-head', 'province-deputy')
  AND (SELECT person_id FROM users WHERE id = NEW.ended_by) IS NOT (SELECT d.person_id
    FROM absences b JOIN decrees d ON d.id = b.chair_decree_id WHERE b.id = NEW.absence_id)
BEGIN SELECT RAISE(ABORT, 'b61_chair_or_committee_ends'); END;
CREATE TRIGGER b17_absence_in_own_county BEFORE INSERT ON absences
WHEN (SELECT county_id FROM users WHERE id = NEW.declared_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_absence_ended_in_own_county BEFORE INSERT ON absence_endings
WHEN (SELECT county_id FROM users WHERE id = NEW.ended_by)
  <> (SELECT county_id FROM centres WHERE id = (SELECT centre_id FROM absences WHERE id = NEW.absence_id))
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER absences_are_new BEFORE INSERT ON absences
WHEN EXISTS (SELECT 1 FROM absences WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'absences_are_final'); END;
CREATE TRIGGER absences_are_final_update BEFORE UPDATE ON absences
BEGIN SELECT RAISE(ABORT, 'absences_are_final'); END;
CREATE TRIGGER absences_are_final_delete BEFORE DELETE ON absences
BEGIN SELECT RAISE(ABORT, 'absences_are_final'); END;
CREATE TRIGGER absence_endings_are_new BEFORE INSERT ON absence_endings
WHEN EXISTS (SELECT 1 FROM absence_endings WHERE absence_id = NEW.absence_id)
BEGIN SELECT RAISE(ABORT, 'absence_endings_are_final'); END;
CREATE TRIGGER absence_endings_are_final_update BEFORE UPDATE ON absence_endings
BEGIN SELECT RAISE(ABORT, 'absence_endings_are_final'); END;
CREATE TRIGGER absence_endings_are_final_delete BEFORE DELETE ON absence_endings
BEGIN SELECT RAISE(ABORT, 'absence_endings_are_final'); END;

-- B-14: whoever was refused since his decree was issued gets no force by accepting it.
CREATE TRIGGER b14_cleared_before_acceptance BEFORE INSERT ON decree_acceptances
WHEN EXISTS (
  SELECT 1 FROM decrees d, (SELECT 'security' AS kind UNION ALL SELECT 'selection') needed
  WHERE d.id = NEW.decree_id AND 'approved' IS NOT (
    SELECT c.state FROM clearances c
    WHERE c.person_id = d.person_id AND c.kind = needed.kind AND c.decided_on <= NEW.accepted_on
    ORDER BY c.id DESC LIMIT 1))
BEGIN SELECT RAISE(ABORT, 'b14_cleared_before_acceptance'); END;

-- B-130: the chair, or the vice-chair on the days of a declared absence, issues the others' decrees.
DROP TRIGGER b130_chair_issues_after_coordination;
CREATE TRIGGER b130_chair_issues_after_coordination BEFORE INSERT ON decree_issues
WHEN (SELECT seat FROM decrees WHERE id = NEW.decree_id) NOT IN ('chair', 'vice-chair')
  AND (
    NOT EXISTS (SELECT 1 FROM decree_coordinations
      WHERE decree_id = NEW.decree_id AND answer = 'agreed' AND decided_on <= NEW.issued_on)
    OR NOT EXISTS (SELECT 1 FROM decrees held
    JOIN decree_issues hi ON hi.decree_id = held.id
    JOIN decree_acceptances ha ON ha.decree_id = held.id AND ha.accepted_on <= NEW.issued_on
    JOIN users hu ON hu.id = NEW.issued_by AND hu.person_id = held.person_id
    LEFT JOIN decree_endings he ON he.decree_id = held.id
    WHERE held.id = NEW.issuer_decree_id AND held.centre_id = NEW.centre_id
      AND NEW.issued_on BETWEEN held.from_on AND held.to_on
      AND (he.ended_on IS NULL OR he.ended_on > NEW.issued_on)
      AND (held.seat = 'chair' OR held.seat = 'vice-chair' AND EXISTS (
        SELECT 1 FROM absences b LEFT JOIN absence_endings f ON f.absence_id = b.id
        LEFT JOIN decree_endings ce ON ce.decree_id = b.chair_decree_id
        WHERE b.centre_id = NEW.centre_id AND NEW.issued_on BETWEEN b.from_on AND b.to_on
          AND (f.ended_on IS NULL OR f.ended_on > NEW.issued_on)
          AND (ce.ended_on IS NULL OR ce.ended_on > NEW.issued_on)))))
BEGIN SELECT RAISE(ABORT, 'b130_chair_issues_after_coordination'); END;
-- B-61: whoever acts for the chair decides nothing about himself.
CREATE TRIGGER b61_nothing_for_himself BEFORE INSERT ON decree_issues
WHEN EXISTS (SELECT 1 FROM decrees issuer JOIN decrees mine ON mine.person_id = issuer.person_id
  WHERE issuer.id = NEW.issuer_decree_id AND issuer.seat = 'vice-chair' AND mine.id = NEW.decree_id)
BEGIN SELECT RAISE(ABORT, 'b61_nothing_for_himself'); END;

-- B-130: the chair's request for coordination; without it a proposal is a draft. Those drafted before
-- there were requests were asked for with the draft itself, and have no letter.
CREATE TABLE decree_requests (
  decree_id INTEGER PRIMARY KEY REFERENCES decrees (id),
  requested_on TEXT NOT NULL,
  requested_by INTEGER NOT NULL REFERENCES users (id),
  issuer_decree_id INTEGER REFERENCES decrees (id),
  paper_id INTEGER REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
INSERT INTO decree_requests
  SELECT id, drafted_on, drafted_by, NULL, NULL, act_id FROM decrees
  WHERE seat NOT IN ('chair', 'vice-chair');
CREATE TRIGGER b130_chair_asks BEFORE INSERT ON decree_requests
WHEN (SELECT seat FROM decrees WHERE id = NEW.decree_id) IN ('chair', 'vice-chair')
  OR NEW.paper_id IS NULL
  OR NOT EXISTS (SELECT 1 FROM decrees held
    JOIN decree_issues hi ON hi.decree_id = held.id
    JOIN decree_acceptances ha ON ha.decree_id = held.id AND ha.accepted_on <= NEW.requested_on
    JOIN users hu ON hu.id = NEW.requested_by AND hu.person_id = held.person_id
    LEFT JOIN decree_endings he ON he.decree_id = held.id
    WHERE held.id = NEW.issuer_decree_id AND held.centre_id = (SELECT centre_id FROM decrees WHERE id = NEW.decree_id)
      AND NEW.requested_on BETWEEN held.from_on AND held.to_on
      AND (he.ended_on IS NULL OR he.ended_on > NEW.requested_on)
      AND (held.seat = 'chair' OR held.seat = 'vice-chair' AND EXISTS (
        SELECT 1 FROM absences b LEFT JOIN absence_endings f ON f.absence_id = b.id
        LEFT JOIN decree_endings ce ON ce.decree_id = b.chair_decree_id
        WHERE b.centre_id = (SELECT centre_id FROM decrees WHERE id = NEW.decree_id) AND NEW.requested_on BETWEEN b.from_on AND b.to_on
          AND (f.ended_on IS NULL OR f.ended_on > NEW.requested_on)
          AND (ce.ended_on IS NULL OR ce.ended_on > NEW.requested_on))))
BEGIN SELECT RAISE(ABORT, 'b130_chair_asks'); END;
CREATE TRIGGER b130_answered_once_asked BEFORE INSERT ON decree_coordinations
WHEN NOT EXISTS (SELECT 1 FROM decree_requests WHERE decree_id = NEW.decree_id)
BEGIN SELECT RAISE(ABORT, 'b130_answered_once_asked'); END;
CREATE TRIGGER decree_requests_are_new BEFORE INSERT ON decree_requests
WHEN EXISTS (SELECT 1 FROM decree_requests WHERE decree_id = NEW.decree_id)
BEGIN SELECT RAISE(ABORT, 'decree_requests_are_final'); END;
CREATE TRIGGER decree_requests_are_final_update BEFORE UPDATE ON decree_requests
BEGIN SELECT RAISE(ABORT, 'decree_requests_are_final'); END;
CREATE TRIGGER decree_requests_are_final_delete BEFORE DELETE ON decree_requests
BEGIN SELECT RAISE(ABORT, 'decree_requests_are_final'); END;

-- The committee's answer as a letter; answers given before there were letters have none.
CREATE TABLE coordination_letters (
  decree_id INTEGER PRIMARY KEY REFERENCES decree_coordinations (decree_id),
  paper_id INTEGER NOT NULL REFERENCES papers (id)
) STRICT;
CREATE TRIGGER coordination_letters_are_new BEFORE INSERT ON coordination_letters
WHEN EXISTS (SELECT 1 FROM coordination_letters WHERE decree_id = NEW.decree_id)
BEGIN SELECT RAISE(ABORT, 'coordination_letters_are_final'); END;
CREATE TRIGGER coordination_letters_are_final_update BEFORE UPDATE ON coordination_letters
BEGIN SELECT RAISE(ABORT, 'coordination_letters_are_final'); END;
CREATE TRIGGER coordination_letters_are_final_delete BEFORE DELETE ON coordination_letters
BEGIN SELECT RAISE(ABORT, 'coordination_letters_are_final'); END;

-- B-93, B-131: the chair asks to replace or end a holder, or to fill his seat after him.
CREATE TABLE change_requests (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  kind TEXT NOT NULL CONSTRAINT change_kind CHECK (kind IN ('replace', 'end', 'fill')),
  -- The decree of whoever holds the seat, or held it last.
  decree_id INTEGER NOT NULL REFERENCES decrees (id),
  person_id INTEGER REFERENCES persons (id),
  reason TEXT NOT NULL CONSTRAINT change_reason CHECK (length(trim(reason)) >= 3),
  requested_on TEXT NOT NULL,
  requested_by INTEGER NOT NULL REFERENCES users (id),
  issuer_decree_id INTEGER NOT NULL REFERENCES decrees (id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT b131_names_successor CHECK ((kind = 'end') = (person_id IS NULL))
) STRICT;
CREATE INDEX change_requests_of_centre ON change_requests (centre_id, id);
CREATE INDEX change_requests_of_decree ON change_requests (decree_id);

-- The committee's opinion, by letter, once.
CREATE TABLE change_answers (
  request_id INTEGER PRIMARY KEY REFERENCES change_requests (id),
  answer TEXT NOT NULL CONSTRAINT change_answer CHECK (answer IN ('agreed', 'refused')),
  number TEXT NOT NULL CONSTRAINT change_answer_number CHECK (length(trim(number)) > 0),
  decided_on TEXT NOT NULL,
  decided_by INTEGER NOT NULL REFERENCES users (id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

-- A request taken back before it was answered.
CREATE TABLE change_withdrawals (
  request_id INTEGER PRIMARY KEY REFERENCES change_requests (id),
  withdrawn_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT change_withdrawal_reason CHECK (length(trim(reason)) >= 3),
  withdrawn_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

CREATE TRIGGER b131_chair_asks BEFORE INSERT ON change_requests
WHEN NOT EXISTS (SELECT 1 FROM decrees WHERE id = NEW.decree_id AND centre_id = NEW.centre_id
    AND seat NOT IN ('chair', 'vice-chair'))
  OR NOT EXISTS (SELECT 1 FROM decrees held
    JOIN decree_issues hi ON hi.decree_id = held.id
    JOIN decree_acceptances ha ON ha.decree_id = held.id AND ha.accepted_on <= NEW.requested_on
    JOIN users hu ON hu.id = NEW.requested_by AND hu.person_id = held.person_id
    LEFT JOIN decree_endings he ON he.decree_id = held.id
    WHERE held.id = NEW.issuer_decree_id AND held.centre_id = NEW.centre_id
      AND NEW.requested_on BETWEEN held.from_on AND held.to_on
      AND (he.ended_on IS NULL OR he.ended_on > NEW.requested_on)
      AND (held.seat = 'chair' OR held.seat = 'vice-chair' AND EXISTS (
        SELECT 1 FROM absences b LEFT JOIN absence_endings f ON f.absence_id = b.id
        LEFT JOIN decree_endings ce ON ce.decree_id = b.chair_decree_id
        WHERE b.centre_id = NEW.centre_id AND NEW.requested_on BETWEEN b.from_on AND b.to_on
          AND (f.ended_on IS NULL OR f.ended_on > NEW.requested_on)
          AND (ce.ended_on IS NULL OR ce.ended_on > NEW.requested_on))))
BEGIN SELECT RAISE(ABORT, 'b131_chair_asks'); END;
CREATE TRIGGER b131_committee_answers BEFORE INSERT ON change_answers
WHEN coalesce((SELECT role FROM users WHERE id = NEW.decided_by), '') NOT IN ('county-head', 'province-deputy')
  OR EXISTS (SELECT 1 FROM change_withdrawals WHERE request_id = NEW.request_id)
BEGIN SELECT RAISE(ABORT, 'b131_committee_answers'); END;
CREATE TRIGGER b131_answered_stays BEFORE INSERT ON change_withdrawals
WHEN EXISTS (SELECT 1 FROM change_answers WHERE request_id = NEW.request_id)
BEGIN SELECT RAISE(ABORT, 'b131_answered_stays'); END;
-- B-61: whoever acts for the chair asks for no change about himself, and takes none back.
CREATE TRIGGER b61_no_change_for_himself BEFORE INSERT ON change_requests
WHEN EXISTS (SELECT 1 FROM decrees issuer
  WHERE issuer.id = NEW.issuer_decree_id AND issuer.seat = 'vice-chair' AND issuer.person_id IN
    (NEW.person_id, (SELECT person_id FROM decrees WHERE id = NEW.decree_id)))
BEGIN SELECT RAISE(ABORT, 'b61_no_change_for_himself'); END;
CREATE TRIGGER b61_no_withdrawal_for_himself BEFORE INSERT ON change_withdrawals
WHEN EXISTS (SELECT 1 FROM change_requests r JOIN users u ON u.id = NEW.withdrawn_by
  JOIN decrees d ON d.id = r.decree_id AND u.person_id IN (r.person_id, d.person_id)
  WHERE r.id = NEW.request_id AND NOT EXISTS (SELECT 1 FROM decrees own
    JOIN decree_acceptances a ON a.decree_id = own.id AND a.accepted_on <= NEW.withdrawn_on
    LEFT JOIN decree_endings e ON e.decree_id = own.id
    WHERE own.person_id = u.person_id AND own.centre_id = r.centre_id AND own.seat = 'chair'
      AND NEW.withdrawn_on BETWEEN own.from_on AND own.to_on
      AND (e.ended_on IS NULL OR e.ended_on > NEW.withdrawn_on)))
BEGIN SELECT RAISE(ABORT, 'b61_no_withdrawal_for_himself'); END;
CREATE TRIGGER b17_change_answered_in_own_county BEFORE INSERT ON change_answers
WHEN (SELECT county_id FROM users WHERE id = NEW.decided_by)
  <> (SELECT county_id FROM centres WHERE id = (SELECT centre_id FROM change_requests WHERE id = NEW.request_id))
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER change_requests_are_new BEFORE INSERT ON change_requests
WHEN EXISTS (SELECT 1 FROM change_requests WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'change_requests_are_final'); END;
CREATE TRIGGER change_requests_are_final_update BEFORE UPDATE ON change_requests
BEGIN SELECT RAISE(ABORT, 'change_requests_are_final'); END;
CREATE TRIGGER change_requests_are_final_delete BEFORE DELETE ON change_requests
BEGIN SELECT RAISE(ABORT, 'change_requests_are_final'); END;
CREATE TRIGGER change_answers_are_new BEFORE INSERT ON change_answers
WHEN EXISTS (SELECT 1 FROM change_answers WHERE request_id = NEW.request_id)
BEGIN SELECT RAISE(ABORT, 'change_answers_are_final'); END;
CREATE TRIGGER change_answers_are_final_update BEFORE UPDATE ON change_answers
BEGIN SELECT RAISE(ABORT, 'change_answers_are_final'); END;
CREATE TRIGGER change_answers_are_final_delete BEFORE DELETE ON change_answers
BEGIN SELECT RAISE(ABORT, 'change_answers_are_final'); END;
CREATE TRIGGER change_withdrawals_are_new BEFORE INSERT ON change_withdrawals
WHEN EXISTS (SELECT 1 FROM change_withdrawals WHERE request_id = NEW.request_id)
BEGIN SELECT RAISE(ABORT, 'change_withdrawals_are_final'); END;
CREATE TRIGGER change_withdrawals_are_final_update BEFORE UPDATE ON change_withdrawals
BEGIN SELECT RAISE(ABORT, 'change_withdrawals_are_final'); END;
CREATE TRIGGER change_withdrawals_are_final_delete BEFORE DELETE ON change_withdrawals
BEGIN SELECT RAISE(ABORT, 'change_withdrawals_are_final'); END;

-- B-93 for the core seats and B-131 for all: who ends another trustee's decree, or follows him in his
-- seat, does so by the committee's agreement; what the committee itself ends, it has permitted.
CREATE TRIGGER b93_core_seat_ended_by_agreement BEFORE INSERT ON decree_endings
WHEN EXISTS (SELECT 1 FROM decrees mine JOIN decree_issues i ON i.decree_id = mine.id
  WHERE mine.id = NEW.decree_id AND mine.seat IN ('admin-finance', 'benefactors-men', 'benefactors-women', 'assemblies'))
  AND coalesce((SELECT role FROM users WHERE id = NEW.ended_by), '') NOT IN ('county-head', 'province-deputy')
  AND NOT EXISTS (SELECT 1 FROM change_requests r
    JOIN change_answers a ON a.request_id = r.id AND a.answer = 'agreed'
    WHERE r.decree_id = NEW.decree_id AND r.kind IN ('replace', 'end')
      AND a.decided_on <= NEW.ended_on)
BEGIN SELECT RAISE(ABORT, 'b93_core_seat_ended_by_agreement'); END;
CREATE TRIGGER b131_ended_by_agreement BEFORE INSERT ON decree_endings
WHEN EXISTS (SELECT 1 FROM decrees mine JOIN decree_issues i ON i.decree_id = mine.id
  WHERE mine.id = NEW.decree_id AND mine.seat NOT IN ('chair', 'vice-chair'))
  AND coalesce((SELECT role FROM users WHERE id = NEW.ended_by), '') NOT IN ('county-head', 'province-deputy')
  AND NOT EXISTS (SELECT 1 FROM change_requests r
    JOIN change_answers a ON a.request_id = r.id AND a.answer = 'agreed'
    WHERE r.decree_id = NEW.decree_id AND r.kind IN ('replace', 'end')
      AND a.decided_on <= NEW.ended_on)
BEGIN SELECT RAISE(ABORT, 'b131_ended_by_agreement'); END;
CREATE TRIGGER b93_core_seat_followed_by_agreement BEFORE INSERT ON decree_issues
WHEN EXISTS (SELECT 1 FROM decrees mine
  JOIN decrees before ON before.id = (SELECT x.id FROM decrees x
      JOIN decree_issues xi ON xi.decree_id = x.id
      JOIN decree_acceptances xa ON xa.decree_id = x.id
      WHERE x.centre_id = mine.centre_id AND x.seat = mine.seat AND x.id <> mine.id
      ORDER BY x.from_on DESC, x.id DESC LIMIT 1)
  WHERE mine.id = NEW.decree_id AND mine.seat IN ('admin-finance', 'benefactors-men', 'benefactors-women', 'assemblies')
    AND before.person_id <> mine.person_id
    AND NOT EXISTS (SELECT 1 FROM change_requests r
      JOIN change_answers a ON a.request_id = r.id AND a.answer = 'agreed'
      WHERE r.decree_id = before.id AND r.person_id = mine.person_id
        AND a.decided_on <= NEW.issued_on))
BEGIN SELECT RAISE(ABORT, 'b93_core_seat_followed_by_agreement'); END;
CREATE TRIGGER b131_followed_by_agreement BEFORE INSERT ON decree_issues
WHEN EXISTS (SELECT 1 FROM decrees mine
  JOIN decrees before ON before.id = (SELECT x.id FROM decrees x
      JOIN decree_issues xi ON xi.decree_id = x.id
      JOIN decree_acceptances xa ON xa.decree_id = x.id
      WHERE x.centre_id = mine.centre_id AND x.seat = mine.seat AND x.id <> mine.id
      ORDER BY x.from_on DESC, x.id DESC LIMIT 1)
  WHERE mine.id = NEW.decree_id AND mine.seat NOT IN ('chair', 'vice-chair')
    AND before.person_id <> mine.person_id
    AND NOT EXISTS (SELECT 1 FROM change_requests r
      JOIN change_answers a ON a.request_id = r.id AND a.answer = 'agreed'
      WHERE r.decree_id = before.id AND r.person_id = mine.person_id
        AND a.decided_on <= NEW.issued_on))
BEGIN SELECT RAISE(ABORT, 'b131_followed_by_agreement'); END;
CREATE TRIGGER b17_ended_in_own_county BEFORE INSERT ON decree_endings
WHEN (SELECT county_id FROM users WHERE id = NEW.ended_by)
  <> (SELECT c.county_id FROM decrees d JOIN centres c ON c.id = d.centre_id
    WHERE d.id = NEW.decree_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;

-- B-27, B-82 to B-91: how the person was introduced; lines ticked, never opinions written.
CREATE TABLE nominations (
  decree_id INTEGER PRIMARY KEY REFERENCES decrees (id),
  introducer TEXT NOT NULL CONSTRAINT b27_introducer CHECK (length(trim(introducer)) > 0),
  -- His standing in the neighbourhood, the guild or the group.
  standing TEXT NOT NULL CONSTRAINT b27_standing CHECK (length(trim(standing)) >= 3),
  -- B-33: the body that the officer of organisations and assemblies represents.
  represents TEXT,
  referee_one TEXT NOT NULL CONSTRAINT first_referee CHECK (length(trim(referee_one)) > 0),
  referee_two TEXT NOT NULL CONSTRAINT second_referee CHECK (length(trim(referee_two)) > 0),
  plan TEXT NOT NULL CONSTRAINT b83_plan CHECK (length(trim(plan)) >= 10),
  -- The clauses of the conditions that the introducer ticked, as a JSON list.
  lines TEXT NOT NULL CONSTRAINT nomination_lines CHECK (json_array_length(lines) = 9),
  -- Jalali; shown only as the spread of the board's ages.
  birth_year INTEGER CONSTRAINT nomination_birth_year CHECK (birth_year BETWEEN 1290 AND 1420),
  is_voluntary INTEGER NOT NULL CONSTRAINT b27_voluntary CHECK (is_voluntary = 1),
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT two_referees CHECK (referee_one <> referee_two)
) STRICT;
CREATE TRIGGER b33_assemblies_represent BEFORE INSERT ON nominations
WHEN NEW.represents IS NULL
  AND (SELECT seat FROM decrees WHERE id = NEW.decree_id) = 'assemblies'
BEGIN SELECT RAISE(ABORT, 'b33_assemblies_represent'); END;
CREATE TRIGGER nominations_are_new BEFORE INSERT ON nominations
WHEN EXISTS (SELECT 1 FROM nominations WHERE decree_id = NEW.decree_id)
BEGIN SELECT RAISE(ABORT, 'nominations_are_final'); END;
CREATE TRIGGER nominations_are_final_update BEFORE UPDATE ON nominations
BEGIN SELECT RAISE(ABORT, 'nominations_are_final'); END;
CREATE TRIGGER nominations_are_final_delete BEFORE DELETE ON nominations
BEGIN SELECT RAISE(ABORT, 'nominations_are_final'); END;

-- B-64: the papers that were laid in a member's file.
CREATE TABLE member_papers (
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  kind TEXT NOT NULL CONSTRAINT member_paper_kind CHECK (kind IN
    ('identity', 'photo', 'nomination', 'undertaking', 'reference')),
  received_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  PRIMARY KEY (centre_id, person_id, kind)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER member_papers_are_new BEFORE INSERT ON member_papers
WHEN EXISTS (SELECT 1 FROM member_papers WHERE centre_id = NEW.centre_id AND person_id = NEW.person_id AND kind = NEW.kind)
BEGIN SELECT RAISE(ABORT, 'member_papers_are_final'); END;
CREATE TRIGGER member_papers_are_final_update BEFORE UPDATE ON member_papers
BEGIN SELECT RAISE(ABORT, 'member_papers_are_final'); END;
CREATE TRIGGER member_papers_are_final_delete BEFORE DELETE ON member_papers
BEGIN SELECT RAISE(ABORT, 'member_papers_are_final'); END;

-- B-17: a person as a further county knows him, by what was typed there; it learns nothing of what
-- another county knows.
CREATE TABLE county_persons (
  person_id INTEGER NOT NULL REFERENCES persons (id),
  county_id INTEGER NOT NULL REFERENCES counties (id),
  name TEXT NOT NULL,
  name_search TEXT NOT NULL,
  name_sort TEXT NOT NULL,
  gender TEXT NOT NULL CONSTRAINT county_person_gender CHECK (gender IN ('man', 'woman')),
  is_cleric INTEGER NOT NULL CONSTRAINT county_cleric_yes_no CHECK (is_cleric IN (0, 1)),
  mobile TEXT,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  PRIMARY KEY (person_id, county_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER county_persons_are_new BEFORE INSERT ON county_persons
WHEN EXISTS (SELECT 1 FROM county_persons
    WHERE person_id = NEW.person_id AND county_id = NEW.county_id)
  OR NEW.county_id = (SELECT county_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT RAISE(ABORT, 'b134_persons_stay'); END;
CREATE TRIGGER county_persons_stay_themselves BEFORE UPDATE OF person_id, county_id ON county_persons
BEGIN SELECT RAISE(ABORT, 'b134_persons_stay'); END;
CREATE TRIGGER county_persons_stay BEFORE DELETE ON county_persons
BEGIN SELECT RAISE(ABORT, 'b134_persons_stay'); END;

-- What was changed before there were requests for it is not judged by them (B-93, B-131).
INSERT INTO settings (key, value)
  SELECT 'changes-since-act', max(id) FROM acts HAVING max(id) IS NOT NULL;

-- The act by which a person's particulars were corrected last, if they were.
ALTER TABLE persons ADD COLUMN corrected_act_id INTEGER REFERENCES acts (id);
ALTER TABLE county_persons ADD COLUMN corrected_act_id INTEGER REFERENCES acts (id);
