/** The date field: says the weekday, takes today in one press, and opens a calendar for the keys. */
import { latin, shown } from './digits.js';
import { dayNumber, monthLength, numberOf, partsOf, weekdayOf } from './jalali.js';

for (const field of document.querySelectorAll('[data-day-field]')) prepare(field);

function prepare(field) {
  const input = field.querySelector('input');
  const words = JSON.parse(field.dataset.words);
  const today = numberOf(field.dataset.today);
  const echo = document.getElementById(`${input.id}-echo`);
  const say = () => {
    const day = readDay(input.value, words, today);
    echo.textContent = day === undefined ? '' : inWords(day, words, today);
    for (const button of field.querySelectorAll('[data-ago]')) {
      button.setAttribute('aria-pressed', String(day === today - Number(button.dataset.ago)));
    }
  };
  const take = (day) => {
    input.value = written(day);
    input.removeAttribute('aria-invalid');
    say();
  };
  field.querySelector('.switch').hidden = false;
  for (const button of field.querySelectorAll('[data-ago]')) {
    button.addEventListener('click', () => take(today - Number(button.dataset.ago)));
  }
  input.addEventListener('input', say);
  window.addEventListener('pageshow', say);
  say();
  calendar(field, input, { words, today, take });
}

/** A day as it may be typed: 1405/08/30, 30 Aban, 30 Aban 1405, 2026-11-21; else undefined. */
function readDay(typed, words, today) {
  const text = latin(typed)
    .replace(/\u200c/g, '')
    .trim();
  const ago = Object.values(words.ago).indexOf(text.toLowerCase());
  if (ago >= 0) return today - ago;
  const figures = /^(\d{2}|\d{4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})$/.exec(text);
  if (figures) return ofFigures(figures.slice(1).map(Number), today);
  const named = /^(\d{1,2})\s*(\D+?)\s*(\d{4})?$/.exec(text);
  if (!named) return undefined;
  const names = Object.values(words.month).map((name) => name.toLowerCase());
  const month = names.indexOf(named[2].toLowerCase()) + 1;
  return ofJalali(Number(named[3] ?? partsOf(today).year), month, Number(named[1]));
}

function ofFigures([year, month, day], today) {
  if (year > 1700) {
    const number = Date.UTC(year, month - 1, day) / 86_400_000;
    return new Date(number * 86_400_000).getUTCMonth() === month - 1 ? number : undefined;
  }
  const latest = partsOf(today).year + 10;
  return ofJalali(year < 100 ? latest - ((latest - year) % 100) : year, month, day);
}

function ofJalali(year, month, day) {
  const real = year >= 1300 && year <= 1500 && month >= 1 && month <= 12;
  if (!real || day < 1 || day > monthLength(year, month)) return undefined;
  return dayNumber(year, month, day);
}

function written(number) {
  const { year, month, day } = partsOf(number);
  return shown([year, month, day].map((part) => String(part).padStart(2, '0')).join('/'));
}

function inWords(number, words, today) {
  const { year, month, day } = partsOf(number);
  const named = `${words.weekday[weekdayOf(number)]} ${shown(`${day} ${words.month[month]} ${year}`)}`;
  const ago = words.ago[today - number];
  return ago ? `${named} · ${ago}` : named;
}

/** The month under the field: one day of it takes the keys, the others are passed by Tab. */
function calendar(field, input, { words, today, take }) {
  const fold = field.querySelector('details');
  const body = field.querySelector('tbody');
  const title = document.getElementById(`${input.id}-month`);
  const least = field.dataset.min ? numberOf(field.dataset.min) : -Infinity;
  const most = field.dataset.max ? numberOf(field.dataset.max) : Infinity;
  const open = (day) => day >= least && day <= most;
  let at = today;

  const draw = () => {
    const { year, month } = partsOf(at);
    const heading = shown(`${words.month[month]} ${year}`);
    if (title.textContent !== heading) title.textContent = heading;
    const chosen = readDay(input.value, words, today);
    body.replaceChildren(...weeksOf(year, month).map((week) => row(week, chosen)));
  };
  const row = (week, chosen) => {
    const line = document.createElement('tr');
    line.append(...week.map((day, weekday) => cell(day, weekday, chosen)));
    return line;
  };
  const cell = (day, weekday, chosen) => {
    const place = document.createElement('td');
    place.setAttribute('role', 'gridcell');
    if (day === undefined) return place;
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset.day = day;
    button.tabIndex = day === at ? 0 : -1;
    button.textContent = shown(partsOf(day).day);
    button.setAttribute('aria-label', inWords(day, words, today));
    if (!open(day)) button.setAttribute('aria-disabled', 'true');
    if (weekday === 6) place.className = 'off';
    if (day === today) place.setAttribute('aria-current', 'date');
    place.setAttribute('aria-selected', String(day === chosen));
    place.append(button);
    return place;
  };
  const go = (day) => {
    at = day;
    draw();
    body.querySelector('[tabindex="0"]').focus();
  };
  const close = () => {
    fold.open = false;
    input.focus();
  };
  const choose = (day) => {
    if (!open(day)) return;
    take(day);
    close();
  };

  field.querySelector('table').setAttribute('role', 'grid');
  for (const tool of fold.querySelectorAll('[hidden]')) tool.hidden = false;
  for (const turn of fold.querySelectorAll('[data-turn]')) {
    turn.addEventListener('click', () => {
      at = monthsLater(at, Number(turn.dataset.turn));
      draw();
    });
  }
  fold.addEventListener('toggle', () => {
    if (!fold.open) return;
    at = readDay(input.value, words, today) ?? today;
    go(at);
  });
  input.addEventListener('keydown', (event) => {
    if (!event.altKey || event.key !== 'ArrowDown') return;
    event.preventDefault();
    fold.open = true;
  });
  body.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (button) choose(Number(button.dataset.day));
  });
  fold.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && fold.open) {
      event.preventDefault();
      close();
      return;
    }
    if (!event.target.matches('[data-day]')) return;
    const day = dayAfterKey(event, at);
    if (day === undefined) return;
    event.preventDefault();
    go(day);
  });
  draw();
}

function weeksOf(year, month) {
  const first = dayNumber(year, month, 1);
  const before = weekdayOf(first);
  const length = monthLength(year, month);
  const weeks = [];
  for (let start = -before; start < length; start += 7) {
    const places = [0, 1, 2, 3, 4, 5, 6].map((at) => start + at);
    weeks.push(places.map((at) => (at < 0 || at >= length ? undefined : first + at)));
  }
  return weeks;
}

/** Later is further left in Persian, so the arrows follow the page. */
function dayAfterKey({ key, shiftKey }, at) {
  const onward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  if (key === 'ArrowLeft' || key === 'ArrowRight') return key === onward ? at + 1 : at - 1;
  if (key === 'ArrowUp') return at - 7;
  if (key === 'ArrowDown') return at + 7;
  if (key === 'Home') return at - weekdayOf(at);
  if (key === 'End') return at + 6 - weekdayOf(at);
  if (key === 'PageUp') return monthsLater(at, shiftKey ? -12 : -1);
  if (key === 'PageDown') return monthsLater(at, shiftKey ? 12 : 1);
  return undefined;
}

/** The same day so many months later, or the last of a shorter month. */
function monthsLater(number, months) {
  const { year, month, day } = partsOf(number);
  const place = year * 12 + month - 1 + months;
  const [laterYear, later] = [Math.floor(place / 12), (place % 12) + 1];
  return dayNumber(laterYear, later, Math.min(day, monthLength(laterYear, later)));
}
