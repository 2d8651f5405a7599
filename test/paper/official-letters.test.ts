import { expect } from 'chai';
import { findLetter, issueLetter, type LetterAsked } from '../../src/paper/letters.ts';
import type { OfficialLetter } from '../../src/paper/official-letter.ts';
import { officialLetterPdf } from '../../src/paper/official-letter-pdf.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { nextNumber } from '../../src/provinces/numbering.ts';
import { nameBoard } from '../../src/templates/board-name.ts';
import { setTemplate, templateOn } from '../../src/templates/templates.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';
import { print } from './papers.ts';
import { hasPoppler, infoOf, linesOf, pagesOf, textOf } from './read.ts';

let world: World;
before(async () => {
  world = await buildWorld();
});
after(() => world.close());

const db = () => world.province.db;
const asked = (more: Partial<LetterAsked> = {}): LetterAsked => ({
  ...{ centre: world.noor, kind: 'handover', head: 'centre' },
  values: {
    ...{ seat: 'مسئول امور اداری و مالی', outgoing: 'مریم نمونه', incoming: 'کاظم نمونه' },
    ...{ handoverOn: TODAY, differences: null },
  },
  addressee: ['ریاست محترم کمیته امداد', 'شهرستان اینجا'],
  deed: { kind: 'handover.tried', subject: 'tries/1', after: { tried: true } },
  ...more,
});
const issue = (more: Partial<LetterAsked> = {}, person: 'reza' | 'hadi' | 'karim' = 'reza') =>
  issueLetter(db(), world.actor(person, world.noor), asked(more));
const saysOf = (paperId: number): OfficialLetter => findLetter(db(), world.noor.id, paperId).says;
const lastNumber = () => nextNumber(db(), 'letter', world.noor.id, 1405) - 1;

const row = (n: number): (string | number | null)[] => [
  n,
  `دفتر شمارهٔ ${n}`,
  `105-${n}`,
  1_000 * n,
];
const table = (rows: number): OfficialLetter['tables'][number] => ({
  title: 'دفترها و موجودی',
  columns: [
    { title: 'ردیف', kind: 'count', width: 1 },
    { title: 'شرح', kind: 'text', width: 4 },
    { title: 'برچسب', kind: 'code', width: 2 },
    { title: 'مبلغ (ریال)', kind: 'rial', width: 2 },
  ],
  rows: Array.from({ length: rows }, (_, at) => row(at + 1)),
  total: [null, null, null, 500 * rows * (rows + 1)],
});

