-- What passes from one holder of a seat to the next, counted and signed; and the reports of the
-- sections that form assemblies and keep benefactors (B-66, B-67, B-70, B-71, B-76).

-- A handover of one seat: from the holder of one decree to that of the next, or to the committee.
CREATE TABLE handovers (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  seat TEXT NOT NULL,
  giver_decree_id INTEGER NOT NULL REFERENCES decrees (id),
  -- Null when the committee takes it until somebody follows.
  taker_decree_id INTEGER REFERENCES decrees (id),
  handover_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT handover_reason CHECK (length(trim(reason)) >= 3),
  drafted_on TEXT NOT NULL,
  drafted_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT handover_day CHECK (handover_on <= drafted_on),
  CONSTRAINT handover_between_two CHECK (taker_decree_id IS NOT giver_decree_id)
) STRICT;
CREATE INDEX handovers_of_centre ON handovers (centre_id, id);
CREATE INDEX handovers_of_giver ON handovers (giver_decree_id);

-- What is handed over, as written: the newest version counts, and the older ones stay. Each line has
-- kind, what, number, unit, recorded, counted, remark, and laid: whether the program laid it out.
CREATE TABLE handover_counts (
  handover_id INTEGER NOT NULL REFERENCES handovers (id),
  version INTEGER NOT NULL,
  lines TEXT NOT NULL CONSTRAINT handover_lines_are_json CHECK (json_valid(lines)),
  written_on TEXT NOT NULL,
  written_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  PRIMARY KEY (handover_id, version)
) STRICT, WITHOUT ROWID;

-- Giver and taker say that a version is true: each himself, or on paper where he cannot sign in.
CREATE TABLE handover_acknowledgements (
  handover_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  side TEXT NOT NULL CONSTRAINT handover_side CHECK (side IN ('giver', 'taker')),
  how TEXT NOT NULL CONSTRAINT handover_how CHECK (how IN ('user', 'paper')),
  acknowledged_on TEXT NOT NULL,
  acknowledged_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  PRIMARY KEY (handover_id, version, side),
  FOREIGN KEY (handover_id, version) REFERENCES handover_counts (handover_id, version)
) STRICT, WITHOUT ROWID;

-- The minutes as a paper; who issues them is their witness.
CREATE TABLE handover_issues (
  handover_id INTEGER PRIMARY KEY REFERENCES handovers (id),
  version INTEGER NOT NULL,
  issued_on TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES users (id),
  paper_id INTEGER NOT NULL CONSTRAINT handover_paper_once UNIQUE REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  FOREIGN KEY (handover_id, version) REFERENCES handover_counts (handover_id, version)
) STRICT;

-- A draft given up, with its reason.
CREATE TABLE handover_withdrawals (
  handover_id INTEGER PRIMARY KEY REFERENCES handovers (id),
  reason TEXT NOT NULL CONSTRAINT handover_withdrawal_reason CHECK (length(trim(reason)) >= 3),
  withdrawn_on TEXT NOT NULL,
  withdrawn_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

CREATE TRIGGER handovers_are_new BEFORE INSERT ON handovers
WHEN EXISTS (SELECT 1 FROM handovers WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'handovers_are_final'); END;
CREATE TRIGGER one_open_handover_of_a_seat BEFORE INSERT ON handovers
WHEN EXISTS (SELECT 1 FROM handovers h WHERE h.centre_id = NEW.centre_id AND h.seat = NEW.seat
  AND h.id NOT IN (SELECT handover_id FROM handover_issues)
  AND h.id NOT IN (SELECT handover_id FROM handover_withdrawals))
BEGIN SELECT RAISE(ABORT, 'one_open_handover_of_a_seat'); END;
CREATE TRIGGER a_seat_is_handed_over_once BEFORE INSERT ON handovers
WHEN EXISTS (SELECT 1 FROM handovers h JOIN handover_issues i ON i.handover_id = h.id
  WHERE h.giver_decree_id = NEW.giver_decree_id)
BEGIN SELECT RAISE(ABORT, 'a_seat_is_handed_over_once'); END;
CREATE TRIGGER handover_within_the_seat BEFORE INSERT ON handovers
WHEN NOT EXISTS (SELECT 1 FROM decrees d JOIN decree_acceptances a ON a.decree_id = d.id
    WHERE d.id = NEW.giver_decree_id AND d.centre_id = NEW.centre_id AND d.seat = NEW.seat)
  OR (NEW.taker_decree_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM decrees d JOIN decree_issues i ON i.decree_id = d.id
    WHERE d.id = NEW.taker_decree_id AND d.centre_id = NEW.centre_id AND d.seat = NEW.seat
      AND d.person_id <> (SELECT person_id FROM decrees WHERE id = NEW.giver_decree_id)))
BEGIN SELECT RAISE(ABORT, 'handover_within_the_seat'); END;

CREATE TRIGGER handover_counts_follow BEFORE INSERT ON handover_counts
WHEN NEW.version IS NOT 1 + (SELECT count(*) FROM handover_counts
    WHERE handover_id = NEW.handover_id)
  OR EXISTS (SELECT 1 FROM handover_issues WHERE handover_id = NEW.handover_id)
  OR EXISTS (SELECT 1 FROM handover_withdrawals WHERE handover_id = NEW.handover_id)
