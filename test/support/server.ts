/** The whole program on a port of its own, with a data folder of its own that is thrown away. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../src/app.ts';
import { closeCatalogue, openCatalogue } from '../../src/provinces/catalogue.ts';
import type { Site } from '../../src/web/site.ts';

export type Started = { address: string; site: Site; close: () => Promise<void> };

/** Serves an empty data folder; `site.clock` may be set anew while it runs. */
export async function startSite(wish: Partial<Site> = {}): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'nikukari-'));
  const site: Site = {
    catalogue: openCatalogue(folder),
    clock: () => new Date(),
    secret: 'only-for-this-test',
    address: '',
    secure: false,
    trustProxy: false,
    ...wish,
  };
  const server = createServer(buildApp(site));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  site.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    closeCatalogue(site.catalogue);
    rmSync(folder, { recursive: true, force: true });
  };
  return { address: site.address, site, close };
}