describe('an official letter', () => {
  it('takes the next number of the series that introductions count in', () => {
    const before = lastNumber();
    const letter = issue();
    expect(letter.number).to.equal(`1405-${String(before + 1).padStart(4, '0')}`);
    expect(lastNumber()).to.equal(before + 1);
    const { says, ...paper } = findLetter(db(), world.noor.id, letter.paperId);
    expect(paper).to.deep.include({ number: letter.number, kind: 'handover', code: letter.code });
    expect(says.paragraphs[0]).to.be.a('string').that.includes('مریم نمونه');
    expect(says.signer.office).to.equal('رئیس هیئت امنا');
  });

  it('keeps the words of its day, whatever the province says later', () => {
    const { paperId } = issue();
    const { wording } = templateOn(db(), 'handover', TODAY);
    const closing = 'پایان تازه';
    setTemplate(db(), world.actor('deputy'), 'handover', {
      ...{ fromOn: TODAY, wording: { ...wording, closing } },
    });
    nameBoard(db(), world.actor('deputy'), { name: 'executive', fromOn: TODAY });
    expect(saysOf(paperId)).to.include({ closing: '', template: 0 });
    expect(saysOf(paperId).signer.office).to.equal('رئیس هیئت امنا');
    const later = saysOf(issue().paperId);
    expect(later).to.include({ closing, template: 1 });
    expect(later.signer.office).to.equal('رئیس هیئت عامل');
  });

  it('is refused by the file without its number, its paper, its head or its county', () => {
    const { paperId, act } = issue();
    const insert = (number: string, head: string, user: number, paper = String(paperId)) =>
      db().$client.exec(
        `INSERT INTO issued_letters (centre_id, kind, head, year, number, issued_on, issued_by,
           paper_id, act_id)
         VALUES (${world.noor.id}, 'handover', '${head}', 1405, ${number}, '${TODAY}', ${user},
           ${paper}, ${act.id})`,
      );
    const { reza } = world.users;
    // The one trigger or the other is asked first.
    const unnumbered = /b132_number_without_gap|letter_is_its_paper/;
    expect(() => insert(`${lastNumber()}`, 'centre', reza)).to.throw(unnumbered);
    expect(() => insert(`${lastNumber() + 2}`, 'centre', reza)).to.throw(unnumbered);
    expect(() => insert(`${lastNumber() + 1}`, 'centre', reza, '1')).to.throw(
      'letter_is_its_paper',
    );
    const run = (sql: string) => () => db().$client.exec(sql);
    expect(run('UPDATE issued_letters SET head = 1')).to.throw('issued_letters_are_final');
    expect(run('DELETE FROM issued_letters')).to.throw('issued_letters_are_final');
    const undone = (deed: () => unknown) => () => db().$client.transaction(deed)();
    const underCommittee = undone(() => issue({ head: 'committee' }, 'reza'));
    expect(underCommittee).to.throw('committee_writes_under_its_head');
    expect(undone(() => issue({}, 'karim'))).to.throw('b17_own_county');
  });

  it('leaves nothing wrong for the doctor to find', () => {
    const findings = examine(db()).filter(({ name }) => /letter|template|papers/.test(name));
    expect(findings).to.have.length.above(3);
    expect(findings.filter(({ wrong }) => wrong !== null)).to.deep.equal([]);
  });
});

describe('an official letter on paper', () => {
  before(function () {
    if (!hasPoppler()) this.skip();
  });

  const drawn = (more: Partial<LetterAsked> = {}, mark = {}) => {
    const says = saysOf(issue(more).paperId);
    return officialLetterPdf(says, { ...print, ...mark });
  };

  it('has head, number, addressee, subject, text, signature, copies, code and hash', async () => {
    const { paperId, number, code } = issue();
    const pdf = await officialLetterPdf(saysOf(paperId), print);
    const lines = linesOf(pdf);
    const digits = number.replaceAll(/\d/g, (d) => String.fromCodePoint(0x6f0 + Number(d)));
    const text = textOf(pdf);
    for (const part of [
      ...['بسمه تعالی', 'مرکز نیکوکاری نور', 'صورت‌جلسهٔ تحویل و تحول', 'ریاست محترم کمیته امداد'],
      ...['جای مهر', 'رونوشت:', 'پروندهٔ مرکز، جهت بایگانی', digits, code, print.actHash],
    ]) {
      expect(text, part).to.include(part);
    }
    expect(lines).to.include('پیوست: ندارد');
    expect(infoOf(pdf)).to.match(/Tagged:\s+yes/);
    expect(pdf.toString('latin1')).to.include('/Lang (fa-IR)');
  });

  it('says that it is a draft without a seal before the activity code, B-117', async () => {
    const text = textOf(await drawn({}, { draft: true }));
    expect(text).to.include('پیش‌نویس، فاقد مهر').and.not.to.include('جای مهر');
  });

  it('breaks a long table over pages, its heads on each, and adds it up once', async () => {
    const pdf = await drawn({ tables: [table(90)] });
    expect(pagesOf(pdf)).to.be.within(3, 6);
    const heads = linesOf(pdf, '-layout').filter((line) => line.includes('برچسب'));
    expect(heads).to.have.length.above(2);
    const text = textOf(pdf);
    expect(text).to.include('دفتر شمارهٔ ۱').and.to.include('دفتر شمارهٔ ۹۰');
    expect(text.match(/۴٬۰۹۵٬۰۰۰/g)).to.have.length(1);
  });

  it('has a place for every witness, and encloses what is accepted by a signature', async () => {
    const witnesses = [
      { name: 'مریم نمونه', office: 'تحویل‌دهنده' },
      { name: null, office: 'نمایندهٔ کمیته امداد' },
      ...['الف', 'ب'].map((name) => ({ name, office: 'گواه' })),
    ];
    const annexes = [
      {
        title: 'پیوست: پرونده‌های باز',
        items: ['پروندهٔ 12', 'پروندهٔ ۱۳'],
        acceptedBy: 'کاظم نمونه',
      },
    ];
    const text = textOf(await drawn({ witnesses, annexes }));
    expect(text.match(/نام، امضا و تاریخ/g)).to.have.length(5);
    for (const part of ['نمایندهٔ کمیته امداد', 'پیوست: پرونده‌های باز', 'پروندهٔ ۱۲', 'دارد']) {
      expect(text, part).to.include(part);
    }
  });

  it('cites what it rests on and the memorandum, B-8, B-1', async () => {
    const values = { licence: '1405/9', fromOn: TODAY, toOn: '2027-11-20' };
    const more = { kind: 'licence' as const, head: 'committee' as const, values };
    const { paperId } = issue(more, 'hadi');
    const text = textOf(await officialLetterPdf(saysOf(paperId), print)).replace(/\s+/g, ' ');
    expect(text).to.include('به استناد بندهای ۱۰ تا ۱۲ مادهٔ ۶ اساسنامهٔ');
    expect(text).to.include('تفاهم‌نامهٔ شمارهٔ');
    expect(text).to.include('کمیته امداد امام خمینی(ره)');
  });
});

