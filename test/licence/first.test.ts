/** B-128: the first licence: for a reason, on paper, once, and told to those concerned. */
import { expect } from 'chai';
import { quarter, readyCentre, stepsAt } from '../../seeds/neighbourhood.ts';
import { noticesOf } from '../../src/notices/notices.ts';
import type { OfficialLetter } from '../../src/paper/official-letter.ts';
import { findPaper } from '../../src/paper/papers.ts';
import { buildWorld, NOW, type Person, TODAY, type World } from '../support/world.ts';

let world: World;
const db = () => world.province.db;
const count = (table: string): number =>
  db().$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
const typed = {
  ...{ number: '1405/21/90', from: TODAY, to: '2027-11-20' },
  reason: 'محله مرکزی ندارد و هیئت آن کامل است',
};
const license = async (who: Person, body: object = typed) => {
  const { status, json } = await world.visit(who, 'POST /centres/sepid/licence', body);
  return { ...json(), status } as { status: number; clause?: string; errors?: object[] };
};

describe('the first licence', () => {
  beforeEach(async () => {
    world = await buildWorld();
    const officers = { ...world.users, head: world.users.karim };
    readyCentre(db(), stepsAt(db(), NOW), world.sepid, { officers, area: quarter(9) });
  });
  afterEach(() => world.close());

  it('is not given without its reason, by form, program or file', async () => {
    const { reason: _, ...bare } = typed;
    const told = await license('karim', bare);
    expect(told.status).to.equal(422);
    expect(told.errors).to.have.nested.property('0.field', 'reason');
    expect(count('licences')).to.equal(1);
    const raw = `INSERT INTO licences (centre_id, number, from_on, to_on, issued_by, act_id)
      VALUES (${world.sepid.id}, 'x', '${TODAY}', '2027-11-20', ${world.users.karim}, 1)`;
    expect(() => db().$client.exec(raw)).to.throw('b109_first_licence_has_its_reason');
  });

  it('is signed on the committee’s paper, with its reason', async () => {
    expect((await license('karim')).status).to.equal(201);
    const paper = db().$client.prepare('SELECT paper_id FROM licence_papers').pluck();
    const says = JSON.parse(findPaper(db(), paper.get() as number).content) as OfficialLetter;
    expect(says).to.deep.include({ head: 'committee' });
    expect(says.signer).to.include({ name: 'karim' });
    expect(says.paragraphs.join(' ')).to.contain(typed.reason);
    const page = await world.visit('karim', 'GET /centres/sepid/licence');
    expect(page.text).to.contain(typed.reason);
    const { licences } = (await world.visit('karim', 'GET /centres/sepid/licence.json')).json<{
      licences: object[];
    }>();
    expect(licences).to.have.nested.property('0.reason', typed.reason);
  });

  it('is told to those proposed for its seats, to the committee and to the four offices', async () => {
    await license('karim');
    const newest = (person: Person) => noticesOf(db(), world.actor(person), 1)[0];
    for (const person of ['karim', 'deputy', 'inspector'] as const) {
      expect(newest(person)?.key, person).to.equal('licence:notices.licensed');
    }
    for (const person of ['security', 'selection'] as const) {
      const told = newest(person);
      expect(told, person).to.include({ key: 'licence:notices.office-licensed', centre: null });
      const shown = await world.visit(person, 'GET /notices', undefined, { accept: 'text/html' });
      expect(shown.text).to.contain('مرکز نیکوکاری سپید');
      expect((await world.visit(person, `GET ${told!.href}`)).status).to.equal(200);
    }
    const proposed = db().$client.prepare(
      `SELECT count(DISTINCT n.person_id) FROM notices n
       JOIN seat_proposals p ON p.person_id = n.person_id AND p.centre_id = n.centre_id
       WHERE n.key = 'licence:notices.licensed' AND n.centre_id = ?`,
    );
    expect(proposed.pluck().get(world.sepid.id)).to.equal(6);
    expect(newest('hadi')?.centre?.code).to.not.equal('sepid');
  });

  it('is given by one of two officers who decide at once; the other is told, nothing half done', async () => {
    const both = await Promise.all([
      license('karim'),
      license('deputy', { ...typed, number: '1405/21/91', reason: 'سببی دیگر' }),
    ]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
    const late = both.find(({ status }) => status === 409) as { detail?: string; clause?: string };
    expect(late.clause).to.equal('B-128');
    expect(late.detail).to.contain('روی هم می‌افتند');
    const ofSepid = 'SELECT count(*) FROM licences WHERE centre_id = ?';
    expect(db().$client.prepare(ofSepid).pluck().get(world.sepid.id)).to.equal(1);
    expect(count('licence_papers')).to.equal(1);
    const acts = "SELECT count(*) FROM acts WHERE kind LIKE 'licence.%' AND centre_id = ?";
    expect(db().$client.prepare(acts).pluck().get(world.sepid.id)).to.equal(2);
  });
}).timeout(20_000);
