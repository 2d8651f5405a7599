/// <reference lib="dom" />
/** The way of a centre from an application to its work, by seven people, each in his own browser. */
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { inventedId } from '../../seeds/invented-id.ts';
import { openOfficer } from '../../seeds/neighbourhood.ts';
import { systemActor } from '../../src/access/actor.ts';
import { hashPassword } from '../../src/access/passwords.ts';
import { CORE_SEATS, type CoreSeat, type Role } from '../../src/access/powers.ts';
import { registerCounty } from '../../src/centres/counties.ts';
import { addProvince } from '../../src/provinces/catalogue.ts';
import { enter } from '../../src/provinces/enter.ts';
import { dayInTehran } from '../../src/values/jalali-date.ts';
import { wordsFor } from '../../src/words.ts';
import { hasPoppler, linesOf, textOf } from '../paper/read.ts';
import { openBrowser } from '../support/browser.ts';
import { type Started, startSite } from '../support/server.ts';
import { type Filled, type Visitor, visitorAt } from '../support/visitor.ts';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const PASSWORD = 'raah-e-noor-1405';
const CENTRE = '/centres/golshan';
const t = wordsFor('fa');

const OFFICERS = { head: 'county-head', security: 'security', selection: 'selection' } as const;
type Officer = keyof typeof OFFICERS;

const NAMES: Record<CoreSeat, string> = {
  chair: 'یونس راه‌پیما',
  'vice-chair': 'ایوب همراه‌پور',
  'admin-finance': 'حکیمه دفتردار',
  'benefactors-men': 'الیاس یاری‌رسان',
  'benefactors-women': 'آسیه یاری‌رسان',
  assemblies: 'اسحاق پیوندگر',
};
const WOMEN: CoreSeat[] = ['admin-finance', 'benefactors-women'];
const OTHERS = CORE_SEATS.filter((seat) => seat !== 'chair' && seat !== 'vice-chair');

