import { expect } from 'chai';
import { NETWORKS } from '../../src/network/networks.ts';
import { dropping } from '../support/dropping.ts';
import { buildWorld, type Json, type Person, TODAY, type World } from '../support/world.ts';

const ROOT = '/centres/noor/network/networks';
const HOUSING = `${ROOT}/housing`;
const meeting = {
  ...{ metOn: TODAY, kind: 'working', subject: 'تقسیم کار', present: 6, resolutions: 'دو بازدید' },
  noPolitics: true,
};

let world: World;
const start = async () => {
  world = await buildWorld();
};
const stop = () => world.close();

const volunteer = () =>
  world.province.db.$client
    .prepare('SELECT id FROM volunteers WHERE centre_id = ? ORDER BY id')
    .pluck()
    .get(world.noor.id) as number;
const told = async () => (await world.visit('reza', `GET ${HOUSING}.json`)).json();
const post = (who: Person, what: string, body: object) =>
  world.visit(who, `POST ${HOUSING}/${what}`, body);

describe('the six specialised networks (B-142 to B-148)', () => {
  before(start);
  after(stop);

  it('are there for every centre from its first day, and there are no others', async () => {
    const { rows } = (await world.visit('reza', `GET ${ROOT}.json`)).json<{ rows: Json[] }>();
    expect(rows.map(({ kind }) => kind)).to.deep.equal([...NETWORKS]);
    expect((await world.visit('karim', 'GET /centres/sepid/network/networks')).status).to.equal(
      200,
    );
    expect((await world.visit('reza', `GET ${ROOT}/politics`)).status).to.equal(404);
  });

  it('have a head of the centre: a volunteer or a trustee', async () => {
    const named = await post('reza', 'head', { head: `v${volunteer()}` });
    expect(named.status, named.text).to.equal(200);
    const trustee = world.actor('zahra').user!.personId;
    await post('zahra', 'head', { head: `p${trustee}` });
    expect((await told()).head).to.include({ name: 'زهرا نمونه', seat: 'assemblies' });
    for (const head of ['v99999', 'p99999', 'x1', '']) {
      expect((await post('reza', 'head', { head })).status, head).to.equal(422);
    }
  });

  it('stand vacant once the head has left, and say whose place it was', async () => {
    await post('reza', 'head', { head: `v${volunteer()}` });
    const { name } = (await told()).head as Json;
    const { number } = world.province.db.$client
      .prepare('SELECT number FROM volunteers WHERE id = ?')
      .get(volunteer()) as { number: number };
    const at = `/centres/noor/network/volunteers/${number}/state`;
    const left = await world.visit('reza', `POST ${at}`, { state: 'left', reason: 'کوچ کرد' });
    expect(left.status, left.text).to.equal(200);
    expect(await told()).to.include({ head: null, vacatedBy: name });
    expect((await world.visit('reza', `GET ${HOUSING}`)).text).to.include('خالی است');
    expect((await world.visit('reza', `GET ${ROOT}`)).text).to.include('خالی');
    await world.visit('reza', `POST ${at}`, { state: 'active', reason: 'بازگشت' });
    expect((await told()).vacatedBy).to.equal(null);
  });

  it('have volunteers, benefactors and institutions as members, each once, without a contact', async () => {
    const gift = {
      ...{ kind: 'cash', amount: 1_000_000, fund: 'sadaqa', receivedOn: TODAY },
      donor: { name: 'نیکوکار بی‌همتا', mobile: '09150000321' },
    };
    const given = await world.visit('maryam', 'POST /centres/noor/donations', gift);
    expect(given.status, given.text).to.equal(201);
    const members = [
      { kind: 'volunteer', volunteer: volunteer() },
      { kind: 'donor', donor: 'نیکوکار بی‌همتا' },
      { kind: 'institution', institution: 'اتحادیهٔ بنایان' },
    ];
    for (const member of members) {
      const joined = await post('reza', 'members', member);
      expect(joined.status, joined.text).to.equal(201);
      const twice = await post('reza', 'members', member);
      expect(twice.status, JSON.stringify(member)).to.equal(409);
    }
    const page = await world.visit('zahra', `GET ${HOUSING}`);
    expect(page.text).to.include('نیکوکار بی‌همتا').and.include('اتحادیهٔ بنایان');
    expect(JSON.stringify(await told()) + page.text).to.not.match(/0915|۰۹۱۵/);
  });

  it('refuse strangers: a benefactor nobody knows, a volunteer of another centre', async () => {
    expect((await post('reza', 'members', { kind: 'donor', donor: 'ناشناس' })).status).to.equal(
      422,
    );
    const other = { kind: 'volunteer', volunteer: 99_999 };
    expect((await post('reza', 'members', other)).status).to.equal(422);
    expect((await post('reza', 'members', { kind: 'institution' })).status).to.equal(422);
  });

  it('let a member go, who may come again', async () => {
    const { members } = (await told()) as { members: { id: number; name: string }[] };
    const { id } = members.find(({ name }) => name === 'اتحادیهٔ بنایان')!;
    expect((await post('reza', `members/${id}/leaving`, {})).status).to.equal(200);
    expect((await post('reza', `members/${id}/leaving`, {})).status).to.equal(404);
    const again = { kind: 'institution', institution: 'اتحادیهٔ بنایان' };
    expect((await post('reza', 'members', again)).status).to.equal(201);
  });

  it('write their meetings down, of a closed list of kinds and without politics (B-100)', async () => {
    expect((await post('zahra', 'meetings', meeting)).status).to.equal(201);
    const political = await post('reza', 'meetings', { ...meeting, kind: 'election' });
    expect(political.status).to.equal(422);
    const silent = await post('reza', 'meetings', { ...meeting, noPolitics: false });
    expect(silent.json()).to.include({ status: 422, clause: 'B-100' });
    const later = await post('reza', 'meetings', { ...meeting, metOn: '2027-01-01' });
    expect(later.status).to.equal(422);
    expect((await told()).meetings).to.have.length(1);
    expect((await world.visit('reza', `GET ${HOUSING}`)).text).to.include('فعالیت سیاسی و حزبی');
  });

  it('are edited by chair, vice-chair, assemblies and participation only', async () => {
    for (const [person, status] of [
      ['maryam', 403],
      ['hadi', 403],
      ['inspector', 403],
      ['karim', 404],
      ['sysadmin', 404],
    ] as const) {
      expect((await post(person, 'meetings', meeting)).status, person).to.equal(status);
    }
  });

  it('are listed in every form', async () => {
    for (const form of ['', '.json', '.csv', '.xlsx', '.pdf']) {
      expect((await world.visit('maryam', `GET ${ROOT}${form}`)).status, form).to.equal(200);
    }
  });
});

