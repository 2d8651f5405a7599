-- Lists that stay quick however long they grow, and what only the pages kept until now.

CREATE INDEX referrals_of_centre ON referrals (centre_id, id);
CREATE INDEX assignments_by_end ON assignments (centre_id, to_on);
CREATE INDEX change_requests_of_person ON change_requests (centre_id, person_id);
CREATE INDEX capacities_by_found ON capacities (centre_id, found_on);
-- A paper is found again from its code, whatever it is the paper of.
CREATE INDEX volunteer_cards_by_paper ON volunteer_cards (paper_id);
CREATE INDEX survey_approvals_by_paper ON survey_approvals (paper_id);
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