describe('a centre, from an application to its work', function () {
  this.timeout(60_000);
  // Who fell on the way does not go on; mocha's own bail would stop every other file with it.
  let fallen = false;
  beforeEach(function () {
    if (fallen) this.skip();
  });
  afterEach(function () {
    fallen ||= this.currentTest?.state === 'failed';
  });
  let browser: Browser;
  let started: Started;
  let chair: Visitor;
  const at = {} as Record<Officer, Visitor>;
  const persons = {} as Record<CoreSeat, string>;
  const decrees = {} as Record<CoreSeat, string>;

  before(async function () {
    browser = await openBrowser(this);
    started = await startSite({ clock: () => NOW });
    const province = addProvince(started.site.catalogue, 'rah', 'استان راه');
    const passwordHash = await hashPassword(PASSWORD);
    await enter(province, (tx) => {
      const system = systemActor(NOW.toISOString(), dayInTehran(NOW));
      const county = registerCounty(tx, system, 'گلشن‌آباد');
      for (const [username, role] of Object.entries(OFFICERS) as [Officer, Role][]) {
        const countyId = role === 'county-head' ? county : null;
        const name = t(`common:roles.${role}`);
        openOfficer(tx, system, { username, name, role, countyId, passwordHash });
      }
    });
    const officers = Object.keys(OFFICERS) as Officer[];
    await Promise.all(
      officers.map(async (username) => {
        at[username] = await visitorAt(browser, root(), { username, password: PASSWORD });
      }),
    );
  });
  after(async () => {
    await browser?.close();
    await started?.close();
  });

  const root = () => `${started.address}/rah`;

  /** What the page of the way says is next, and whose turn it is. */
  async function expectNext(step: string, ...turn: string[]) {
    await at.head.open(`${CENTRE}/opening`);
    const next = at.head.page.locator('li[data-step=next]');
    const title = ((await next.locator('h2, h3').first().textContent()) ?? '').trim();
    expect(title).to.equal(t(`opening:steps.${step}.title`));
    const said = await next.locator('p').first().textContent();
    for (const one of turn) expect(said, step).to.contain(one);
  }

  const head = () => t('common:roles.county-head');
  const seat = (one: CoreSeat) => t(`board:seats.${one}`);

  it('is asked for, reviewed, approved and registered', async () => {
    const { open, send, page, text } = at.head;
    await open('/applications/new');
    expect(await page.getAttribute('html', 'dir')).to.equal('rtl');
    await send('/applications', {
      ...{ name: 'یونس راه‌پیما', mobile: '۰۹۱۵۰۰۰۰۱۰۱', place: 'محلهٔ گلشن' },
      ...{ speaksFor: 'نمازگزاران مسجد گلشن', host: t('centres:hosts.mosque') },
      ...{ hostName: 'مسجد گلشن', plan: 'کارگاه خیاطی برای زنان سرپرست خانوار محله' },
    });
    await send('/steps', { state: 'under-review' });
    await send('/steps', { state: 'approved', number: '۱۴۰۵/۷۷' });
    await page.click('main a[href*="/centres/new?application="]');
    await page.waitForURL(/\/centres\/new/);
    await send('/rah/centres', {
      ...{ name: 'مرکز نیکوکاری گلشن', code: 'golshan', host: 'mosque', hostName: 'مسجد گلشن' },
      ...{ imamName: 'حمزه پیش‌نماز', imamPhone: '۰۵۱۳۰۰۰۰۱۲۸', place: 'محلهٔ گلشن' },
      ...{ address: 'خیابان گلشن، مسجد گلشن', lat: '۳۶٫۳۰۱', lon: '۵۹٫۶۰۱' },
    });
    expect(await text()).to.contain('مرکز نیکوکاری گلشن');
    await expectNext('board', head());
  });

  it('is refused its licence so long, with the clause', async () => {
    await at.head.open(`${CENTRE}/licence`);
    expect(await at.head.text()).to.contain('B-33');
    expect(await at.head.page.locator('main form[action$="/licence"]').count()).to.equal(0);
  });

  it('has six proposed for its board, cleared by both offices', async () => {
    for (const [n, one] of CORE_SEATS.entries()) {
      await at.head.open(`${CENTRE}/opening/board`);
      await at.head.send('/opening/board', {
        ...{ seat: one, name: NAMES[one], nationalId: inventedId(700 + n) },
        gender: WOMEN.includes(one) ? 'woman' : 'man',
      });
    }
    const links = at.head.page.locator('main a[href*="/persons/"]');
    const shown = await links.evaluateAll((all) =>
      all.map((one) => [one.textContent!.trim(), one.getAttribute('href')!] as const),
    );
    for (const one of CORE_SEATS) {
      persons[one] = shown.find(([name]) => name === NAMES[one])![1].replace('/rah', '');
    }
    await expectNext('board', t('common:roles.security'), t('common:roles.selection'));
    await Promise.all([clearAll('security'), clearAll('selection')]);
    await expectNext('premises', head());
  });

  async function clearAll(office: 'security' | 'selection') {
    for (const [n, one] of CORE_SEATS.entries()) {
      await at[office].open(persons[one]);
      const number = `${office === 'security' ? 'ح' : 'گ'}/${n + 1}`;
      await at[office].send('/clearances', { state: 'approved', number });
    }
  }

  it('has premises lent free of charge, and the nine pieces of equipment', async () => {
    const { open, send, page } = at.head;
    await open(`${CENTRE}/premises`);
    await send('/premises', {
      ...{ kind: 'mosque', owner: 'مسجد گلشن', address: 'خیابان گلشن، طبقهٔ همکف مسجد' },
      ...{ letterNumber: '۱۲/گ', letterOn: '۱۴۰۵/۰۸/۲۰', free: true },
    });
    await expectNext('equipment', head());
    await open(`${CENTRE}/equipment/several`);
    const kinds = await page.$$eval(
      'main form.sheet .field.ltr input, main form.sheet input',
      (all) =>
        all.map((one) => (one as HTMLInputElement).name).filter((name) => !name.startsWith('_')),
    );
    const pieces = kinds.filter((name) => !['givenBy', 'receivedOn'].includes(name));
    expect(pieces).to.have.length(9);
    await send('/several', Object.fromEntries(pieces.map((kind, n) => [kind, `${201 + n}`])));
    await expectNext('area', head());
  });

  it('has its area drawn with the keyboard alone, and approved', async () => {
    const { open, send, page } = at.head;
    await open(`${CENTRE}/boundary/new`);
    await page.waitForSelector('[data-map].leaflet-container');
    await page.locator('[data-map]').focus();
    for (const keys of [[], ['ArrowRight', 'ArrowRight'], ['ArrowDown'], ['ArrowLeft']]) {
      for (const key of keys) await page.keyboard.press(key);
      // The map glides to where the arrows send it.
      if (keys.length > 0) await page.waitForTimeout(350);
      await page.keyboard.press('Enter');
    }
    expect(await page.locator('[data-corners] tbody tr').count()).to.equal(4);
    await page.locator('.form-foot button').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/boundary\/1$/);
    await expectNext('area', head());
    await open(`${CENTRE}/boundary/1`);
    await send('/approval');
    await expectNext('survey', head());
  });

  it('is surveyed, and has its first volunteers and a charity unit', async () => {
    const { open, send } = at.head;
    await open(`${CENTRE}/network/surveys`);
    await send('/network/surveys');
    for (const box of ['strengths', 'weaknesses', 'open', 'hidden']) {
      await send('/points', { box, text: 'همسایگان یکدیگر را می‌شناسند' });
    }
    await send('/approval');
    await expectNext('people', head());
    for (const n of [1, 2, 3, 4, 5]) {
      await open(`${CENTRE}/network/volunteers/new`);
      const fields = ['social-work'];
      const told = { name: `یاور ${n} گلشن`, gender: n % 2 ? 'man' : 'woman', fields };
      await send('/network/volunteers', { ...told, isHonorary: true });
    }
    await open(`${CENTRE}/network/units/new`);
    await send('/network/units', {
      ...{ kind: 'mosque', name: 'واحد نیکوکاری مسجد گلشن', place: 'شبستان مسجد گلشن' },
      headName: 'حمزه پیش‌نماز',
    });
    await expectNext('training', head());
  });

  it('has its chair and the keeper of its books taught (B-121)', async () => {
    const { open, page } = at.head;
    for (const _ of ['chair', 'admin-finance']) {
      await expectNext('training', head());
      await open(`${CENTRE}/trainings`);
      // This form is filled in with Tab, arrows and Space alone.
      await page.locator('[name=person]').focus();
      // Whoever will use the program and is not trained stands chosen.
      await page.keyboard.press('Tab');
      await page.keyboard.type('مربی شهرستان');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await page.locator('[name=hours]').focus();
      await page.keyboard.type('6');
      await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
    }
    await expectNext('licence', head());
  });

  const licence: Filled = {
    ...{ number: '۱۴۰۵/۲۱/۰۸۷', from: '۱۴۰۵/۰۸/۳۰', to: '۱۴۰۶/۰۸/۲۹' },
    reason: 'مراحل تأسیس کامل است.',
  };

  it('is licensed, and its chair and vice-chair get their decrees', async () => {
    const { open, send, page } = at.head;
    await open(`${CENTRE}/licence`);
    await send('/licence', licence);
    await expectNext('committee-decrees', head());
    for (const one of ['chair', 'vice-chair'] as const) {
      await open(
        `${CENTRE}/board/decrees/new?seat=${one}&person=${persons[one].split('/').at(-1)}`,
      );
      await send('/board/decrees', { seat: one });
      await send('/issue');
      decrees[one] = new URL(page.url()).pathname.split('/').at(-1)!;
    }
    await expectNext('committee-decrees', seat('chair'), seat('vice-chair'));
    // The chair accepts with a user of his own, which is the committee's to open.
    const waiting = await page.locator('li[data-step=waiting]').allTextContents();
    expect(waiting.find((one) => one.includes(t('opening:steps.user.title')))).to.contain(head());
  });

  it('has a user for its chair, who signs in, takes a password of his own and accepts', async () => {
    const { open, send, page } = at.head;
    await open(`${CENTRE}/board/users`);
    await send('/board/users', { username: 'younes' });
    const password = (await page.locator('dd').nth(1).textContent())!.trim();
    chair = await visitorAt(browser, root(), { username: 'younes', password });
    await chair.page.fill('[name=current]', password);
    await chair.page.fill('[name=password]', PASSWORD);
    await chair.page.fill('[name=again]', PASSWORD);
    await Promise.all([
      chair.page.waitForEvent('domcontentloaded'),
      chair.page.locator('main button').first().click(),
    ]);
    await chair.open('/my-decrees');
    await chair.send('/acceptance', undertaking);
    // The vice-chair has no user: what he signed is recorded by the committee.
    await open(`${CENTRE}/board/decrees/${decrees['vice-chair']}`);
    await send('/acceptance', undertaking);
    await expectNext('board-decrees', seat('chair'));
  });

  const undertaking = { noPolitics: true, liability: true, honorary: true };

  it('gets its other four by the chair, after the committee coordinated them', async () => {
    for (const one of OTHERS) {
      await chair.open(
        `${CENTRE}/board/decrees/new?seat=${one}&person=${persons[one].split('/').at(-1)}`,
      );
      await chair.send('/board/decrees', { seat: one });
      decrees[one] = new URL(chair.page.url()).pathname.split('/').at(-1)!;
    }
    await expectNext('board-decrees', head());
    for (const one of OTHERS) {
      await at.head.open(`${CENTRE}/board/decrees/${decrees[one]}`);
      await at.head.send('/coordination', { answer: 'agreed' });
    }
    for (const one of OTHERS) {
      await chair.open(`${CENTRE}/board/decrees/${decrees[one]}`);
      await chair.send('/issue');
      await chair.send('/acceptance', undertaking);
      decrees[one] = new URL(chair.page.url()).pathname.split('/').at(-1)!;
    }
    await expectNext('activity-code', head());
  });

  it('gets its activity code, seal, introduction and account', async () => {
    const { open, send } = at.head;
    await open(`${CENTRE}/activity-code`);
    await send('/activity-code', { code: '09-1274' });
    await expectNext('seal', head(), seat('chair'));
    await open(`${CENTRE}/seal`);
    await send('/seal', { patternNumber: '۴۴', patternOn: '۱۴۰۵/۰۸/۳۰', keeper: 'chair' });
    await expectNext('introduction', head());
    await open(`${CENTRE}/bank-account`);
    await send('/bank-account/introduction');
    await expectNext('account', seat('chair'));
    await chair.open(`${CENTRE}/bank-account`);
    await chair.send('/bank-account', { accountNumber: '۳۰۰۰۱۰۰۰۰۷' });
  });

  it('has walked its whole way', async () => {
    await at.head.open(`${CENTRE}/opening`);
    const states = await at.head.page.$$eval('li[data-step]', (all) =>
      all.map((one) => one.getAttribute('data-step')),
    );
    expect(states).to.have.length(17);
    expect(new Set(states)).to.deep.equal(new Set(['done']));
    await chair.open(`${CENTRE}`);
    expect(await chair.text()).to.contain(t('centres:states.active'));
  });

  it('prints its licence, a decree of each form and its map sheet', async function () {
    if (!hasPoppler()) this.skip();
    const { open, page, pdf } = at.head;
    await open(`${CENTRE}/licence`);
    const paper = (await page.getAttribute('main a[href*="/papers/"]', 'href'))!.replace(
      '/rah',
      '',
    );
    const printed = textOf(await pdf(`${paper}.pdf`));
    expect(printed).to.contain('مرکز نیکوکاری گلشن').and.to.contain('۱۴۰۵/۲۱/۰۸۷');
    for (const one of ['chair', 'assemblies'] as const) {
      const lines = linesOf(await pdf(`${CENTRE}/board/decrees/${decrees[one]}.pdf`)).join(' ');
      expect(lines, one).to.contain(NAMES[one]);
      expect(lines, one).to.contain(seat(one));
    }
    await chair.open(`${CENTRE}/boundary/sheet`);
    await chair.send('/boundary/sheet');
    for (const form of ['a3', 'a4']) {
      const sheet = textOf(await chair.pdf(`${CENTRE}/boundary/sheet.pdf?form=${form}`));
      expect(sheet, form).to.contain('گلشن');
    }
  });
});
