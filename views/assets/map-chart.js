/**
 * A map that needs no network: a light grid, over it the tiles and the outlines that this
 * installation has, and beneath it whose they are.
 */

import './vendor/leaflet/leaflet.js';

const { L } = window;

const iran = [
  [25, 44],
  [39.8, 63.4],
];

/** `chart` says where tiles and outlines are had; what is missing is done without. */
export function openChart(element, { words, say, chart, owner }) {
  const zooms = { zoomControl: false, zoomSnap: 0.5, minZoom: 4, maxZoom: 20 };
  const map = L.map(element, { attributionControl: false, ...zooms });
  const owners = new Set();
  L.control.zoom({ zoomInTitle: words['zoom-in'], zoomOutTitle: words['zoom-out'] }).addTo(map);
  addGround(map);
  if (chart.tiles) addTiles(map, chart.tiles, own);
  addScale(map, say);
  showCountry();
  if (chart.under) addOutlines(map, chart.under, own);
  addMark(map);

  function showCountry() {
    map.fitBounds(iran, { animate: false });
  }

  function own(name) {
    if (!name) return;
    owners.add(name);
    if (owner) owner.textContent = [...owners].join(' \u00B7 ');
  }

  return { map, showCountry };
}

/** A light grid in the place of streets: there may be no network to fetch them from. */
function addGround(map) {
  const Ground = L.GridLayer.extend({ createTile: () => L.DomUtil.create('div', 'ground') });
  new Ground({ tileSize: 128, maxNativeZoom: 22, maxZoom: 22 }).addTo(map);
}

function addTiles(map, { address, attribution, minZoom, maxZoom }, own) {
  L.tileLayer(address, { minNativeZoom: minZoom, maxNativeZoom: maxZoom, maxZoom: 22 }).addTo(map);
  own(attribution);
}

function addScale(map, say) {
  const Scale = L.Control.Scale.extend({
    _updateMetric(most) {
      const metres = this._getRoundNum(most);
      const text = metres < 1000 ? say('metres', metres) : say('kilometres', metres / 1000);
      this._updateScale(this._mScale, text, metres / most);
    },
  });
  new Scale({ imperial: false, position: 'bottomleft' }).addTo(map);
}

/** Outlines are asked for where one looks, with some ground around, so that a step asks nothing. */
function addOutlines(map, address, own) {
  map.createPane('under').style.zIndex = 350;
  const under = L.layerGroup().addTo(map);
  let known;
  async function look() {
    const seen = map.getBounds();
    if (known?.contains(seen)) return;
    const asked = seen.pad(0.5);
    known = asked;
    const box = [asked.getWest(), asked.getSouth(), asked.getEast(), asked.getNorth()];
    const join = address.includes('?') ? '&' : '?';
    const answer = await fetch(`${address}${join}box=${box.map((degrees) => degrees.toFixed(5))}`);
    if (!answer.ok || known !== asked) return;
    const outlines = await answer.json();
    under.clearLayers();
    under.addLayer(outlinesLayer(outlines));
    for (const { properties } of outlines.features) own(properties.attribution);
  }
  const quietly = () => look().catch(() => undefined);
  map.on('moveend', quietly);
  quietly();
}

function outlinesLayer(outlines) {
  const style = ({ properties }) => ({
    ...{ className: `under ${properties.kind}`, pane: 'under', interactive: false },
    ...{ pmIgnore: true, snapIgnore: true },
  });
  return L.geoJSON(outlines, {
    style,
    pointToLayer: (feature, place) => L.circleMarker(place, { radius: 4, ...style(feature) }),
    onEachFeature: ({ properties, geometry }, layer) => {
      if (properties.name && geometry.type === 'Point') {
        layer.bindTooltip(nameTag(properties.name), tagged('bottom'));
      }
    },
  });
}

/** The middle of the map, marked while keys steer it. */
function addMark(map) {
  const mark = L.DomUtil.create('div', 'crosshair', map.getContainer());
  mark.setAttribute('aria-hidden', 'true');
}

export function nameTag(name) {
  const tag = document.createElement('span');
  tag.textContent = name;
  return tag;
}

export const tagged = (direction) => ({ permanent: true, direction, className: 'map-name' });
