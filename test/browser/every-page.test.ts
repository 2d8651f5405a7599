/// <reference lib="dom" />
/**
 * Every address that shows a page, as the reader it is for: answers 200 in both languages, passes axe,
 * is no wider than a phone or a desk, and says nothing on the console. An address that is neither
 * visited here nor excused by name fails.
 */
import { expect } from 'chai';
import type { Router } from 'express';
import type { Browser, Page } from 'playwright-core';
import { fillPlaces } from '../../seeds/places.ts';
import { buildApp } from '../../src/app.ts';
import { receiveApplication } from '../../src/applications/applications.ts';
import { formAssembly } from '../../src/assemblies/assemblies.ts';
import { holdMeeting } from '../../src/assemblies/meetings.ts';
import { requestChange } from '../../src/board/changes.ts';
import { holdersOn } from '../../src/board/decree-rows.ts';
import { draftHandover } from '../../src/board/handovers.ts';
import { draftEntry } from '../../src/books/drafts.ts';
import { sealBook } from '../../src/books/sealed-books.ts';
import { recordPart } from '../../src/boundary/area-parts.ts';
import { recordLandmark } from '../../src/boundary/landmarks.ts';
import { issueSheet } from '../../src/boundary/map-sheets.ts';
import { insidePoint } from '../../src/boundary/measure.ts';
import { importOutlines } from '../../src/boundary/outline-sets.ts';
import { requestPermit } from '../../src/boundary/permits.ts';
import { boundaryOn } from '../../src/boundary/versions.ts';
import { installBox } from '../../src/boxes/boxes.ts';
import { countBox } from '../../src/boxes/openings.ts';
import { peopleOf } from '../../src/boxes/people.ts';
import { planRound } from '../../src/boxes/rounds.ts';
import { fillBatch, openBatch } from '../../src/donations/batches.ts';
import { recordDeposit } from '../../src/donations/deposits.ts';
import { findReceipt, issueReceipt } from '../../src/donations/receipts.ts';
import { answerExperience, writeExperience } from '../../src/experiences/experiences.ts';
import { countClerk } from '../../src/fitra/counts.ts';
import { enterFitra } from '../../src/fitra/gifts.ts';
import { setRate } from '../../src/fitra/rates.ts';
import { changeIntention } from '../../src/funds/intentions.ts';
import { recordPermission } from '../../src/funds/permissions.ts';
import { keepImport } from '../../src/imports/imports.ts';
import { sha256Of } from '../../src/imports/work.ts';
import { enterInstitution } from '../../src/institutions/institutions.ts';
import { openMonitoring } from '../../src/licence/monitorings.ts';
import { makePledge } from '../../src/pledges/pledges.ts';
import { enter } from '../../src/provinces/enter.ts';
import { registerBook } from '../../src/receiptbooks/books.ts';
import { referCase } from '../../src/supervision/cases.ts';
import { fileCase, publicActor } from '../../src/supervision/filing.ts';
import { recordInspection } from '../../src/supervision/inspections.ts';
import { CHECKLIST, type Found } from '../../src/supervision/schema.ts';
import { askSupport } from '../../src/support/requests.ts';
import { addressesOf } from '../../src/web/addresses.ts';
import { workBank } from '../bank/worked.ts';
import { layGoods } from '../goods/goods.ts';
import { serveToo } from '../network/serving.ts';
import { layPack } from '../packs/laid.ts';
import { layOutgoing } from '../payments/laid.ts';
import { axeViolations, openBrowser, readyForAxe } from '../support/browser.ts';
import { buildWorld, NOW, type Person, TODAY, type World } from '../support/world.ts';

