/** A summary of faults stands above the fields, and calls each as the page itself does below. */

const CALLED = /<a href="#([^"]*)"><!--called ([^>]*)-->/g;

/** Puts the label of its field before each fault; what is no field of the page is no link. */
export function withLabels(body: string): string {
  if (!body.includes('<!--called ')) return body;
  return body.replaceAll(CALLED, (_, id: string, field: string) => {
    const found = fieldOf(body, id, field);
    if (!found) return '<a>';
    const label = found.label ? `${found.label}: ` : '';
    return `<a href="#${found.id}">${label}`;
  });
}

/** The field of this id, or else the first of this name, and what its label or legend says. */
function fieldOf(body: string, id: string, field: string) {
  const tags = [...body.matchAll(/<(?:input|select|textarea|fieldset)\b[^>]*>/g)];
  const of = (name: string, value: string) =>
    tags.find(([tag]) => tag.includes(` ${name}="${value}"`) && / id="[^"]+"/.test(tag));
  const tag = of('id', id) ?? of('name', field);
  if (!tag) return undefined;
  const known = / id="([^"]+)"/.exec(tag[0])![1]!;
  const from = tag[0].startsWith('<fieldset')
    ? body.indexOf('<legend', tag.index)
    : body.indexOf(` for="${known}"`);
  return { id: known, label: from < 0 ? undefined : labelFrom(body.slice(from)) };
}

/** The words of the first label or legend; «optional» beside them is no part of the name. */
function labelFrom(rest: string): string | undefined {
  const inside = /^[^>]*>([\s\S]*?)<\/(?:label|legend)>/.exec(rest)?.[1];
  return inside
    ?.replaceAll(/<span class="quiet">[\s\S]*?<\/span>/g, '')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
