import { expect } from 'chai';
import { inventedId } from '../../seeds/invented-id.ts';
import { giveClearance } from '../../src/board/clearances.ts';
import { decreesOf, findDecree } from '../../src/board/decree-rows.ts';
import { Reader } from '../support/reader.ts';
import { buildWorld, PASSWORD, TODAY, type World } from '../support/world.ts';

/** The forms as people send them: refused with what they typed, answered with the next page. */
let world: World;
let hadi: Reader;
let reza: Reader;
before(async () => {
  world = await buildWorld();
  [hadi, reza] = [await signedIn('hadi'), await signedIn('reza')];
});
after(() => world.close());

async function signedIn(username: string): Promise<Reader> {
  const reader = new Reader(world.address);
  const fields = { username, password: PASSWORD };
  expect((await reader.fill('/toos/login', '/toos/login', fields)).status).to.equal(303);
  return reader;
}

const noor = '/toos/centres/noor';
const person = { name: 'حسین توکلی', nationalId: inventedId(5), gender: 'man', mobile: '' };
const term = { from: '۱ آذر ۱۴۰۵', to: '1405/12/20' };

/** What both offices decide of the person proposed; answers his decree. */
function clear(state: 'approved' | 'refused') {
  const { db } = world.province;
  const decree = decreesOf(db, world.noor.id, TODAY).find(({ name }) => name === person.name)!;
  for (const office of ['security', 'selection'] as const) {
    const given = { state, number: '12', decidedOn: TODAY };
    giveClearance(db, world.actor(office), { id: decree.personId }, given);
  }
  return decree;
}

describe('the forms of board and centre', () => {
  it('keep what was typed beside what is wrong with it', async () => {
    const fields = { ...person, nationalId: '1234567890', seat: 'benefactors-men', ...term };
    const told = await reza.fill(`${noor}/board/decrees/new`, `${noor}/board/decrees`, fields);
    expect(told.status).to.equal(422);
    expect(told.text).to.contain('value="حسین توکلی"').and.to.contain('value="1234567890"');
    expect(told.text).to.contain('aria-invalid="true"').and.to.contain('value="۱ آذر ۱۴۰۵"');
  });

  it('go from proposal to issue over each one’s own page', async () => {
    const page = `${noor}/board/decrees`;
    const fields = { ...person, seat: 'benefactors-men', ...term };
    const early = await reza.fill(`${page}/new`, page, fields);
    expect(early.status).to.equal(409);
    expect(early.text).to.contain('B-14').and.to.contain('role="alert"');
    const proposed = await reza.fill(`${page}/new`, page, { ...fields, keep: '1' });
    expect(proposed.status).to.equal(303);
    clear('approved');
    await reza.fill(proposed.to, `${proposed.to}/request`);
    clear('refused');
    const answer = { answer: 'agreed', number: '31/9', decidedOn: 'امروز' };
    const at = proposed.to;
    expect((await hadi.fill(at, `${at}/coordination`, answer)).to).to.equal(at);
    const refused = await reza.fill(at, `${at}/issue`);
    expect(refused.status).to.equal(409);
    expect(refused.text).to.contain('B-14').and.to.contain('role="alert"');
  });

  it('say a refused end in the dialog it was asked in', async () => {
    const at = `${noor}/board/decrees/1405-0003`;
    const told = await hadi.fill(at, `${at}/ending`, { reason: '' });
    expect(told.status).to.equal(422);
    expect(told.text).to.match(/<details[^>]*id="end"[^>]* open/);
    const ended = await hadi.fill(at, `${at}/ending`, { reason: 'پایان همکاری' });
    expect([ended.status, ended.to]).to.deep.equal([303, at]);
    expect((await reza.get(at)).text).to.contain('پایان همکاری');
  });

  it('bring a new trustee from his first password to his own acceptance', async () => {
    const { db } = world.province;
    const decree = clear('approved');
    const at = `${noor}/board/decrees/${decree.id}`;
    expect((await reza.fill(at, `${at}/issue`)).to).to.equal(`${noor}/board/decrees/1405-0004`);
    const users = `${noor}/board/users`;
    const opening = { decree: String(decree.id), username: 'hossein' };
    const opened = await reza.fill(users, users, opening);
    const password = /[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}/.exec(opened.text)![0];
    expect((await reza.get(users)).text)
      .to.contain('hossein')
      .and.to.not.contain(password);
    await acceptAs('hossein', password, decree.id);
    expect(findDecree(db, world.noor.id, '1405-0004', TODAY).state).to.equal('accepted');
  });

  it('refuse a second licence with its clause: on the same days, and without a renewal', async () => {
    const licence = { number: '1405/99', from: '1405/08/01', to: '1406/08/01', reason: 'سبب' };
    const told = await hadi.fill(`${noor}/licence`, `${noor}/licence`, licence);
    expect(told.status).to.equal(409);
    expect(told.text).to.contain('B-128').and.to.contain('role="alert"');
    const next = { ...licence, from: '1406/01/01' };
    const unasked = await hadi.fill(`${noor}/licence`, `${noor}/licence`, next);
    expect([unasked.status, unasked.text.includes('B-109')]).to.deep.equal([409, true]);
  });

  it('edit the address of a centre from what stands there', async () => {
    const page = await hadi.get(`${noor}/profile/edit`);
    expect(page.text).to.contain('value="مسجد نور"');
    const fields = {
      ...{ host: 'mosque', hostName: 'مسجد نور', imamName: 'امام تازه', imamPhone: '' },
      ...{ place: 'محلهٔ باغ‌سنگ', address: 'خیابان بهار', postalCode: '', phone: '' },
    };
    const told = await hadi.fill(`${noor}/profile/edit`, `${noor}/profile`, { ...fields, lat: '' });
    expect([told.status, told.to]).to.deep.equal([303, `${noor}/profile`]);
    expect((await hadi.get(told.to)).text).to.contain('امام تازه');
  });
});

async function acceptAs(username: string, password: string, id: number): Promise<void> {
  const hossein = new Reader(world.address);
  await hossein.fill('/toos/login', '/toos/login', { username, password });
  const change = '/toos/account/password';
  const fresh = { password: 'sabz-va-bahar-1405', again: 'sabz-va-bahar-1405' };
  await hossein.fill(change, change, { current: password, ...fresh });
  const page = await hossein.get('/toos/my-decrees');
  expect(page.text).to.contain(`/my-decrees/${id}/acceptance`);
  const sworn = { noPolitics: '1', liability: '1', honorary: '1' };
  const told = await hossein.post(`/toos/my-decrees/${id}/acceptance`, sworn);
  expect(told.status).to.equal(303);
}
