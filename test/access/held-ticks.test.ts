/** Several boxes of one name are carried through a sign-in, each of them and no other. */
import { expect } from 'chai';
import { type Khorasan, openKhorasan, PASSWORD } from './khorasan.ts';

const SETTINGS = '/khorasan/settings';

describe('ticks that were set when the session ended', () => {
  let here: Khorasan;

  before(async () => {
    here = await openKhorasan();
  });
  after(() => here.close());

  const boxes = (page: string) =>
    [...page.matchAll(/<input type="checkbox" name="codes" value="([\w-]+)"( checked)?/g)]
      .filter(([, , ticked]) => ticked)
      .map(([, value]) => value);

  /** The form sent too late, carried through the sign-in and shown again. */
  async function shownAgain(codes: string[]): Promise<string> {
    const browser = await here.signedIn('parvin');
    await browser.get(SETTINGS);
    here.wait(13 * 60);
    const typed = { name: 'Khorasan', address: 'here.example', _page: SETTINGS };
    expect((await browser.post(SETTINGS, { ...typed, codes })).status).to.equal(401);
    const kept = { held: browser.field('held') ?? '', to: browser.field('to') ?? '' };
    const fields = { username: 'parvin', password: PASSWORD, ...kept };
    const list = await browser.get((await browser.post('/khorasan/login', fields)).to);
    const carried = [...list.text.matchAll(/name="codes" value="([\w-]+)"/g)].map(([, one]) => one);
    expect(carried).to.deep.equal([...codes, ...codes]);
    const again = { ...typed, codes, _held: '1', _review: '1' };
    return (await browser.post(SETTINGS, again)).text;
  }

  it('are all set again in the form', async () => {
    const page = await shownAgain(['province-deputy', 'inspector', 'trustee']);
    expect(boxes(page)).to.have.members(['province-deputy', 'inspector', 'trustee']);
  });

  it('are set again when it was one, and none when it was none', async () => {
    expect(boxes(await shownAgain(['inspector']))).to.deep.equal(['inspector']);
    expect(boxes(await shownAgain([]))).to.deep.equal([]);
  });
});
