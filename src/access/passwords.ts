/** Passwords: what a good one is, and their hashes. */
import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '../refusal.ts';
import type { Reading } from '../values/reading.ts';

const LEAST = 10;
const MOST = 200;

/** Words that every guesser tries first, whatever digits stand around them. */
const GUESSED = new Set(
  `password passwort passw pass qwerty qwertyui qwertyuiop asdfghjkl zxcvbnm admin administrator
   welcome letmein iloveyou changeme secret monkey dragon football sunshine master superman
   nikukari nikookari komite emdad imdad khomeini allah salam iran tehran mashhad user test
   abc abcd abcdef abcdefghij`.split(/\s+/),
);

/** What people's fingers run along. */
const RUNS = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];

/** Letters and figures that nobody mistakes for another when they are read out. */
const CLEAR = 'abcdefghjkmnpqrstuvwxyz23456789';

/** argon2id at the library's own cost, which is the one that OWASP asks for. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'));
}

/** Whether this is the password of the hash. */
export function isPassword(kept: string, typed: string): Promise<boolean> {
  // None that is kept is so long, and marks without end would take minutes to put in order.
  return verify(kept, typed.slice(0, 5 * MOST).normalize('NFC'));
}

/** Nobody's hash, so that a name nobody has costs as much time as a password that is wrong. */
export const nobodysHash = hashPassword(inventPassword());

/** A password good enough to be kept; how long it is counts for more than how odd it looks. */
export function readPassword(typed: string, username: string): Reading<string> {
  const length = [...typed].length;
  if (length < LEAST) return { fault: 'access:password.short' };
  if (length > MOST) return { fault: 'access:password.long' };
  const plain = typed.toLowerCase();
  if (/^(.{1,3})\1+.{0,2}$/u.test(plain)) return { fault: 'access:password.repeated' };
  if (isNamed(plain, username)) return { fault: 'access:password.username' };
  if (isGuessed(plain)) return { fault: 'access:password.common' };
  return { value: typed };
}

/** Refuses with 422 a password that is not good enough, naming the field it was typed in. */
export function refuseWeakPassword(typed: string, username: string, field = 'password'): void {
  const reading = readPassword(typed, username);
  if ('fault' in reading) throw new Refusal(reading.fault, { status: 422, field });
}

/** A first password to be said or written down once and changed at once. */
export function inventPassword(): string {
  const group = () => Array.from({ length: 4 }, () => CLEAR[randomInt(CLEAR.length)]).join('');
  return [group(), group(), group()].join('-');
}

/** The name itself, or the name with figures and marks around it. */
function isNamed(plain: string, username: string): boolean {
  const name = username.toLowerCase();
  return plain === name || (lettersOf(plain) !== '' && lettersOf(plain) === lettersOf(name));
}

function isGuessed(plain: string): boolean {
  const backward = [...plain].reverse().join('');
  const isRun = RUNS.some((run) => run.includes(plain) || run.includes(backward));
  return isRun || GUESSED.has(lettersOf(plain));
}

function lettersOf(text: string): string {
  return text.replaceAll(/[^\p{L}]/gu, '');
}
