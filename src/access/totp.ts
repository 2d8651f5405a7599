/** One-time codes (TOTP): a second proof from the user's telephone, and codes on paper behind it. */
import { createHash, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { toString as drawQr } from 'qrcode';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { setting, writeSetting } from '../provinces/province.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { latinDigits } from '../values/persian-text.ts';
import type { Actor } from './actor.ts';
import { ROLES } from './powers.ts';
import { findUserById, type User } from './users.ts';

/** Of whom codes can be required: an office, or every trustee. */
export const CODE_ROLES = [...ROLES, 'trustee'] as const;
export type CodeRole = (typeof CODE_ROLES)[number];

const PERIOD_SECONDS = 30;
const RECOVERY_CODES = 10;
const CLEAR = 'abcdefghjkmnpqrstuvwxyz23456789';

const statements = prepared((db) => ({
  begin: db.$client.prepare(
    `UPDATE users SET totp_secret = ?, totp_confirmed_at = NULL, totp_last_step = NULL
     WHERE id = ?`,
  ),
  confirm: db.$client.prepare('UPDATE users SET totp_confirmed_at = ? WHERE id = ?'),
  use: db.$client.prepare(
    'UPDATE users SET totp_last_step = @step WHERE id = @id AND coalesce(totp_last_step, 0) < @step',
  ),
  stop: db.$client.prepare(
    `UPDATE users SET totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = NULL
     WHERE id = ?`,
  ),
  clear: db.$client.prepare('DELETE FROM recovery_codes WHERE user_id = ?'),
  keep: db.$client.prepare('INSERT INTO recovery_codes (user_id, hash) VALUES (?, ?)'),
  spend: db.$client.prepare(
    `UPDATE recovery_codes SET used_at = ? WHERE user_id = ? AND hash = ? AND used_at IS NULL`,
  ),
  left: db.$client
    .prepare('SELECT count(*) FROM recovery_codes WHERE user_id = ? AND used_at IS NULL')
    .pluck(),
}));

/** Lays a fresh secret ready; it asks nothing of the user until a code from it was typed back. */
export function beginCodes(tx: Tx, actor: Actor, userId: number): void {
  if (hasCodes(findUserById(tx, userId))) throw new Refusal('access:refusals.codes-on');
  statements(tx).begin.run(new Secret({ size: 20 }).base32, userId);
  record(tx, actor, { kind: 'user.codes-begun', subject: `users/${userId}` });
}

/** Turns the codes on once the telephone has shown a right one; answers the recovery codes. */
export function confirmCodes(tx: Tx, actor: Actor, userId: number, typed: string): string[] {
  const user = findUserById(tx, userId);
  if (hasCodes(user)) throw new Refusal('access:refusals.codes-on');
  if (user.totpSecret === null) throw new Refusal('access:refusals.codes-not-begun');
  if (!useCode(tx, user, typed, actor.now)) throw wrongCode();
  statements(tx).confirm.run(actor.now, userId);
  record(tx, actor, { kind: 'user.codes-on', subject: `users/${userId}` });
  return layRecoveryCodes(tx, userId);
}

/** Fresh codes for paper; those before are worth nothing any more. */
export function renewRecoveryCodes(tx: Tx, actor: Actor, userId: number): string[] {
  if (!hasCodes(findUserById(tx, userId))) throw new Refusal('access:refusals.codes-off');
  record(tx, actor, { kind: 'user.recovery-codes-renewed', subject: `users/${userId}` });
  return layRecoveryCodes(tx, userId);
}

/** Takes the codes away: the user's own wish, or a lost telephone told to the one who may help. */
export function removeCodes(tx: Tx, actor: Actor, userId: number): void {
  const user = findUserById(tx, userId);
  if (user.totpSecret === null) throw new Refusal('access:refusals.codes-off');
  if (actor.user?.id === userId && requiresCodes(tx, user)) {
    throw new Refusal('access:refusals.codes-required');
  }
  statements(tx).stop.run(userId);
  statements(tx).clear.run(userId);
  record(tx, actor, { kind: 'user.codes-off', subject: `users/${userId}` });
}

/** Whether the typed code is good at this moment; a code, once good, is never good again. */
export function useCode(tx: Tx, user: User, typed: string, now: string): boolean {
  const code = latinDigits(typed).replaceAll(/[\s-]/g, '').toLowerCase();
  if (user.totpSecret === null) return false;
  if (!/^\d{6}$/.test(code)) return hasCodes(user) && spendRecoveryCode(tx, user.id, code, now);
  const moment = Date.parse(now);
  const delta = totpOf(user, '').validate({ token: code, timestamp: moment, window: 1 });
  if (delta === null) return false;
  const step = Math.floor(moment / 1000 / PERIOD_SECONDS) + delta;
  return statements(tx).use.run({ id: user.id, step }).changes === 1;
}

export function hasCodes(user: Pick<User, 'totpConfirmedAt'>): boolean {
  return user.totpConfirmedAt !== null;
}

export function countRecoveryCodes(db: Db, userId: number): number {
  return statements(db).left.get(userId) as number;
}

/** What the telephone reads: the secret as text, and as a picture that needs nothing from afar. */
export async function enrolment(user: User, issuer: string): Promise<{ text: string; qr: string }> {
  const drawn = await drawQr(totpOf(user, issuer).toString(), { type: 'svg', margin: 2 });
  const text = (user.totpSecret ?? '').replaceAll(/(.{4})(?=.)/g, '$1 ');
  return { text, qr: `data:image/svg+xml;base64,${Buffer.from(drawn).toString('base64')}` };
}

/** Of whom the province requires one-time codes. */
export function rolesThatNeedCodes(db: Db): CodeRole[] {
  const kept = JSON.parse(setting(db, 'totp_roles') ?? '[]') as string[];
  return CODE_ROLES.filter((role) => kept.includes(role));
}

export function requireCodesOf(tx: Tx, roles: readonly CodeRole[]): void {
  writeSetting(tx, 'totp_roles', JSON.stringify(roles));
}

export function requiresCodes(db: Db, user: Pick<User, 'role'>): boolean {
  return rolesThatNeedCodes(db).includes(user.role ?? 'trustee');
}

export function wrongCode(): Refusal {
  return new Refusal('access:refusals.code', { status: 422, field: 'code' });
}

function totpOf(user: User, issuer: string): TOTP {
  const secret = Secret.fromBase32(user.totpSecret ?? '');
  return new TOTP({ issuer, label: user.username, secret, digits: 6, period: PERIOD_SECONDS });
}

function layRecoveryCodes(tx: Tx, userId: number): string[] {
  statements(tx).clear.run(userId);
  const codes = Array.from({ length: RECOVERY_CODES }, inventCode);
  for (const code of codes) statements(tx).keep.run(userId, hashOf(code.replace('-', '')));
  return codes;
}

function spendRecoveryCode(tx: Tx, userId: number, code: string, now: string): boolean {
  return statements(tx).spend.run(now, userId, hashOf(code)).changes === 1;
}

/** Ten letters of 31: some fifty bits, and five tries before the account is shut. */
function inventCode(): string {
  const half = () => Array.from({ length: 5 }, () => CLEAR[randomInt(CLEAR.length)]).join('');
  return `${half()}-${half()}`;
}

function hashOf(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}
