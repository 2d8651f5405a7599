/// <reference lib="dom" />
/** Somebody at a browser of his own, who opens pages, fills in forms and presses their buttons. */
import { expect } from 'chai';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { signIn } from './browser.ts';

/** What is typed or chosen, field by field; a list ticks several boxes of one name. */
export type Filled = Record<string, string | boolean | string[]>;

export type Visitor = {
  page: Page;
  context: BrowserContext;
  open: (path: string) => Promise<void>;
  /** Fills in the form that goes to this address and presses its first button. */
  send: (action: string, filled?: Filled) => Promise<void>;
  /** The same, where the page has to refuse; answers what it says. */
  refused: (action: string, filled?: Filled) => Promise<string>;
  text: (selector?: string) => Promise<string>;
  pdf: (path: string) => Promise<Buffer>;
};

/** Opens a context of his own, right to left and in Persian, signed in when he is told how. */
export async function visitorAt(
  browser: Browser,
  root: string,
  as?: { username: string; password: string },
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const visitor: Visitor = {
    ...{ page, context },
    open: async (path) => {
      const response = await page.goto(root + path);
      expect(response?.status(), path).to.equal(200);
    },
    send: async (action, filled = {}) => {
      await press(page, action, filled);
      expect(await refusalOn(page), `${action} ${JSON.stringify(filled)}`).to.equal('');
    },
    refused: async (action, filled = {}) => {
      await press(page, action, filled);
      return refusalOn(page);
    },
    text: async (selector = 'main') => (await page.textContent(selector)) ?? '',
    pdf: async (path) => {
      const response = await context.request.get(root + path);
      expect(response.status(), path).to.equal(200);
      expect(response.headers()['content-type'], path).to.contain('application/pdf');
      return response.body();
    },
  };
  if (as) await signIn(page, root, as.username, as.password);
  return visitor;
}

async function press(page: Page, action: string, filled: Filled): Promise<void> {
  const form = page.locator(`main form[action$="${action}"]`).first();
  for (const [name, value] of Object.entries(filled)) await fill(page, form, name, value);
  // A button in a fold is seen once the fold is open.
  const button = form.locator('button:not([type=button])').first();
  await unfold(page, button);
  await Promise.all([page.waitForEvent('domcontentloaded'), button.click()]);
}

async function fill(page: Page, form: Locator, name: string, value: Filled[string]): Promise<void> {
  const fields = form.locator(`[name="${name}"]:not([type=hidden])`);
  const field = fields.first();
  await unfold(page, field);
  const kind = await field.evaluate((one) => (one as HTMLInputElement).type);
  if (Array.isArray(value)) {
    for (const one of value) await form.locator(`[name="${name}"][value="${one}"]`).check();
  } else if (kind === 'radio') await form.locator(`[name="${name}"][value="${value}"]`).check();
  else if (typeof value === 'boolean') await field.setChecked(value);
  else if (kind === 'select-one') await field.selectOption({ label: value });
  else await field.fill(value);
}

/** Opens the folds that this lies in, by their summaries. */
async function unfold(page: Page, inside: Locator): Promise<void> {
  const closed = inside.locator('xpath=ancestor::details[not(@open)]');
  while ((await closed.count()) > 0) await closed.first().locator('summary').first().click();
  await page.evaluate(() => undefined);
}

async function refusalOn(page: Page): Promise<string> {
  const alert = page.locator('main [role=alert]:not([data-state=warn])').first();
  return (await alert.count()) > 0 ? ((await alert.textContent()) ?? '').trim() : '';
}
