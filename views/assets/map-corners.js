/** The table of corners beside the map: all that the map can do, done with keys. */

import { latinDigits } from './map-parts.js';

/** More rows than these help nobody. */
const mostRows = 300;

export function cornersTable(element, { words, say, onTyped, onStep, onHold }) {
  let parts = [];

  function show(changed) {
    parts = changed;
    const count = parts.reduce((sum, part) => sum + part.length, 0);
    if (count > mostRows) element.replaceChildren(make('p', {}, say('many-corners', count)));
    else element.replaceChildren(...parts.map(partTable));
  }

  function partTable(part, partAt) {
    const table = make('table', { className: 'list corners' });
    if (parts.length > 1) table.append(make('caption', {}, say('part', partAt + 1)));
    const head = make('tr');
    for (const key of ['corner-number', 'latitude', 'longitude', 'order']) {
      head.append(make('th', { scope: 'col' }, words[key]));
    }
    const body = make('tbody');
    body.append(...part.map((_, at) => row(partAt, at)));
    table.append(make('thead', {}, head), body);
    return table;
  }

  function row(partAt, at) {
    const line = make('tr');
    const acts = make('td', { className: 'moves' });
    acts.append(
      act('hold', handSign(), at, false, () => onHold(partAt, at)),
      act('up', '\u2191', at, at === 0, () => move(partAt, at, -1)),
      act('down', '\u2193', at, at === parts[partAt].length - 1, () => move(partAt, at, 1)),
      act('insert', '+', at, false, () => insert(partAt, at)),
      act('remove', '\u00D7', at, false, () => remove(partAt, at)),
    );
    line.addEventListener('focusin', () => onStep(partAt, at));
    line.append(
      make('th', { scope: 'row' }, say('number', at + 1)),
      cell(partAt, at, 'lat', 'latitude-of'),
      cell(partAt, at, 'lon', 'longitude-of'),
      acts,
    );
    return line;
  }

  function cell(partAt, at, kind, label) {
    const input = make('input', {
      value: parts[partAt][at][kind],
      inputMode: 'decimal',
      dir: 'ltr',
    });
    input.setAttribute('aria-label', say(label, at + 1));
    input.addEventListener('change', () => {
      const corner = { ...parts[partAt][at], [kind]: latinDigits(input.value.trim()) };
      put(partAt, spliced(parts[partAt], at, 1, corner), false);
    });
    return make('td', {}, input);
  }

  function act(key, sign, at, disabled, deed) {
    const button = make('button', { type: 'button', className: 'button plain', disabled }, sign);
    button.setAttribute('aria-label', say(key, at + 1));
    button.dataset.key = key;
    button.addEventListener('click', deed);
    return button;
  }

  function move(partAt, at, by) {
    const part = [...parts[partAt]];
    part.splice(at + by, 0, ...part.splice(at, 1));
    put(partAt, part, true);
    focus(partAt, at + by, `[data-key="${by < 0 ? 'up' : 'down'}"]:enabled, [data-key]:enabled`);
  }

  /** The new corner lies halfway to the next, so that the outline keeps its shape. */
  function insert(partAt, at) {
    const part = parts[partAt];
    const corner = between(part[at], part[(at + 1) % part.length]);
    put(partAt, spliced(part, at + 1, 0, corner), true);
    focus(partAt, at + 1, 'input');
  }

  function remove(partAt, at) {
    put(partAt, spliced(parts[partAt], at, 1), true);
    focus(partAt, Math.min(at, (parts[partAt]?.length ?? 1) - 1), '[data-key="remove"]');
  }

  function put(partAt, part, redraw) {
    parts = part.length ? spliced(parts, partAt, 1, part) : spliced(parts, partAt, 1);
    onTyped(parts, { redraw });
  }

  function focus(partAt, at, what) {
    const rows = element.querySelectorAll('table')[partAt]?.querySelectorAll('tbody tr');
    rows?.[at]?.querySelector(what)?.focus();
  }

  return { show, focus: (partAt, at) => focus(partAt, at, '[data-key="hold"]') };
}

/** A ring with a cross in it: the corner, and the four ways it can go. */
function handSign() {
  const space = 'http://www.w3.org/2000/svg';
  const sign = document.createElementNS(space, 'svg');
  const path = document.createElementNS(space, 'path');
  for (const [name, value] of Object.entries({ viewBox: '0 0 20 20', class: 'icon' })) {
    sign.setAttribute(name, value);
  }
  path.setAttribute('d', 'M10 1v18M1 10h18M10 5a5 5 0 1 0 0 10 5 5 0 0 0 0-10');
  sign.append(path);
  return sign;
}

/** A changed copy: `toSpliced` is too young for the browsers of old PCs. */
function spliced(list, at, count, ...things) {
  return [...list.slice(0, at), ...things, ...list.slice(at + count)];
}

function between(one, other) {
  const half = (kind) => {
    const middle = (Number(one[kind]) + Number(other[kind])) / 2;
    return one[kind] && other[kind] && !Number.isNaN(middle)
      ? String(Number(middle.toFixed(7)))
      : '';
  };
  return { lat: half('lat'), lon: half('lon') };
}

function make(name, properties = {}, ...children) {
  const { scope, dir, ...plain } = properties;
  const element = Object.assign(document.createElement(name), plain);
  if (scope) element.setAttribute('scope', scope);
  if (dir) element.setAttribute('dir', dir);
  element.append(...children);
  return element;
}
