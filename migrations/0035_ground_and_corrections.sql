-- Ground that is taken back, corrections that are no renewals, and endings that rest on a paper.

-- B-124: who holds his ground again was measured against everybody who holds his own by then, and
-- where the two share some, a letter settles it, whichever of the two it was recorded for.
CREATE INDEX boundary_coordinations_of_others ON boundary_coordinations (other_boundary_id);
CREATE TRIGGER b124_ground_taken_back_is_free BEFORE INSERT ON licence_decisions
WHEN NEW.kind = 'reinstate'
  AND coalesce((SELECT kind FROM licence_decisions WHERE centre_id = NEW.centre_id
    AND kind <> 'renew' ORDER BY id DESC LIMIT 1), '') IN ('revoke', 'dissolve', 'finish')
  AND EXISTS (
    SELECT 1 FROM approved_boundaries mine
    JOIN centres my_centre ON my_centre.id = mine.centre_id AND my_centre.kind = 'neighbourhood'
    JOIN boundary_bounds here ON here.id = mine.id
    JOIN boundary_bounds other ON other.min_lon <= here.max_lon AND other.max_lon >= here.min_lon
      AND other.min_lat <= here.max_lat AND other.max_lat >= here.min_lat
    JOIN approved_boundaries theirs ON theirs.id = other.id AND theirs.centre_id <> mine.centre_id
    JOIN centres their_centre ON their_centre.id = theirs.centre_id
      AND their_centre.kind = 'neighbourhood'
    WHERE mine.centre_id = NEW.centre_id
      AND NOT EXISTS (SELECT 1 FROM approved_boundaries later
        WHERE later.centre_id = mine.centre_id AND later.version > mine.version
          AND later.from_on <= max(mine.from_on, NEW.decided_on))
      AND NOT EXISTS (SELECT 1 FROM approved_boundaries later
        WHERE later.centre_id = theirs.centre_id AND later.version > theirs.version
          AND later.from_on <= max(theirs.from_on, mine.from_on, NEW.decided_on))
      AND coalesce((SELECT d.kind FROM licence_decisions d WHERE d.centre_id = theirs.centre_id
        AND d.kind <> 'renew' AND d.decided_on <= NEW.decided_on ORDER BY d.id DESC LIMIT 1), '')
        NOT IN ('revoke', 'dissolve', 'finish')
      AND coalesce((SELECT o.square_metres FROM boundary_overlaps o
        WHERE o.boundary_id = mine.id AND o.other_boundary_id = theirs.id), 1) > 0
      AND NOT EXISTS (SELECT 1 FROM boundary_coordinations c
        WHERE (c.boundary_id = mine.id AND c.other_boundary_id = theirs.id)
          OR (c.boundary_id = theirs.id AND c.other_boundary_id = mine.id)))
BEGIN SELECT RAISE(ABORT, 'b124_ground_taken_back_is_free'); END;

-- B-128: a licence begins no earlier than it is given, and no correction takes it further back.
CREATE TRIGGER b128_licence_from_its_day BEFORE INSERT ON licences
WHEN NEW.from_on < (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'b128_licence_from_its_day'); END;
CREATE TRIGGER b128_corrected_from_its_day BEFORE INSERT ON licence_corrections
WHEN NEW.from_on < (SELECT min(g.from_on, date(a.at, '+210 minutes'))
  FROM licences g JOIN acts a ON a.id = g.act_id WHERE g.id = NEW.licence_id)
BEGIN SELECT RAISE(ABORT, 'b128_licence_from_its_day'); END;
-- B-109: nor is it longer than it was given for; and a later end near its end is a renewal.
DROP TRIGGER b109_more_days_are_a_renewal;
CREATE TRIGGER b109_more_days_are_a_renewal BEFORE INSERT ON licence_corrections
WHEN EXISTS (SELECT 1 FROM licences g JOIN current_licences l ON l.id = g.id
  WHERE g.id = NEW.licence_id
    AND (julianday(NEW.to_on) - julianday(NEW.from_on) > julianday(g.to_on) - julianday(g.from_on)
      OR NEW.to_on > l.to_on AND NEW.to_on > g.to_on
        AND NEW.corrected_on >= date(min(g.to_on, l.to_on), '-90 days')))
BEGIN SELECT RAISE(ABORT, 'b109_more_days_are_a_renewal'); END;
-- B-128: gifts on the days that were given keep them; what a wrong correction let in keeps none.
DROP TRIGGER b128_correction_leaves_no_gift;
CREATE TRIGGER b128_correction_leaves_no_gift BEFORE INSERT ON licence_corrections
WHEN EXISTS (SELECT 1 FROM licences g JOIN current_licences l ON l.id = g.id
    JOIN donations d ON d.centre_id = l.centre_id
  WHERE l.id = NEW.licence_id AND (
    (d.received_on BETWEEN g.from_on AND g.to_on AND d.received_on BETWEEN l.from_on AND l.to_on
      AND d.received_on NOT BETWEEN NEW.from_on AND NEW.to_on)
    OR (date(d.entered_at, '+210 minutes') BETWEEN g.from_on AND g.to_on
      AND date(d.entered_at, '+210 minutes') BETWEEN l.from_on AND l.to_on
      AND date(d.entered_at, '+210 minutes') NOT BETWEEN NEW.from_on AND NEW.to_on)))
BEGIN SELECT RAISE(ABORT, 'b128_correction_leaves_no_gift'); END;

-- B-102: the chair lists what is handed over while his decree holds, or after his licence's last day
-- if he sat on it; not once his decree was ended.
DROP TRIGGER b102_chair_or_deputy_lists;
CREATE TRIGGER b102_chair_or_deputy_lists BEFORE INSERT ON dissolution_assets
WHEN (SELECT role FROM users WHERE id = NEW.listed_by) IS NOT 'province-deputy'
  AND NOT EXISTS (SELECT 1 FROM decrees d JOIN decree_acceptances a ON a.decree_id = d.id
    JOIN users u ON u.id = NEW.listed_by AND u.person_id = d.person_id
    LEFT JOIN decree_endings e ON e.decree_id = d.id
    WHERE d.centre_id = NEW.centre_id AND d.seat IN ('chair', 'vice-chair')
      AND (e.ended_on IS NULL OR e.ended_on > NEW.listed_on)
      AND (NEW.listed_on BETWEEN d.from_on AND d.to_on
        OR d.to_on < NEW.listed_on AND (SELECT max(to_on) FROM current_licences
          WHERE centre_id = NEW.centre_id AND from_on <= NEW.listed_on)
          BETWEEN d.from_on AND d.to_on))
BEGIN SELECT RAISE(ABORT, 'b102_chair_or_deputy_lists'); END;

-- B-93: a holder whose decree has ended since is neither ended nor replaced by agreement any more.
CREATE TRIGGER b93_agreed_while_held BEFORE INSERT ON change_answers
WHEN NEW.answer = 'agreed' AND EXISTS (
  SELECT 1 FROM change_requests r JOIN decrees d ON d.id = r.decree_id
  JOIN acts a ON a.id = NEW.act_id LEFT JOIN decree_endings e ON e.decree_id = d.id
  WHERE r.id = NEW.request_id AND r.kind IN ('replace', 'end')
    AND (d.to_on < date(a.at, '+210 minutes') OR e.ended_on <= date(a.at, '+210 minutes')))
BEGIN SELECT RAISE(ABORT, 'b93_agreed_while_held'); END;
