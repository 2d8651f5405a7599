/// <reference lib="dom" />
/** Drawing an area with the keyboard on the map, taking it back, and sending a file of either kind. */
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { cornersOf } from '../../src/boundary/corners.ts';
import { toKml } from '../../src/boundary/kml.ts';
import { boundaryOn } from '../../src/boundary/versions.ts';
import { openBrowser, signIn } from '../support/browser.ts';
import { buildWorld, PASSWORD, TODAY, type World } from '../support/world.ts';

describe('an area, drawn with keys', function () {
  this.timeout(60_000);
  let browser: Browser;
  let world: World;
  let page: Page;
  const faults: string[] = [];

  before(async function () {
    browser = await openBrowser(this);
    world = await buildWorld();
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.on('pageerror', (fault) => faults.push(fault.message));
    await signIn(page, `${world.address}/toos`, 'reza', PASSWORD);
  });
  after(async () => {
    await browser?.close();
    await world?.close();
  });

  const root = () => `${world.address}/toos/centres/noor/boundary`;
  const corners = () => page.locator('[data-corners] tbody tr').count();
  const corner = (at: number) => page.locator('[data-corners] tbody tr').nth(at);
  const said = () => page.textContent('[data-said]');
  const typed = () => page.inputValue('[name=corners]');
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
    await page.waitForTimeout(350); // The map glides to where the arrows send it.
  };

  async function openForm() {
    await page.goto(`${root()}/new`);
    await page.waitForSelector('[data-map].leaflet-container');
  }

  it('sets corners under the mark, takes the last one back, and undoes', async () => {
    await openForm();
    while ((await corners()) > 0) await corner(0).locator('[data-key=remove]').click();
    await page.locator('[data-map]').focus();
    await press('Enter');
    await press('ArrowRight', 'ArrowRight');
    await press('Enter');
    await press('ArrowDown', 'ArrowDown');
    await press('Enter');
    expect(await corners()).to.equal(3);
    expect(await page.textContent('[data-size]')).to.match(/هکتار/);
    await press('Backspace');
    expect(await corners()).to.equal(2);
    await page.locator('[data-act=undo]').click();
    expect(await corners()).to.equal(3);
  });

  it('takes a corner in hand, moves it, gives it back and removes it', async () => {
    const before = await typed();
    await corner(1).locator('[data-key=hold]').focus();
    await press('Enter');
    expect(await said()).to.include('در دست');
    await press('ArrowRight', 'ArrowDown', 'Enter');
    const moved = await typed();
    expect(moved).to.not.equal(before);
    expect(moved.split('\n')[0]).to.equal(before.split('\n')[0]);
    // The hand is back at the corner's row, in the table.
    await press('Enter', 'ArrowUp', 'Escape');
    expect(await typed()).to.equal(moved);
    await press('Enter', 'Delete');
    expect(await corners()).to.equal(2);
    await page.locator('[data-act=undo]').click();
    expect(await typed()).to.equal(moved);
  });

  it('is proposed as it was drawn', async () => {
    await page.locator('.form-foot button').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname.endsWith('/boundary/2'));
    expect(await page.textContent('main')).to.include('نسخهٔ ۲');
  });

  it('comes from a KML file as from GeoJSON, onto the map first', async () => {
    await openForm();
    const { area } = boundaryOn(world.province.db, world.noor.id, TODAY)!;
    const kml = toKml([{ name: 'نور', area }], 'نور');
    const file = { name: 'area.kml', mimeType: 'text/xml', buffer: Buffer.from(kml) };
    await page.setInputFiles('[name=file]', file);
    await page.waitForFunction(() =>
      /area\.kml/.test(document.querySelector('[data-said]')!.textContent!),
    );
    const drawn = cornersOf(area);
    expect(await corners()).to.equal(drawn.flat().length);
    await page.locator('.form-foot button').first().click();
    await page.waitForURL((url) => url.pathname.endsWith('/boundary/3'));
    const written = world.province.db.$client
      .prepare('SELECT area FROM boundaries WHERE centre_id = ? AND version = 3')
      .pluck();
    const stored = JSON.parse(written.get(world.noor.id) as string);
    expect(cornersOf(stored)).to.deep.equal(drawn);
  });

  it('speaks Persian on every button of the map, and breaks nothing', async () => {
    await openForm();
    const titles = await page.$$eval('[data-map] [title]', (all) =>
      all.map((one) => (one as HTMLElement).title),
    );
    const named = titles.filter((title) => title !== '');
    expect(named.length).to.be.greaterThan(3);
    expect(named.filter((title) => /[a-z]/i.test(title))).to.deep.equal([]);
    expect(faults).to.deep.equal([]);
  });
});
