/** Says how far the work on a sheet is, and shows what came of it once there is something. */
const shown = document.querySelector('[data-progress]');
const every = 700;

async function look() {
  const answer = await fetch(shown.dataset.progress, { headers: { accept: 'application/json' } });
  const { state, phase, done, of } = answer.ok ? await answer.json() : { phase: 'over' };
  if (phase === 'over' || state !== 'waiting') {
    location.reload();
    return;
  }
  const bar = shown.querySelector('progress');
  if (of > 0) Object.assign(bar, { max: of, value: done });
  const words = JSON.parse(shown.dataset.words);
  const format = new Intl.NumberFormat(document.documentElement.lang === 'fa' ? 'fa-IR' : 'en');
  const said = words[phase].replace('%done', format.format(done)).replace('%of', format.format(of));
  shown.querySelector('[data-said]').textContent = said;
  setTimeout(look, every);
}

if (shown) setTimeout(look, every);
