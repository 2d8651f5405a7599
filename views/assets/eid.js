/**
 * The Eid screen by four keys: how many, whose fitra, cash or card, Enter. A press that was not
 * answered is kept here and sent again under its own key, so that nothing is lost and nothing is
 * entered twice; without this script the form does the same by a page each.
 */
import { grouped, latin, shown } from './digits.js';
import { inWords } from './money.js';

const form = document.getElementById('eid');
const holder = document.querySelector('[data-waiting]');
const words = JSON.parse(holder.dataset.words);
const said = form.querySelector('[data-said]');
const echo = form.querySelector('[data-echo]');
const spoken = JSON.parse(echo.dataset.words);
const store = `eid ${form.action}`;
const own = form.elements;
let sending = false;

/** One digit goes on to the next choice; from ten on a zero is pressed first, as in 012. */
own.persons.addEventListener('input', () => {
  const digits = latin(own.persons.value).replace(/\D/g, '');
  if (/^[1-9]$/.test(digits) || /^0\d\d$/.test(digits)) focusOn('fund');
  sayAmount();
});

/** Chosen and gone on at once: the next key may come before a timer does, and is not for this choice. */
form.addEventListener('keydown', (event) => {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  const digit = latin(key);
  if (ctrlKey || metaKey || altKey || !target.matches?.('[data-digit]')) return;
  const chosen = /^[12]$/.test(digit) && form.querySelector(choiceOf(target.name, digit));
  if (!chosen) return;
  event.preventDefault();
  event.stopPropagation();
  chosen.checked = true;
  if (target.name === 'fund') focusOn('kind');
  else form.querySelector('.button').focus();
  sayAmount();
});

const choiceOf = (name, digit) => `[name="${name}"][data-digit="${digit}"]`;

form.addEventListener('change', sayAmount);
form.addEventListener(
  'submit',
  (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (sending) return;
    const fields = Object.fromEntries(new FormData(form));
    if (keep(fields)) send(fields);
    else form.submit();
  },
  true,
);

function focusOn(name) {
  const chosen = form.querySelector(`[name="${name}"]:checked`);
  if (chosen) chosen.focus();
}

function sayAmount() {
  const persons = Number(latin(own.persons.value).replace(/\D/g, ''));
  const rate = Number(own.rate?.selectedOptions[0]?.dataset.rial ?? 0);
  const rial = persons * rate;
  echo.replaceChildren();
  if (!rial) return;
  const sum = document.createElement('b');
  sum.textContent = `${grouped(rial / 10)} ${spoken.unit.toman}`;
  echo.append(sum, inWords(rial, spoken));
}

/** False where this browser keeps nothing: then the form is sent as without a script. */
function keep(fields) {
  try {
    const { _csrf, ...kept } = fields;
    localStorage.setItem(store, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(store) ?? 'null');
  } catch {
    return null;
  }
}

async function send(fields) {
  sending = true;
  const body = new URLSearchParams({ ...fields, _csrf: own._csrf?.value ?? '' });
  const headers = { accept: 'application/json' };
  const answer = await fetch(form.action, { method: 'POST', body, headers }).catch(() => undefined);
  const told = await answer?.json().catch(() => undefined);
  sending = false;
  if (!answer || answer.status >= 500 || !told) {
    tell('warn', words.waits);
    setTimeout(() => {
      const waiting = kept();
      if (waiting && !sending) send(waiting);
    }, 3000);
    return;
  }
  localStorage.removeItem(store);
  if (answer.status === 201) entered(told);
  else refused(told);
}

function entered({ receipt, amount }) {
  const [number, toman] = [shown(receipt), `${grouped(amount / 10)} ${spoken.unit.toman}`];
  const rial = `${grouped(amount)} ${spoken.unit.rial}`;
  const sentence = words.sent
    .replace('{number}', number)
    .replace('{amount}', rial)
    .replace('{toman}', toman);
  tell('ok', sentence, { href: `${holder.dataset.receipts}/${receipt}.pdf`, text: words.print });
  own._key.value = crypto.randomUUID();
  own.persons.value = '';
  for (const name of ['fund', 'kind']) form.querySelector(`[name="${name}"]`).checked = true;
  sayAmount();
  own.persons.focus();
  lookAgain();
}

function refused({ detail, errors = [] }) {
  tell('bad', errors[0]?.message ?? detail ?? words.refused);
  own._key.value = crypto.randomUUID();
  own.persons.focus();
}

function tell(state, text, link) {
  said.dataset.state = state;
  said.replaceChildren();
  const box = document.createElement('div');
  const line = document.createElement('p');
  line.textContent = text;
  box.append(line);
  if (link) {
    const print = document.createElement('a');
    print.href = link.href;
    print.textContent = link.text;
    box.append(print);
  }
  said.append(document.createElement('span'), box);
  said.hidden = false;
}

async function lookAgain() {
  const answer = await fetch(holder.dataset.totals).catch(() => undefined);
  if (!answer?.ok) return;
  const told = await answer.json();
  for (const [name, sums] of [
    ['own', told.own],
    ['all', told.all],
  ]) {
    for (const place of document.querySelectorAll(`[data-${name}]`)) {
      const key = place.dataset[name];
      const number = key === 'clerks' ? told.clerks.length : sums?.[key];
      if (number !== undefined) place.textContent = grouped(number);
    }
  }
}

setInterval(() => {
  if (!document.hidden) lookAgain();
}, 5000);
const waiting = kept();
if (waiting) {
  tell('warn', words.again);
  send(waiting);
}
sayAmount();
