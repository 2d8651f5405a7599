import { expect } from 'chai';
import { BOXES, surveyInForce } from '../../src/network/surveys.ts';
import { dropping } from '../support/dropping.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

const POINT = { text: 'کارگاه‌های کوچک بسیار است', weight: 4, seenOn: TODAY };

let world: World;
const start = async () => {
  world = await buildWorld();
};
const stop = () => world.close();

const surveys = (centre: string) => `/centres/${centre}/network/surveys`;

/** Begins a version of a centre's survey and fills these boxes; answers its address. */
async function drafted(who: Person, centre: string, boxes: readonly string[] = BOXES) {
  const made = await world.visit(who, `POST ${surveys(centre)}`, {});
  expect(made.status, made.text).to.equal(201);
  const address = made.headers.get('location')!.replace(/^\/toos/, '');
  for (const box of boxes) {
    const added = await world.visit(who, `POST ${address}/points`, { ...POINT, box });
    expect(added.status, added.text).to.equal(201);
  }
  return address;
}

describe('a survey before there is a board (B-139)', () => {
  before(start);
  after(stop);

  it('is drafted and approved by the county head, and is in force from then on', async () => {
    const { province, sepid } = world;
    expect(surveyInForce(province.db, sepid.id)).to.equal(undefined);
    const one = await drafted('karim', 'sepid');
    expect(surveyInForce(province.db, sepid.id)).to.equal(undefined);
    const approved = await world.visit('karim', `POST ${one}/approval`, {});
    expect(approved.status, approved.text).to.equal(200);
    expect(surveyInForce(province.db, sepid.id)).to.deep.equal({ version: 1, approvedOn: TODAY });
  });

  it('is not there for the head of another county (B-17)', async () => {
    expect((await world.visit('hadi', `GET ${surveys('sepid')}`)).status).to.equal(404);
    expect((await world.visit('hadi', `POST ${surveys('sepid')}`, {})).status).to.equal(404);
  });
});

describe('a survey of a centre with a board (B-139)', () => {
  let one: string;
  before(async () => {
    await start();
    one = await drafted('reza', 'noor', []);
  });
  after(stop);

  it('begins with the points of the last version, one draft at a time', async () => {
    const told = (await world.visit('reza', `GET ${one}.json`)).json();
    expect(told.version).to.equal(2);
    expect(told.points).to.have.length(4);
    expect((await world.visit('reza', `POST ${surveys('noor')}`, {})).status).to.equal(409);
  });

  it('is approved by the chair, not by an officer while there is one', async () => {
    const refused = await world.visit('hadi', `POST ${one}/approval`, {});
    expect(refused.status).to.equal(409);
    expect(refused.json().clause).to.equal('B-139');
    for (const person of ['maryam', 'zahra', 'inspector'] as const) {
      expect((await world.visit(person, `POST ${one}/approval`, {})).status, person).to.equal(403);
    }
  });

  it('is refused with an empty box, and says so on the page too', async () => {
    const points = (await world.visit('reza', `GET ${one}.json`)).json().points as Told[];
    const hidden = points.find(({ box }) => box === 'hidden')!;
    const gone = await world.visit('reza', `POST ${one}/points/${hidden.id}/removal`, {});
    expect(gone.status).to.equal(200);
    const refused = await world.visit('reza', `POST ${one}/approval`, {});
    expect(refused.json()).to.include({ status: 409, clause: 'B-139' });
    expect((await world.visit('reza', `GET ${one}`)).text).to.include('هر چهار خانه');
  });

  it('takes dated, weighed points with a place on the map, and refuses what is none', async () => {
    const wrong = { ...POINT, box: 'party', weight: 9, seenOn: '1406/01/01', lat: '36.28' };
    const refused = await world.visit('reza', `POST ${one}/points`, wrong);
    const fields = refused.json<{ errors: { field: string }[] }>().errors.map(({ field }) => field);
    expect(fields).to.include.members(['box', 'weight']);
    const late = { ...POINT, box: 'open', seenOn: '2026-12-01' };
    expect((await world.visit('reza', `POST ${one}/points`, late)).status).to.equal(422);
    const placed = { ...POINT, box: 'hidden', lat: '36.2842', lon: '59.5050', place: 'میدان' };
    expect((await world.visit('reza', `POST ${one}/points`, placed)).status).to.equal(201);
    const { text } = await world.visit('reza', `GET ${one}`);
    expect(text).to.include('class="mark"').and.include('شمارهٔ ۴ روی نقشه');
  });

  it('is final once approved: two hands at once, and the second is told so', async () => {
    const both = await Promise.all(
      [1, 2].map(() => world.visit('reza', `POST ${one}/approval`, {})),
    );
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const added = await world.visit('reza', `POST ${one}/points`, { ...POINT, box: 'open' });
    expect(added.status).to.equal(409);
    expect(surveyInForce(world.province.db, world.noor.id)?.version).to.equal(2);
  });

  it('is issued as a sheet, whose bytes are kept and whose reprint says so', async () => {
    const first = await world.visit('reza', `GET ${one}.pdf`);
    expect([first.status, first.headers.get('content-type')]).to.deep.equal([
      200,
      'application/pdf',
    ]);
    await world.visit('reza', `GET ${one}.pdf`);
    const prints = world.province.db.$client
      .prepare(
        `SELECT count(*) FROM paper_prints r JOIN papers p ON p.id = r.paper_id
         WHERE p.kind = 'survey' AND p.number = '2'`,
      )
      .pluck()
      .get();
    expect(prints).to.equal(2);
  });

  it('prints no draft, and lists its versions in every form', async () => {
    const next = await drafted('reza', 'noor', []);
    expect((await world.visit('reza', `GET ${next}.pdf`)).status).to.equal(404);
    for (const form of ['', '.json', '.csv', '.xlsx', '.pdf']) {
      const list = await world.visit('maryam', `GET ${surveys('noor')}${form}`);
      expect(list.status, form).to.equal(200);
    }
  });
});

