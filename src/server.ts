/** Reads the environment, opens the provinces, listens. */
import { readEnvironment } from './environment.ts';
import { serve } from './serve.ts';

// What this program writes holds people's names and secrets: for its owner's eyes only.
process.umask(0o077);

const environment = readEnvironment();
const { site, close } = await serve(environment);

if (site.setupCode) {
  process.stdout.write(`Set-up code for the first run: ${site.setupCode}\n`);
}
process.stdout.write(`Nikukari is ready at ${site.address}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
