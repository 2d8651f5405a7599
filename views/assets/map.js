/**
 * The boundary form with a map and a table beside it. Without this script the same form takes a
 * file or typed corners; with it, whatever is drawn or typed ends up in the field of corners.
 */

import { nameTag, openChart, tagged } from './map-chart.js';
import './vendor/leaflet-geoman/leaflet-geoman.min.js';
import { overlapCheck } from './map-check.js';
import { cornersTable } from './map-corners.js';
import { handleKeys } from './map-keys.js';
import { partsOfFile, partsOfText, readable, squareMetres, textOfParts } from './map-parts.js';

const { L } = window;

function begin(box) {
  const form = box.closest('form');
  const words = JSON.parse(box.dataset.words);
  const persian = document.documentElement.lang === 'fa';
  const numbers = new Intl.NumberFormat(persian ? 'fa-IR' : 'en', { maximumFractionDigits: 1 });
  const say = (key, n) => words[key].replace('{n}', numbers.format(n));
  const typed = form.elements.corners;
  const pasted = form.elements.area;

  let parts = partsOfText(typed.value);
  const earlier = [];
  if (!parts.length) parts = takePasted(pasted);

  for (const plain of form.querySelectorAll('[data-plain]')) {
    plain.hidden = plain.dataset.plain !== 'area' || !pasted.value;
  }
  box.hidden = false;

  const chart = drawChart(box.querySelector('[data-map]'), { box, words, say, onDrawn });
  const table = cornersTable(box.querySelector('[data-corners]'), {
    ...{ words, say, onTyped },
    onStep: (partAt, at) => chart.mark(parts[partAt]?.[at]),
    onHold: (partAt, at) => keys.hold(partAt, at),
  });
  const said = box.querySelector('[data-said]');
  const size = box.querySelector('[data-size]');

  button('undo', () => earlier.length && show(JSON.parse(earlier.pop())));
  button('add-part', () => change([...parts, [corner(), corner(), corner()]]));
  button('whole', () => chart.showWhole());
  form.elements.file?.addEventListener('change', takeFile);

  /** With keys on the map: corners are set under the mark in its middle, or taken in hand and moved. */
  const keys = handleKeys(chart.map, {
    ...{ words, say },
    parts: () => parts,
    change: (changed) => change(changed),
    mark: (corner) => chart.mark(corner),
    snap: (corner) => chart.snap(corner),
    tell: (sentence) => {
      said.textContent = sentence;
    },
    leave: (partAt, at) => table.focus(partAt, at),
  });

  const check = box.dataset.check ? overlapCheck(box, { words, chart }) : undefined;

  show(parts);
  chart.showWhole();

  /** What was drawn goes to the table, what was typed to the map, both to the field. */
  function onDrawn(drawn) {
    remember();
    parts = drawn;
    table.show(parts);
    settle();
  }

  function onTyped(changed, { redraw }) {
    remember();
    parts = changed;
    if (redraw) table.show(parts);
    chart.show(drawableParts());
    settle();
  }

  function change(changed) {
    remember();
    show(changed);
  }

  function show(changed) {
    parts = changed;
    table.show(parts);
    chart.show(drawableParts());
    settle();
  }

  function settle() {
    typed.value = textOfParts(parts);
    const whole = readableParts();
    const metres = whole.reduce((sum, part) => sum + squareMetres(part), 0);
    size.textContent = whole.length ? say('hectares', metres / 10_000) : '';
    said.textContent = whole.length < parts.length ? words.unfinished : '';
    check?.(whole.length && whole.length === parts.length ? typed.value : '');
  }

  /** Once the outline is given anew, the text of a refused file has no say any more. */
  function remember() {
    if (pasted) pasted.value = '';
    for (const plain of form.querySelectorAll('[data-plain="area"]')) plain.hidden = true;
    earlier.push(JSON.stringify(parts));
    if (earlier.length > 100) earlier.shift();
  }

  /** What can be drawn of it: two corners are a line already. */
  function drawableParts() {
    return parts
      .map((part) => part.filter(readable))
      .filter((part, at) => part.length > 1 && part.length === parts[at].length);
  }

  function readableParts() {
    return parts.filter((part) => part.length > 2 && part.every(readable));
  }

  async function takeFile(event) {
    const [file] = event.target.files;
    if (!file) return;
    const read = partsOfFile(await file.text());
    if (!read.length) {
      said.textContent = words['file-unread'].replace('{name}', file.name);
      return;
    }
    event.target.value = '';
    change(read);
    chart.showWhole();
    said.textContent = words['file-shown'].replace('{name}', file.name);
  }

  function button(key, act) {
    box.querySelector(`[data-act="${key}"]`).addEventListener('click', act);
  }
}

