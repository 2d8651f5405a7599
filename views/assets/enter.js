/** Enter goes on from field to field, only a button saves; a digit chooses among choices. */
import { latin } from './digits.js';

const STOPS = 'input:not([type="hidden"]), select, textarea, button';

for (const form of document.querySelectorAll('form[data-enter]')) {
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') goOn(event, form);
  });
}

document.addEventListener('keydown', ({ key, target, ctrlKey, metaKey, altKey }) => {
  if (ctrlKey || metaKey || altKey || !target.matches?.('.choices [data-digit]')) return;
  const digit = latin(key);
  if (!/^\d$/.test(digit)) return;
  const chosen = target.closest('.choices').querySelector(`[data-digit="${digit}"]`);
  if (!chosen) return;
  chosen.checked = true;
  chosen.focus();
  chosen.dispatchEvent(new Event('change', { bubbles: true }));
});

function goOn(event, form) {
  const { target } = event;
  if (event.defaultPrevented || target.matches('button, a, summary, textarea')) return;
  event.preventDefault();
  const next = stopsOf(form, target).find((stop) => follows(stop, target));
  if (!next) return;
  next.focus();
  if (next.matches('input:not([type="radio"], [type="checkbox"])')) next.select();
}

/** What a rare field is made of is passed by, unless the reader is in it. */
function stopsOf(form, target) {
  const around = (stop) => stop.closest('[data-enter="skip"]');
  return [...form.querySelectorAll(STOPS)].filter(
    (stop) =>
      !stop.disabled &&
      stop.getClientRects().length > 0 &&
      !stop.closest('details:not([open]), .switch, .calendar') &&
      (!around(stop) || around(stop) === around(target)) &&
      (stop.type !== 'radio' || stop.name !== target.name) &&
      (stop.type !== 'radio' || isStop(stop)) &&
      (stop.type !== 'button' || stop.closest('[role="alert"]')),
  );
}

/** Of a group of choices the chosen one takes the focus, or the first. */
function isStop(radio) {
  const group = [...radio.form.elements].filter(
    ({ type, name }) => type === 'radio' && name === radio.name,
  );
  return radio === (group.find(({ checked }) => checked) ?? group[0]);
}

function follows(stop, target) {
  return Boolean(target.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING);
}
