-- B-122: the public channels of a centre, on services that the province approves; B-120: support.

-- The services on which a centre may be found. The newest row of a key counts; the first come with
-- the program, the province adds others and takes them away.
CREATE TABLE channel_services (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL CONSTRAINT channel_service_key CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9-]*'),
  name TEXT NOT NULL CONSTRAINT channel_service_name CHECK (length(trim(name)) > 0),
  -- Addresses are on this host, or on one below it.
  domain TEXT NOT NULL CONSTRAINT channel_service_domain
    CHECK (domain <> '' AND domain NOT GLOB '*[^a-z0-9.-]*' AND domain NOT GLOB '.*'),
  is_approved INTEGER NOT NULL CONSTRAINT channel_service_approved CHECK (is_approved IN (0, 1)),
  set_on TEXT,
  act_id INTEGER REFERENCES acts (id)
) STRICT;
INSERT INTO channel_services (key, name, domain, is_approved) VALUES
  ('bale', 'بله', 'ble.ir', 1),
  ('eitaa', 'ایتا', 'eitaa.com', 1),
  ('rubika', 'روبیکا', 'rubika.ir', 1),
  ('soroush', 'سروش پلاس', 'splus.ir', 1),
  ('gap', 'گپ', 'gap.im', 1),
  ('igap', 'آی‌گپ', 'igap.net', 1),
  ('virasty', 'ویراستی', 'virasty.com', 1),
  ('aparat', 'آپارات', 'aparat.com', 1),
  ('web', 'وبگاه', 'ir', 1);
CREATE TRIGGER channel_services_are_new BEFORE INSERT ON channel_services
WHEN EXISTS (SELECT 1 FROM channel_services WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'channel_services_are_final'); END;
CREATE TRIGGER b122_province_approves BEFORE INSERT ON channel_services
WHEN coalesce((SELECT u.role FROM acts a JOIN users u ON u.id = a.user_id
  WHERE a.id = NEW.act_id), '') <> 'province-deputy' OR NEW.set_on IS NULL
BEGIN SELECT RAISE(ABORT, 'b122_province_approves'); END;
CREATE TRIGGER channel_services_are_final_update BEFORE UPDATE ON channel_services
BEGIN SELECT RAISE(ABORT, 'channel_services_are_final'); END;
CREATE TRIGGER channel_services_are_final_delete BEFORE DELETE ON channel_services
BEGIN SELECT RAISE(ABORT, 'channel_services_are_final'); END;

CREATE VIEW approved_services AS
SELECT s.key, s.name, s.domain FROM channel_services s
WHERE s.is_approved = 1 AND s.id = (SELECT max(x.id) FROM channel_services x WHERE x.key = s.key);

