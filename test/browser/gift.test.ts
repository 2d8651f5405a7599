/// <reference lib="dom" />
/** The journey of a gift: sign in, enter it by keyboard, print its receipt, find it in the journal. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser, signIn } from '../support/browser.ts';
import { buildWorld, PASSWORD, type World } from '../support/world.ts';

describe('a gift, from the door to the books', function () {
  this.timeout(60_000);
  let browser: Browser;
  let world: World;
  let context: BrowserContext;
  let page: Page;

  before(async function () {
    browser = await openBrowser(this);
    world = await buildWorld();
    context = await browser.newContext();
    page = await context.newPage();
  });
  after(async () => {
    await browser?.close();
    await world?.close();
  });

  const root = () => `${world.address}/toos`;

  it('is entered by the chair with the keyboard alone, in four stops', async () => {
    await signIn(page, root(), 'reza', PASSWORD);
    await page.goto(`${root()}/centres/noor/donations/new`);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).to.match(
      /donor/,
    );
    await page.keyboard.type('بخشندهٔ نمونه');
    await page.keyboard.press('Enter');
    await page.keyboard.type('12500000');
    expect(await page.inputValue('[name=amount]')).to.equal('۱۲٬۵۰۰٬۰۰۰');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.waitForURL(/donations/);
    await page.waitForSelector('[role=status]');
    const said = await page.textContent('[role=status]');
    expect(said).to.contain('۱۴۰۵-۰۰۰۰۰۱');
  });

  it('is printed as a receipt that reads right', async () => {
    const response = await context.request.get(
      `${root()}/centres/noor/donations/receipts/1405-000001.pdf`,
    );
    expect(response.status()).to.equal(200);
    const file = join(tmpdir(), `receipt-${process.pid}.pdf`);
    writeFileSync(file, await response.body());
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    const plain = text.replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
    expect(plain).to.contain('۱۲٬۵۰۰٬۰۰۰');
    expect(plain).to.contain('دوازده میلیون و پانصد هزار');
    expect(plain).to.contain('بخشندهٔ نمونه');
    expect(plain).to.contain('مرکز نیکوکاری نور');
  });

  it('stands in the journal, the ledger and the trial balance', async () => {
    for (const path of ['books/journal', 'books/ledger/1101', 'books/trial-balance']) {
      await page.goto(`${root()}/centres/noor/${path}`);
      expect(await page.textContent('main'), path).to.contain('۱۲٬۵۰۰٬۰۰۰');
    }
  });

  it('is entered without JavaScript too', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const form = await plain.newPage();
    await signIn(form, root(), 'maryam', PASSWORD);
    await form.goto(`${root()}/centres/noor/donations/new`);
    await form.fill('[name=amount]', '۲۰۰٬۰۰۰');
    await form.locator('[name=fund][value=vow]').check();
    await form.locator('form[data-once] .form-foot button').first().click();
    await form.waitForSelector('[role=status], .refusal, [role=alert]');
    expect(await form.textContent('main')).to.contain('۱۴۰۵-۰۰۰۰۰۲');
    await plain.close();
  });
});
