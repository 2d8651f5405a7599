import { expect } from 'chai';
import { fillSection, openMonitoring, signResult } from '../../src/licence/monitorings.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { Reader } from '../support/reader.ts';
import { buildWorld, FOUNDED, PASSWORD, type Person, TODAY, type World } from '../support/world.ts';
import { decided, monitored, setDay } from './life.ts';

const END = addDays(FOUNDED, 364);
const HERE = '/centres/noor/licence';
let world: World;

type Answers = Partial<Record<Person | 'stranger', number>>;

const DECISION = { kind: 'suspend', number: 'د/۱', reason: 'نتیجهٔ پایش' };
const ASSET = {
  ...{ kind: 'furniture', description: 'میز تحریر', quantity: 2, value: 3_000_000 },
  ...{ disposal: 'gift', recipient: 'مسجد محله' },
};
const SCORED = { score: 70, findings: 'مرتب' };

/** Who is let do what, before anything is asked of the state: 409 and 422 are let on. */
const MATRIX: [string, object | undefined, Answers][] = [
  [`GET ${HERE}`, undefined, { reza: 200, maryam: 200, hadi: 200, inspector: 200, karim: 404 }],
  [`GET ${HERE}/decisions`, undefined, { zahra: 200, hadi: 200, sysadmin: 404, stranger: 401 }],
  [`GET ${HERE}/decisions/new`, undefined, { deputy: 404, hadi: 403, reza: 403, karim: 404 }],
  [`GET ${HERE}/renewal`, undefined, { reza: 200, inspector: 200, karim: 404, stranger: 401 }],
  [`GET ${HERE}/monitoring`, undefined, { reza: 200, zahra: 403, inspector: 200, security: 404 }],
  [`GET ${HERE}/assets`, undefined, { reza: 200, zahra: 403, hadi: 200, karim: 404 }],
  [
    'GET /monitoring',
    undefined,
    { security: 200, selection: 200, deputy: 200, reza: 403, hadi: 403 },
  ],
  [
    `POST ${HERE}/decisions`,
    DECISION,
    { hadi: 403, inspector: 403, reza: 403, karim: 404, stranger: 401, deputy: 409 },
  ],
  [
    `POST ${HERE}/monitoring`,
    {},
    { hadi: 403, reza: 403, security: 404, karim: 404, inspector: 201, deputy: 409 },
  ],
  [
    `POST ${HERE}/monitoring/1/sections`,
    SCORED,
    { hadi: 403, reza: 403, security: 404, inspector: 200, deputy: 200 },
  ],
  ['POST /monitoring/1/sections', SCORED, { hadi: 403, reza: 403, security: 422, sysadmin: 403 }],
  [
    `POST ${HERE}/monitoring/1/signing`,
    { conclusion: 'suspend' },
    { inspector: 403, hadi: 403, reza: 403, deputy: 200 },
  ],
  [
    `POST ${HERE}/assets`,
    ASSET,
    { maryam: 403, hadi: 403, inspector: 403, karim: 404, reza: 409, deputy: 409 },
  ],
  [`POST ${HERE}/assets/list`, {}, { reza: 403, inspector: 403, karim: 404, hadi: 409 }],
];

describe('who is let do what with a licence', () => {
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  for (const [line, body, answers] of MATRIX) {
    it(line, async () => {
      const [method, path] = line.split(' ') as [string, string];
      const asked = method === 'GET' ? `GET ${path}.json` : line;
      for (const [person, status] of Object.entries(answers)) {
        const who = person === 'stranger' ? null : (person as Person);
        const visit = await world.visit(who, asked, body);
        expect(visit.status, `${person}: ${visit.text.slice(0, 200)}`).to.equal(status);
      }
    });
  }
}).timeout(20_000);

