/** Beside the form of a gift: who the chosen donor is to the centre, and what the fund is for. */
const margin = document.querySelector('[data-donor]');
const hint = document.querySelector('[data-fund-hint]');
const vow = document.querySelector('[data-vow]');
let asked = 0;

document.addEventListener('found', ({ detail }) => {
  asked += 1;
  if (!margin) return;
  margin.hidden = true;
  if (detail) tell(detail, asked);
});

/** Only the answer to the last question is shown; without an answer the form goes on as it is. */
async function tell({ id, name }, question) {
  const headers = { 'accept-language': document.documentElement.lang };
  const address = `${margin.dataset.donor}/${id}.json`;
  const answer = await fetch(address, { headers }).catch(() => undefined);
  if (!answer?.ok || question !== asked) return;
  const { facts } = await answer.json();
  if (question !== asked) return;
  margin.querySelector('h2').textContent = name;
  margin
    .querySelector('dl')
    .replaceChildren(...facts.flatMap(({ term, text }) => line(term, text)));
  margin.hidden = false;
}

function line(term, text) {
  const [dt, dd] = ['dt', 'dd'].map((tag) => document.createElement(tag));
  dt.textContent = term;
  dd.textContent = text;
  return [dt, dd];
}

function sayFund() {
  const chosen = document.querySelector('[name="fund"]:checked');
  if (hint) hint.textContent = chosen?.dataset.hint ?? '';
  if (vow && chosen?.value === 'vow') vow.open = true;
}

for (const choice of document.querySelectorAll('[name="fund"]')) {
  choice.addEventListener('change', sayFund);
}
window.addEventListener('pageshow', sayFund);
sayFund();

/** One more line of goods without a way to the server; without scripts the button goes there. */
const lines = document.querySelector('[data-lines]');
document.querySelector('[data-more]')?.addEventListener('click', (event) => {
  const all = lines.querySelectorAll('[data-line]');
  if (all.length >= 90) return;
  event.preventDefault();
  const line = all[all.length - 1].cloneNode(true);
  renumber(line, all.length - 1, all.length);
  lines.append(line);
  line.querySelector('input').focus();
});

function renumber(line, from, to) {
  for (const part of line.querySelectorAll('[id], [name], [for], [aria-describedby]')) {
    for (const name of ['id', 'name', 'for', 'aria-describedby']) {
      const word = part.getAttribute(name);
      if (word === null) continue;
      part.setAttribute(
        name,
        word.replace(`items.${from}.`, `items.${to}.`).replace(`items-${from}-`, `items-${to}-`),
      );
    }
    if (part.matches('input')) part.value = '';
    part.removeAttribute('aria-invalid');
  }
  for (const fault of line.querySelectorAll('.wrong')) fault.remove();
  const number = new Intl.NumberFormat(document.documentElement.lang).format(to + 1);
  line.querySelector('legend').textContent = line.dataset.legend.replace('{n}', number);
}