describe('the file about surveys (B-139)', () => {
  before(start);
  after(stop);
  const run = (sql: string) => () => dropping(world.province.db, sql);

  it('takes no approval of a vice-chair but on the days of an absence (B-61)', () => {
    const { noor, users } = world;
    const seated = `INSERT INTO decrees (centre_id, person_id, seat, from_on, to_on, drafted_on,
        drafted_by, act_id)
      SELECT centre_id, (SELECT person_id FROM users WHERE id = ${users.maryam}), 'vice-chair',
        from_on, to_on, drafted_on, ${users.hadi}, 1 FROM decrees WHERE seat = 'chair' LIMIT 1;
      INSERT INTO decree_issues SELECT (SELECT max(id) FROM decrees), centre_id, 1405,
        1 + (SELECT max(number) FROM decree_issues), '${TODAY}', ${users.hadi}, NULL, paper_id, 1
      FROM decree_issues LIMIT 1;
      INSERT INTO decree_acceptances SELECT max(id), '${TODAY}', 1, 1, ${users.hadi}, 1 FROM decrees;`;
    const drafted = `INSERT INTO surveys (centre_id, version, drafted_on, drafted_by, act_id)
      VALUES (${noor.id}, 2, '${TODAY}', ${users.reza}, 1);
      INSERT INTO survey_points (survey_id, box, seen_on, text, weight, act_id)
      SELECT (SELECT max(id) FROM surveys), box, seen_on, text, weight, act_id FROM survey_points
      WHERE survey_id = (SELECT id FROM surveys WHERE centre_id = ${noor.id});`;
    const approved = (user: number) =>
      `${seated} ${drafted} INSERT INTO survey_approvals
       SELECT max(id), '${TODAY}', ${user}, (SELECT max(id) FROM papers), 1 FROM surveys`;
    expect(run(approved(users.maryam))).to.throw('b139_board_approves');
    expect(run(approved(users.reza))).to.not.throw();
  });

  it('keeps an approved survey as it was approved', () => {
    expect(run('DELETE FROM survey_points')).to.throw('b139_approved_survey_is_final');
    expect(run('UPDATE survey_points SET weight = 5')).to.throw('survey_points_are_final');
    expect(run('DELETE FROM survey_approvals')).to.throw('survey_approvals_are_final');
    const again = `INSERT INTO survey_points SELECT NULL, survey_id, box, seen_on, text, weight,
      place, lon, lat, act_id FROM survey_points LIMIT 1`;
    expect(run(again)).to.throw('b139_approved_survey_is_final');
  });

  it('takes no approval of empty boxes, of another hand or of another county', () => {
    const { users, noor, sepid } = world;
    const survey = (centre: number, version: number) =>
      `INSERT INTO surveys VALUES (90, ${centre}, ${version}, '${TODAY}', ${users.deputy}, 1);`;
    const points = BOXES.map(
      (box) => `INSERT INTO survey_points VALUES (NULL, 90, '${box}', '${TODAY}', 'xxx', 1,
        NULL, NULL, NULL, 1);`,
    ).join('');
    const approve = (who: number) =>
      `INSERT INTO survey_approvals VALUES (90, '${TODAY}', ${who}, 1, 1)`;
    expect(run(survey(noor.id, 2) + approve(users.reza))).to.throw('b139_four_boxes_are_filled');
    expect(run(survey(noor.id, 2) + points + approve(users.hadi))).to.throw('b139_board_approves');
    expect(run(survey(noor.id, 2) + points + approve(users.maryam))).to.throw(
      'b139_board_approves',
    );
    expect(run(survey(sepid.id, 1) + points + approve(users.hadi))).to.throw('b17_own_county');
    expect(run(survey(noor.id, 2) + points + approve(users.reza))).to.not.throw();
  });
});

type Told = { id: number; box: string };
