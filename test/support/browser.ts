/** A real browser, where there is one: Debian's chromium, or the one that CHROMIUM names. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'];
const found = PLACES.find((place) => place && existsSync(place));

/** Starts the browser; without one the suite is pending, which CI counts as a failure. */
export async function openBrowser(suite: Mocha.Context): Promise<Browser> {
  if (!found) suite.skip();
  return chromium.launch({
    executablePath: found,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Gives every page of the context its axe, so that it is not sent to each anew. */
export async function readyForAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript({ path: axeFile });
}

/** What axe complains of on the page, each with the elements it means. */
export async function axeViolations(page: Page): Promise<string[]> {
  const ready = await page.evaluate(() => 'axe' in globalThis);
  if (!ready) await page.evaluate(await readFile(axeFile, 'utf8'));
  return page.evaluate(async () => {
    type Found = { id: string; nodes: { html: string }[] }[];
    const { axe } = globalThis as unknown as {
      axe: { run: (where: Document, how: object) => Promise<{ violations: Found }> };
    };
    // Only what is wrong is worked out to the last element; that takes a third less.
    const how = { resultTypes: ['violations'], preload: false };
    const { violations } = await axe.run(document, how);
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
  });
}

/** Signs in through the page, as people do. */
export async function signIn(page: Page, root: string, username: string, password: string) {
  await page.goto(`${root}/login`);
  await page.fill('[name=username]', username);
  await page.fill('[name=password]', password);
  await page.locator('main button').first().click();
  await page.waitForURL((url) => !url.pathname.endsWith('/login'));
}
