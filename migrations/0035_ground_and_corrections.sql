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
