/** What an outline would share with the neighbours, asked of the server while it is drawn. */

/** So long nothing more is drawn before it is asked. */
const pauseMs = 700;

export function overlapCheck(box, { words, chart }) {
  const told = box.querySelector('[data-checked]');
  const token = box.closest('form').elements._csrf?.value;
  let waiting;
  let asked = '';

  return (corners) => {
    clearTimeout(waiting);
    if (corners === asked) return;
    asked = corners;
    told.replaceChildren();
    chart.showClashes([]);
    if (corners) waiting = setTimeout(() => ask(corners), pauseMs);
  };

  /** An outline that is refused is refused in words when it is sent; here it is only not checked. */
  async function ask(corners) {
    told.replaceChildren(line('hint', words.checking));
    try {
      const answer = await fetch(box.dataset.check, {
        method: 'POST',
        headers: {
          ...{ accept: 'application/json', 'content-type': 'application/json' },
          ...(token ? { 'x-csrf-token': token } : {}),
        },
        body: JSON.stringify({ corners }),
      });
      const found = await answer.json();
      if (corners !== asked) return;
      if (!answer.ok) {
        told.replaceChildren(line('hint', found.errors?.[0]?.message ?? found.detail ?? ''));
        return;
      }
      chart.showClashes(found.overlaps.map(({ geometry }) => geometry));
      const lines = found.overlaps.map(({ name, text }) => line('clash-line', `${name}: ${text}`));
      told.replaceChildren(...(lines.length ? lines : [line('hint', words['checked-none'])]));
    } catch {
      if (corners === asked) told.replaceChildren();
    }
  }
}

function line(className, text) {
  const paragraph = document.createElement('p');
  paragraph.className = className;
  paragraph.textContent = text;
  return paragraph;
}
