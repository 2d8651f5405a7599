/// <reference lib="dom" />
/** Drawing a centre's first area on the map that needs no internet, and approving it; by corners too. */
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { boundaryOn } from '../../src/boundary/versions.ts';
import { openBrowser, signIn } from '../support/browser.ts';
import { buildWorld, PASSWORD, TODAY, type World } from '../support/world.ts';

describe('an area, drawn', function () {
  this.timeout(60_000);
  let browser: Browser;
  let world: World;
  let page: Page;
  const asked: string[] = [];

  before(async function () {
    browser = await openBrowser(this);
    world = await buildWorld();
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.on('request', (request) => asked.push(request.url()));
    await signIn(page, `${world.address}/toos`, 'karim', PASSWORD);
  });
  after(async () => {
    await browser?.close();
    await world?.close();
  });

  const root = () => `${world.address}/toos/centres/sepid/boundary`;

  it('is proposed by four presses on the map', async () => {
    await page.goto(`${root()}/new`);
    await page.locator('.leaflet-pm-icon-polygon').first().click();
    const box = (await page.locator('[data-map]').boundingBox())!;
    const corners = [
      [0.35, 0.35],
      [0.65, 0.35],
      [0.65, 0.65],
      [0.35, 0.65],
      [0.35, 0.35],
    ] as const;
    for (const [x, y] of corners) {
      await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
      await page.waitForTimeout(350); // Two presses in one moment would be a double press.
    }
    await page.locator('.form-foot button').first().click();
    await page.waitForURL((url) => !url.pathname.endsWith('/new'));
    const newest = world.province.db.$client
      .prepare('SELECT square_metres FROM boundaries WHERE centre_id = ?')
      .pluck();
    expect(newest.get(world.sepid.id)).to.be.greaterThan(100);
  });

  it('lies over a neighbour, and is approved once that is settled by letter (B-124)', async () => {
    await page.goto(`${root()}/1`);
    expect(await page.textContent('main'))
      .to.contain('B-124')
      .and.contain('مرکز نیکوکاری نور');
    expect(await page.locator('form[action$="/approval"]').count()).to.equal(0);
    await page.locator('details:has([name=number]) > summary').click();
    await page.fill('[name=number]', '1405/21/300');
    await page.locator('form[action$="/coordinations"] .form-foot button').click();
    await page.waitForLoadState();
    await page.locator('form[action$="/approval"] .form-foot button').click();
    await page.waitForLoadState();
    expect(boundaryOn(world.province.db, world.sepid.id, TODAY)?.version).to.equal(1);
  });

  it('is drawn anew in the table of corners, by keyboard alone', async () => {
    await page.goto(`${root()}/new`);
    const first = page.locator('[data-corners] input').first();
    await first.focus();
    const before = await first.inputValue();
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.keyboard.type(before.endsWith('5') ? '7' : '5');
    await page.keyboard.press('Tab');
    await page.locator('.form-foot button').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.endsWith('/new'));
    const count = world.province.db.$client
      .prepare('SELECT count(*) FROM boundaries WHERE centre_id = ?')
      .pluck();
    expect(count.get(world.sepid.id)).to.equal(2);
  });

  it('asks nothing of any other machine', () => {
    expect(asked.filter((url) => !url.startsWith(world.address))).to.deep.equal([]);
  });
});