-- A channel by which the public finds the centre.
CREATE TABLE channels (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  service TEXT NOT NULL,
  address TEXT NOT NULL CONSTRAINT channel_address CHECK (address GLOB 'https://[a-z0-9]*'),
  opened_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX channels_of_centre ON channels (centre_id, id);

CREATE TABLE channel_endings (
  channel_id INTEGER PRIMARY KEY REFERENCES channels (id),
  ended_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

CREATE TRIGGER channels_are_new BEFORE INSERT ON channels
WHEN EXISTS (SELECT 1 FROM channels WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'channels_are_final'); END;
-- The host alone decides: letters, digits, dots and hyphens, on the service's domain or below it.
CREATE TRIGGER b122_approved_service BEFORE INSERT ON channels
WHEN NOT EXISTS (SELECT 1 FROM approved_services s,
  (SELECT substr(NEW.address, 9, instr(substr(NEW.address, 9) || '/', '/') - 1) AS host) h
  WHERE s.key = NEW.service AND h.host NOT GLOB '*[^a-z0-9.-]*'
    AND (h.host = s.domain OR substr(h.host, -length(s.domain) - 1) = '.' || s.domain))
BEGIN SELECT RAISE(ABORT, 'b122_approved_service'); END;
CREATE TRIGGER b128_channel_after_licence BEFORE INSERT ON channels
WHEN NOT EXISTS (SELECT 1 FROM licences
  WHERE centre_id = NEW.centre_id AND from_on <= NEW.opened_on)
BEGIN SELECT RAISE(ABORT, 'b128_channel_after_licence'); END;
CREATE TRIGGER channel_stands_once BEFORE INSERT ON channels
WHEN EXISTS (SELECT 1 FROM channels c WHERE c.address = NEW.address
  AND NOT EXISTS (SELECT 1 FROM channel_endings WHERE channel_id = c.id))
BEGIN SELECT RAISE(ABORT, 'channel_stands_once'); END;
CREATE TRIGGER channels_are_final_update BEFORE UPDATE ON channels
BEGIN SELECT RAISE(ABORT, 'channels_are_final'); END;
CREATE TRIGGER channels_are_final_delete BEFORE DELETE ON channels
BEGIN SELECT RAISE(ABORT, 'channels_are_final'); END;
CREATE TRIGGER channel_endings_are_new BEFORE INSERT ON channel_endings
WHEN EXISTS (SELECT 1 FROM channel_endings WHERE channel_id = NEW.channel_id)
BEGIN SELECT RAISE(ABORT, 'channel_endings_are_final'); END;
CREATE TRIGGER channel_endings_are_final_update BEFORE UPDATE ON channel_endings
BEGIN SELECT RAISE(ABORT, 'channel_endings_are_final'); END;
CREATE TRIGGER channel_endings_are_final_delete BEFORE DELETE ON channel_endings
BEGIN SELECT RAISE(ABORT, 'channel_endings_are_final'); END;

-- B-120: what somebody who works with the program asks of those who look after it.
CREATE TABLE support_requests (
  id INTEGER PRIMARY KEY,
  -- The centre for which he asks, if he sits in one.
  centre_id INTEGER REFERENCES centres (id),
  subject TEXT NOT NULL CONSTRAINT support_subject CHECK (length(trim(subject)) >= 3),
  text TEXT NOT NULL CONSTRAINT support_text CHECK (length(trim(text)) >= 3),
  page TEXT,
  asked_on TEXT NOT NULL,
  asked_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX support_of_centre ON support_requests (centre_id);

-- The newest step tells the state; a request without one, or asked again, waits for its answer.
CREATE TABLE support_steps (
  id INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES support_requests (id),
  kind TEXT NOT NULL CONSTRAINT support_step CHECK (kind IN ('answer', 'ask', 'close')),
  text TEXT CONSTRAINT support_step_text CHECK (kind = 'close' OR length(trim(text)) >= 3),
  taken_on TEXT NOT NULL,
  taken_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX steps_of_support ON support_steps (request_id, id);

CREATE TRIGGER support_requests_are_new BEFORE INSERT ON support_requests
WHEN NEW.id IS NOT 1 + (SELECT count(*) FROM support_requests)
BEGIN SELECT RAISE(ABORT, 'support_requests_are_final'); END;
CREATE TRIGGER support_requests_are_final_update BEFORE UPDATE ON support_requests
BEGIN SELECT RAISE(ABORT, 'support_requests_are_final'); END;
CREATE TRIGGER support_requests_are_final_delete BEFORE DELETE ON support_requests
BEGIN SELECT RAISE(ABORT, 'support_requests_are_final'); END;
-- Those who look after the program answer once for each time it was asked; the asker asks again or closes.
CREATE TRIGGER b120_support_goes_step_by_step BEFORE INSERT ON support_steps
WHEN EXISTS (SELECT 1 FROM support_steps WHERE id = NEW.id)
  OR NOT CASE coalesce((SELECT kind FROM support_steps WHERE request_id = NEW.request_id
      ORDER BY id DESC LIMIT 1), 'ask')
    WHEN 'ask' THEN NEW.kind IN ('answer', 'close')
    WHEN 'answer' THEN NEW.kind IN ('ask', 'close')
    ELSE 0 END
BEGIN SELECT RAISE(ABORT, 'b120_support_goes_step_by_step'); END;
CREATE TRIGGER b120_who_takes_the_step BEFORE INSERT ON support_steps
WHEN CASE NEW.kind
    WHEN 'answer' THEN coalesce((SELECT role FROM users WHERE id = NEW.taken_by), '')
      NOT IN ('system-admin', 'province-deputy')
    ELSE NEW.taken_by IS NOT (SELECT asked_by FROM support_requests WHERE id = NEW.request_id)
  END
BEGIN SELECT RAISE(ABORT, 'b120_who_takes_the_step'); END;
CREATE TRIGGER support_steps_are_final_update BEFORE UPDATE ON support_steps
BEGIN SELECT RAISE(ABORT, 'support_steps_are_final'); END;
CREATE TRIGGER support_steps_are_final_delete BEFORE DELETE ON support_steps
BEGIN SELECT RAISE(ABORT, 'support_steps_are_final'); END;
