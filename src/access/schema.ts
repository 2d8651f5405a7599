import { blob, integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';
import { ROLES } from './powers.ts';

/** A person who signs in: an officer by his role, a trustee by the decrees of his person. */
export const users = sqliteTable('users', {
  id: integer('id').primaryKey(),
  username: text('username').notNull(),
  name: text('name').notNull(),
  passwordHash: text('password_hash').notNull(),
  mustChangePassword: integer('must_change_password').notNull(),
  role: text('role', { enum: ROLES }),
  countyId: integer('county_id'),
  personId: integer('person_id'),
  totpSecret: text('totp_secret'),
  totpConfirmedAt: text('totp_confirmed_at'),
  totpLastStep: integer('totp_last_step'),
  failures: integer('failures').notNull(),
  lockedUntil: text('locked_until'),
  endedAt: text('ended_at'),
  createdAt: text('created_at').notNull(),
});

/** A code on paper that stands in for a lost telephone, once. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    userId: integer('user_id').notNull(),
    hash: blob('hash', { mode: 'buffer' }).notNull(),
    usedAt: text('used_at'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.hash] })],
);

/** A browser that is signed in, or halfway: found by the hash of the key it holds. */
export const sessions = sqliteTable('sessions', {
  hash: blob('hash', { mode: 'buffer' }).primaryKey(),
  userId: integer('user_id'),
  data: text('data').notNull(),
  createdAt: text('created_at').notNull(),
  expiresAt: text('expires_at').notNull(),
});

/** A program's way in with its user's powers: found by the hash of what was shown once. */
export const tokens = sqliteTable('tokens', {
  id: integer('id').primaryKey(),
  userId: integer('user_id').notNull(),
  hash: blob('hash', { mode: 'buffer' }).notNull(),
  name: text('name').notNull(),
  createdAt: text('created_at').notNull(),
  revokedAt: text('revoked_at'),
});

/** Tries of one network address, or of one name that is no user's. */
export const signInFailures = sqliteTable('sign_in_failures', {
  address: text('address').primaryKey(),
  failures: integer('failures').notNull(),
  since: text('since').notNull(),
  lockedUntil: text('locked_until'),
});

/** What a program was answered, kept so that the same request again is the same gift. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    userId: integer('user_id').notNull(),
    key: text('key').notNull(),
    requestHash: blob('request_hash', { mode: 'buffer' }).notNull(),
    location: text('location').notNull(),
    body: text('body').notNull(),
    createdAt: text('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.key] })],
);
