/**
 * The map on which the places of a street or a landmark are pressed, or set with keys beneath the
 * mark in its middle. All of it ends up in the field of places, which does without this script.
 */

import { nameTag, openChart, tagged } from './map-chart.js';
import { partsOfText, readable } from './map-parts.js';

const { L } = window;

function begin(box) {
  const words = JSON.parse(box.dataset.words);
  const chart = JSON.parse(box.dataset.chart);
  const numbers = new Intl.NumberFormat(document.documentElement.lang === 'fa' ? 'fa-IR' : 'en');
  const say = (key, n) => words[key].replace('{n}', numbers.format(n));
  const form = box.closest('form');
  const field = form.elements.places;
  const said = box.querySelector('[data-said]');
  const element = box.querySelector('[data-map]');
  box.hidden = false;
  element.setAttribute('aria-label', words['region-place']);
  const owner = box.querySelector('[data-owner]');
  const { map, showCountry } = openChart(element, { words, say, chart, owner });
  const drawn = L.featureGroup().addTo(map);
  let places = placesTyped();

  map.on('click', ({ latlng }) => add(latlng));
  map.getContainer().addEventListener('keydown', press, true);
  map.getContainer().addEventListener('focus', () => tell(words['keys-place']));
  field.addEventListener('input', () => show(placesTyped()));
  form.elements.kind.addEventListener('change', () => show(places));
  button('undo-place', takeBack);
  button('clear-places', () => put([]));
  show(places);
  if (places.length) map.fitBounds(drawn.getBounds(), { maxZoom: 17, animate: false });
  else start();

  function press(event) {
    if (event.target !== map.getContainer() || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const act = { Enter: () => add(map.getCenter()), Backspace: takeBack }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  function add({ lat, lng }) {
    put([...places, { lat: lat.toFixed(6), lon: lng.toFixed(6) }]);
    tell(say('place-set', places.length));
  }

  function takeBack() {
    if (!places.length) return;
    put(places.slice(0, -1));
    tell(say('place-removed', places.length + 1));
  }

  function put(changed) {
    field.value = changed.map(({ lat, lon }) => `${lat}, ${lon}`).join('\n');
    show(changed);
  }

  /** A line for what is a line; the edge of its ground for what has three places or more. */
  function show(changed) {
    places = changed;
    const at = places.filter(readable).map(({ lat, lon }) => [Number(lat), Number(lon)]);
    drawn.clearLayers();
    const still = { interactive: false };
    const isLine = ['street', 'alley', 'bridge'].includes(form.elements.kind.value);
    if (at.length > 2 && !isLine) drawn.addLayer(L.polygon(at, { className: 'ours', ...still }));
    else if (at.length > 1) drawn.addLayer(L.polyline(at, { className: 'pen', ...still }));
    for (const place of at) {
      drawn.addLayer(L.circleMarker(place, { radius: 6, className: 'held', ...still }));
    }
  }

  function placesTyped() {
    return partsOfText(field.value).flat();
  }

  function tell(sentence) {
    said.textContent = sentence;
  }

  /** Where the centre is, or where its areas are, or else the country. */
  async function start() {
    const at = box.dataset.start ? box.dataset.start.split(',').map(Number) : undefined;
    if (at) map.setView(at, 16, { animate: false });
    else showCountry();
    const areas = await addAreas(map, box.dataset.areas);
    if (!at && areas.getLayers().length) map.fitBounds(areas.getBounds(), { animate: false });
  }

  function button(key, act) {
    box.querySelector(`[data-act="${key}"]`).addEventListener('click', act);
  }
}

async function addAreas(map, address) {
  const areas = L.featureGroup().addTo(map);
  try {
    const answer = await fetch(address);
    const style = { className: 'theirs', interactive: false };
    const onEachFeature = ({ properties }, layer) =>
      properties.name && layer.bindTooltip(nameTag(properties.name), tagged('center'));
    areas.addLayer(L.geoJSON(await answer.json(), { style, onEachFeature }));
  } catch {
    // Without the areas places can be pressed still.
  }
  return areas;
}

const box = document.querySelector('[data-place]');
if (box && L) begin(box);
