import { expect } from 'chai';
import { setting } from '../../src/provinces/province.ts';
import { actsOf, type Khorasan, openKhorasan } from './khorasan.ts';

const SETTINGS = '/khorasan/settings';

describe('the settings of a province', () => {
  let here: Khorasan;

  beforeEach(async () => {
    here = await openKhorasan();
  });
  afterEach(() => here.close());

  it('are its name, the address on its papers, and who needs one-time codes', async () => {
    const deputy = await here.signedIn('parvin');
    const name = 'Razavi Khorasan';
    const fields = { name, address: 'https://Nikukari.example.ir/', codes: 'inspector' };
    const answer = await deputy.fill(SETTINGS, SETTINGS, fields);
    expect([answer.status, answer.to]).to.deep.equal([303, SETTINGS]);
    const page = await deputy.get(SETTINGS);
    expect(page.text)
      .to.include(name)
      .and.to.match(/value="inspector" checked/);
    expect(setting(here.province.db, 'address')).to.equal('Nikukari.example.ir');
    expect(setting(here.province.db, 'totp_roles')).to.equal('["inspector"]');
    expect(actsOf(here.province).at(-1)).to.equal('settings.changed');
  });

  it('take several offices, and none, from a program too', async () => {
    const admin = await here.signedIn('sohrab');
    const made = await admin.fill('/khorasan/account', '/khorasan/account/tokens', { name: 'x' });
    const token = /nk_[\w-]{32}/.exec(made.text)?.[0] ?? '';
    const headers = { authorization: `Bearer ${token}` };
    const send = (codes: string[]) =>
      here.browser().json(SETTINGS, { name: 'Khorasan', codes }, headers);
    expect(JSON.parse((await send(['inspector', 'trustee'])).text).codes).to.deep.equal([
      'inspector',
      'trustee',
    ]);
    expect(JSON.parse((await send([])).text).codes).to.deep.equal([]);
    expect((await send(['chair'])).status).to.equal(422);
  });

  for (const [what, fields] of [
    ['an empty name', { name: ' ' }],
    ['a name with a control mark', { name: 'Kho\u0000rasan' }],
    ['an address with spaces', { name: 'Khorasan', address: 'not an address' }],
    ['an address that runs a script', { name: 'Khorasan', address: 'javascript:alert(1)' }],
    ['an office that is none', { name: 'Khorasan', codes: 'chair' }],
  ] as const) {
    it(`refuse ${what} and change nothing`, async () => {
      const deputy = await here.signedIn('parvin');
      expect((await deputy.fill(SETTINGS, SETTINGS, fields)).status).to.equal(422);
      expect(setting(here.province.db, 'name')).to.equal('Khorasan');
      expect(setting(here.province.db, 'totp_roles')).to.equal(undefined);
    });
  }
});
