/** B-133: the papers of a month as one sealed pack: made, refused, handed over, corrected. */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { compassOf } from '../../src/bylaw/compass.ts';
import { tasksOf } from '../../src/centres/tasks.ts';
import { cancelReceipt, findReceipt, issueReceipt } from '../../src/donations/receipts.ts';
import { packChecks } from '../../src/packs/checks.ts';
import { PNG } from '../attachments/samples.ts';
import { as, help, line, NOOR, pay, run } from '../payments/paying.ts';
import { buildWorld, NOW, TODAY, type World } from '../support/world.ts';

/** 13 Mehr 1405; the month ends on 22 October and its papers are due on 6 November. */
const IN_MEHR = new Date('2026-10-05T08:00:00.000Z');
const MEHR = `${NOOR}/packs/1405-07`;
const HANDED = {
  receiver: 'دبیرخانهٔ شهرستان',
  way: 'letters-system',
  secretariatNumber: '۵۰/۱۲۷۴',
};

/** The files of a ZIP that compresses nothing, in their order. */
function filesIn(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(zip.length - 6);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [size, named, extra, said] = [20, 28, 30, 32].map((of) =>
      of === 20 ? zip.readUInt32LE(at + of) : zip.readUInt16LE(at + of),
    ) as [number, number, number, number];
    const name = zip.subarray(at + 46, at + 46 + named).toString('utf8');
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.set(name, zip.subarray(from, from + size));
    at += 46 + named + extra + said;
  }
  return files;
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('B-133, the papers of each month for the committee', () => {
  let world: World;
  const gift = (amountRial: number, receivedOn = '2026-10-05') =>
    run(world, (tx) =>
      issueReceipt(tx, as(world, 'maryam'), world.noor, { amountRial, fund: 'sadaqa', receivedOn }),
    );
  const cancel = (number: number) =>
    run(world, (tx) => {
      const receipt = findReceipt(tx, world.noor.id, `1405-00000${number}`);
      return cancelReceipt(tx, as(world, 'reza'), world.noor, receipt, 'دوبار ثبت شده بود');
    });
  const bearing = () =>
    compassOf(world.province.db, world.noor.id, TODAY).find(({ id }) => id === 'B-133')!;
  const download = async (address: string) => {
    const answer = await fetch(`${world.address}/toos${address}`, {
      headers: { authorization: `Bearer ${world.tokens.maryam}` },
    });
    expect(answer.status, address).to.equal(200);
    return Buffer.from(await answer.arrayBuffer());
  };

  before(async () => {
    world = await buildWorld();
    world.clock.now = IN_MEHR;
    for (const rial of [5_000_000, 2_000_000, 1_000_000]) await gift(rial);
    await cancel(3);
    const recipient = await help(world);
    const paid = await pay(world, { recipient, lines: [line('sadaqa', '6101', 1_500_000)] });
    const file = PNG.toString('base64');
    await world.visit('maryam', `POST ${NOOR}/payments/${paid.id}/attachments`, {
      ...{ name: 'قبض.png', file },
    });
  });
  after(() => world.close());

  it('refuses a month that has not ended, and whoever does not keep the money', async () => {
    const { visit } = world;
    expect((await visit('maryam', `GET ${MEHR}`)).status).to.equal(404);
    world.clock.now = NOW;
    expect((await visit('maryam', `POST ${NOOR}/packs/1405-08`, {})).status).to.equal(404);
    expect((await visit('zahra', `POST ${MEHR}`, {})).status).to.equal(403);
    expect((await visit('zahra', `GET ${NOOR}/packs`)).status).to.equal(403);
    expect((await visit('hadi', `POST ${MEHR}`, {})).status).to.equal(403);
    expect((await visit('karim', `GET ${MEHR}`)).status).to.equal(404);
    expect((await visit(null, `GET ${MEHR}`)).status).to.equal(302);
    const empty = await visit('maryam', `POST ${NOOR}/packs/1405-06`, {});
    expect(empty.json()).to.include({ status: 409, clause: 'B-133' });
  });

  it('is broken once the day is past, and a task for whoever makes packs', async () => {
    const { province, noor, visit } = world;
    const told = { state: 'broken', why: 'bylaw:why.B-133.broken' };
    expect(bearing()).to.deep.include(told);
    expect(bearing().told).to.deep.equal({ number: '1405-07', day: '2026-11-06' });
    const keys = tasksOf(province.db, as(world, 'maryam'), noor).map(({ key }) => key);
    expect(keys).to.include('pack-owed');
    const { rows } = (await visit('hadi', `GET ${NOOR}/packs.json`)).json<{ rows: object[] }>();
    expect(rows).to.have.length(1);
    expect(rows[0]).to.include({ month: '1405-07', state: 'owed', lateDays: 15 });
    const month = await visit('hadi', `GET ${MEHR}.json`);
    const { books, papers } = month.json<Record<'books' | 'papers', object>>();
    expect(books).to.deep.equal(papers);
    expect(books).to.deep.include({ receipts: { count: 4, rial: 7_000_000 } });
    expect(books).to.deep.include({ payments: { count: 1, rial: 1_500_000 } });
    for (const form of ['.csv', '.xlsx', '.pdf', '.json', '']) {
      for (const part of ['receipts', 'services']) {
        const list = await visit('inspector', `GET ${MEHR}/${part}${form}`);
        expect(list.status, `${part}${form} ${list.text.slice(0, 200)}`).to.equal(200);
      }
    }
  });

  it('is one ZIP of letter, lists, scans and manifest, the same bytes each time', async () => {
    const made = await world.visit('maryam', `POST ${MEHR}`, {});
    expect(made.status, made.text).to.equal(201);
    expect(made.json()).to.include({ nth: 1, receiptsRial: 7_000_000, paymentsRial: 1_500_000 });
    const zip = await download(`${MEHR}/1.zip`);
    const files = filesIn(zip);
    expect([...files.keys()].slice(0, -1)).to.deep.equal([
      ...['letter.pdf', 'receipts.pdf', 'receipts.xlsx', 'receipts.csv'],
      ...['services.pdf', 'services.xlsx', 'services.csv', 'manifest.json'],
    ]);
    const [scan] = [...files.keys()].slice(-1);
    expect(scan).to.match(/^scans\/1405-\d+-\d+-قبض\.png$/);
    expect(files.get(scan!)!.equals(PNG)).to.equal(true);
    const manifest = files.get('manifest.json')!;
    const told = JSON.parse(String(manifest)) as Record<'files' | 'scans', Json[]>;
    type Json = { name: string; sha256: string };
    for (const { name, sha256: hash } of [...told.files, ...told.scans]) {
      expect(sha256(files.get(name)!), name).to.equal(hash);
    }
    expect(made.json<{ seal: string }>().seal).to.equal(sha256(manifest));
    const services = String(files.get('services.csv'));
    expect(services).to.contain('1500000').and.not.contain('معیشت');
    expect(String(files.get('receipts.csv'))).to.contain('-1000000');
    expect((await download(`${MEHR}/1.zip`)).equals(zip)).to.equal(true);
    const { paperId } = made.json<{ paperId: number }>();
    const letter = await world.visit('hadi', `GET ${NOOR}/papers/${paperId}.json`);
    expect(letter.text).to.contain(sha256(manifest));
    expect((await world.visit('hadi', `GET ${MEHR}/1`)).status).to.equal(200);
  });

  it('is not made twice while nothing changes', async () => {
    const again = await world.visit('maryam', `POST ${MEHR}`, {});
    expect(again.status).to.equal(409);
    expect(again.json()).to.include({ clause: 'B-133' });
  });

  it('is handed over under a number of the secretariat, and kept from then on', async () => {
    const { visit } = world;
    expect(bearing().why).to.equal('bylaw:why.B-133.made');
    const to = `POST ${MEHR}/1/handing`;
    const bare = await visit('maryam', to, { ...HANDED, secretariatNumber: ' ', handedOn: TODAY });
    expect(bare.status).to.equal(422);
    const early = await visit('maryam', to, { ...HANDED, handedOn: '1405/07/30' });
    expect(early.json()).to.include({ status: 422, clause: 'B-133' });
    const other = await visit('zahra', to, { ...HANDED, handedOn: '1405/08/30' });
    expect(other.status).to.equal(403);
    const done = await visit('maryam', to, { ...HANDED, handedOn: '1405/08/30' });
    expect(done.status, done.text).to.equal(200);
    expect(done.json<{ handing: object }>().handing).to.include({ secretariatNumber: '50/1274' });
    expect(bearing()).to.deep.include({ state: 'kept', told: { count: 1, day: TODAY } });
  });

  it('is followed by a correction when a receipt of it is cancelled later', async () => {
    const { visit, province } = world;
    await cancel(2);
    const month = await visit('maryam', `GET ${MEHR}.json`);
    expect(month.json()).to.include({ state: 'changed', news: 1 });
    expect((await visit('maryam', `GET ${MEHR}`)).status).to.equal(200);
    const made = await visit('maryam', `POST ${MEHR}`, {});
    expect(made.json(), made.text).to.include({ nth: 2, receiptsRial: -2_000_000 });
    const files = filesIn(await download(`${MEHR}/2.zip`));
    expect(String(files.get('receipts.csv')))
      .to.contain('1405-000002')
      .and.contain('-2000000');
    expect([...files.keys()].filter((name) => name.startsWith('scans/'))).to.deep.equal([]);
    const handing = { ...HANDED, handedOn: '1405/08/30' };
    const done = await visit('maryam', `POST ${MEHR}/2/handing`, handing);
    expect(done.status, done.text).to.equal(200);
    expect(bearing().state).to.equal('kept');
    const late = compassOf(province.db, world.noor.id, '2026-12-20');
    expect(late.find(({ id }) => id === 'B-133')!.told).to.include({ number: '1405-08' });
  });

  it('tells of what was entered late for a month that was sent', async () => {
    await gift(300_000, '2026-10-20');
    const month = await world.visit('maryam', `GET ${MEHR}.json`);
    expect(month.json()).to.include({ state: 'changed', news: 1 });
    const soon = compassOf(world.province.db, world.noor.id, '2026-12-07');
    expect(soon.find(({ id }) => id === 'B-133')).to.include({ why: 'bylaw:why.B-133.changed' });
  });

  it('is whole, of its month, true to the books and final, whoever writes', () => {
    const { $client } = world.province.db;
    const raw = (sql: string) => () => $client.exec(sql);
    const paper = $client
      .prepare("SELECT id, act_id FROM papers WHERE kind = 'monthly-pack' LIMIT 1")
      .get() as { id: number; act_id: number };
    const pack = (nth: number, rial: number, row: string, issuedOn = TODAY) => {
      $client.exec('SAVEPOINT raw');
      try {
        $client.pragma('defer_foreign_keys = ON');
        $client.exec(`INSERT INTO papers SELECT 900, centre_id, kind, 'x', issued_on, 'X' || substr(code, 2),
          content, sha256, act_id FROM papers WHERE id = ${paper.id}`);
        $client.exec(row);
        $client.exec(
          `INSERT INTO pack_files VALUES (900, 90, 'manifest.json', zeroblob(32), x'00')`,
        );
        $client.exec(`INSERT INTO packs SELECT 90, ${world.noor.id}, 1405, 7, ${nth}, '2026-09-23',
          '2026-10-22', (SELECT max(id) FROM entries), ${rial}, 0, 0, zeroblob(32), '${issuedOn}', 1,
          900, ${paper.act_id}`);
      } finally {
        $client.exec('ROLLBACK TO raw; RELEASE raw');
      }
    };
    const late = '(SELECT max(id) FROM entries)';
    const row = (entry: string, rial: number) =>
      `INSERT INTO pack_rows VALUES (90, ${entry}, 'receipts', ${rial})`;
    expect(() => pack(3, 300_000, row(late, 300_000), '2026-10-22')).to.throw(
      'b133_month_has_ended',
    );
    expect(() => pack(3, 999, row(late, 999))).to.throw('b133_pack_agrees_with_books');
    expect(() => pack(3, 5, row(late, 300_000))).to.throw('b133_pack_agrees_with_books');
    expect(() => pack(3, 0, 'SELECT 1')).to.throw('b133_pack_is_whole');
    expect(() => pack(2, 300_000, row(late, 300_000))).to.throw('b133_packs_stay');
    expect(() => pack(3, 300_000, row(late, 300_000))).to.not.throw();
    expect(raw(`UPDATE pack_files SET bytes = x'00'`)).to.throw('b133_packs_stay');
    expect(raw('DELETE FROM pack_rows')).to.throw('b133_packs_stay');
    expect(raw(`INSERT INTO pack_scans VALUES (1, 1, 'scans/x')`)).to.throw('b133_packs_stay');
    expect(
      raw(`INSERT INTO pack_handings SELECT 99, 1, 'x y', 'hand', '', '${TODAY}', '${TODAY}', 1, act_id
        FROM pack_handings LIMIT 1`),
    ).to.throw('b133_handed_under_a_number');
  });

  it('is found sound by the doctor', () => {
    expect(packChecks.map(({ run: look }) => look(world.province.db))).to.deep.equal([null]);
  });
});
