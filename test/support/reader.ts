/** A browser without a window: keeps its cookies, reads forms, follows what it is told to follow. */

export type Answer = { status: number; to: string; headers: Headers; text: string };

const ENTITY = /&#(\d+);/g;

export class Reader {
  readonly address: string;
  readonly cookies = new Map<string, string>();
  #page = '';

  constructor(address: string) {
    this.address = address;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send(path, { headers: { accept: 'text/html', ...headers } });
  }

  /** Sends a form with the token of the page last read, as the button of that page would. */
  async post(
    path: string,
    fields: Record<string, string | string[]> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const sentFields = Object.entries({ _csrf: this.token(), ...fields });
    const body = new URLSearchParams(
      sentFields.flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
    );
    const sent = Object.entries({ accept: 'text/html', origin: this.address, ...headers });
    const said = Object.fromEntries(sent.filter(([, value]) => value !== ''));
    return this.#send(path, { method: 'POST', body, headers: said });
  }

  async json(path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  /** Opens the page and sends its form. */
  async fill(page: string, path: string, fields: Record<string, string> = {}): Promise<Answer> {
    await this.get(page);
    return this.post(path, fields);
  }

  token(): string {
    return this.field('_csrf') ?? '';
  }

  /** What stands in the field of this name on the page last read. */
  field(name: string): string | undefined {
    const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(this.#page)?.[1];
    return value?.replaceAll(ENTITY, (_, code: string) => String.fromCodePoint(Number(code)));
  }

  async #send(path: string, init: RequestInit): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, this.address), {
      ...init,
      redirect: 'manual',
      headers: { ...(init.headers as Record<string, string>), cookie },
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const text = await response.text();
    if (text.includes('name="_csrf"')) this.#page = text;
    const to = response.headers.get('location') ?? '';
    return { status: response.status, to, headers: response.headers, text };
  }

  #keep(line: string): void {
    const [pair = '', ...rest] = line.split('; ');
    const [name = '', value = ''] = [
      pair.slice(0, pair.indexOf('=')),
      pair.slice(pair.indexOf('=') + 1),
    ];
    const ended = rest.some((word) => /^(Max-Age=0|Expires=Thu, 01 Jan 1970)/i.test(word));
    if (ended || value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
