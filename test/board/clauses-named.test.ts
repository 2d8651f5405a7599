/** Who may not, is told by which clause; what may not yet be, is not offered. */
import { expect } from 'chai';
import { inventedId } from '../../seeds/invented-id.ts';
import { quarter, readyCentre, stepsAt } from '../../seeds/neighbourhood.ts';
import { holdersOn } from '../../src/board/decree-rows.ts';
import { decided } from '../licence/life.ts';
import { clearedHere } from '../support/cleared.ts';
import { buildWorld, NOW, type Person, TODAY, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await buildWorld();
});
afterEach(() => world.close());

const send = async (who: Person, line: string, body: object = {}) => {
  const { status, json } = await world.visit(who, `POST ${line}`, body);
  return { ...json(), status } as Record<string, unknown> & { status: number };
};
const shown = async (who: Person, path: string) =>
  (await world.visit(who, `GET ${path}`, undefined, { accept: 'text/html' })).text;
const count = (table: string) =>
  world.province.db.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
const holder = (seat: 'assemblies' | 'admin-finance') =>
  holdersOn(world.province.db, world.noor.id, TODAY).get(seat)!;
const term = { from: TODAY, to: '2027-03-20' };

describe('an appointment', () => {
  it('before the licence is refused (B-128), and no page offers it', async () => {
    const officers = { ...world.users, head: world.users.karim };
    const { db } = world.province;
    readyCentre(db, stepsAt(db, NOW), world.sepid, { officers, area: quarter(9) });
    const personId = db.$client
      .prepare("SELECT person_id FROM seat_proposals WHERE seat = 'chair' AND centre_id = ?")
      .pluck()
      .get(world.sepid.id);
    const known = count('acts');
    const decrees = '/centres/sepid/board/decrees';
    const told = await send('karim', decrees, { seat: 'chair', personId, ...term });
    expect(told).to.include({ status: 409, clause: 'B-128', mend: '/licence' });
    const fresh = { name: 'کسی تازه', nationalId: inventedId(72), gender: 'man' };
    expect(await send('karim', decrees, { seat: 'chair', ...fresh, ...term })).to.include({
      ...{ status: 409, clause: 'B-128' },
    });
    expect(count('acts'), 'nothing half done').to.equal(known);
    expect(await shown('karim', '/centres/sepid/board')).to.not.contain('/decrees/new');
    const form = await shown('karim', `${decrees}/new`);
    expect(form).to.contain('/centres/sepid/opening/board').and.to.not.contain('name="seat"');
  });

  it('in a seat that is held is refused by its clause, but for whom the committee agreed to', async () => {
    const decrees = '/centres/noor/board/decrees';
    const person = { name: 'سعید نمونه', nationalId: inventedId(70), gender: 'man' as const };
    const { id: personId } = clearedHere(world, person);
    const asked = { seat: 'assemblies', ...person, ...term };
    const { id } = holder('assemblies');
    expect(await send('reza', decrees, asked)).to.include({
      ...{ status: 409, clause: 'B-33', mend: `/board/changes/new?decree=${id}&kind=replace` },
    });
    const change = await send('reza', '/centres/noor/board/changes', {
      ...{ decree: id, kind: 'replace', reason: 'استعفا', ...person },
    });
    const answer = { answer: 'agreed', number: '1', decidedOn: TODAY };
    await send('hadi', `/centres/noor/board/changes/${change.id}/answer`, answer);
    const draft = await send('reza', decrees, asked);
    expect(draft).to.include({ status: 201, personId });
    // Agreed or not, two never hold it at once.
    await send('hadi', `${decrees}/${draft.id}/coordination`, answer);
    expect(await send('reza', `${decrees}/${draft.id}/issue`)).to.include({
      ...{ status: 409, clause: 'B-33' },
    });
    await send('reza', `${decrees}/${id}/ending`, { reason: 'استعفا' });
    expect(await send('reza', `${decrees}/${draft.id}/issue`)).to.include({ state: 'issued' });
  });

  it('is not accepted once the licence is suspended (B-109)', async () => {
    const { personId } = holder('admin-finance');
    const decrees = '/centres/noor/board/decrees';
    const draft = await send('hadi', decrees, { seat: 'vice-chair', personId, ...term });
    const issued = await send('hadi', `${decrees}/${draft.id}/issue`);
    decided(world, 'suspend');
    const sworn = { noPolitics: true, liability: true, honorary: true };
    const told = await send('maryam', `/my-decrees/${issued.id}/acceptance`, sworn);
    expect(told).to.include({ status: 409, clause: 'B-109' });
  });
});

describe('an office not held', () => {
  it('is named by B-130 to whoever of the board answers a request for coordination', async () => {
    const { personId } = holder('assemblies');
    const decrees = '/centres/noor/board/decrees';
    const draft = await send('reza', decrees, { seat: 'benefactors-women', personId, ...term });
    const answer = { answer: 'agreed', number: '1', decidedOn: TODAY };
    const path = `${decrees}/${draft.id}/coordination`;
    for (const who of ['reza', 'maryam', 'inspector'] as const) {
      const told = await send(who, path, answer);
      expect(told, who).to.include({ status: 403, clause: 'B-130' });
      expect(told.detail, who).to.contain('تنها کمیتهٔ امداد پاسخ می‌دهد');
    }
    expect((await send('karim', path, answer)).status).to.equal(404);
    expect((await send('security', path, answer)).status).to.equal(404);
  });

  it('is named by B-17 to the head of a county who acts in another', async () => {
    const centre = {
      ...{ code: 'mehr', name: 'مرکز نیکوکاری مهر', kind: 'neighbourhood', county: 'آنجا' },
      ...{ host: 'school', hostName: 'دبستان مهر', place: 'محلهٔ مهر', address: 'خیابان مهر' },
    };
    const told = await send('hadi', '/centres', centre);
    expect(told).to.include({ status: 403, clause: 'B-17' });
    expect(told.detail).to.contain('معاون استان');
    // Of a centre that he may not know of there is nothing to tell.
    expect((await send('karim', '/centres/noor/licence')).status).to.equal(404);
  });
});
