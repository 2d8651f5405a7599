import { expect } from 'chai';
import { TEMPLATE_KINDS } from '../../src/templates/kinds.ts';
import type { Template } from '../../src/templates/templates.ts';
import { templateVersions } from '../../src/templates/templates.ts';
import { hasPoppler, pagesOf, textOf } from '../paper/read.ts';
import { Reader } from '../support/reader.ts';
import { buildWorld, PASSWORD, type Person, TODAY, type World } from '../support/world.ts';

let world: World;
let deputy: Reader;
before(async () => {
  world = await buildWorld();
  deputy = new Reader(world.address);
  await deputy.fill('/toos/login', '/toos/login', { username: 'deputy', password: PASSWORD });
});
after(() => world.close());

const wording = () => templateVersions(world.province.db, 'licence').at(-1)!.wording;
/** As a browser sends the editor's form. */
const send = (to: string, fields: Record<string, string>) =>
  deputy.fill('/toos/templates/licence', `/toos${to}`, fields);

const READS = { deputy: 200, hadi: 200, inspector: 200, reza: 403, sysadmin: 403, security: 403 };
const MATRIX: [string, Partial<Record<Person, number>>][] = [
  ['GET /templates', READS],
  ['GET /templates/licence', READS],
  ['GET /templates/licence/preview', READS],
  ['GET /templates/citations', READS],
  ['GET /templates/citations/fifth-plan', READS],
  ['GET /templates/board-name', READS],
  ['GET /templates/memorandum', READS],
  ['GET /templates/no-such', { deputy: 404, reza: 403 }],
  ['GET /templates/citations/no-such', { deputy: 404 }],
  ['GET /templates/licence?version=9', { deputy: 404 }],
  ['POST /templates/licence', { hadi: 403, inspector: 403, reza: 403, sysadmin: 403 }],
  ['POST /templates/licence/preview', { hadi: 403, inspector: 403, reza: 403 }],
  ['POST /templates/citations', { hadi: 403, inspector: 403, reza: 403 }],
  ['POST /templates/citations/statute', { hadi: 403, inspector: 403 }],
  ['POST /templates/board-name', { hadi: 403, inspector: 403, reza: 403 }],
  ['POST /templates/memorandum', { hadi: 403, inspector: 403, reza: 403 }],
];

