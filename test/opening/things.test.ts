import { expect } from 'chai';
import { markEquipment, receiveEquipment } from '../../src/opening/equipment.ts';
import { endSeal, recordSeal, sealInUse } from '../../src/opening/seals.ts';
import { traineesOf } from '../../src/opening/trainings.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { Reader } from '../support/reader.ts';
import { buildWorld, FOUNDED, PASSWORD, TODAY, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await buildWorld();
});
after(() => world.close());

const noor = '/centres/noor';
const sql = (text: string) => () => world.province.db.$client.exec(text);

describe('equipment (B-115)', () => {
  const piece = { kind: 'other', assetNumber: '۲۰۱', name: 'پنکه', receivedOn: '1405/08/30' };

  it('is entered under an asset number that is never given again', async () => {
    const told = await world.visit('maryam', `POST ${noor}/equipment`, piece);
    expect(told.status).to.equal(201);
    expect(told.json()).to.include({ assetNumber: '201', state: 'in-use', receivedOn: TODAY });
    const again = await world.visit('hadi', `POST ${noor}/equipment`, piece);
    expect(again.status).to.equal(409);
    expect(again.text).to.contain('assetNumber');
  });

  it('of another kind than the nine says what it is, and comes on no day to come', async () => {
    const bare = { ...piece, assetNumber: '202', name: '' };
    expect((await world.visit('hadi', `POST ${noor}/equipment`, bare)).status).to.equal(422);
    const late = { ...piece, assetNumber: '202', receivedOn: '1405/09/01' };
    expect((await world.visit('hadi', `POST ${noor}/equipment`, late)).status).to.equal(422);
  });

  it('is entered several at a time, or not at all', async () => {
    const several = { computer: '301', printer: '101', receivedOn: TODAY };
    const refused = await world.visit('hadi', `POST ${noor}/equipment/several`, several);
    expect(refused.status).to.equal(409);
    expect(refused.text).to.contain('"field":"printer"');
    const list = await world.visit('hadi', `GET ${noor}/equipment.csv`);
    expect(list.text).to.not.contain('301');
    const done = await world.visit('hadi', `POST ${noor}/equipment/several`, {
      ...{ computer: '301', safe: '302', receivedOn: TODAY, givenBy: 'یک نیکوکار' },
    });
    expect(done.status).to.equal(201);
    const none = await world.visit('hadi', `POST ${noor}/equipment/several`, { receivedOn: TODAY });
    expect(none.status).to.equal(422);
  });

  it('is repaired and retired with a reason, and then stays retired, in raw SQL too', () => {
    const { db } = world.province;
    const hadi = world.actor('hadi');
    const typed = { kind: 'desk' as const, assetNumber: '401', receivedOn: FOUNDED };
    const { id } = receiveEquipment(db, hadi, world.noor, typed);
    const mark = (state: 'in-use' | 'repair' | 'retired', sinceOn?: string) =>
      markEquipment(db, hadi, world.noor, id, { state, reason: 'شکسته بود', sinceOn });
    expect(mark('repair').state).to.equal('repair');
    expect(() => mark('repair')).to.throw('same-state');
    expect(() => mark('retired', '2026-03-01')).to.throw('before-received');
    expect(() => mark('retired', '2026-11-22')).to.throw('future-day');
    expect(mark('retired')).to.include({ state: 'retired', reason: 'شکسته بود' });
    expect(() => mark('in-use')).to.throw('opening:refusals.retired');
    expect(
      sql(`INSERT INTO equipment_states VALUES (99, ${id}, 'in-use', '${TODAY}', 'xxx', 1, 1)`),
    ).to.throw('retired_equipment_stays_retired');
    expect(sql(`DELETE FROM equipment WHERE id = ${id}`)).to.throw('equipment_is_final');
    expect(sql("UPDATE equipment SET asset_number = 'x'")).to.throw('equipment_is_final');
  });
});

describe('premises (B-114)', () => {
  const office = {
    ...{ kind: 'school', owner: 'آموزش و پرورش', address: 'خیابان بهار ۳' },
    ...{ letterNumber: '۱۲/۳', letterOn: '1405/08/29', free: true },
  };

  it('are recorded as a new version by the owner’s letter', async () => {
    const told = await world.visit('reza', `POST ${noor}/premises`, office);
    expect(told.json()).to.include({ version: 2, kind: 'school', letterOn: '2026-11-20' });
    const all = await world.visit('inspector', `GET ${noor}/premises.json`);
    expect(all.json<{ earlier: object[] }>().earlier).to.have.lengthOf(1);
  });

  it('are refused where a rent is asked, on the page, in JSON and in the file', async () => {
    const paid = { ...office, free: false };
    const told = await world.visit('hadi', `POST ${noor}/premises`, paid);
    expect(told.status).to.equal(422);
    expect(told.json()).to.include({ clause: 'B-114' });
    const reader = new Reader(world.address);
    await reader.fill('/toos/login', '/toos/login', { username: 'reza', password: PASSWORD });
    const { free: _, ...typed } = office;
    const page = await reader.fill(`/toos${noor}/premises`, `/toos${noor}/premises`, typed);
    expect(page.status).to.equal(422);
    expect(page.text).to.contain('B-114').and.to.contain('value="آموزش و پرورش"');
    const row = (free: number) =>
      `INSERT INTO premises (centre_id, version, kind, owner, address, letter_number, letter_on,
         is_free, recorded_on, recorded_by, act_id)
       VALUES (1, 3, 'mosque', 'x', 'x', 'x', '${TODAY}', ${free}, '${TODAY}', 1, 1)`;
    expect(sql(row(0))).to.throw('b114_free_of_charge');
    expect(sql('DELETE FROM premises')).to.throw('premises_are_final');
  });
});

