/** A search under a field: arrows walk what was found, Enter takes it, the last row is a new one. */
import { latin, shown } from './digits.js';

const PAUSE = 150;

for (const field of document.querySelectorAll('[data-found]')) prepare(field);

function prepare(field) {
  const input = field.querySelector('input:not([type="hidden"])');
  const chosen = field.querySelector('input[type="hidden"]');
  const list = field.querySelector('.found');
  const status = field.querySelector('[role="status"]');
  const { least, fresh, freshId, counted, none, broken } = field.dataset;
  const state = { rows: [], at: -1, asked: 0 };
  let pause;

  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  close();

  input.addEventListener('input', () => {
    chosen.value = '';
    tell(field, null);
    clearTimeout(pause);
    pause = setTimeout(search, PAUSE);
  });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') walk(event);
    if (event.key === 'Enter') take(event);
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener('blur', () => setTimeout(close, 200));
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', ({ target }) => {
    const row = target.closest('li');
    if (row) choose([...list.children].indexOf(row));
  });

  async function search() {
    const query = input.value.trim();
    state.asked += 1;
    const asked = state.asked;
    if ([...query].length < Number(least)) {
      close();
      return;
    }
    try {
      const rows = await ask(field, query);
      if (asked === state.asked && document.activeElement === input) show(rows, query);
    } catch {
      if (asked === state.asked) status.textContent = broken;
    }
  }

  function show(rows, query) {
    state.rows = fresh ? [...rows, null] : rows;
    state.at = -1;
    list.replaceChildren(
      ...state.rows.map((row, at) => (row ? line(field, row, query) : newLine(fresh, query, at))),
    );
    for (const [at, row] of [...list.children].entries()) row.id = `${list.id}-${at}`;
    list.hidden = state.rows.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    status.textContent = rows.length === 0 ? none : counted.replace('{n}', shown(rows.length));
    if (rows.length > 0) point(0);
  }

  function walk(event) {
    if (list.hidden) {
      search();
      return;
    }
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    const many = state.rows.length;
    point(state.at < 0 && step < 0 ? many - 1 : (state.at + step + many) % many);
  }

  function point(at) {
    state.at = at;
    for (const [place, row] of [...list.children].entries()) {
      row.setAttribute('aria-selected', String(place === at));
    }
    const row = list.children[at];
    input.setAttribute('aria-activedescendant', row.id);
    row.scrollIntoView({ block: 'nearest' });
  }

  /** Enter takes what is pointed at and then moves on, where Enter moves on. */
  function take(event) {
    clearTimeout(pause);
    state.asked += 1;
    if (list.hidden || state.at < 0) return;
    const opened = choose(state.at);
    if (opened || !input.form?.hasAttribute('data-enter')) event.preventDefault();
  }

  function choose(at) {
    const row = state.rows[at];
    const query = input.value.trim();
    close();
    if (row === null) return openFresh(freshId, query);
    chosen.value = row.id;
    input.value = filled(shapeOf(field).text, row);
    tell(field, row);
    return false;
  }

  function close() {
    list.hidden = true;
    state.at = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }
}

async function ask(field, query) {
  const address = new URL(field.dataset.found, location.href);
  address.searchParams.set('q', query);
  const answer = await fetch(address, {
    // The list is a part of this page, so it speaks as the page does.
    headers: { accept: 'application/json', 'accept-language': document.documentElement.lang },
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json())[field.dataset.rows].slice(0, 8);
}

/** The page may show beside the form what is known of the one chosen; null when none is. */
function tell(field, row) {
  field.dispatchEvent(new CustomEvent('found', { bubbles: true, detail: row }));
}

function shapeOf(field) {
  return JSON.parse(field.dataset.shape);
}

/** `{mobile} · {city}` with the row's own words; a part whose word is missing is left out. */
function filled(shape, row) {
  const parts = (shape ?? '').split(' · ').map((part) => {
    let missing = false;
    const text = part.replace(/\{(\w+)\}/g, (_, key) => {
      if (row[key] === undefined || row[key] === null || row[key] === '') missing = true;
      return shown(row[key] ?? '');
    });
    return missing ? '' : text;
  });
  return parts.filter(Boolean).join(' · ');
}

function line(field, row, query) {
  const shape = shapeOf(field);
  const option = document.createElement('li');
  option.setAttribute('role', 'option');
  const name = document.createElement('span');
  name.append(...marked(filled(shape.text, row), query));
  option.append(name, part('quiet fine', filled(shape.aside, row)));
  const [hint, also] = [filled(shape.hint, row), filled(shape.also, row)];
  if (hint || also) option.append(part('hint', hint), part('hint', also));
  return option;
}

function newLine(fresh, query) {
  const option = document.createElement('li');
  option.setAttribute('role', 'option');
  option.append(part('', fresh.replace('{q}', query)), part('', '+'));
  return option;
}

function part(className, text) {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = text;
  return span;
}

/** Whole words are marked: a tag inside a joined word can break its joining. */
function marked(text, query) {
  const sought = plain(query).split(' ').filter(Boolean);
  return text.split(/([\s,\u060c]+)/).map((word) => {
    if (!sought.some((one) => plain(word).includes(one))) return word;
    const mark = document.createElement('mark');
    mark.textContent = word;
    return mark;
  });
}

function plain(text) {
  return latin(text)
    .toLowerCase()
    .replace(/[\u064a\u0649]/g, '\u06cc')
    .replace(/\u0643/g, '\u06a9')
    .replace(/[\u200c\u060c,.]/g, '');
}

/** Opens the fields of a new one with what was typed, in the name unless it is a number. */
function openFresh(id, query) {
  const fold = document.getElementById(id);
  if (!fold) return false;
  fold.open = true;
  const kind = /^\d+$/.test(latin(query).replace(/\s/g, '')) ? 'number' : 'name';
  const target =
    fold.querySelector(`[data-takes="${kind}"]`) ??
    fold.querySelector('input:not([type="hidden"])');
  if (target && target.value === '') target.value = query;
  target?.focus();
  return true;
}