/** Addresses that show no page of their own, each with the reason. */
const EXCUSED = new Map([
  ['/healthz', 'for machines'],
  ['/openapi', 'for programs'],
  ['/language/{to}', 'sets a cookie and goes back'],
  ['/{province}/language/{to}', 'sets a cookie and goes back'],
  ['/{province}', 'goes on to the first page'],
  ['/{province}/held', 'shows a form that was kept; its own test signs in again'],
  ['/{province}/login/code', 'asked between password and page; its own test goes through it'],
  ['/{province}/centres/{code}/donations/donors/search', 'rows for the search field'],
  ['/{province}/centres/{code}/donations/boxes/people', 'rows for the search field'],
  ['/{province}/centres/{code}/boundary/neighbours', 'outlines for the map'],
  ['/{province}/centres/{code}/seal/{seal}/image', 'an image, and never a page'],
  ...[
    '/{province}/templates/memorandum/{version}',
    '/{province}/centres/{code}/payments/{payment}',
    '/{province}/centres/{code}/books/journal/{number}',
    '/{province}/centres/{code}/institutions/{institution}/agreements/{agreement}',
    '/{province}/centres/{code}/funds/permissions/{permission}',
    '/{province}/centres/{code}/donations/receipts/{number}',
    '/{province}/centres/{code}/donations/cheques/{number}',
    '/{province}/centres/{code}/donations/boxes/openings/{opening}',
    '/{province}/centres/{code}/deliveries/{delivery}',
    '/{province}/centres/{code}/books/bank/statements/{statement}',
  ].flatMap((subject): [string, string][] => [
    [`${subject}/attachments`, 'data only; a reader is sent to the page of its subject'],
    [`${subject}/attachments/{attachment}`, 'a file to keep, and never a page'],
  ]),
  ['/{province}/centres/{code}/donations/eid/totals', 'sums for the Eid screen'],
  [
    '/{province}/centres/{code}/donations/pledges/reminders/slips',
    'slips to print, and never a page',
  ],
  [
    '/{province}/centres/{code}/donations/pledges/{pledge}/reminders/{reminder}',
    'a slip to print; a reader is sent to the page of its pledge',
  ],
  ['/{province}/centres/{code}/goods/labels', 'a sheet to print, and never a page'],
  ['/{province}/centres/{code}/goods/lots/{lot}/label', 'a label to print, and never a page'],
  ['/{province}/centres/{code}/imports/templates/{what}', 'a file to fill in, and never a page'],
  ['/{province}/centres/{code}/imports/{import}/faults', 'a file to mend, and never a page'],
  ['/{province}/centres/{code}/imports/{import}/progress', 'how far it is, for its page'],
  ['/{province}/outlines/near', 'outlines for the map'],
  ['/{province}/tiles/{z}/{x}/{y}', 'pictures for the map'],
]);

const PHONE = 360;
const DESK = 1280;

/** So many pages are looked at at the same time. */
const AT_ONCE = 3;

const LANDMARK = 'SELECT id FROM landmarks WHERE centre_id IS NOT NULL';
const COUNTY_LANDMARK = 'SELECT id FROM landmarks WHERE centre_id IS NULL';
const CHEQUE = "SELECT year || '-' || printf('%06d', number) FROM cheques";
const INTRODUCTION = "SELECT year || '-' || printf('%04d', number) FROM introductions";

/** Who is meant to read the pages of an address; the chair unless said. */
const READERS: [RegExp, Person | null][] = [
  [/^\/\{province\}\/(committee-rates|eid-days|funds\/(new|\{fund\}\/edit))/, 'deputy'],
  [/^\/\{province\}\/(boundaries|outlines|landmarks)/, 'hadi'],
  [/^\/(verify.*)?$/, null],
  [/^\/\{province\}\/(login|complaints)/, null],
  [
    /^\/\{province\}\/(users|settings|payment-rules|counties|doctor|denominations|fitra-rates|channel-services|opening-rules|late-days|waste-limits|templates)/,
    'deputy',
  ],
  [/^\/\{province\}\/(applications|compliance|supervision|persons|centres$|centres\/new)/, 'hadi'],
  [/\/licence\/decisions\/new/, 'deputy'],
  [/^\/\{province\}\/registration-rules/, 'deputy'],
  [/\/budget\/plans\/new/, 'maryam'],
  [/^\/\{province\}\/monitoring|\/inspections\/new/, 'inspector'],
  [/^\/\{province\}\/reports\/network/, 'hadi'],
  [/\/(licence|activity-code|profile|bank-account)/, 'hadi'],
];

