/** Types, lint, format: each says what it found, and all are asked even when one complains. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

const steps: [string, string[]][] = [
  ['typescript/bin/tsc', ['--noEmit', '-p', '.']],
  ['@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']],
];

const failed = steps.filter(([script, args]) => {
  const command = [join(root, 'node_modules', script), ...args];
  return spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' }).status !== 0;
});
process.stdout.write(failed.length === 0 ? 'Types, lint and format are well.\n' : '');
process.exit(failed.length === 0 ? 0 : 1);
