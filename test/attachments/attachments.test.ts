import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { ATTACHMENTS_MAX } from '../../src/attachments/attachments.ts';
import { attachmentChecks } from '../../src/attachments/checks.ts';
import { dropping } from '../support/dropping.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';
import { fileForm, JPEG, PDF } from './samples.ts';

type Told = { id: number; name: string; type: string; sha256: string; endedOn: string | null };

const INSTITUTIONS = '/centres/noor/institutions';
const MEMORANDUM = '/templates/memorandum/1/attachments';

let world: World;
let files: string;

/** An institution with one memorandum, whose files stand at `files`. */
async function start() {
  world = await buildWorld();
  const typed = { name: 'دبیرستان نمونه', kind: 'school', offers: 'کلاس عصر' };
  const { id } = (await world.visit('zahra', `POST ${INSTITUTIONS}`, typed)).json<Told>();
  const agreed = { number: '7/1405', subject: 'کلاس جبرانی', signedOn: TODAY };
  await world.visit('zahra', `POST ${INSTITUTIONS}/${id}/agreements`, agreed);
  files = `${INSTITUTIONS}/${id}/agreements/1/attachments`;
}
const stop = () => world.close();

const sent = (name: string, bytes: Buffer) => ({ name, file: bytes.toString('base64') });
const attach = (body: object, person: Person = 'zahra', to = files) =>
  world.visit(person, `POST ${to}`, body);
const listed = async (to = files) =>
  (await world.visit('reza', `GET ${to}.json`)).json<{ attachments: Told[] }>().attachments;

/** As a browser sends it, where the page is wanted back. */
const post = (form: FormData, person: Person = 'zahra', to = files) =>
  fetch(`${world.address}/toos${to}`, {
    ...{ method: 'POST', body: form, redirect: 'manual' },
    headers: { authorization: `Bearer ${world.tokens[person]}`, accept: 'text/html' },
  });

describe('an attachment', () => {
  beforeEach(start);
  afterEach(stop);

  it('is kept byte for byte with its hash, and given back as a file to keep', async () => {
    const made = await attach(sent('تفاهم‌نامه.pdf', PDF));
    expect(made.status, made.text).to.equal(201);
    const one = made.json<Told>();
    expect(one.sha256).to.equal(createHash('sha256').update(PDF).digest('hex'));
    const got = await fetch(`${world.address}/toos${files}/${one.id}`, {
      headers: { authorization: `Bearer ${world.tokens.reza}` },
    });
    expect(Buffer.from(await got.arrayBuffer()).equals(PDF)).to.equal(true);
    expect(got.headers.get('content-type')).to.equal('application/pdf');
    expect(got.headers.get('content-disposition')).to.match(/^attachment;/);
    expect(got.headers.get('x-content-type-options')).to.equal('nosniff');
    expect(got.headers.get('content-security-policy')).to.contain("default-src 'none'");
  });

  it('comes by the form, and the page shows it', async () => {
    const made = await post(fileForm('تفاهم‌نامه.jpg', JPEG));
    expect(made.status).to.equal(201);
    expect(made.headers.get('location')).to.match(/\/attachments\/1$/);
    const page = await world.visit('zahra', `GET ${files.replace(/\/agreements.*/, '')}`);
    expect(page.text).to.include('تفاهم‌نامه.jpg').and.include(`${files}/1`);
  });

  it('is refused where it stands: renamed, broken, empty, not chosen, too large', async () => {
    for (const [name, bytes, said] of [
      ['scan.pdf', JPEG, 'پسوند درست'],
      ['scan.pdf', PDF.subarray(0, 20), 'ناقص یا خراب'],
      ['scan.pdf', Buffer.alloc(0), 'خالی'],
      ['', Buffer.alloc(0), 'برگزیده نشده'],
      ['page.html', Buffer.from('<script>'), 'پذیرفته می‌شود'],
      ['scan.pdf', Buffer.concat([PDF, Buffer.alloc(4_000_000)]), 'بزرگ‌تر'],
    ] as const) {
      const refused = await post(fileForm(name, bytes));
      expect(refused.status, name).to.equal(422);
      expect(await refused.text(), name).to.include(said);
    }
    expect((await attach({ name: 'scan.pdf', file: 'not base64!' })).status).to.equal(422);
    expect(await listed()).to.deep.equal([]);
  });

  it('is kept once, whoever sends it again, and a second press of the form is the first', async () => {
    const key = { _key: 'a-key-of-the-form' };
    const both = await Promise.all([
      post(fileForm('scan.pdf', PDF, key)),
      post(fileForm('scan.pdf', PDF, key)),
    ]);
    expect(both.map(({ status }) => status)).to.deep.equal([201, 201]);
    expect((await attach(sent('another-name.pdf', PDF))).status).to.equal(422);
    expect(await listed()).to.have.length(1);
  });

  it('is ended with a reason and stays to be seen; then the same may come again', async () => {
    const { id } = (await attach(sent('scan.pdf', PDF))).json<Told>();
    const end = (reason: string) => world.visit('zahra', `POST ${files}/${id}/ending`, { reason });
    expect((await end('')).status).to.equal(422);
    expect((await end('اسکن ناخوانا')).status).to.equal(200);
    expect((await end('دوباره')).status).to.equal(409);
    expect((await world.visit('reza', `GET ${files}/${id}`)).status).to.equal(200);
    expect((await attach(sent('scan.pdf', PDF))).status).to.equal(201);
    const ended = (await listed()).map(({ endedOn }) => endedOn);
    expect(ended).to.deep.equal([TODAY, null]);
  });

  it('is seen and added by those of its subject, and by no other address', async () => {
    const { id } = (await attach(sent('scan.pdf', PDF))).json<Told>();
    for (const person of ['inspector', 'hadi'] as const) {
      expect((await world.visit(person, `GET ${files}/${id}`)).status, person).to.equal(200);
      expect((await attach(sent('two.jpg', JPEG), person)).status, person).to.equal(403);
    }
    for (const person of ['karim', 'security', 'sysadmin'] as const) {
      expect((await world.visit(person, `GET ${files}/${id}`)).status, person).to.equal(404);
    }
    const elsewhere = `/centres/sepid${files.slice('/centres/noor'.length)}/${id}`;
    expect((await world.visit('karim', `GET ${elsewhere}`)).status).to.equal(404);
    expect((await world.visit('deputy', `GET ${MEMORANDUM}/${id}`)).status).to.equal(404);
  });

  it('are few', async () => {
    const many = Array.from({ length: ATTACHMENTS_MAX }, (_, nth) =>
      attach(sent(`${nth}.pdf`, Buffer.concat([PDF, Buffer.from(`% ${nth}\n`)]))),
    );
    expect((await Promise.all(many)).every(({ status }) => status === 201)).to.equal(true);
    const one = await attach(sent('one-more.jpg', JPEG));
    expect([one.status, one.text.includes('بیست')]).to.deep.equal([422, true]);
  });
});

