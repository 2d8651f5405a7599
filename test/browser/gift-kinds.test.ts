/// <reference lib="dom" />
/** The form of every kind of gift: well formed on a phone, with one more line at a press, and kept. */
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { GIFTS } from '../donations/gifts.ts';
import { axeViolations, openBrowser, readyForAxe, signIn } from '../support/browser.ts';
import { buildWorld, PASSWORD, type World } from '../support/world.ts';

describe('the form of a gift of any kind', function () {
  this.timeout(120_000);
  let browser: Browser;
  let world: World;
  let page: Page;

  before(async function () {
    browser = await openBrowser(this);
    world = await buildWorld();
    const context = await browser.newContext({ viewport: { width: 360, height: 780 } });
    await readyForAxe(context);
    page = await context.newPage();
    await signIn(page, `${world.address}/toos`, 'reza', PASSWORD);
  });
  after(async () => {
    await browser?.close();
    await world?.close();
  });

  const form = (kind: string) => page.goto(`${world.address}/toos${GIFTS}/new?kind=${kind}`);
  const save = () => page.click('.form-foot button:not(.plain)');

  for (const kind of ['cash', 'card', 'transfer', 'cheque', 'goods', 'service']) {
    it(`of ${kind} is for everyone, at 360 pixels`, async () => {
      await form(kind);
      expect(await axeViolations(page)).to.eql([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).to.be.at.most(360);
      expect(await page.locator('.tabs [aria-current]').count()).to.equal(1);
    });
  }

  it('has one more line of goods at a press, and enters them', async () => {
    await form('goods');
    await page.click('[data-more]');
    expect(await page.locator('[data-line]').count()).to.equal(3);
    for (const [at, name] of ['برنج', 'روغن', 'قند'].entries()) {
      await page.fill(`[name="items.${at}.name"]`, name);
      await page.fill(`[name="items.${at}.quantity"]`, '۲٫۵');
      await page.fill(`[name="items.${at}.value"]`, '۵۰۰٬۰۰۰');
    }
    await save();
    await page.waitForURL(/receipts/);
    expect(await page.locator('article table tbody tr').count()).to.equal(3);
  });

  it('says a fault beside its line, and keeps what was typed', async () => {
    await form('goods');
    await page.fill('[name="items.0.name"]', 'شیر');
    await page.fill('[name="items.0.quantity"]', 'دو');
    await page.fill('[name="items.0.value"]', '500000');
    await save();
    await page.waitForSelector('#items-0-quantity-fault');
    expect(await page.inputValue('[name="items.0.name"]')).to.equal('شیر');
    expect(await axeViolations(page)).to.eql([]);
  });

  it('comes back with one more line without scripts, and enters nothing', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await signIn(plain, `${world.address}/toos`, 'maryam', PASSWORD);
    await plain.goto(`${world.address}/toos${GIFTS}/new?kind=goods`);
    await plain.fill('[name="items.0.name"]', 'برنج');
    await plain.fill('[name="items.1.name"]', 'روغن');
    await plain.click('[data-more]');
    expect(await plain.locator('[data-line]').count()).to.equal(3);
    expect(await plain.inputValue('[name="items.1.name"]')).to.equal('روغن');
    for (const at of [0, 1]) {
      await plain.fill(`[name="items.${at}.quantity"]`, '1');
      await plain.fill(`[name="items.${at}.value"]`, '1000');
    }
    await plain.click('.form-foot button:not(.plain)');
    expect(plain.url()).to.match(/receipts\/1405-/);
    await context.close();
  });

  it('divides a gift over funds that are folded away', async () => {
    await form('cash');
    await page.fill('[name="amount"]', '10000');
    await page.click('#funds summary');
    await page.selectOption('[name="funds.0.fund"]', 'vow');
    await page.fill('[name="funds.0.amount"]', '4000');
    await page.selectOption('[name="funds.1.fund"]', 'sadaqa');
    await page.fill('[name="funds.1.amount"]', '5000');
    await save();
    await page.waitForSelector('#funds-fault');
    await page.fill('[name="funds.1.amount"]', '6000');
    await save();
    await page.waitForURL(/receipts/);
    expect(await page.locator('article table tbody tr').count()).to.equal(2);
  });
});