const corner = () => ({ lat: '', lon: '' });

/** A pasted outline moves into the table; what can't be read stays where it is. */
function takePasted(pasted) {
  const parts = partsOfFile(pasted?.value ?? '');
  if (parts.length) pasted.value = '';
  return parts;
}

function drawChart(element, { box, words, say, onDrawn }) {
  element.setAttribute('aria-label', words.region);
  const owner = box.querySelector('[data-owner]');
  const { map, showCountry } = openChart(element, {
    words,
    say,
    owner,
    chart: JSON.parse(box.dataset.chart),
  });
  const neighbours = L.featureGroup().addTo(map);
  const mosque = addMosque(map, box.dataset);
  const ours = L.featureGroup().addTo(map);
  const clashes = L.featureGroup([], still).addTo(map);
  const ring = L.circleMarker([0, 0], { radius: 9, className: 'held', ...still });
  addPens(map, ours, words);

  const drawn = () => onDrawn(partsOfLayers(ours));
  map.on('pm:create', ({ layer }) => {
    watch(layer);
    drawn();
  });
  map.on('pm:remove', drawn);
  addNeighbours(box, neighbours, words).then(() => ours.getLayers().length || showWhole());

  function watch(layer) {
    layer.on('pm:markerdragend pm:vertexadded pm:vertexremoved pm:dragend', drawn);
  }

  function show(parts) {
    map.pm.disableDraw();
    const editing = map.pm.globalEditModeEnabled();
    ours.clearLayers();
    for (const part of parts) {
      const corners = part.map(({ lat, lon }) => [Number(lat), Number(lon)]);
      // Two corners are a line still; it is shown, so that whoever draws with keys sees it grow.
      const layer =
        corners.length > 2
          ? L.polygon(corners, { className: 'ours' })
          : L.polyline(corners, { className: 'pen', ...still });
      layer.addTo(ours);
      if (corners.length < 3) continue;
      watch(layer);
      if (editing) layer.pm.enable({ allowSelfIntersection: false });
    }
  }

  /** A ring around the corner that is spoken of. */
  function mark(corner) {
    if (corner && readable(corner))
      ring.setLatLng([Number(corner.lat), Number(corner.lon)]).addTo(map);
    else ring.remove();
  }

  /** The neighbour's corner that is as good as there: a shared edge is no overlap. */
  function snap({ lat, lon }) {
    const at = map.latLngToContainerPoint([Number(lat), Number(lon)]);
    const near = neighbours
      .getLayers()
      .flatMap((layer) => layer.getLatLngs().flat(3))
      .map((corner) => ({ corner, far: at.distanceTo(map.latLngToContainerPoint(corner)) }))
      .filter(({ far }) => far <= snapPixels)
      .sort((one, other) => one.far - other.far)[0];
    return near && { lat: short(near.corner.lat), lon: short(near.corner.lng) };
  }

  function showWhole() {
    const shown = [ours, neighbours].find((group) => group.getLayers().length);
    if (shown) map.fitBounds(shown.getBounds(), { padding: [24, 24], maxZoom: 18, animate: false });
    else if (mosque) map.setView(mosque.getLatLng(), 15, { animate: false });
    else showCountry();
  }

  /** What is shared with a neighbour, in red over all else. */
  function showClashes(shapes) {
    clashes.clearLayers();
    for (const shape of shapes) {
      L.geoJSON(shape, { style: { className: 'clash' }, ...still }).addTo(clashes);
    }
  }

  return { map, show, showWhole, mark, snap, showClashes };
}

