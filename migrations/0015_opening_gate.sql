-- The gate: what a centre's first licence waits for. A centre that was licensed once is past it, so
-- that one licensed before this file keeps its licence.
CREATE TRIGGER b33_six_seats_before_licence BEFORE INSERT ON licences
WHEN NOT EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id)
  AND 6 > (SELECT count(DISTINCT seat) FROM seat_proposals WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b33_six_seats_before_licence'); END;
CREATE TRIGGER b14_proposed_are_cleared BEFORE INSERT ON licences
WHEN NOT EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id)
  AND EXISTS (SELECT 1 FROM seat_proposals p,
      (SELECT 'security' AS kind UNION ALL SELECT 'selection') needed
    WHERE p.centre_id = NEW.centre_id
      AND NOT EXISTS (SELECT 1 FROM seat_proposals later
        WHERE later.centre_id = p.centre_id AND later.seat = p.seat AND later.id > p.id)
      AND 'approved' IS NOT (SELECT c.state FROM clearances c
        WHERE c.person_id = p.person_id AND c.kind = needed.kind ORDER BY c.id DESC LIMIT 1))
BEGIN SELECT RAISE(ABORT, 'b14_proposed_are_cleared'); END;
CREATE TRIGGER b114_premises_before_licence BEFORE INSERT ON licences
WHEN NOT EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id)
  AND NOT EXISTS (SELECT 1 FROM premises WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b114_premises_before_licence'); END;
CREATE TRIGGER b115_equipped_before_licence BEFORE INSERT ON licences
WHEN NOT EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id)
  AND 9 > (SELECT count(DISTINCT e.kind) FROM equipment e
    WHERE e.centre_id = NEW.centre_id AND e.kind <> 'other'
      AND NOT EXISTS (SELECT 1 FROM equipment_states s
        WHERE s.equipment_id = e.id AND s.state = 'retired'))
BEGIN SELECT RAISE(ABORT, 'b115_equipped_before_licence'); END;
CREATE TRIGGER b124_area_before_licence BEFORE INSERT ON licences
WHEN NOT EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id)
  AND NOT EXISTS (SELECT 1 FROM boundary_approvals a JOIN boundaries b ON b.id = a.boundary_id
    WHERE b.centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b124_area_before_licence'); END;
CREATE TRIGGER b139_survey_before_licence BEFORE INSERT ON licences
WHEN NOT EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id)
  AND NOT EXISTS (SELECT 1 FROM survey_approvals a JOIN surveys s ON s.id = a.survey_id
    WHERE s.centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b139_survey_before_licence'); END;
-- B-137: five volunteers and one charity unit, unless the province has set another least number.
CREATE TRIGGER b137_people_before_licence BEFORE INSERT ON licences
WHEN NOT EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id) AND (
  (SELECT count(*) FROM volunteers v WHERE v.centre_id = NEW.centre_id
    AND coalesce((SELECT s.state FROM volunteer_states s
      WHERE s.volunteer_id = v.id ORDER BY s.id DESC LIMIT 1), 'active') = 'active')
  < coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'least_volunteers'), 5)
  OR (SELECT count(*) FROM units u WHERE u.centre_id = NEW.centre_id
    AND coalesce((SELECT s.state FROM unit_states s
      WHERE s.unit_id = u.id ORDER BY s.id DESC LIMIT 1), 'active') = 'active')
  < coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'least_units'), 1))
BEGIN SELECT RAISE(ABORT, 'b137_people_before_licence'); END;