describe('the pages of a licence', () => {
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  const page = async (person: Person, path: string, language = 'fa') => {
    const visit = await world.visit(person, `GET ${path}`, undefined, {
      ...{ accept: 'text/html', cookie: `language=${language}` },
    });
    expect(visit.status, `${path} ${visit.text.slice(0, 300)}`).to.equal(200);
    return visit.text;
  };

  it('take a centre from a monitoring to a suspension and back, as a program does', async () => {
    const opened = await world.visit('inspector', `POST ${HERE}/monitoring`, {});
    expect(opened.status).to.equal(201);
    const { id } = opened.json<{ id: number }>();
    const scored = { score: '۷۱', findings: 'دفترها مرتب است' };
    const filled = await world.visit('inspector', `POST ${HERE}/monitoring/${id}/sections`, scored);
    expect(filled.json()).to.include({ office: 'supervision', score: 71 });
    const conclusion = { conclusion: 'suspend' };
    const signed = await world.visit('deputy', `POST ${HERE}/monitoring/${id}/signing`, conclusion);
    expect(signed.status).to.equal(200);
    const decision = await world.visit('deputy', `POST ${HERE}/decisions`, DECISION);
    expect(decision.status).to.equal(201);
    expect(decision.headers.get('location')).to.equal(`/toos${HERE}`);
    const again = await world.visit('deputy', `POST ${HERE}/decisions`, {
      ...DECISION,
      number: '2',
    });
    expect(again.status).to.equal(409);
    expect(again.json()).to.include({ clause: 'B-109', mend: '/licence' });
    const licence = await world.visit('reza', `GET ${HERE}.json`);
    expect(licence.json()).to.include({ state: 'suspended', since: TODAY });
    const gift = { kind: 'cash', amount: 1000, fund: 'sadaqa', receivedOn: TODAY };
    const refused = await world.visit('maryam', 'POST /centres/noor/donations', gift);
    expect(refused.status).to.equal(409);
    expect(refused.json()).to.include({ clause: 'B-109' });
    const back = { kind: 'reinstate', number: '3', reason: 'رفع شد' };
    expect((await world.visit('deputy', `POST ${HERE}/decisions`, back)).status).to.equal(201);
    expect((await world.visit('maryam', 'POST /centres/noor/donations', gift)).status).to.equal(
      201,
    );
  });

  it('stand in every state, in both languages, with the decision over every page', async () => {
    const seen = async (text: string | null) => {
      for (const person of ['reza', 'deputy', 'hadi'] as const) {
        for (const language of ['fa', 'en']) {
          await page(person, HERE, language);
          await page(person, `${HERE}/renewal`, language);
          await page(person, `${HERE}/monitoring`, language);
          await page(person, `${HERE}/decisions`, language);
          await page(person, `${HERE}/assets`, language);
        }
      }
      const home = await page('reza', '/centres/noor');
      const board = await page('reza', '/centres/noor/board');
      if (text) expect(home).to.include(text).and.to.include('سبب نمونه');
      if (text) expect(board).to.include(text);
      expect(await page('deputy', '/centres')).to.include('نور');
    };
    await seen(null);
    decided(world, 'suspend');
    await seen('معلق است');
    decided(world, 'revoke');
    await seen('باطل شده است');
    decided(world, 'dissolve');
    await seen('در حال انحلال است');
    const unlisted = await page('deputy', `${HERE}/decisions/new?kind=finish`);
    expect(unlisted).to.include(`${HERE}/assets"`).and.not.include('name="reason"');
    for (const description of ['میز', 'صندلی']) {
      const listed = await world.visit('reza', `POST ${HERE}/assets`, { ...ASSET, description });
      expect(listed.status).to.equal(201);
    }
    expect(await page('hadi', `${HERE}/assets`)).to.include('امضای دوم');
    for (const id of [1, 2]) {
      const visit = await world.visit('hadi', `POST ${HERE}/assets/${id}/countersigning`, {});
      expect(visit.status).to.equal(200);
    }
    await page('hadi', `${HERE}/assets`);
    expect((await world.visit('hadi', `POST ${HERE}/assets/list`, {})).status).to.equal(201);
    await page('deputy', `${HERE}/assets`);
    await page('deputy', `${HERE}/decisions/new?kind=finish`);
    decided(world, 'finish');
    await seen('منحل شده است');
  }).timeout(20_000);

  it('show each decision with what it rests on and what it permits', async () => {
    const form = `action="/toos${HERE}/decisions"`;
    const asked = (kind: string) => page('deputy', `${HERE}/decisions/new?kind=${kind}`);
    for (const kind of ['suspend', 'revoke']) {
      expect(await asked(kind), kind)
        .to.include(`${HERE}/monitoring"`)
        .and.not.include(form);
    }
    expect(await asked('dissolve')).to.include(form);
    const { id } = openMonitoring(world.province.db, world.actor('deputy'), world.noor);
    expect(await asked('suspend'))
      .to.include(`${HERE}/monitoring/${id}"`)
      .and.not.include(form);
    fillSection(world.province.db, world.actor('inspector'), id, { score: 71, findings: 'یافته' });
    signResult(world.province.db, world.actor('deputy'), world.noor, id, 'suspend');
    expect(await asked('suspend')).to.include(form);
    expect(await asked('revoke')).to.not.include(form);
    monitored(world, 'renew');
    setDay(world, addDays(END, -50));
    for (const language of ['fa', 'en']) {
      expect(await page('deputy', `${HERE}/decisions/new?kind=renew`, language)).to.include(
        'licenceNumber',
      );
    }
  });

  it('keep what was typed when a step is refused, by a form without a script', async () => {
    const send = async (username: string, path: string, typed: Record<string, string>) => {
      const reader = new Reader(world.address);
      await reader.fill('/toos/login', '/toos/login', { username, password: PASSWORD });
      return reader.fill(`/toos${HERE}`, `/toos${HERE}${path}`, typed);
    };
    const refused = await send('deputy', '/decisions', DECISION);
    expect(refused.status).to.equal(409);
    expect(refused.text).to.include(DECISION.reason).and.to.include('B-109');
    await world.visit('deputy', `POST ${HERE}/monitoring`, {});
    const scored = await send('inspector', '/monitoring/1/sections', {
      score: '۱۲۰',
      findings: 'یافته',
    });
    expect(scored.status).to.equal(422);
    expect(scored.text).to.include('۱۲۰').and.to.include('یافته');
    decided(world, 'dissolve');
    const typed = { ...ASSET, quantity: '0', value: '۳٬۰۰۰' } as Record<string, string>;
    const asset = await send('reza', '/assets', typed);
    expect(asset.status).to.equal(422);
    expect(asset.text).to.include('میز تحریر');
    expect((await send('reza', '/assets', { ...typed, quantity: '1' })).status).to.equal(303);
  });

  it('let each office fill its section where it may look, and nobody another’s', async () => {
    await world.visit('deputy', `POST ${HERE}/monitoring`, {});
    const sections = '/monitoring/1/sections';
    const cleared = { state: 'approved', number: '12', decidedOn: '1405/08/30' };
    expect((await world.visit('security', `POST ${sections}`, cleared)).status).to.equal(200);
    const wordy = await world.visit('selection', `POST ${sections}`, { ...cleared, findings: 'x' });
    expect(wordy.status).to.equal(422);
    expect(wordy.json()).to.include({ clause: 'B-20' });
    const high = await world.visit('inspector', `POST ${sections}`, { score: 101, findings: 'x' });
    expect(high.status).to.equal(422);
    for (const language of ['fa', 'en']) {
      await page('security', '/monitoring', language);
      await page('security', '/monitoring/1', language);
      await page('inspector', `${HERE}/monitoring/1`, language);
      await page('deputy', `${HERE}/monitoring/1`, language);
    }
    // The board is told what was signed.
    expect((await world.visit('reza', `GET ${HERE}/monitoring/1`)).status).to.equal(404);
    await world.visit('inspector', `POST ${sections}`, SCORED);
    await world.visit('deputy', `POST ${HERE}/monitoring/1/signing`, { conclusion: 'none' });
    await page('reza', `${HERE}/monitoring/1`);
    await page('security', '/monitoring/1');
    expect((await world.visit('inspector', `POST ${sections}`, SCORED)).status).to.equal(409);
  });

  it('give the lists in every format, and the centres by their state', async () => {
    decided(world, 'suspend');
    for (const path of [
      `${HERE}/decisions`,
      `${HERE}/monitoring`,
      `${HERE}/assets`,
      '/monitoring',
    ]) {
      for (const format of ['json', 'csv', 'xlsx', 'pdf']) {
        const visit = await world.visit('deputy', `GET ${path}.${format}`);
        expect(visit.status, `${path}.${format}`).to.equal(200);
      }
    }
    const suspended = await world.visit('deputy', 'GET /centres.csv?state=suspended');
    expect(suspended.text).to.include('noor').and.not.include('sepid');
    const listed = await world.visit('hadi', 'GET /centres.json?state=suspended');
    const { rows } = listed.json<{ rows: { code: string; state: string }[] }>();
    expect(rows.map(({ code, state }) => [code, state])).to.deep.equal([['noor', 'suspended']]);
  });

  it('print the paper of a licence once, also of one that was given before', async () => {
    const { id } = world.province.db.$client
      .prepare('SELECT id FROM licences WHERE centre_id = ?')
      .get(world.noor.id) as { id: number };
    const address = `POST ${HERE}/licences/${id}/paper`;
    expect((await world.visit('reza', address, {})).status).to.equal(403);
    const printed = await world.visit('hadi', address, {});
    expect(printed.status).to.equal(201);
    const { paperId } = printed.json<{ paperId: number }>();
    expect((await world.visit('hadi', address, {})).status).to.equal(409);
    const pdf = await world.visit('hadi', `GET /centres/noor/papers/${paperId}.pdf`);
    expect(pdf.status).to.equal(200);
    expect(await page('hadi', HERE)).to.include(`/papers/${paperId}`);
  });

  it('renew from the form’s own fields, and say the missing ones by name', async () => {
    setDay(world, addDays(END, -50));
    monitored(world, 'renew');
    const renewal = { kind: 'renew', number: 'ت', reason: 'نتیجهٔ پایش' };
    const missing = await world.visit('deputy', `POST ${HERE}/decisions`, renewal);
    expect(missing.status).to.equal(422);
    const { errors } = missing.json<{ errors: { field: string }[] }>();
    expect(errors.map(({ field }) => field)).to.deep.equal(['licenceNumber', 'to']);
    const whole = { ...renewal, licenceNumber: 'م/۲', to: addDays(END, 365) };
    expect((await world.visit('deputy', `POST ${HERE}/decisions`, whole)).status).to.equal(201);
    const { state, until } = (await world.visit('reza', `GET ${HERE}.json`)).json<{
      state: string;
      until: string;
    }>();
    expect([state, until]).to.deep.equal(['active', addDays(END, 365)]);
  });
}).timeout(20_000);