/** What is only shown can't be moved, and nothing snaps to it. */
const still = { interactive: false, pmIgnore: true, snapIgnore: true };
const snapPixels = 14;

function addMosque(map, { mosque, mosqueName }) {
  if (!mosque) return undefined;
  const [lat, lon] = mosque.split(',').map(Number);
  const options = { radius: 7, className: 'mosque', interactive: false, pmIgnore: true };
  const marker = L.circleMarker([lat, lon], options).addTo(map);
  return mosqueName ? marker.bindTooltip(nameTag(mosqueName), tagged('bottom')) : marker;
}

/** The neighbours can't be moved, but our corners snap to theirs: a shared edge is no overlap. */
async function addNeighbours(box, group, words) {
  if (!box.dataset.neighbours) return;
  try {
    const answer = await fetch(box.dataset.neighbours, { headers: { accept: 'application/json' } });
    const style = { className: 'theirs', interactive: false, pmIgnore: true, snapIgnore: false };
    const onEachFeature = ({ properties }, layer) =>
      properties.name && layer.bindTooltip(nameTag(properties.name), tagged('center'));
    L.geoJSON(await answer.json(), { ...style, style: () => style, onEachFeature }).eachLayer(
      (layer) => layer.addTo(group),
    );
  } catch {
    box.querySelector('[data-said]').textContent = words['neighbours-missing'];
  }
}

function addPens(map, ours, words) {
  // The points of an outline can't be moved by keys, so they are no stops; the table's rows are.
  L.Marker.mergeOptions({ keyboard: false });
  const buttons = { drawPolyButton: 'draw', editButton: 'edit', deleteButton: 'remove-part' };
  const tooltips = { firstVertex: 'first-corner', continueLine: 'next-corner' };
  const actions = { finish: 'finish', cancel: 'cancel', removeLastVertex: 'remove-last' };
  const spoken = (keys) =>
    Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, words[key]]));
  const language = {
    buttonTitles: spoken(buttons),
    tooltips: spoken({ ...tooltips, finishPoly: 'close-ring' }),
    actions: spoken(actions),
  };
  const base = document.documentElement.lang === 'fa' ? 'fa' : 'en';
  map.pm.setLang('nikukari', language, base);
  map.pm.setGlobalOptions({
    layerGroup: ours,
    allowSelfIntersection: false,
    snapDistance: snapPixels,
    templineStyle: { className: 'pen' },
    hintlineStyle: { className: 'pen hint', dashArray: [5, 5] },
    pathOptions: { className: 'ours' },
  });
  map.pm.addControls({
    position: 'topleft',
    ...Object.fromEntries(unusedPens.map((pen) => [pen, false])),
  });
  for (const control of map.getContainer().querySelectorAll('.leaflet-buttons-control-button')) {
    const title = control.closest('[title]')?.title ?? control.parentElement?.title;
    if (title) control.setAttribute('aria-label', title);
  }
}

const unusedPens = [
  'drawMarker',
  'drawCircleMarker',
  'drawPolyline',
  'drawRectangle',
  'drawCircle',
  'drawText',
  'dragMode',
  'cutPolygon',
  'rotateMode',
];

function partsOfLayers(group) {
  return group
    .getLayers()
    .filter((layer) => layer instanceof L.Polygon)
    .map((layer) =>
      layer.getLatLngs()[0].map(({ lat, lng }) => ({ lat: short(lat), lon: short(lng) })),
    );
}

const short = (degrees) => String(Number(degrees.toFixed(7)));

const box = document.querySelector('[data-draw]');
if (box && L?.PM) begin(box);
