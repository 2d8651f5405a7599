/** The child process of a bench: serves the folder it is given and tells of itself when asked. */
import { serve } from '../../src/serve.ts';

const { site } = await serve({
  ...{ port: 0, host: '127.0.0.1', dataDir: process.argv[2]!, trustProxy: false },
});
process.on('message', () => {
  const { rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send?.({ rss, cpu: (user + system) / 1000 });
});
process.on('disconnect', () => process.exit());
process.send?.({ address: site.address });
