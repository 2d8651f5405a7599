import { expect } from 'chai';
import { localAddress } from '../../src/access/local-address.ts';
import { networkOf } from '../../src/access/locks.ts';
import {
  hashPassword,
  inventPassword,
  isPassword,
  readPassword,
} from '../../src/access/passwords.ts';
import { readUsername } from '../../src/access/users.ts';
import { normalised } from '../support/normalised.ts';

const faultOf = (typed: string, username = 'parvin') => {
  const reading = readPassword(typed, username);
  return 'fault' in reading ? reading.fault.split('.')[1] : 'good';
};

describe('a password', () => {
  it('is put in order no further than one that is kept could be long', async () => {
    const kept = await hashPassword('ten-chars-');
    const handed = await normalised(async () => {
      expect(await isPassword(kept, `a${'\u0654\u0655'.repeat(40_000)}`)).to.equal(false);
    });
    expect(handed).to.have.length(1);
    expect(handed[0]).to.have.length.at.most(1000);
  });

  for (const [typed, fault] of [
    ['', 'short'],
    ['nine-char', 'short'],
    ['ten-chars-', 'good'],
    ['saffron-and-barberry', 'good'],
    ['\u06af\u0644\u0627\u0628 \u0648 \u0632\u0639\u0641\u0631\u0627\u0646', 'good'],
    ['aaaaaaaaaaaa', 'repeated'],
    ['abcabcabcabc', 'repeated'],
    ['1212121212', 'repeated'],
    ['1234567890', 'common'],
    ['9876543210', 'common'],
    ['qwertyuiop', 'common'],
    ['Password123!', 'common'],
    ['nikukari1405', 'common'],
    ['x'.repeat(10) + 'y'.repeat(200), 'long'],
  ] as const) {
    it(`${typed.slice(0, 24) || 'of nothing'} is ${fault}`, () => {
      expect(faultOf(typed)).to.equal(fault);
    });
  }

  it('is not the username, whatever stands around it', () => {
    expect(faultOf('parvin-rezaei', 'parvin-rezaei')).to.equal('username');
    expect(faultOf('Parvin.Rezaei1405', 'parvin-rezaei')).to.equal('username');
  });

  it('is hashed with argon2id, each time anew', async () => {
    const [one, two] = [await hashPassword('ten-chars-'), await hashPassword('ten-chars-')];
    expect(one).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.to.equal(two);
    expect(await isPassword(one, 'ten-chars-')).to.equal(true);
    expect(await isPassword(one, 'ten-chars+')).to.equal(false);
  });

  it('is the same however its letters were put together', async () => {
    const kept = await hashPassword('caf\u00e9-au-lait');
    expect(await isPassword(kept, 'cafe\u0301-au-lait')).to.equal(true);
  });

  it('that is invented is good, and another one each time', () => {
    expect(faultOf(inventPassword())).to.equal('good');
    expect(inventPassword()).not.to.equal(inventPassword());
  });
});

describe('a username', () => {
  for (const typed of ['ab', '1ali', 'ali reza', 'ali/..', 'new', 'ali.json', 'a'.repeat(41), '']) {
    it(`is not ${JSON.stringify(typed.slice(0, 12))}`, () => {
      expect(readUsername(typed)).to.have.property('fault');
    });
  }

  it('is kept in small letters and Latin digits', () => {
    expect(readUsername(' Ali.Reza-\u06f1\u06f2 ')).to.deep.equal({ value: 'ali.reza-12' });
  });
});

describe('the network a try comes from', () => {
  it('is one IPv4 address, or the first half of an IPv6 one', () => {
    expect(networkOf('::ffff:192.0.2.7')).to.equal('192.0.2.7');
    expect(networkOf('192.0.2.7')).to.equal('192.0.2.7');
    expect(networkOf('2001:db8:1:2:3:4:5:6')).to.equal('2001:db8:1:2');
    expect(networkOf('2001:db8::1')).to.equal('2001:db8:0:0');
    expect(networkOf('::1')).to.equal('0:0:0:0');
  });
});

describe('an address to go on to', () => {
  it('is one of ours', () => {
    expect(localAddress('/khorasan/users?q=a#b', '/khorasan/')).to.equal('/khorasan/users?q=a#b');
  });

  for (const given of [
    '//evil',
    '/\\evil',
    'http://evil',
    '/\t/evil',
    '/kerman/',
    '/khorasan/../x',
    7,
  ]) {
    it(`is not ${JSON.stringify(given)}`, () => {
      expect(localAddress(given, '/khorasan/')).to.equal(undefined);
    });
  }
});