describe('every page', function () {
  this.timeout(600_000);
  let browser: Browser;
  let world: World;
  let receipt: string;
  let verifyCode: string;
  let draft: number;

  before(async function () {
    browser = await openBrowser(this);
    world = await buildWorld();
    const { noor, province } = world;
    const bytes = Buffer.from('نام و نام خانوادگی;کد ملی\nنیکوکار نمونه;12345679\n');
    const sheet = { what: 'donors' as const, name: 'list.csv', bytes, sha256: sha256Of(bytes) };
    ({ receipt, verifyCode, draft } = await enter(province, (tx) => {
      keepImport(tx, world.actor('maryam', noor), noor, sheet);
      const issued = issueReceipt(tx, world.actor('maryam', noor), noor, {
        ...{ amountRial: 12_500_000, fund: 'sadaqa', receivedOn: TODAY },
        donor: { name: 'بخشندهٔ نمونه', mobile: '09000000001' },
      });
      issueReceipt(tx, world.actor('maryam', noor), noor, {
        ...{ kind: 'cheque', amountRial: 2_000_000, fund: 'vow', receivedOn: TODAY },
        reference: { reference: '884421', bank: 'ملی', dueOn: TODAY },
      });
      recordDeposit(tx, world.actor('maryam', noor), noor, {
        ...{ reference: '140508', depositedOn: TODAY, amountRial: 3_000_000 },
      });
      const batch = openBatch(tx, world.actor('maryam', noor), noor, {
        ...{ words: 'پاکت‌ها', receivedOn: TODAY, controlCount: 1, controlRial: 5 },
      });
      const envelope = [{ amountRial: 5, fund: 'sadaqa' }];
      fillBatch(tx, world.actor('maryam', noor), noor, batch, envelope);
      layOutgoing(tx, noor, {
        ...{ finance: world.actor('maryam', noor), chair: world.actor('reza', noor) },
      });
      const lines = [
        { account: '1102', fund: 'sadaqa', debitRial: 100_000, creditRial: 0 },
        { account: '1101', fund: 'sadaqa', debitRial: 0, creditRial: 100_000 },
      ];
      const written = { entryOn: TODAY, description: 'واریز به بانک', lines };
      const { id: seated } = holdersOn(tx, noor.id, TODAY).get('assemblies')!;
      const asked = { kind: 'end' as const, personId: null, reason: 'استعفا' };
      requestChange(tx, world.actor('reza', noor), noor, { ...asked, decreeId: seated });
      const { id } = draftEntry(tx, world.actor('reza', noor), noor.id, written);
      draftHandover(tx, world.actor('reza', noor), noor, {
        ...{ giver: holdersOn(tx, noor.id, TODAY).get('admin-finance')!, taker: null },
        ...{ handoverOn: TODAY, reason: 'پایان همکاری' },
      });
      const days = { from: '2026-03-21', to: TODAY };
      const assembly = formAssembly(tx, world.actor('zahra', noor), noor, {
        ...{ kind: 'guilds', name: 'مجمع بازاریان', formedOn: TODAY },
      });
      holdMeeting(tx, world.actor('zahra', noor), noor, {
        ...{ metOn: TODAY, kind: 'working', subject: 'بازارچه', assemblies: [assembly.id] },
        ...{ noPolitics: true, resolutions: [{ resolution: 'اجارهٔ غرفه' }] },
      });
      layGoods(tx, world);
      enterInstitution(tx, world.actor('zahra', noor), noor, {
        typed: { name: 'نهاد نمونه', kind: 'state', offers: 'دورهٔ خیاطی' },
      });
      const experience = writeExperience(tx, world.actor('zahra', noor), noor, {
        ...{ title: 'بازارچهٔ خانگی', field: 'employment', deed: 'هر پنجشنبه در حیاط مسجد' },
        ...{ result: 'دوازده فروشنده', costRial: 5_000_000, askedSeat: 'chair', namesNobody: true },
      });
      const approval = { id: experience.id, answer: 'approved' as const, reason: null };
      answerExperience(tx, world.actor('hadi'), noor, approval);
      receiveApplication(tx, world.actor('hadi'), {
        ...{ countyId: noor.countyId, receivedOn: TODAY, asksFor: 'centre', name: 'متقاضی نمونه' },
        ...{ nationalId: null, mobile: '09000000002', speaksFor: 'اهالی مسجد', place: 'محله' },
        ...{ host: 'mosque', hostName: 'مسجد نمونه', goals: ['B-2'], plan: 'کارگاه خیاطی' },
      });
      const street = '{"type":"LineString","coordinates":[[59.6,36.3],[59.61,36.3]]}';
      const box = { west: 59.6, south: 36.3, east: 59.61, north: 36.3 };
      importOutlines(
        tx,
        world.actor('hadi'),
        {
          ...{ kind: 'street', countyId: noor.countyId, name: 'خیابان‌ها', source: 'نمونه' },
          ...{ attribution: '© Somebody', sha256: '' },
        },
        {
          outlines: [{ name: 'خیابان بهار', geometry: street, box }],
          leftOut: { 'other-shape': 0, 'nameless-point': 0, outside: 0, unreadable: 0 },
        },
      );
      for (const whose of [{ centre: noor }, { countyId: noor.countyId }]) {
        recordLandmark(tx, world.actor('hadi'), whose, {
          ...{ kind: 'school', name: 'مدرسهٔ نمونه' },
          geometry: { type: 'Point', coordinates: [59.605, 36.301] },
        });
      }
      const { area } = boundaryOn(tx, noor.id, TODAY)!;
      recordPart(tx, world.actor('hadi'), noor, { name: 'محلهٔ نمونه', area });
      const installed = installBox(tx, world.actor('reza', noor), noor, {
        ...{ kind: 'shop', fund: 'sadaqa', installedOn: TODAY, place: 'میدان بهار' },
        ...{ at: insidePoint(area), keeper: { kind: 'shop', name: 'نانوایی نمونه', mobile: null } },
      });
      const [first, second] = peopleOf(tx, noor.id, TODAY).map(({ key }) => key);
      const two = { first: first!, second: second! };
      const stops = { roundOn: TODAY, boxes: [installed.number], ...two };
      planRound(tx, world.actor('reza', noor), noor, stops);
      makePledge(tx, world.actor('reza', noor), noor, {
        ...{ donor: { name: 'بتول نمونه' }, fund: 'orphans', amountRial: 5_000_000 },
        ...{ repeats: 'monthly', firstOn: TODAY, sponsoredCode: 'F-12' },
      });
      countBox(tx, world.actor('maryam', noor), noor, installed.number, {
        ...{ openedOn: TODAY, ...two, account: '1101', totalRial: 300_000 },
        sheet: [{ form: 'note', faceRial: 100_000, pieces: 3 }],
      });
      registerBook(tx, world.actor('reza', noor), noor, {
        ...{ series: '', fromNumber: 101, toNumber: 125 },
      });
      setRate(tx, world.actor('deputy'), {
        ...{ lunarYear: 1448, staple: 'wheat', rateRial: 2_000_000, marja: 'مرجع نمونه' },
        ...{ source: 'اعلام دفتر', fromOn: TODAY },
      });
      const press = { persons: 4, fund: 'fitra-general', kind: 'cash' } as const;
      enterFitra(tx, world.actor('maryam', noor), noor, press);
      countClerk(tx, world.actor('maryam', noor), noor, {
        ...{ totalRial: 8_000_000, sheet: [{ form: 'note', faceRial: 1_000_000, pieces: 8 }] },
      });
      askSupport(tx, world.actor('reza', noor), { subject: 'چاپ', text: 'چاپ نشد', page: null });
      openMonitoring(tx, world.actor('deputy'), noor);
      issueSheet(tx, world.actor('reza', noor), noor);
      requestPermit(tx, world.actor('reza', noor), noor, {
        ...{
          kind: 'place',
          place: 'روستای نمونه',
          fromOn: TODAY,
          toOn: TODAY,
          reason: 'نیاز آن‌جا',
        },
      });
      fillPlaces(tx, world.actor('reza', noor), noor);
      serveToo(tx, world.actor('reza', noor), noor);
      workBank(tx, world);
      const dowry = { amountRial: 900_000, fund: 'dowry', receivedOn: TODAY };
      const given = issueReceipt(tx, world.actor('maryam', noor), noor, dowry).receipt;
      changeIntention(tx, world.actor('reza', noor), noor, {
        receipt: findReceipt(tx, noor.id, given),
        asked: {
          ...{ fromFund: 'dowry', toFund: 'sadaqa', amountRial: 400_000, account: '1101' },
          ...{ way: 'nearest', reason: 'عروسی به هم خورده است' },
        },
      });
      recordPermission(tx, world.actor('reza', noor), noor, {
        ...{ fund: 'khums-imam', givenBy: 'مرجع نمونه', number: '118', ceilingRial: 800_000 },
        ...{ fromOn: TODAY, toOn: TODAY, document: 'نامهٔ دفتر', uses: ['6101'] },
      });
      fileCase(tx, publicActor(NOW.toISOString(), TODAY), {
        ...{ kind: 'complaint', topic: 'receipts', centre: 'noor', text: 'رسید ندادند به من' },
        ...{ sender: null, contact: null },
      });
      referCase(tx, world.actor('inspector'), 1, { text: null, untilOn: TODAY });
      recordInspection(tx, world.actor('inspector'), noor, {
        ...{ visitedOn: TODAY, visitors: 'بازرس استان', note: null },
        checklist: Object.fromEntries(CHECKLIST.map((item) => [item, 'lacking'])) as Record<
          (typeof CHECKLIST)[number],
          Found
        >,
        findings: [{ text: 'نقشه روی دیوار نیست', dueOn: TODAY }],
      });
      sealBook(tx, world.actor('reza', noor), noor, { book: 'journal', ...days });
      return { ...issued, draft: id };
    }));
    await layPack(world);
  });
  after(async () => {
    await browser?.close();
    await world?.close();
  });

  const filled = (path: string) => {
    const { db } = world.province;
    const one = (sql: string) => String(db.$client.prepare(sql).pluck().get());
    return path
      .replace('/verify/{code}', `/verify/${verifyCode}`)
      .replace('{province}', 'toos')
      .replace('/centres/{code}', '/centres/noor')
      .replace('/receipts/{number}', `/receipts/${receipt}`)
      .replace('/cheques/{number}', `/cheques/${one(CHEQUE)}`)
      .replace('/deposits/{id}', `/deposits/${one('SELECT id FROM deposits')}`)
      .replace('/batches/{number}', '/batches/1')
      .replace('/donors/{id}', `/donors/${one('SELECT id FROM donors')}`)
      .replace(
        '/my-decrees/{decree}',
        `/my-decrees/${one("SELECT id FROM decrees WHERE seat = 'chair'")}`,
      )
      .replace('/drafts/{id}', `/drafts/${draft}`)
      .replace('/introductions/{number}', `/introductions/${one(INTRODUCTION)}`)
      .replace('/receipt-books/{book}', '/receipt-books/1')
      .replace('/eid/counts/{count}', '/eid/counts/1')
      .replace('{box}', '1')
      .replace('{pledge}', '1')
      .replace('{round}', '1')
      .replace('{opening}', '1')
      .replace('{piece}', one('SELECT id FROM equipment'))
      .replace('{monitoring}', one('SELECT id FROM monitorings'))
      .replace('{decree}', one("SELECT year || '-000' || number FROM decree_issues"))
      .replace('/lots/{lot}', '/lots/1')
      .replace('{announcement}', '1')
      .replace('/counts/{count}', '/counts/1')
      .replace('{assembly}', one('SELECT id FROM assemblies'))
      .replace('{meeting}', one('SELECT id FROM assembly_meetings'))
      .replace('{institution}', one('SELECT id FROM institutions'))
      .replace('{experience}', one('SELECT id FROM experiences'))
      .replace('{application}', one('SELECT id FROM applications'))
      .replace('/members/{person}', `/members/${one('SELECT person_id FROM decrees')}`)
      .replace('/intentions/{change}', '/intentions/1')
      .replace('/opening/{sheet}', '/opening/1')
      .replace('/funds/{fund}', '/funds/dowry')
      .replace('/permissions/{permission}', '/permissions/1')
      .replace('{change}', one('SELECT id FROM change_requests'))
      .replace('{handover}', one('SELECT id FROM handovers'))
      .replace('{person}', one('SELECT id FROM persons'))
      .replace('{card}', one('SELECT id FROM capacities'))
      .replace('{network}', 'housing')
      .replace('{assignment}', one('SELECT id FROM assignments'))
      .replace('/volunteers/{number}', '/volunteers/1')
      .replace('/units/{number}', '/units/1')
      .replace('/cards/{paper}', `/cards/${one('SELECT paper_id FROM volunteer_cards')}`)
      .replace('{referral}', '1405-0001')
      .replace('/support/{request}', '/support/1')
      .replace('/licences/{licence}', `/licences/${one('SELECT id FROM licences')}`)
      .replace('{training}', one('SELECT id FROM trainings'))
      .replace('{version}', '1')
      .replace('/boundary/sheet/{number}', '/boundary/sheet/1-1')
      .replace('/permits/{id}', `/permits/${one('SELECT id FROM permits')}`)
      .replace('/boundary/landmarks/{id}', `/boundary/landmarks/${one(LANDMARK)}`)
      .replace('/landmarks/{id}', `/landmarks/${one(COUNTY_LANDMARK)}`)
      .replace('/parts/{part}', `/parts/${one('SELECT id FROM area_parts')}`)
      .replace('/outlines/{set}', `/outlines/${one('SELECT id FROM outline_sets')}`)
      .replace('/templates/{kind}', '/templates/decree-centre')
      .replace('{citation}', 'fifth-plan')
      .replace('/papers/{paper}', `/papers/${one('SELECT paper_id FROM issued_letters')}`)
      .replace('{username}', 'hadi')
      .replace(/\/bank\/(\w+)\/\{\w+\}/, '/bank/$1/1')
      .replace('/imports/{import}', '/imports/1')
      .replace('/payments/{payment}', '/payments/2')
      .replace('/deliveries/{delivery}', '/deliveries/1')
      .replace('/payees/{payee}', '/payees/1')
      .replace('/recipients/{number}', '/recipients/1')
      .replace('/budget/plans/{plan}', '/budget/plans/1')
      .replace('/packs/{month}', '/packs/1405-07')
      .replace('/complaints/{case}', '/complaints/1')
      .replace('{inspection}', '1')
      .replace('{nth}', '1')
      .replace('/ledger/{account}', '/ledger/1101')
      .replace('/statements/{name}', '/statements/balance-sheet')
      .replace('/journal/{number}', '/journal/1405-1')
      .replace('/sealed/{number}', '/sealed/1405-0001');
  };

  it('is visited, well formed for everyone at desk and phone, and answers in English too', async () => {
    const app = buildApp(world.site);
    const pages = addressesOf(app.router as unknown as Router)
      .filter(({ method, path }) => method === 'get' && !EXCUSED.has(path))
      .map(({ path }) => path);
    const waiting = [...new Set(pages)].sort(byReader);
    const complaints: string[] = [];
    const lookers = Array.from({ length: AT_ONCE }, async () => {
      const desk: Desk = { person: undefined, page: undefined };
      for (let path = waiting.shift(); path; path = waiting.shift()) {
        complaints.push(...(await inspect(path, desk)));
      }
      await desk.page?.context().close();
    });
    await Promise.all(lookers);
    expect(complaints).to.deep.equal([]);
  });

  /** The page of somebody's browser; it keeps its scripts and fonts while the reader stays. */
  async function sitDown(desk: Desk, person: Person | null): Promise<Page> {
    if (desk.page && desk.person === person) return desk.page;
    await desk.page?.context().close();
    const token = person && world.tokens[person];
    const context = await browser.newContext({
      extraHTTPHeaders: token ? { authorization: `Bearer ${token}` } : {},
    });
    await readyForAxe(context);
    desk.person = person;
    desk.page = await context.newPage();
    return desk.page;
  }

  async function inspect(path: string, desk: Desk): Promise<string[]> {
    const page = await sitDown(desk, readerOf(path));
    const complaints: string[] = [];
    page.removeAllListeners('console');
    page.on('console', (said) => {
      if (said.type() === 'error') complaints.push(`${path}: ${said.text()}`);
    });
    // Axe looks where most people read; the rules it knows are the same in the other language.
    await page.setViewportSize({ width: PHONE, height: 900 });
    const address = filled(path);
    // A page that renews itself may be in the middle of that: then it is left at the second try.
    const go = () => page.goto(world.address + address);
    const response = await go().catch(go);
    if (response?.status() !== 200) return [`${response?.status()} ${address}`];
    complaints.push(...(await axeViolations(page)).map((said) => `${address} ${said}`));
    for (const width of [PHONE, DESK]) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) complaints.push(`${address} is ${wide} px wide at ${width}`);
    }
    const english = await page.request.get(world.address + address, {
      headers: { cookie: 'language=en' },
    });
    if (english.status() !== 200) complaints.push(`${english.status()} ${address} in English`);
    return complaints;
  }
});

type Desk = { person: Person | null | undefined; page: Page | undefined };

function readerOf(path: string): Person | null {
  const reader = READERS.find(([pattern]) => pattern.test(path));
  return reader ? reader[1] : 'reza';
}

/** Whoever reads a page goes on reading, so that his browser need not begin anew. */
function byReader(one: string, other: string): number {
  return String(readerOf(one)).localeCompare(String(readerOf(other)));
}