describe('the page of a letter', () => {
  it('tells what it says, prints it, and says when it prints again', async function () {
    if (!hasPoppler()) this.skip();
    const { paperId, number } = issue({ tables: [table(2)] });
    const line = `/centres/noor/papers/${paperId}`;
    const told = (await world.visit('hadi', `GET ${line}.json`)).json();
    expect(told).to.include({ kind: 'handover', number, state: 'valid', prints: 0 });
    const page = await world.visit('reza', `GET ${line}`, undefined, { cookie: 'language=fa' });
    expect(page.text).to.include('کاظم نمونه').and.to.include(`${line}.pdf`);
    const printed = async () => {
      const headers = { authorization: `Bearer ${world.tokens.reza}` };
      const answer = await fetch(`${world.address}/toos${line}.pdf`, { headers });
      return Buffer.from(await answer.arrayBuffer());
    };
    expect(textOf(await printed())).not.to.include('چاپ مجدد');
    expect(textOf(await printed())).to.include('چاپ مجدد شمارهٔ ۱');
    const kept = db().$client.prepare('SELECT count(*) AS n FROM paper_prints WHERE paper_id = ?');
    expect(kept.get(paperId)).to.deep.equal({ n: 2 });
  });

  it('is for those who read papers, and not there for others', async () => {
    const { paperId } = issue();
    const line = `GET /centres/noor/papers/${paperId}`;
    const expected = { reza: 200, maryam: 200, zahra: 403, hadi: 200, inspector: 200, karim: 404 };
    for (const [person, status] of Object.entries(expected)) {
      expect((await world.visit(person as 'reza', line)).status, person).to.equal(status);
    }
    const request = issue({
      ...{ kind: 'change-request', values: { seat: 'مسئول', reason: 'کناره‌گیری' } },
    });
    const guarded = `GET /centres/noor/papers/${request.paperId}`;
    expect((await world.visit('zahra', guarded)).status).to.equal(403);
    expect((await world.visit('reza', 'GET /centres/noor/papers/999999')).status).to.equal(404);
    expect((await world.visit('karim', `GET /centres/sepid/papers/${paperId}`)).status).to.equal(
      404,
    );
  });

  it('is reached from the register, and anyone may check it by its code', async () => {
    const { paperId, code, number } = issue();
    const register = await world.visit('reza', 'GET /centres/noor/papers');
    expect(register.text).to.include(`/toos/centres/noor/papers/${paperId}"`);
    const answer = await fetch(`${world.address}/verify/${code}.json`);
    const checked = (await answer.json()) as object;
    expect(checked).to.include({ kind: 'handover', number, state: 'valid', issuedOn: TODAY });
    expect(checked).to.have.property('subject').that.includes('تحویل و تحول');
  });
});
