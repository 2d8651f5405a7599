/**
 * Drawing with keys. Arrows move the map beneath the mark in its middle and Enter sets a corner
 * there; a corner taken in hand from the table is moved by the arrows themselves.
 */

const arrows = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
/** Pixels of one step; with Shift held, of a fine one. */
const step = 10;

export function handleKeys(map, { words, say, parts, change, mark, snap, tell, leave }) {
  const container = map.getContainer();
  let held;

  container.addEventListener('keydown', press, true);
  container.addEventListener('focus', () => held || tell(words['keys-ready']));
  container.addEventListener('blur', () => held && drop(false));

  function press(event) {
    if (event.target !== container || event.ctrlKey || event.altKey || event.metaKey) return;
    const act = held ? heldAct(event) : penAct(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  function penAct({ key }) {
    if (key === 'Enter') return setCorner;
    return key === 'Backspace' && parts().length ? takeBack : undefined;
  }

  function heldAct({ key, shiftKey }) {
    if (arrows[key]) return () => shift(arrows[key], shiftKey ? 1 : step);
    if (key === 'Enter') return () => drop(true);
    if (key === 'Escape') return giveBack;
    return key === 'Delete' || key === 'Backspace' ? discard : undefined;
  }

  /** A corner under the mark: at the end of what is begun, or in the nearest edge of what is whole. */
  function setCorner() {
    const { corner, snapped } = settled(cornerAt(map.getCenter()));
    const list = parts();
    const partAt = list.length ? list.length - 1 : 0;
    const part = list[partAt] ?? [];
    const at = part.length < 3 ? part.length : nearestEdge(part, corner) + 1;
    change(withPart(list, partAt, [...part.slice(0, at), corner, ...part.slice(at)]));
    mark(corner);
    tell(say(snapped ? 'corner-snapped' : 'corner-set', at + 1));
  }

  function takeBack() {
    const list = parts();
    const part = list.at(-1).slice(0, -1);
    change(part.length ? withPart(list, list.length - 1, part) : list.slice(0, -1));
    mark(part.at(-1));
    tell(say('corner-removed', part.length + 1));
  }

  /** Takes a corner in hand; the map comes to it and the arrows move it from now on. */
  function hold(partAt, at) {
    const corner = parts()[partAt][at];
    held = { partAt, at, corner, before: parts() };
    map.panTo(place(corner), { animate: false });
    container.focus({ preventScroll: true });
    mark(corner);
    tell(say('corner-held', at + 1));
  }

  function shift([x, y], pixels) {
    const point = map.latLngToContainerPoint(place(held.corner)).add([x * pixels, y * pixels]);
    held.corner = cornerAt(map.containerPointToLatLng(point));
    mark(held.corner);
    map.panInside(place(held.corner), { padding: [40, 40], animate: false });
  }

  function drop(back) {
    const { partAt, at, corner: moved, before } = held;
    held = undefined;
    const { corner, snapped } = settled(moved);
    change(withPart(before, partAt, replaced(before[partAt], at, [corner])));
    mark(corner);
    tell(say(snapped ? 'corner-snapped' : 'corner-dropped', at + 1));
    if (back) leave(partAt, at);
  }

  function giveBack() {
    const { partAt, at, before } = held;
    held = undefined;
    mark(before[partAt][at]);
    tell(say('corner-given-back', at + 1));
    leave(partAt, at);
  }

  function discard() {
    const { partAt, at, before } = held;
    held = undefined;
    const part = replaced(before[partAt], at, []);
    change(part.length ? withPart(before, partAt, part) : replaced(before, partAt, []));
    mark(undefined);
    tell(say('corner-removed', at + 1));
    leave(partAt, Math.max(0, at - 1));
  }

  /** Close to a neighbour's corner the neighbour's is meant. */
  function settled(corner) {
    const snapped = snap(corner);
    return { corner: snapped ?? corner, snapped: Boolean(snapped) };
  }

  return { hold };
}

const short = (degrees) => String(Number(degrees.toFixed(7)));
const cornerAt = ({ lat, lng }) => ({ lat: short(lat), lon: short(lng) });
const place = ({ lat, lon }) => [Number(lat), Number(lon)];

const replaced = (list, at, things) => [...list.slice(0, at), ...things, ...list.slice(at + 1)];
const withPart = (list, at, part) => [...list.slice(0, at), part, ...list.slice(at + 1)];

/** The edge that a corner lies nearest to, by the way it would go around. */
function nearestEdge(part, corner) {
  const far = (one, other) =>
    Math.hypot(Number(one.lat) - Number(other.lat), (Number(one.lon) - Number(other.lon)) * 0.8);
  const detours = part.map((from, at) => {
    const to = part[(at + 1) % part.length];
    return far(from, corner) + far(corner, to) - far(from, to);
  });
  return detours.indexOf(Math.min(...detours));
}
