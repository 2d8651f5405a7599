/// <reference lib="dom" />
/** The Eid screen in a browser: four keys, however fast, are the receipt that was meant. */
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, signIn } from '../support/browser.ts';
import { buildWorld, PASSWORD, TODAY, type World } from '../support/world.ts';

const RATE = { lunarYear: 1448, staple: 'wheat', rate: 2_000_000, marja: 'مرجع نمونه' };

describe('four keys on the Eid screen', function () {
  this.timeout(60_000);
  let browser: Browser;
  let world: World;
  let page: Page;

  before(async function () {
    browser = await openBrowser(this);
    world = await buildWorld();
    const rate = { ...RATE, source: 'اعلام دفتر، ۲۸ رمضان', fromOn: TODAY };
    expect((await world.visit('deputy', 'POST /fitra-rates', rate)).status).to.equal(201);
    page = await browser.newPage();
    await signIn(page, `${world.address}/toos`, 'maryam', PASSWORD);
  });
  after(async () => {
    await browser?.close();
    await world?.close();
  });

  const last = () =>
    world.province.db.$client
      .prepare('SELECT kind, fund, amount_rial AS rial FROM donations ORDER BY id DESC')
      .get();
  const screen = () => page.goto(`${world.address}/toos/centres/noor/donations/eid`);
  const said = () => page.waitForSelector('[data-said][data-state="ok"]:not([hidden])');

  it('are the fund that was chosen, one key after the other', async () => {
    await screen();
    for (const key of ['4', '2', '1', 'Enter']) await page.keyboard.press(key);
    await said();
    expect(last()).to.eql({ kind: 'cash', fund: 'fitra-sadat', rial: 8_000_000 });
  });

  it('are so when the next key comes before the page has drawn', async () => {
    await screen();
    await page.fill('[name="persons"]', '3');
    await page.evaluate(() => {
      for (const key of ['2', '1']) {
        const pressed = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
        document.activeElement!.dispatchEvent(pressed);
      }
    });
    await page.keyboard.press('Enter');
    await said();
    expect(last()).to.eql({ kind: 'cash', fund: 'fitra-sadat', rial: 6_000_000 });
  });
});
