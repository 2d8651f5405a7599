/** The money field: groups digits while they are typed and says the amount in the other unit. */
import { grouped, latin } from './digits.js';

const LARGEST = 99_999_999_999_999;
const SEPARATORS = /[\s,.'\u060c\u066c\u2019]/g;
const SCALES = ['', 'thousand', 'million', 'billion', 'trillion'];

for (const field of document.querySelectorAll('[data-money]')) prepare(field);

/** Other scripts call this on rows they add to a table. */
export function prepare(field) {
  const input = field.querySelector('input');
  const words = field.dataset.words ? JSON.parse(field.dataset.words) : undefined;
  const echo = document.getElementById(field.dataset.money);
  const say = () => {
    if (echo && words) sayAmount(echo, words, field, amountOf(input.value));
  };
  input.addEventListener('input', () => {
    group(input);
    say();
  });
  input.addEventListener('keydown', ({ key }) => stepOverSeparator(input, key));
  field.addEventListener('change', say);
  window.addEventListener('pageshow', say);
  say();
}

/** Only what is digits is grouped; anything else stays as it was typed, to be refused by name. */
function group(input) {
  const typed = input.value;
  const amount = amountOf(typed);
  if (amount === undefined || amount > LARGEST) return;
  const before = countDigits(typed.slice(0, input.selectionEnd ?? typed.length));
  input.value = grouped(amount);
  const caret = placeAfter(input.value, before);
  if (document.activeElement === input) input.setSelectionRange(caret, caret);
}

function countDigits(text) {
  return latin(text).replace(/\D/g, '').length;
}

/** The place right after so many digits: there the caret stays. */
function placeAfter(text, digits) {
  let place = 0;
  for (let seen = 0; seen < digits && place < text.length; place += 1) {
    if (/\d/.test(latin(text[place]))) seen += 1;
  }
  return place;
}

/** Erasing a separator would only bring it back, so the digit beyond it is erased. */
function stepOverSeparator(input, key) {
  const { selectionStart: at, selectionEnd: end, value } = input;
  if (at !== end) return;
  if (key === 'Backspace' && isSeparator(value[at - 1])) input.setSelectionRange(at - 1, at - 1);
  if (key === 'Delete' && isSeparator(value[at])) input.setSelectionRange(at + 1, at + 1);
}

function isSeparator(letter = '') {
  return letter !== '' && letter.replace(SEPARATORS, '') === '';
}

/** The whole number typed; undefined while it is something else, such as a fraction. */
function amountOf(typed) {
  const digits = latin(typed).replace(SEPARATORS, '');
  if (!/^\d+$/.test(digits) || /\.\d{0,2}$/.test(latin(typed))) return undefined;
  return Number(digits);
}

function sayAmount(echo, words, field, amount = 0) {
  const inToman = field.querySelector('[value="toman"]')?.checked ?? false;
  const rial = inToman ? amount * 10 : amount;
  echo.replaceChildren();
  if (rial === 0 || rial > LARGEST) return;
  const other = document.createElement('b');
  other.textContent = inToman
    ? `${grouped(rial)} ${words.unit.rial}`
    : `${inTomanDigits(rial)} ${words.unit.toman}`;
  const spoken = document.createElement('span');
  spoken.className = 'quiet';
  spoken.textContent = inWords(rial, words);
  echo.append(other, ' ', spoken);
}

function inTomanDigits(rial) {
  const decimals = rial % 10 === 0 ? 0 : 1;
  const language = document.documentElement.lang === 'fa' ? 'fa-IR' : 'en';
  return (rial / 10).toLocaleString(language, { minimumFractionDigits: decimals });
}

/** The amount in both units, spelled out. */
export function inWords(rial, words) {
  const [toman, odd] = [Math.trunc(rial / 10), rial % 10];
  const sentence = toman === 0 ? words.small : odd === 0 ? words.whole : words.odd;
  const said = { rial, toman, odd };
  return sentence.replace(/\{(\w+)\}/g, (_, part) => spell(said[part], words.number));
}

function spell(amount, number) {
  const parts = [];
  for (let rest = amount, scale = 0; rest > 0; rest = Math.trunc(rest / 1000), scale += 1) {
    const said = belowThousand(rest % 1000, number);
    if (said) parts.unshift(scale === 0 ? said : `${said} ${number[SCALES[scale]]}`);
  }
  return parts.length === 0 ? number[0] : parts.join(number['between-parts']);
}

function belowThousand(amount, number) {
  const rest = amount % 100;
  const ones = rest < 20 ? rest : rest % 10;
  const tens = [rest - ones, ones].filter(Boolean).map((part) => number[part]);
  const parts = [number[amount - rest], tens.join(number['between-tens'])];
  return parts
    .filter((part, at) => (at === 0 ? amount >= 100 : part))
    .join(number['between-parts']);
}