describe('a file of attachments', () => {
  before(start);
  after(stop);

  it('is held by the province file too: its type, its hash, its place; and the doctor looks', async () => {
    await attach(sent('scan.pdf', PDF));
    const { db } = world.province;
    const run = (sql: string) => () => dropping(db, sql);
    const hash = `x'${'00'.repeat(32)}'`;
    const row = (type: string, bytes: string) =>
      `INSERT INTO attachments VALUES (NULL, NULL, 'x/1', 'x', '${type}', length(${bytes}), ${hash},
        '${TODAY}', 1, 1, ${bytes})`;
    expect(run(row('image/png', "x'FFD8FF00'"))).to.throw('attachment_is_its_type');
    expect(run(row('text/html', "x'3C'"))).to.throw('attachment_type');
    expect(run("UPDATE attachments SET name = 'y'")).to.throw('attachments_are_final');
    expect(run('DELETE FROM attachments')).to.throw('attachments_are_final');
    const again = `INSERT INTO attachments SELECT NULL, centre_id, subject, name, type, size, sha256,
      attached_on, attached_by, act_id, bytes FROM attachments`;
    expect(run(again)).to.throw('attachment_once');
    const foreign = again.replace('attached_by', `${world.users.karim}`);
    expect(run(foreign)).to.throw(/b17_own_county|attachment_once/);
    const looks = () => attachmentChecks.map(({ run: look }) => look(db));
    expect(looks()).to.deep.equal([null, null]);
    db.$client.exec(`DROP TRIGGER attachments_are_final_update;
      UPDATE attachments SET sha256 = zeroblob(32)`);
    expect(looks()[1]).to.contain('was changed');
  });
});

describe('the scan of the memorandum (B-1)', () => {
  before(start);
  after(stop);

  it('is attached by the province, read by those who read its papers, and stays with its version', async () => {
    expect((await attach(sent('scan.pdf', PDF), 'hadi', MEMORANDUM)).status).to.equal(403);
    expect((await attach(sent('scan.pdf', PDF), 'deputy', MEMORANDUM)).status).to.equal(201);
    const page = await world.visit('deputy', 'GET /templates/memorandum');
    expect(page.text).to.include('scan.pdf');
    expect((await world.visit('hadi', `GET ${MEMORANDUM}/1`)).status).to.equal(200);
    expect((await world.visit(null, `GET ${MEMORANDUM}/1`)).status).to.not.equal(200);
    const none = MEMORANDUM.replace('/1/', '/9/');
    expect((await attach(sent('scan.pdf', PDF), 'deputy', none)).status).to.equal(404);
    const refused = await post(fileForm('scan.png', PDF), 'deputy', MEMORANDUM);
    expect([refused.status, (await refused.text()).includes('پسوند درست')]).to.deep.equal([
      422,
      true,
    ]);
  });
});