describe('the seal (B-117)', () => {
  const typed = { madeOn: TODAY, patternNumber: '7', patternOn: FOUNDED, keeper: 'chair' as const };
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

  it('is one at a time, and another is made once it is withdrawn or lost', async () => {
    const { db } = world.province;
    const reza = world.actor('reza', world.noor);
    expect(() => recordSeal(db, reza, world.noor, typed))
      .to.throw('opening:refusals.sealed')
      .with.nested.property('details.clause', 'B-117');
    expect(endSeal(db, reza, world.noor, { how: 'lost', reason: 'گم شد' }).how).to.equal('lost');
    expect(() => endSeal(db, reza, world.noor, { how: 'lost', reason: 'گم شد' })).to.throw(
      'no-seal',
    );
    const body = { ...typed, image: png.toString('base64') };
    const told = await world.visit('hadi', `POST ${noor}/seal`, body);
    expect(told.json()).to.include({ hasImage: true, keeper: 'chair' });
  });

  it('shows its image to those who may see it, as an image and never as a page', async () => {
    const { id } = sealInUse(world.province.db, world.noor.id)!;
    const told = await world.visit('maryam', `GET ${noor}/seal/${id}/image`);
    expect(told.status).to.equal(200);
    expect(told.headers.get('content-type')).to.equal('image/png');
    expect(told.headers.get('x-content-type-options')).to.equal('nosniff');
    expect(told.headers.get('content-security-policy')).to.contain('sandbox');
    expect((await world.visit('zahra', `GET ${noor}/seal/${id}/image`)).status).to.equal(403);
  });

  it('takes no file that is no image, and none that is too large', () => {
    const { db } = world.province;
    const reza = world.actor('reza', world.noor);
    endSeal(db, reza, world.noor, { how: 'withdrawn', reason: 'نمونه عوض شد' });
    const record = (image: Buffer) => () => recordSeal(db, reza, world.noor, { ...typed, image });
    expect(record(Buffer.from('<svg onload="x">'))).to.throw('no-image');
    expect(record(Buffer.concat([png, Buffer.alloc(307_200)]))).to.throw('image-too-large');
    const early = { ...typed, madeOn: FOUNDED, patternOn: TODAY };
    expect(() => recordSeal(db, reza, world.noor, early)).to.throw('before-pattern');
  });

  it('comes by form with its file, the bytes as they were sent', async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(typed)) form.set(name, value);
    form.set('image', new Blob([png]), 'seal.html');
    const sent = await fetch(`${world.address}/toos${noor}/seal`, {
      ...{ method: 'POST', body: form },
      headers: { authorization: `Bearer ${world.tokens.reza}` },
    });
    expect(sent.status).to.equal(201);
    const { id } = sealInUse(world.province.db, world.noor.id)!;
    const kept = world.province.db.$client.prepare('SELECT image FROM seals WHERE id = ?').pluck();
    expect(png.equals(kept.get(id) as Buffer)).to.equal(true);
  });

  it('comes after the activity code, in the file too', async () => {
    const told = await world.visit('karim', 'POST /centres/sepid/seal', typed);
    expect(told.status).to.equal(409);
    expect(told.json()).to.include({ clause: 'B-117' });
    const row = (centre: number) =>
      `INSERT INTO seals (centre_id, made_on, pattern_number, pattern_on, keeper_seat, recorded_on,
         recorded_by, act_id)
       VALUES (${centre}, '${TODAY}', 'x', '${TODAY}', 'chair', '${TODAY}', 1, 1)`;
    expect(sql(row(world.sepid.id))).to.throw('b117_made_after_code');
    expect(sql(row(world.noor.id))).to.throw('b117_one_seal_at_a_time');
  });
});

