/** The map on which the place of a box is pressed; the field above it does without this script. */

import { openChart } from './map-chart.js';

const { L } = window;

async function begin(box) {
  const words = JSON.parse(box.dataset.words);
  const chart = JSON.parse(box.dataset.chart);
  const numbers = new Intl.NumberFormat(document.documentElement.lang === 'fa' ? 'fa-IR' : 'en');
  const say = (key, n) => words[key].replace('{n}', numbers.format(n));
  const field = box.closest('form').elements.at;
  const element = box.querySelector('[data-map]');
  box.hidden = false;
  element.setAttribute('aria-label', words['region-point']);
  const owner = box.querySelector('[data-owner]');
  const { map, showCountry } = openChart(element, { words, say, chart, owner });
  const marks = L.featureGroup().addTo(map);
  const put = ({ lat, lng }) => {
    field.value = `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
    marks.clearLayers();
    marks.addLayer(
      L.circleMarker([lat, lng], { radius: 8, className: 'held', interactive: false }),
    );
  };
  showCountry();
  map.on('click', ({ latlng }) => put(latlng));
  map.getContainer().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.target !== map.getContainer()) return;
    event.preventDefault();
    put(map.getCenter());
  });
  const area = await areaOf(map, chart.areas);
  if (area?.getLayers().length) map.fitBounds(area.getBounds(), { animate: false });
}

async function areaOf(map, address) {
  try {
    const answer = await fetch(address);
    const style = { className: 'theirs', interactive: false };
    return L.geoJSON(await answer.json(), { style }).addTo(map);
  } catch {
    // Without the area the place can be pressed still, and the server says whether it lies within.
    return undefined;
  }
}

const box = document.querySelector('[data-box-place]');
if (box && L) begin(box);