describe('the pages of the province’s wording', () => {
  for (const [line, expected] of MATRIX) {
    it(`${line} is for those it is for`, async () => {
      for (const [person, status] of Object.entries(expected)) {
        const body = line.startsWith('POST') ? {} : undefined;
        const visit = await world.visit(person as Person, line, body);
        expect(visit.status, person).to.equal(status);
      }
    });
  }

  it('list every kind of paper with its version, in every format', async () => {
    const { json } = await world.visit('deputy', 'GET /templates.json');
    const { templates } = json<{ templates: { kind: string; version: number }[] }>();
    expect(templates).to.have.length(TEMPLATE_KINDS.length);
    const csv = await world.visit('inspector', 'GET /templates.csv');
    expect(csv.text.split('\n')[0]).to.include('kind,version,fromOn,setBy');
    expect((await world.visit('deputy', 'GET /templates.xlsx')).status).to.equal(200);
    expect((await world.visit('deputy', 'GET /templates.pdf')).status).to.equal(200);
  });

  it('take a new version from a program, and show it as in force', async () => {
    const body = { ...wording(), closing: 'در پناه خدا.', copies: ['بایگانی'] };
    const set = await world.visit('deputy', 'POST /templates/licence', body);
    expect(set.status).to.equal(200);
    expect(set.json()).to.deep.include({ version: 1, fromOn: TODAY });
    const { versions } = (await world.visit('hadi', 'GET /templates/licence.json')).json<{
      versions: Template[];
    }>();
    expect(versions[0]!.wording).to.deep.include({ copies: ['بایگانی'] });
  });

  it('take a new version from the form, its placeholders by their Persian names', async () => {
    const answer = await send('/templates/coordination-answer', {
      ...{ title: 'پاسخ', subject: '', greeting: 'سلام علیکم؛', closing: '', copies: 'بایگانی' },
      paragraphs: 'حکم {{نام شخص}} برای {{سمت}}:\n\n{{ پاسخ }}.',
    });
    expect(answer.status).to.equal(303);
    const [newest] = templateVersions(world.province.db, 'coordination-answer');
    expect(newest!.wording.paragraphs).to.deep.equal([
      'حکم {{person}} برای {{seat}}:',
      '{{answer}}.',
    ]);
    const page = await world.visit('deputy', 'GET /templates/coordination-answer', undefined, {
      cookie: 'language=fa',
    });
    expect(page.text).to.include('حکم {{نام شخص}} برای {{سمت}}');
  });

  it('refuse what the bylaw wants said, keeping what was typed', async () => {
    const form = { title: 'حکم', paragraphs: 'بی جملهٔ لازم {{سمت}}', copies: '' };
    const { status, text } = await send('/templates/decree-centre', form);
    expect(status).to.equal(422);
    expect(text).to.include('بی جملهٔ لازم').and.to.include('B-46').and.to.include('افتخاری');
    const told = await world.visit('deputy', 'POST /templates/decree-centre', form);
    expect(told.json()).to.include({ status: 422, clause: 'B-46' });
  });

  it('show what is being written, as page and as PDF, and keep nothing of it', async function () {
    if (!hasPoppler()) this.skip();
    const body = { ...wording(), closing: 'پایانی که هنوز ثبت نشده است.' };
    const before = templateVersions(world.province.db, 'licence').length;
    const fields = {
      ...{ title: body.title, subject: body.subject, greeting: '', closing: body.closing },
      ...{ paragraphs: body.paragraphs.join('\n'), copies: '', citations: 'statute' },
    };
    const page = await send('/templates/licence/preview', fields);
    expect(page.text).to.include(body.closing);
    const printed = await fetch(`${world.address}/toos/templates/licence/preview.pdf`, {
      ...{ method: 'POST', body: JSON.stringify(body) },
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${world.tokens.deputy}`,
      },
    });
    const text = textOf(Buffer.from(await printed.arrayBuffer()));
    expect(text).to.include('نمونه، فاقد اعتبار').and.to.include('پایانی که هنوز');
    expect(templateVersions(world.province.db, 'licence')).to.have.length(before);
  });

  it('print a specimen of every kind, marked as such and without a code', async function () {
    if (!hasPoppler()) this.skip();
    this.timeout(20_000);
    const { templates } = (await world.visit('deputy', 'GET /templates.json')).json<{
      templates: { kind: string }[];
    }>();
    for (const { kind } of templates) {
      const answer = await fetch(`${world.address}/toos/templates/${kind}/preview.pdf`, {
        headers: { authorization: `Bearer ${world.tokens.hadi}` },
      });
      const pdf = Buffer.from(await answer.arrayBuffer());
      expect(textOf(pdf), kind).to.include('نمونه، فاقد اعتبار').and.not.to.include('کد استعلام');
      expect(pagesOf(pdf), kind).to.be.within(1, 2);
    }
  });

  it('add a basis, renew one, and name the board and the memorandum', async () => {
    const basis = { title: 'بخش‌نامهٔ تازه', words: 'بخش‌نامهٔ شمارهٔ ۵', validTo: '1410/01/01' };
    const added = await world.visit('deputy', 'POST /templates/citations', basis);
    expect(added.status).to.equal(201);
    expect(added.json()).to.include({ key: 'basis-1', version: 1, validTo: '2031-03-21' });
    const renewed = await world.visit('deputy', 'POST /templates/citations/statute', basis);
    expect(renewed.json()).to.include({ key: 'statute', clause: 'B-8', version: 1 });
    const turned = { ...basis, validFrom: '1411/01/01' };
    const refused = await world.visit('deputy', 'POST /templates/citations', turned);
    expect(refused.json()).to.include({ status: 422, clause: 'B-10' });
    const board = await world.visit('deputy', 'POST /templates/board-name', { name: 'executive' });
    expect(board.json()).to.include({ name: 'executive' });
    const home = await world.visit('reza', 'GET /centres/noor/board', undefined, {
      cookie: 'language=fa',
    });
    expect(home.text).to.include('هیئت عامل').and.not.to.include('هیئت امنا');
    const memorandum = {
      firstParty: 'الف ب',
      secondParty: 'ب پ',
      number: '7',
      signedOn: '1404/01/01',
    };
    const recorded = await world.visit('deputy', 'POST /templates/memorandum', memorandum);
    expect(recorded.json()).to.include({ version: 2, signedOn: '2025-03-21' });
    const profile = await world.visit('reza', 'GET /centres/noor/profile');
    expect(profile.text).to.include('الف ب');
  });
});
