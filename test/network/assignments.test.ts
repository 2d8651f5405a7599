/** Assignments: from the chair's letter to the volunteer's acceptance, powers cell by cell, the end. */
import { expect } from 'chai';
import { actorOf } from '../../src/access/identify.ts';
import { may, POWERS, type Power, TASKS, type Task } from '../../src/access/powers.ts';
import { createToken } from '../../src/access/tokens.ts';
import { enter } from '../../src/provinces/enter.ts';
import { Reader } from '../support/reader.ts';
import { buildWorld, type Json, PASSWORD, visit, type World } from '../support/world.ts';
import { type Seated, seatOfficers, typed, typedMan } from './people.ts';

const NETWORK = '/centres/noor/network';
const ROOT = `${NETWORK}/assignments`;
const GIFT = {
  ...{ kind: 'cash', amount: 500_000, fund: 'sadaqa', receivedOn: '1405/08/30' },
  donor: { name: 'خیّر نمونه', mobile: '09153334455' },
};
const UNDERTAKING = { honorary: true, liability: true, secrecy: true, noPolitics: true };

describe('an assignment', () => {
  let world: World;
  let seated: Seated;
  let her = 0;
  let his = 0;
  let id = 0;
  let user = 0;
  let token = '';

  before(async () => {
    world = await buildWorld();
    seated = await seatOfficers(world);
    [her, his] = [await registered(typed), await registered({ ...typedMan, nationalId: '' })];
  });
  after(() => world.close());

  const ask = (who: string, line: string, body?: object) => {
    const known = who === 'narges' ? token : (seated.tokens[who] ?? world.tokens[who as 'reza']);
    return visit(`${world.address}/toos`, known, line, body);
  };
  const registered = async (body: object): Promise<number> => {
    const created = await ask('reza', `POST ${NETWORK}/volunteers`, body);
    return created.json<{ number: number }>().number;
  };
  const letter = (more: object = {}) => ({
    ...{ volunteer: her, tasks: ['receipts-desk'], from: '1405/08/30', to: '1405/10/30', ...more },
  });
  const actor = () => actorOf(world.province.db, user, world.clock.now)!;

  it('is given by the chair alone, within the licence, to whom is known by a national ID (B-45)', async () => {
    for (const who of ['vice', 'men', 'women', 'maryam', 'hadi', 'inspector']) {
      expect((await ask(who, `POST ${ROOT}`, letter())).status, who).to.equal(403);
    }
    const nobody = await ask('reza', `POST ${ROOT}`, letter({ volunteer: his }));
    expect([nobody.status, nobody.json<Json>().clause]).to.deep.equal([409, 'B-45']);
    const beyond = await ask('reza', `POST ${ROOT}`, letter({ to: '1406/10/30' }));
    expect([beyond.status, beyond.json<Json>().clause]).to.deep.equal([409, 'B-128']);
    const none = await ask('reza', `POST ${ROOT}`, letter({ tasks: [] }));
    expect(none.status).to.equal(422);
    const strange = await ask('reza', `POST ${ROOT}`, letter({ tasks: ['books'] }));
    expect(strange.status).to.equal(422);
    const given = await ask('reza', `POST ${ROOT}`, letter());
    expect(given.status, given.text).to.equal(201);
    id = given.json<{ id: number }>().id;
    expect(given.json<Json>().state).to.equal('waiting');
    expect(given.text).to.not.contain(typed.nationalId);
  });

  it('is one at a time; the second of two who give it is told', async () => {
    const second = await ask('reza', `POST ${ROOT}`, letter({ tasks: ['archive'] }));
    expect(second.status).to.equal(409);
  });

  it('opens a user for the volunteer, once, by the chair (B-119)', async () => {
    const home = (await ask('reza', 'GET /centres/noor')).text;
    expect(home).to.contain(`/network/assignments/${id}`);
    expect((await ask('hadi', `POST ${ROOT}/${id}/user`, { username: 'narges' })).status).to.equal(
      403,
    );
    const reza = new Reader(world.address);
    await reza.fill('/toos/login', '/toos/login', { username: 'reza', password: PASSWORD });
    const opening = [`/toos${ROOT}/${id}`, `/toos${ROOT}/${id}/user`] as const;
    const opened = await reza.fill(...opening, { username: 'narges' });
    expect(opened.status).to.equal(201);
    expect(opened.text).to.contain('narges').and.to.contain(typed.name);
    expect(opened.headers.get('cache-control')).to.equal('no-store');
    const named = world.province.db.$client.prepare('SELECT id FROM users WHERE username = ?');
    user = named.pluck().get('narges') as number;
    token = await enter(world.province, (tx) => createToken(tx, actor(), user, 'tests').token);
    const twice = await ask('reza', `POST ${ROOT}/${id}/user`, { username: 'narges2' });
    expect(twice.status).to.equal(409);
    expect(twice.text).to.not.contain('"narges"');
  });

  it('gives nothing before the volunteer has accepted it himself', async () => {
    expect(actor().tasks).to.deep.equal([]);
    expect((await ask('narges', 'GET /centres/noor')).status).to.equal(404);
    expect((await ask('narges', `POST /centres/noor/donations`, GIFT)).status).to.equal(404);
    const own = await ask('narges', 'GET /my-assignments.json');
    expect(own.json<{ assignments: Json[] }>().assignments[0]!.state).to.equal('waiting');
    expect((await ask('narges', 'GET /my-assignments')).status).to.equal(200);
    expect((await ask('reza', `GET /my-assignments/${id}.json`)).status).to.equal(404);
    expect(() =>
      world.province.db.$client
        .prepare('INSERT INTO assignment_acceptances VALUES (?, ?, 1, 1, 1, 1, ?, 1)')
        .run(id, '2026-11-21', world.users.reza),
    ).to.throw('b45_volunteer_accepts_himself');
  });

  const CLAUSES = { honorary: 'B-46', liability: 'B-101', secrecy: 'B-105', noPolitics: 'B-100' };
  for (const [field, clause] of Object.entries(CLAUSES)) {
    it(`is not accepted without ${field} (${clause})`, async () => {
      const line = `POST /my-assignments/${id}/acceptance`;
      const refused = await ask('narges', line, { ...UNDERTAKING, [field]: false });
      expect([refused.status, refused.json<Json>().clause]).to.deep.equal([422, clause]);
    });
  }

  it('has force from its acceptance on, and is accepted once', async () => {
    const accepted = await ask('narges', `POST /my-assignments/${id}/acceptance`, UNDERTAKING);
    expect(accepted.json<Json>().state, accepted.text).to.equal('in-force');
    const again = await ask('narges', `POST /my-assignments/${id}/acceptance`, UNDERTAKING);
    expect(again.status).to.equal(409);
    expect(actor().tasks).to.deep.equal([
      { assignmentId: id, centreId: world.noor.id, task: 'receipts-desk' },
    ]);
    expect((await ask('narges', 'GET /centres/noor')).status).to.equal(200);
    expect((await ask('narges', 'GET /centres.json')).text).to.contain('noor');
    expect((await ask('narges', 'GET /centres/sepid')).status).to.equal(404);
  });

  it('lets the receipts desk enter cash, and see its own receipts only', async () => {
    expect((await ask('narges', 'GET /centres/noor/donations/new')).status).to.equal(200);
    const given = await ask('narges', 'POST /centres/noor/donations', GIFT);
    expect(given.status, given.text).to.equal(201);
    const { receipt } = given.json<{ receipt: string }>();
    const paper = await ask('narges', `GET /centres/noor/donations/receipts/${receipt}.json`);
    expect(paper.json<Json>().receivedBy).to.equal(typed.name);
    const pdf = await ask('narges', `GET /centres/noor/donations/receipts/${receipt}.pdf`);
    expect(pdf.status).to.equal(200);
    const others = await ask('reza', 'POST /centres/noor/donations', GIFT);
    const other = others.json<{ receipt: string }>().receipt;
    const hidden = await ask('narges', `GET /centres/noor/donations/receipts/${other}.json`);
    expect(hidden.status).to.equal(404);
    const mine = '/centres/noor/donations/my-receipts';
    const list = (await ask('narges', `GET ${mine}.json`)).json<{ rows: Json[]; total: number }>();
    expect(list.total).to.equal(list.rows.length).and.be.greaterThan(0);
    expect(list.rows.map(({ receipt }) => receipt)).to.not.include(other);
    expect(list.rows[0]).to.have.all.keys('receipt', 'issuedOn', 'amount', 'kind', 'fund', 'state');
    for (const form of ['', '.csv', '.xlsx', '.pdf']) {
      expect((await ask('narges', `GET ${mine}${form}`)).status, form).to.equal(200);
    }
    const home = await ask('narges', 'GET /centres/noor');
    expect(home.text).to.include(`${mine}"`);
    const trail = (await ask('reza', 'GET /centres/noor/trail.json')).json<{ rows: Json[] }>();
    const act = trail.rows.find(({ kind, who }) => kind === 'receipt.issued' && who === typed.name);
    expect(act!.capacity).to.equal('ابلاغ وظیفه');
  });

  it('lets the receipts desk take a card as well, and leaves the other kinds to the board', async () => {
    const form = await ask('narges', 'GET /centres/noor/donations/new');
    expect([...form.text.matchAll(/[?&]kind=(\w+)/g)].map((one) => one[1])).to.eql([
      ...['cash', 'card'],
    ]);
    const post = (body: object) => ask('narges', 'POST /centres/noor/donations', body);
    const card = await post({ ...GIFT, kind: 'card', reference: '505050' });
    expect(card.status, card.text).to.equal(201);
    for (const more of [
      { kind: 'transfer', reference: '1' },
      { kind: 'cheque', reference: '1', bank: 'ملی', dueOn: '1405/10/01' },
      { kind: 'service', service: { description: 'تعمیر', hours: 1 } },
    ]) {
      const refused = await post({ ...GIFT, ...more });
      expect([refused.status, refused.json<Json>().clause], more.kind).to.eql([403, 'B-45']);
    }
  });

  it('shows the receipts desk no donor and no way to reach one (B-105)', async () => {
    for (const line of [
      ...['GET /centres/noor/donations', 'GET /centres/noor/donations/donors'],
      ...[
        'GET /centres/noor/donations/donors/search.json?q=خیر',
        'GET /centres/noor/books/journal',
      ],
      ...['GET /centres/noor/network/volunteers', 'GET /centres/noor/papers'],
      ...['GET /centres/noor/trail', 'GET /centres/noor/board'],
    ]) {
      expect((await ask('narges', line)).status, line).to.equal(403);
    }
    const donor = await ask('reza', 'GET /centres/noor/donations/donors.json');
    const donorId = donor.json<{ donors: { id: number }[] }>().donors[0]!.id;
    for (const donor of [{ id: donorId }, { mobile: GIFT.donor.mobile }]) {
      const { donor: _, ...gift } = GIFT;
      const body = 'id' in donor ? { ...gift, donorId } : { ...gift, donor };
      const asked = await ask('narges', 'POST /centres/noor/donations', body);
      expect(asked.status, JSON.stringify(donor)).to.equal(422);
      expect(asked.text).to.not.contain(GIFT.donor.name);
    }
  });

  /** Every task and every power: the volunteer has those of his task, in his centre, and no other. */
  const ALLOWED: Record<Task, Power[]> = {
    'receipts-desk': ['centres.read', 'donations.register', 'receipts.own'],
    'donor-contact': ['centres.read', 'donors.read', 'donors.contact'],
    network: [
      ...(['centres.read', 'network.read', 'hours.record', 'units.report'] as const),
      ...(['capacities.read', 'capacities.record', 'networks.read'] as const),
      ...(['referrals.ask', 'referrals.answer'] as const),
      ...(['assemblies.read', 'institutions.read', 'institutions.edit'] as const),
    ],
    archive: ['centres.read', 'papers.read'],
  };
  for (const task of TASKS) {
    it(`gives ${task} its powers, in its centre, and no other`, () => {
      const held = { assignmentId: id, centreId: world.noor.id, task };
      const volunteer = { ...actor(), tasks: [held] };
      for (const power of Object.keys(POWERS) as Power[]) {
        const expected = ALLOWED[task].includes(power);
        expect(may(volunteer, power, world.noor), power).to.equal(expected);
        expect(may(volunteer, power, world.sepid), power).to.equal(false);
        expect(may(volunteer, power), power).to.equal(false);
      }
    });
  }

  it('is printed for the centre and for the volunteer alike, without a national ID', async () => {
    expect((await ask('women', `GET ${ROOT}/${id}.pdf`)).status).to.equal(200);
    expect((await ask('narges', `GET /my-assignments/${id}.pdf`)).status).to.equal(200);
    const content = world.province.db.$client
      .prepare("SELECT content FROM papers WHERE kind = 'assignment'")
      .pluck()
      .get() as string;
    expect(content).to.contain(typed.name);
    expect(content).to.not.contain(typed.nationalId);
    for (const form of ['.json', '.csv', '.xlsx', '.pdf', '']) {
      expect((await ask('reza', `GET ${ROOT}${form}`)).status, form).to.equal(200);
    }
    expect((await ask('reza', `GET ${ROOT}/${id}`)).status).to.equal(200);
    expect((await ask('reza', `GET ${ROOT}/new`)).status).to.equal(200);
  });

  it('gives nothing on a day after its last, or without a licence in force', () => {
    const on = (day: string) =>
      actorOf(world.province.db, user, new Date(`${day}T10:00:00.000Z`))!.tasks.length;
    expect(on('2026-11-21')).to.equal(1);
    expect(on('2027-01-20')).to.equal(1);
    expect(on('2027-01-21')).to.equal(0);
  });

  it('gives nothing once the licence is suspended, and again when it is not (B-109)', () => {
    const client = world.province.db.$client;
    const columns = client
      .prepare("SELECT name FROM pragma_table_info('licence_decisions')")
      .pluck();
    const told: Record<string, string> = {
      ...{ centre_id: String(world.noor.id), kind: "'suspend'", number: "'9'", act_id: '1' },
      ...{ decided_on: "'2026-11-21'", decided_by: String(world.users.deputy), paper_id: '1' },
    };
    client.exec('SAVEPOINT suspended; PRAGMA ignore_check_constraints = ON');
    const guards = client
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'licence_decisions'",
      )
      .pluck()
      .all() as string[];
    for (const name of guards) client.exec(`DROP TRIGGER ${name}`);
    const values = (columns.all() as string[]).map((name) =>
      name === 'id' ? '900' : (told[name] ?? (name === 'reason' ? "'xxx'" : 'NULL')),
    );
    client.exec(`INSERT INTO licence_decisions VALUES (${values.join(', ')})`);
    expect(actor().tasks).to.deep.equal([]);
    client.exec('ROLLBACK TO suspended; RELEASE suspended; PRAGMA ignore_check_constraints = OFF');
    expect(actor().tasks).to.have.length(1);
  });

  it('ends at once with its volunteer, or by the chair with a reason', async () => {
    const state = { state: 'paused', reason: 'سفر زیارتی' };
    await ask('women', `POST ${NETWORK}/volunteers/${her}/state`, state);
    expect(actor().tasks).to.deep.equal([]);
    expect((await ask('narges', 'GET /centres/noor')).status).to.equal(404);
    const told = (await ask('reza', `GET ${ROOT}/${id}.json`)).json<Json>();
    expect([told.state, told.endingReason]).to.deep.equal(['ended', 'سفر زیارتی']);
    const over = await ask('reza', `POST ${ROOT}/${id}/ending`, { reason: 'دوباره' });
    expect(over.status).to.equal(409);
    const back = { state: 'active', reason: 'بازگشت از سفر' };
    await ask('women', `POST ${NETWORK}/volunteers/${her}/state`, back);
    const fresh = await ask('reza', `POST ${ROOT}`, letter({ tasks: ['network'] }));
    const next = fresh.json<{ id: number }>().id;
    await ask('narges', `POST /my-assignments/${next}/acceptance`, UNDERTAKING);
    expect((await ask('narges', `GET ${NETWORK}/volunteers`)).status).to.equal(200);
    const listed = (await ask('narges', `GET ${NETWORK}/volunteers.csv`)).text;
    expect(listed).to.not.contain(typed.mobile);
    expect(
      (await ask('inspector', `POST ${ROOT}/${next}/ending`, { reason: 'نه' })).status,
    ).to.equal(403);
    const ended = await ask('hadi', `POST ${ROOT}/${next}/ending`, { reason: 'پایان نیاز' });
    expect(ended.json<Json>().state).to.equal('ended');
    expect((await ask('narges', `GET ${NETWORK}/volunteers`)).status).to.equal(404);
  });

  it('is held by the file too: no other issuer, no other day, no change', () => {
    const run = (sql: string) => () => world.province.db.$client.exec(sql);
    const copy = (change: string) =>
      `INSERT INTO assignments SELECT 900, centre_id, volunteer_id, person_id, ${change}, paper_id, act_id
       FROM assignments WHERE id = ${id}`;
    const rest = `number, issued_on, issued_by`;
    const chairs = 'issuer_decree_id';
    expect(run(copy(`from_on, '2029-01-01', ${rest}, ${chairs}`))).to.throw(
      'b128_assignment_within_licence',
    );
    const finance = `(SELECT id FROM decrees WHERE seat = 'admin-finance' LIMIT 1)`;
    expect(run(copy(`from_on, to_on, ${rest}, ${finance}`))).to.throw('b45_chair_assigns');
    const vice = `(SELECT id FROM decrees WHERE seat = 'vice-chair' LIMIT 1)`;
    expect(run(copy(`from_on, to_on, ${rest}, ${vice}`))).to.throw('b45_chair_assigns');
    expect(run('UPDATE assignments SET to_on = from_on')).to.throw('assignments_are_final');
    expect(run('DELETE FROM assignment_tasks')).to.throw('b45_tasks_with_the_letter');
    // The letter tells its tasks: none other is added, nor one of them once it is accepted.
    expect(run(`INSERT INTO assignment_tasks VALUES (${id}, 'archive')`)).to.throw(
      'b45_tasks_as_the_letter_says',
    );
    expect(run('DELETE FROM assignment_endings')).to.throw('assignment_endings_are_final');
  });
});