BEGIN SELECT RAISE(ABORT, 'handover_counts_follow'); END;
-- Once both said yes it is settled, and nothing of it is written again.
CREATE TRIGGER settled_handover_stays BEFORE INSERT ON handover_counts
WHEN 2 = (SELECT count(*) FROM handover_acknowledgements
  WHERE handover_id = NEW.handover_id AND version = NEW.version - 1)
BEGIN SELECT RAISE(ABORT, 'settled_handover_stays'); END;

CREATE TRIGGER handover_acknowledged_as_it_stands BEFORE INSERT ON handover_acknowledgements
WHEN NEW.version IS NOT (SELECT max(version) FROM handover_counts
    WHERE handover_id = NEW.handover_id)
  OR EXISTS (SELECT 1 FROM handover_acknowledgements WHERE handover_id = NEW.handover_id
    AND version = NEW.version AND side = NEW.side)
  OR EXISTS (SELECT 1 FROM handover_issues WHERE handover_id = NEW.handover_id)
  OR EXISTS (SELECT 1 FROM handover_withdrawals WHERE handover_id = NEW.handover_id)
BEGIN SELECT RAISE(ABORT, 'handover_acknowledged_as_it_stands'); END;
-- What is to be counted is counted, and a difference is explained, before anybody says yes.
CREATE TRIGGER handover_difference_is_explained BEFORE INSERT ON handover_acknowledgements
WHEN EXISTS (SELECT 1 FROM handover_counts c, json_each(c.lines) l
  WHERE c.handover_id = NEW.handover_id AND c.version = NEW.version
    AND ((l.value ->> 'counted' IS NULL
        AND l.value ->> 'kind' IN ('cash', 'goods', 'boxes', 'receipt-books', 'asset', 'seal'))
      OR (l.value ->> 'counted' IS NOT NULL AND l.value ->> 'recorded' IS NOT NULL
        AND l.value ->> 'counted' <> l.value ->> 'recorded'
        AND coalesce(length(trim(l.value ->> 'remark')), 0) < 3)))
BEGIN SELECT RAISE(ABORT, 'handover_difference_is_explained'); END;
-- With his own user a side speaks for itself; on paper the committee records it, or the chair.
CREATE TRIGGER handover_side_speaks_for_itself BEFORE INSERT ON handover_acknowledgements
WHEN CASE NEW.how
  WHEN 'user' THEN NOT EXISTS (
    SELECT 1 FROM handovers h JOIN users u ON u.id = NEW.acknowledged_by
    LEFT JOIN decrees d ON d.id = iif(NEW.side = 'giver', h.giver_decree_id, h.taker_decree_id)
    WHERE h.id = NEW.handover_id
      AND iif(d.id IS NULL, u.role IN ('county-head', 'province-deputy'), u.person_id = d.person_id))
  ELSE coalesce((SELECT role FROM users WHERE id = NEW.acknowledged_by), '')
      NOT IN ('county-head', 'province-deputy')
    AND NOT EXISTS (SELECT 1 FROM handovers h JOIN decrees d ON d.centre_id = h.centre_id
      JOIN decree_acceptances a ON a.decree_id = d.id
      JOIN users u ON u.id = NEW.acknowledged_by AND u.person_id = d.person_id
      LEFT JOIN decree_endings e ON e.decree_id = d.id
      WHERE h.id = NEW.handover_id AND d.seat IN ('chair', 'vice-chair')
        AND NEW.acknowledged_on BETWEEN d.from_on AND d.to_on
        AND (e.ended_on IS NULL OR e.ended_on > NEW.acknowledged_on))
  END
BEGIN SELECT RAISE(ABORT, 'handover_side_speaks_for_itself'); END;

CREATE TRIGGER handover_issued_once_settled BEFORE INSERT ON handover_issues
WHEN NEW.version IS NOT (SELECT max(version) FROM handover_counts
    WHERE handover_id = NEW.handover_id)
  OR 2 <> (SELECT count(*) FROM handover_acknowledgements
    WHERE handover_id = NEW.handover_id AND version = NEW.version)
  OR EXISTS (SELECT 1 FROM handover_issues WHERE handover_id = NEW.handover_id)
  OR EXISTS (SELECT 1 FROM handover_withdrawals WHERE handover_id = NEW.handover_id)
  OR (SELECT kind FROM papers WHERE id = NEW.paper_id) IS NOT 'handover'
BEGIN SELECT RAISE(ABORT, 'handover_issued_once_settled'); END;
CREATE TRIGGER handover_witness_is_no_side BEFORE INSERT ON handover_issues
WHEN EXISTS (SELECT 1 FROM handovers h JOIN users u ON u.id = NEW.issued_by
  JOIN decrees d ON d.id IN (h.giver_decree_id, h.taker_decree_id) AND d.person_id = u.person_id
  WHERE h.id = NEW.handover_id)
