-- Who signs in: users, their sessions, tokens and one-time codes.

CREATE TABLE counties (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CONSTRAINT county_name_once UNIQUE CONSTRAINT county_name CHECK (length(trim(name)) > 0),
  name_sort TEXT NOT NULL
) STRICT;

-- A person who signs in: an officer of the committee by his role, a trustee by the decrees of his person.
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  username TEXT NOT NULL CONSTRAINT username_once UNIQUE
    CONSTRAINT username_form CHECK (username = lower(username) AND length(username) BETWEEN 3 AND 40),
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  must_change_password INTEGER NOT NULL DEFAULT 1 CONSTRAINT must_change_yes_no CHECK (must_change_password IN (0, 1)),
  role TEXT CONSTRAINT committee_role CHECK (role IN
    ('county-head', 'province-deputy', 'inspector', 'security', 'selection', 'system-admin')),
  county_id INTEGER REFERENCES counties (id),
  person_id INTEGER REFERENCES persons (id),
  totp_secret TEXT,
  totp_confirmed_at TEXT,
  totp_last_step INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  locked_until TEXT,
  ended_at TEXT,
  created_at TEXT NOT NULL,
  -- No decree, no power: an officer has a role, a trustee is a person, nobody is both or neither.
  CONSTRAINT user_is_officer_or_trustee CHECK ((role IS NULL) = (person_id IS NOT NULL)),
  -- B-17: a county head has one county, every other office is the province's.
  CONSTRAINT b17_county_of_county_head CHECK ((role IS 'county-head') = (county_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX one_user_per_person ON users (person_id) WHERE person_id IS NOT NULL;
CREATE TRIGGER users_are_new BEFORE INSERT ON users
WHEN EXISTS (SELECT 1 FROM users
  WHERE id = NEW.id OR username = NEW.username OR person_id = NEW.person_id)
BEGIN SELECT RAISE(ABORT, 'b134_users_stay'); END;
CREATE TRIGGER users_stay_themselves BEFORE UPDATE OF id, username, person_id ON users
BEGIN SELECT RAISE(ABORT, 'b134_users_stay'); END;
CREATE TRIGGER users_stay BEFORE DELETE ON users
BEGIN SELECT RAISE(ABORT, 'b134_users_stay'); END;

CREATE TABLE recovery_codes (
  user_id INTEGER NOT NULL REFERENCES users (id),
  hash BLOB NOT NULL,
  used_at TEXT,
  PRIMARY KEY (user_id, hash)
) STRICT, WITHOUT ROWID;

-- A session is found by the hash of what the browser holds; the file alone opens no door.
CREATE TABLE sessions (
  hash BLOB PRIMARY KEY,
  user_id INTEGER REFERENCES users (id),
  data TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of_user ON sessions (user_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE tokens (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  hash BLOB NOT NULL CONSTRAINT token_once UNIQUE,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  revoked_at TEXT
) STRICT;

-- Failed sign-ins by address, so that one address cannot try every name.
CREATE TABLE sign_in_failures (
  address TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  since TEXT NOT NULL,
  locked_until TEXT
) STRICT, WITHOUT ROWID;

-- What a program was answered, so that the same request again is the same gift.
CREATE TABLE idempotency_keys (
  user_id INTEGER NOT NULL REFERENCES users (id),
  key TEXT NOT NULL CONSTRAINT idempotency_key_length CHECK (length(key) BETWEEN 1 AND 200),
  request_hash BLOB NOT NULL,
  location TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;
