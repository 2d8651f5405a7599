/** The map on which a place is pressed, to be asked whose it is; the field above does without it. */

import { nameTag, openChart, tagged } from './map-chart.js';

const { L } = window;

async function begin(box) {
  const words = JSON.parse(box.dataset.words);
  const chart = JSON.parse(box.dataset.chart);
  const numbers = new Intl.NumberFormat(document.documentElement.lang === 'fa' ? 'fa-IR' : 'en');
  const say = (key, n) => words[key].replace('{n}', numbers.format(n));
  const form = document.querySelector('[data-point-form]');
  const element = box.querySelector('[data-map]');
  box.hidden = false;
  element.setAttribute('aria-label', words['region-point']);
  const owner = box.querySelector('[data-owner]');
  const { map, showCountry } = openChart(element, { words, say, chart, owner });
  const place = box.dataset.place ? box.dataset.place.split(',').map(Number) : undefined;
  if (place) {
    map.setView(place, 15, { animate: false });
    L.circleMarker(place, { radius: 8, className: 'held', interactive: false }).addTo(map);
  } else showCountry();
  map.on('click', ({ latlng }) => ask(latlng));
  map.getContainer().addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target === map.getContainer()) ask(map.getCenter());
  });
  const areas = await addAreas(map, chart.areas);
  if (!place && areas.getLayers().length) map.fitBounds(areas.getBounds(), { animate: false });

  function ask({ lat, lng }) {
    form.elements.at.value = `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
    form.requestSubmit();
  }
}

async function addAreas(map, address) {
  const areas = L.featureGroup().addTo(map);
  try {
    const answer = await fetch(address);
    const style = { className: 'theirs', interactive: false };
    const onEachFeature = ({ properties }, layer) =>
      layer.bindTooltip(nameTag(properties.name ?? ''), tagged('center'));
    areas.addLayer(L.geoJSON(await answer.json(), { style, onEachFeature }));
  } catch {
    // Without the areas the place can be pressed still, and the answer is the server's.
  }
  return areas;
}

const box = document.querySelector('[data-point]');
if (box && L) begin(box);
