/** A running installation: its secrets, its provinces, its listening socket. */
import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { buildApp } from './app.ts';
import type { Environment } from './environment.ts';
import { closeCatalogue, openCatalogue, restUnused, slugsIn } from './provinces/catalogue.ts';
import { sweep } from './provinces/sweep.ts';
import type { Site } from './web/site.ts';

const HOUR_MS = 3_600_000;
/** A file that nobody asked for so long is closed until somebody does. */
const REST_MS = 300_000;

/** Serves the data folder; the address is known once it listens. */
export async function serve(
  environment: Environment,
): Promise<{ site: Site; server: Server; close: () => Promise<void> }> {
  const catalogue = openCatalogue(environment.dataDir);
  const site: Site = {
    catalogue,
    clock: () => new Date(),
    secret: secretOf(environment.dataDir),
    address: '',
    // Behind a proxy the way to the browser is TLS, and cookies travel on nothing else.
    secure: environment.trustProxy !== false,
    trustProxy: environment.trustProxy,
    setupCode: slugsIn(environment.dataDir).length === 0 ? newSetupCode() : undefined,
  };
  const server = createServer(buildApp(site));
  site.address = await listen(server, environment);
  // Nobody waits for it: a reader's first page comes before what is swept by the hour.
  void sweep(site);
  const sweeping = setInterval(() => void sweep(site), HOUR_MS).unref();
  const resting = setInterval(() => restUnused(catalogue), REST_MS).unref();
  const close = async () => {
    clearInterval(sweeping);
    clearInterval(resting);
    await new Promise<void>((done) => {
      server.close(() => done());
      server.closeIdleConnections();
    });
    closeCatalogue(catalogue);
  };
  return { site, server, close };
}

/** The installation's secret, made on its first start and readable by its owner only. */
export function secretOf(dataDir: string): string {
  const file = join(dataDir, 'secret');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  }
  return readFileSync(file, 'utf8').trim();
}

/** Ten digits in two groups: read from a terminal, typed once. */
function newSetupCode(): string {
  const digits = Array.from({ length: 10 }, () => randomInt(10)).join('');
  return `${digits.slice(0, 5)}-${digits.slice(5)}`;
}

function listen(server: Server, { port, host }: Environment): Promise<string> {
  return new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      const bound = server.address();
      const actual = typeof bound === 'object' && bound ? bound.port : port;
      listening(`http://${host.includes(':') ? `[${host}]` : host}:${actual}`);
    });
  });
}