BEGIN SELECT RAISE(ABORT, 'handover_witness_is_no_side'); END;
CREATE TRIGGER handover_withdrawn_once BEFORE INSERT ON handover_withdrawals
WHEN EXISTS (SELECT 1 FROM handover_issues WHERE handover_id = NEW.handover_id)
  OR EXISTS (SELECT 1 FROM handover_withdrawals WHERE handover_id = NEW.handover_id)
BEGIN SELECT RAISE(ABORT, 'handover_withdrawn_once'); END;

-- B-17: the head of a county office acts in his own county.
CREATE TRIGGER b17_handover_in_own_county BEFORE INSERT ON handovers
WHEN (SELECT county_id FROM users WHERE id = NEW.drafted_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_handover_counted_in_own_county BEFORE INSERT ON handover_counts
WHEN (SELECT county_id FROM users WHERE id = NEW.written_by) <> (SELECT c.county_id
  FROM handovers h JOIN centres c ON c.id = h.centre_id WHERE h.id = NEW.handover_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_handover_acknowledged_in_own_county BEFORE INSERT ON handover_acknowledgements
WHEN (SELECT county_id FROM users WHERE id = NEW.acknowledged_by) <> (SELECT c.county_id
  FROM handovers h JOIN centres c ON c.id = h.centre_id WHERE h.id = NEW.handover_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_handover_issued_in_own_county BEFORE INSERT ON handover_issues
WHEN (SELECT county_id FROM users WHERE id = NEW.issued_by) <> (SELECT c.county_id
  FROM handovers h JOIN centres c ON c.id = h.centre_id WHERE h.id = NEW.handover_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_handover_withdrawn_in_own_county BEFORE INSERT ON handover_withdrawals
WHEN (SELECT county_id FROM users WHERE id = NEW.withdrawn_by) <> (SELECT c.county_id
  FROM handovers h JOIN centres c ON c.id = h.centre_id WHERE h.id = NEW.handover_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;

CREATE TRIGGER handovers_are_final_update BEFORE UPDATE ON handovers
BEGIN SELECT RAISE(ABORT, 'handovers_are_final'); END;
CREATE TRIGGER handovers_are_final_delete BEFORE DELETE ON handovers
BEGIN SELECT RAISE(ABORT, 'handovers_are_final'); END;
CREATE TRIGGER handover_counts_are_final_update BEFORE UPDATE ON handover_counts
BEGIN SELECT RAISE(ABORT, 'handovers_are_final'); END;
CREATE TRIGGER handover_counts_are_final_delete BEFORE DELETE ON handover_counts
BEGIN SELECT RAISE(ABORT, 'handovers_are_final'); END;
CREATE TRIGGER handover_acknowledgements_are_final_update BEFORE UPDATE ON handover_acknowledgements
BEGIN SELECT RAISE(ABORT, 'handovers_are_final'); END;
CREATE TRIGGER handover_acknowledgements_are_final_delete BEFORE DELETE ON handover_acknowledgements
BEGIN SELECT RAISE(ABORT, 'handovers_are_final'); END;
CREATE TRIGGER handover_issues_are_final_update BEFORE UPDATE ON handover_issues
BEGIN SELECT RAISE(ABORT, 'handovers_are_final'); END;
CREATE TRIGGER handover_issues_are_final_delete BEFORE DELETE ON handover_issues
BEGIN SELECT RAISE(ABORT, 'handovers_are_final'); END;
CREATE TRIGGER handover_withdrawals_are_final_update BEFORE UPDATE ON handover_withdrawals
BEGIN SELECT RAISE(ABORT, 'handovers_are_final'); END;
CREATE TRIGGER handover_withdrawals_are_final_delete BEFORE DELETE ON handover_withdrawals
BEGIN SELECT RAISE(ABORT, 'handovers_are_final'); END;

-- A report of a section for some days, issued as a paper.
CREATE TABLE section_reports (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  section TEXT NOT NULL CONSTRAINT report_section CHECK (section IN
    ('men', 'women', 'assemblies', 'benefactors')),
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES users (id),
  paper_id INTEGER NOT NULL CONSTRAINT report_paper_once UNIQUE REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT report_days CHECK (from_on <= to_on AND to_on <= issued_on)
) STRICT;
CREATE INDEX reports_of_section ON section_reports (centre_id, section, id);
CREATE TRIGGER section_reports_are_new BEFORE INSERT ON section_reports
WHEN EXISTS (SELECT 1 FROM section_reports WHERE id = NEW.id)
  OR NOT EXISTS (SELECT 1 FROM papers WHERE id = NEW.paper_id AND kind = 'section-report'
    AND centre_id = NEW.centre_id AND act_id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'section_reports_are_final'); END;
CREATE TRIGGER section_reports_are_final_update BEFORE UPDATE ON section_reports
BEGIN SELECT RAISE(ABORT, 'section_reports_are_final'); END;
CREATE TRIGGER section_reports_are_final_delete BEFORE DELETE ON section_reports
BEGIN SELECT RAISE(ABORT, 'section_reports_are_final'); END;
