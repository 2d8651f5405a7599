/** Behind a proxy, locks count by the address that the proxy saw, whatever its caller wrote. */
import { expect } from 'chai';
import { readEnvironment } from '../../src/environment.ts';
import { openKhorasan } from './khorasan.ts';

describe('behind a proxy', () => {
  for (const TRUST_PROXY of ['true', '1']) {
    it(`with TRUST_PROXY=${TRUST_PROXY} an invented address opens no lock`, async () => {
      const { trustProxy } = readEnvironment({ TRUST_PROXY });
      const here = await openKhorasan({ trustProxy });
      const answers: number[] = [];
      for (let i = 0; i < 22; i++) {
        const body = { username: `nobody-${i}`, password: 'x' };
        const forwarded = { 'x-forwarded-for': `198.51.100.${i}, 203.0.113.7` };
        const answer = await here.browser().json('/khorasan/login', body, forwarded);
        answers.push(answer.status);
      }
      await here.close();
      expect([answers.at(0), answers.at(-1)]).to.deep.equal([401, 429]);
    });
  }
});
