import { expect } from 'chai';
import { domesticChannel, supportByItsKeepers } from '../../src/bylaw/online.ts';

describe('B-122, a public channel', () => {
  it('is on an approved service’s domain or below it', () => {
    const on = (host: string, domain?: string) => domesticChannel.holds({ host, domain });
    expect(on('ble.ir', 'ble.ir')).to.equal(true);
    expect(on('web.ble.ir', 'ble.ir')).to.equal(true);
    expect(on('noor.ir', 'ir')).to.equal(true);
    expect(on('table.ir', 'ble.ir')).to.equal(false);
    expect(on('t.me', 'ir')).to.equal(false);
    expect(on('t.me', undefined)).to.equal(false);
  });
});

describe('B-120, support', () => {
  it('is answered by its keepers; the asker asks again and closes', () => {
    const by = (step: 'answer' | 'ask' | 'close', isKeeper: boolean, isAsker: boolean) =>
      supportByItsKeepers.holds({ step, isKeeper, isAsker });
    expect(by('answer', true, false)).to.equal(true);
    expect(by('answer', false, true)).to.equal(false);
    expect(by('ask', true, false)).to.equal(false);
    expect(by('close', false, true)).to.equal(true);
  });
});
