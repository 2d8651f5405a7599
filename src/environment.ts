/** What the environment says, read once. */
import { resolve } from 'node:path';
import type { Site } from './web/site.ts';

export type Environment = {
  port: number;
  host: string;
  dataDir: string;
  trustProxy: Site['trustProxy'];
};

/** `PORT`, `HOST`, `DATA_DIR` and `TRUST_PROXY`, as the README tells. */
export function readEnvironment(env = process.env): Environment {
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT is no port: ${env.PORT}`);
  }
  return {
    port,
    host: env.HOST ?? '127.0.0.1',
    dataDir: resolve(env.DATA_DIR ?? './data'),
    trustProxy: readProxy(env.TRUST_PROXY),
  };
}

function readProxy(value: string | undefined): Site['trustProxy'] {
  if (value === undefined || value === '' || value === 'false') return false;
  // One proxy is trusted for what it says itself, not for what its caller made it pass on.
  if (value === 'true') return 1;
  return /^\d+$/.test(value) ? Number(value) : value;
}