describe('training (B-121)', () => {
  it('is recorded by the committee, for the people of the centre', async () => {
    const trainees = traineesOf(world.province.db, world.noor.id, TODAY);
    const zahra = trainees.find(({ username }) => username === 'zahra')!;
    const lesson = { subject: 'bylaw', trainedOn: TODAY, hours: '۳', trainer: 'علی مربی' };
    const body = { ...lesson, person: zahra.personId };
    const told = await world.visit('hadi', `POST ${noor}/trainings`, body);
    expect(told.json()).to.include({ subject: 'bylaw', hours: 3, trainer: 'علی مربی' });
    const stranger = await world.visit('hadi', `POST ${noor}/trainings`, { ...body, person: 999 });
    expect(stranger.status).to.equal(422);
    const raw = `INSERT INTO trainings (centre_id, person_id, subject, trained_on, hours, trainer,
        recorded_by, act_id)
      VALUES (1, 1, 'books', '${TODAY}', 1, 'x', ${world.users.reza}, 1)`;
    expect(sql(raw)).to.throw('b121_committee_trains');
    expect(sql('DELETE FROM trainings')).to.throw('trainings_are_final');
  });
});

describe('a training that was written wrong (B-121)', () => {
  const reason = 'روز اشتباه نوشته شد';
  const right = { subject: 'books', trainedOn: TODAY, hours: 6, trainer: 'مربی دیگر', reason };
  const trainings = '/centres/noor/trainings';

  it('is corrected with a reason, and what stood there before stays to be read', async () => {
    const told = await world.visit('hadi', `POST ${trainings}/1/corrections`, right);
    expect([told.status, told.headers.get('location')]).to.deep.equal([
      ...[201, '/toos/centres/noor/trainings/1'],
    ]);
    const json = (await world.visit('reza', `GET ${trainings}/1.json`)).json<{
      subject: string;
      corrections: { was: object; reason: string }[];
    }>();
    expect(json).to.include({ subject: 'books', hours: 6, trainedOn: TODAY });
    expect(json.corrections[0]).to.include({ reason }).and.have.nested.property('was.hours', 4);
    expect((await world.visit('hadi', `GET ${trainings}/1`)).text).to.include(reason);
    const again = await world.visit('hadi', `POST ${trainings}/1/corrections`, right);
    expect(again.status).to.equal(409);
  });

  it('is withdrawn where there was none, and its person counts as untrained', async () => {
    const body = { ...right, withdrawn: true, reason: 'کس دیگری آموزش دید' };
    const before = (await world.visit('hadi', `GET ${trainings}.json`)).json<Taught>();
    const { personId } = before.trainings.find(({ id }) => id === 1)!;
    expect((await world.visit('hadi', `POST ${trainings}/1/corrections`, body)).status).to.equal(
      201,
    );
    const after = (await world.visit('hadi', `GET ${trainings}.json`)).json<Taught>();
    expect(after.people.find((one) => one.personId === personId)?.trainedOn).to.equal(null);
    expect(after.trainings.find(({ id }) => id === 1)?.withdrawnFor).to.equal(body.reason);
    expect((await world.visit('hadi', `GET ${trainings}`)).status).to.equal(200);
    const again = await world.visit('hadi', `POST ${trainings}/1/corrections`, right);
    expect(again.status).to.equal(409);
    const row = `INSERT INTO training_corrections SELECT 9, training_id, subject, trained_on, hours,
      trainer, 0, reason, corrected_on, corrected_by, act_id FROM training_corrections`;
    expect(sql(row)).to.throw('withdrawn_training_stays_withdrawn');
    expect(sql('DELETE FROM training_corrections')).to.throw('are_final');
    const wrong = examine(world.province.db).filter((finding) => finding.wrong !== null);
    expect(wrong).to.deep.equal([]);
  });
});

type Taught = {
  trainings: { id: number; personId: number; withdrawnFor: string | null }[];
  people: { personId: number; trainedOn: string | null }[];
};

describe('B-17, on the way of a centre', () => {
  const by = () => world.users.karim;
  const rows: Record<string, () => string> = {
    proposal: () => `INSERT INTO seat_proposals VALUES (99, 1, 'chair', 1, '${TODAY}', ${by()}, 1)`,
    office: () => `INSERT INTO premises VALUES
      (99, 1, (SELECT 1 + count(*) FROM premises WHERE centre_id = 1), 'mosque', 'x', 'x', 'x',
       '${TODAY}', 1, '${TODAY}', ${by()}, 1)`,
    piece: () => `INSERT INTO equipment VALUES
      (99, 1, 'x', 'desk', NULL, NULL, '${TODAY}', ${by()}, 1)`,
    state: () => `INSERT INTO equipment_states VALUES
      (99, 1, 'repair', '${TODAY}', 'xxx', ${by()}, 1)`,
    training: () => `INSERT INTO trainings VALUES
      (99, 1, 1, 'books', '${TODAY}', 1, 'x', ${by()}, 1)`,
    ending: () => `INSERT INTO seal_endings VALUES
      ((SELECT max(id) FROM seals), 'lost', '${TODAY}', 'xxx', ${by()}, 1)`,
  };

  for (const [name, row] of Object.entries(rows)) {
    it(`refuses a ${name} by the head of the next county in the file`, () => {
      expect(sql(row())).to.throw('b17_own_county');
    });
  }
});
