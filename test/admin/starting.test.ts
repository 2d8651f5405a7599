/** The program as it is started: the demo with its users, and an empty folder with its set-up code. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

const root = `${import.meta.dirname}/../../`;

describe('starting', function () {
  this.timeout(90_000);
  let dataDir: string;
  let child: ChildProcess;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'start-'));
  });
  afterEach(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await new Promise((ended) => child.once('exit', ended));
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Starts a script on a free port and answers what it printed up to the awaited words. */
  const start = (script: string, awaited: RegExp): Promise<string> => {
    const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', NODE_ENV: 'production' };
    child = spawn(process.execPath, [join(root, script)], { env });
    return new Promise((told, failed) => {
      let printed = '';
      child.stdout!.on('data', (part: Buffer) => {
        printed += part.toString();
        if (awaited.test(printed)) told(printed);
      });
      child.once('exit', (code) => failed(new Error(`ended with ${code}: ${printed}`)));
    });
  };
  const addressIn = (printed: string) => /ready at (\S+)/.exec(printed)![1]!;

  it('the demo makes its sample once, and tells whom to sign in as', async () => {
    const told = /password {2}(\S+)[\s\S]*chair/;
    const printed = await start('src/demo.ts', told);
    const [, password] = told.exec(printed)!;
    const address = addressIn(printed);
    const health = await fetch(`${address}/healthz`);
    expect(await health.json()).to.deep.include({ status: 'ok' });
    const signedIn = await fetch(`${address}/khorasan/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'chair', password }),
    });
    expect(signedIn.status).to.equal(200);
    child.kill('SIGTERM');
    await new Promise((ended) => child.once('exit', ended));
    expect(await start('src/demo.ts', told)).to.contain(password);
  });

  it('an empty folder prints the address and a one-time set-up code', async () => {
    const printed = await start('src/server.ts', /ready at/);
    expect(printed).to.match(/Set-up code for the first run: \d{5}-\d{5}/);
    const page = await fetch(`${addressIn(printed)}/anything`);
    expect(page.status).to.equal(200);
    expect(await page.text()).to.contain('name="code"');
  });
});
