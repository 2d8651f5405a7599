-- The centre's life asks for more words than the first tables knew: ten further seats, further papers
-- and forms, further series of numbers. Only CHECKs widen, nothing stored changes; SQLite documents
-- editing their text in the schema for that, and a table built anew would lose its triggers.
-- The tables made below raise the schema's version, so that every open connection reads it anew.

PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
  'CHECK (series IN (''entry'', ''receipt'', ''decree'', ''letter'', ''book''))',
  'CHECK (series <> '''' AND series NOT GLOB ''*[^a-z-]*'')')
WHERE type = 'table' AND name = 'numbers';
UPDATE sqlite_schema SET sql = replace(sql,
  'CHECK (kind IN (''receipt'', ''decree'', ''introduction'', ''book''))',
  'CHECK (kind <> '''' AND kind NOT GLOB ''*[^a-z-]*'')')
WHERE type = 'table' AND name = 'papers';
UPDATE sqlite_schema SET sql = replace(sql,
  'CHECK (form IN (''a4'', ''a5'', ''slip''))',
  'CHECK (form IN (''a3'', ''a4'', ''a5'', ''slip''))')
WHERE type = 'table' AND name = 'paper_prints';
UPDATE sqlite_schema SET sql = replace(sql,
  '''benefactors-men'', ''benefactors-women'', ''assemblies'')',
  '''benefactors-men'', ''benefactors-women'', ''assemblies'', ''participation'', ''orphans'', ''dowry'',
    ''loans'', ''social-work'', ''employment'', ''culture'', ''health'', ''housing'', ''public-relations'')')
WHERE type = 'table' AND name = 'decrees';
PRAGMA writable_schema = RESET;

-- What is told to those whom an act concerns: a seat of a centre, an office, or one person.
CREATE TABLE notices (
  id INTEGER PRIMARY KEY,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  told_at TEXT NOT NULL,
  -- A sentence of locales/, with the values it is said with.
  key TEXT NOT NULL,
  said TEXT NOT NULL CONSTRAINT notice_values_are_json CHECK (json_valid(said)),
  -- Where to go, below the centre, or below the province if the notice is of no centre.
  href TEXT NOT NULL,
  -- The centre it is about, if any.
  centre_id INTEGER REFERENCES centres (id),
  seat TEXT,
  role TEXT,
  county_id INTEGER REFERENCES counties (id),
  person_id INTEGER REFERENCES persons (id),
  CONSTRAINT notice_is_for_somebody CHECK ((seat IS NOT NULL) + (role IS NOT NULL)
    + (person_id IS NOT NULL) = 1),
  CONSTRAINT notice_seat_has_centre CHECK (seat IS NULL OR centre_id IS NOT NULL)
) STRICT;
CREATE INDEX notices_of_seats ON notices (centre_id, seat, id) WHERE seat IS NOT NULL;
CREATE INDEX notices_of_roles ON notices (role, county_id, id) WHERE role IS NOT NULL;
CREATE INDEX notices_of_persons ON notices (person_id, id) WHERE person_id IS NOT NULL;
CREATE TRIGGER notices_are_new BEFORE INSERT ON notices
WHEN EXISTS (SELECT 1 FROM notices WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'notices_are_final'); END;
CREATE TRIGGER notices_are_final_update BEFORE UPDATE ON notices
BEGIN SELECT RAISE(ABORT, 'notices_are_final'); END;
CREATE TRIGGER notices_are_final_delete BEFORE DELETE ON notices
BEGIN SELECT RAISE(ABORT, 'notices_are_final'); END;

-- Up to which notice a user has read.
CREATE TABLE notices_read (
  user_id INTEGER PRIMARY KEY REFERENCES users (id),
  up_to INTEGER NOT NULL REFERENCES notices (id)
) STRICT;
