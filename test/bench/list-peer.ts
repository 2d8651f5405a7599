/**
 * The peer of `list`: asks the program once for the page, keeps its compiled templates and what they
 * were given, and serves that from a bare Express app.
 */
import type { AddressInfo } from 'node:net';
import ejs from 'ejs';
import express from 'express';
import type { Kept } from './data.ts';
import { requireStatus, send } from './load.ts';
import { signIn } from './reading.ts';

type Template = (page: object) => string;
type Drawn = { template: Template; page: object };

const drawn: Drawn[] = [];
keepWhatIsDrawn();
const { serve } = await import('../../src/serve.ts');

const kept = JSON.parse(process.argv[2]!) as Kept;
const [body, layout] = await drawOnce();
const app = express();
app.get('/{*page}', (_req, res) => {
  const inside = body!.template(body!.page);
  res.type('html').send(layout!.template({ ...layout!.page, body: inside }));
});
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ address: `http://127.0.0.1:${port}` });
});
process.on('disconnect', () => process.exit());

/** Every template compiled from now on notes its page when it is drawn by itself, not by another. */
function keepWhatIsDrawn(): void {
  const compile = ejs.compile;
  let depth = 0;
  const noting = (text: string, options: object) => {
    const template = compile(text, options) as Template;
    return (page: object) => {
      if (depth === 0) drawn.push({ template, page });
      depth++;
      try {
        return template(page);
      } finally {
        depth--;
      }
    };
  };
  Object.assign(ejs, { compile: noting });
}

/** The page's own template and the layout around it, with what each was given. */
async function drawOnce(): Promise<Drawn[]> {
  const environment = { port: 0, host: '127.0.0.1', dataDir: kept.folder, trustProxy: false };
  const { site, close } = await serve(environment);
  const call = (await signIn(site.address, kept))('/donations');
  drawn.length = 0;
  requireStatus(await send(site.address, call), 200, call);
  if (drawn.length !== 2) throw new Error(`${drawn.length} templates were drawn, not two`);
  await close();
  return [...drawn];
}