describe('the file about networks', () => {
  before(start);
  after(stop);
  const run = (sql: string) => () => dropping(world.province.db, sql);

  it('keeps the six as they are, and strangers out', () => {
    const { noor, sepid } = world;
    expect(run('DELETE FROM specialised_networks')).to.throw('b142_networks_stay');
    expect(run("UPDATE specialised_networks SET kind = 'legal'")).to.throw('b142_networks_stay');
    const seventh = `INSERT INTO specialised_networks VALUES (${noor.id}, 'party')`;
    expect(run(seventh)).to.throw('network_kind');
    const alien = `INSERT INTO network_members VALUES (NULL, ${sepid.id}, 'legal', ${volunteer()},
      NULL, NULL, '${TODAY}', 1)`;
    expect(run(alien)).to.throw('b142_members_are_the_centres');
    const head = `INSERT INTO network_heads VALUES (NULL, ${sepid.id}, 'legal', ${volunteer()},
      NULL, '${TODAY}', 1)`;
    expect(run(head)).to.throw('b142_head_is_the_centres');
    const ours = (who: string) => `INSERT INTO network_heads VALUES (NULL, ${noor.id}, 'legal',
      ${who}, '${TODAY}', 1)`;
    const left = `INSERT INTO volunteer_states VALUES (NULL, ${volunteer()}, 'left', 'کوچ کرد',
      '${TODAY}', 1, 1)`;
    expect(run(`${left}; ${ours(`${volunteer()}, NULL`)}`)).to.throw('b142_head_serves');
    const { personId } = world.actor('zahra').user!;
    const ended = `INSERT INTO decree_endings (decree_id, ended_on, reason, ended_by, act_id)
      SELECT id, '${TODAY}', 'کناره‌گیری', ${world.users.deputy}, 1 FROM decrees
      WHERE person_id = ${personId}`;
    expect(run(ours(`NULL, ${personId}`))).to.not.throw();
    expect(run(`${ended}; ${ours(`NULL, ${personId}`)}`)).to.throw('b142_head_serves');
    const meets = `INSERT INTO network_meetings VALUES (NULL, ${noor.id}, 'legal', '${TODAY}',
      'party', 'xxx', 1, NULL, 1, 1, 1)`;
    expect(run(meets)).to.throw('b100_network_meeting_kind');
  });
});
