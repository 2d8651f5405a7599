import { expect } from 'chai';
import { quarter } from '../../seeds/neighbourhood.ts';
import { insidePoint } from '../../src/boundary/measure.ts';
import { peopleOf } from '../../src/boxes/people.ts';
import { Reader } from '../support/reader.ts';
import { buildWorld, daysAgo, PASSWORD, TODAY, type World } from '../support/world.ts';

const ROOT = '/toos/centres/noor/donations/boxes';
const API = '/centres/noor/donations/boxes';

describe('the pages of boxes', () => {
  let world: World;
  let reza: Reader;
  let maryam: Reader;
  before(async () => {
    world = await buildWorld();
    [reza, maryam] = [new Reader(world.address), new Reader(world.address)];
    for (const [reader, username] of [
      [reza, 'reza'],
      [maryam, 'maryam'],
    ] as const) {
      await reader.fill('/toos/login', '/toos/login', { username, password: PASSWORD });
    }
  });
  after(() => world.close());

  const [lon, lat] = insidePoint(quarter(0));
  const box = {
    ...{ kind: 'shop', fund: 'sadaqa', place: 'میدان بهار، نانوایی', at: `${lat}, ${lon}` },
    ...{ keeperKind: 'shop', keeperName: 'نانوایی بهار', keeperMobile: '۰۹۱۵۰۰۰۰۰۰۱' },
    installedOn: daysAgo(60),
  };

  it('put a box up, keep what was typed where it is refused', async () => {
    const outside = await reza.fill(`${ROOT}/new`, ROOT, { ...box, at: '35.7, 51.4' });
    expect(outside.status).to.equal(422);
    expect(outside.text).to.include('value="میدان بهار، نانوایی"').and.include('B-124');
    const made = await reza.fill(`${ROOT}/new`, ROOT, box);
    expect(made.to).to.equal(`${ROOT}/1`);
    const page = await reza.get(made.to);
    expect(page.text).to.include('موعد گشودن').and.include('۰۹۱۵۰۰۰۰۰۰۱');
    expect((await reza.get(ROOT)).text).to.include('نانوایی بهار');
  });

  it('plan a round, print its sheet, count by one and again by another', async () => {
    const [first, second] = peopleOf(world.province.db, world.noor.id, TODAY);
    const two = { first: first!.key, second: second!.key };
    const same = await reza.fill(`${ROOT}/rounds/new`, `${ROOT}/rounds`, {
      ...{ roundOn: TODAY, boxes: '۱', first: first!.key, second: first!.key, note: '' },
    });
    expect(same.status).to.equal(422);
    const search = await world.visit('reza', `GET ${API}/people.json?q=${encodeURI('مریم')}`);
    const [maryamFound] = search.json<{ found: { id: string; name: string }[] }>().found;
    expect(maryamFound).to.include({ name: 'مریم نمونه' });
    expect((await world.visit('zahra', `GET ${API}/people.json?q=abc`)).status).to.equal(403);
    // As the search leaves it: the name typed, and the key where one was chosen.
    const typed = { first: 'هر چه', firstKey: two.first, second: second!.name };
    const round = await reza.fill(`${ROOT}/rounds/new`, `${ROOT}/rounds`, {
      ...{ roundOn: TODAY, boxes: '۱', ...typed, note: 'با موتور' },
    });
    expect(round.to).to.equal(`${ROOT}/rounds/1`);
    expect((await reza.get(round.to)).text)
      .to.include('شمارش')
      .and.include('با موتور');
    expect((await reza.get(`${ROOT}/rounds`)).status).to.equal(200);
    const pdf = await world.visit('reza', `GET ${API}/rounds/1.pdf`);
    expect(pdf.headers.get('content-type')).to.include('application/pdf');
    const sheet = { 'note.100000': '۱۲', 'coin.5000': '3', account: '1104', openedOn: TODAY };
    const count = {
      ...sheet,
      round: '1',
      first: '',
      second: '',
      total: '121500',
      totalUnit: 'toman',
    };
    const wrong = await reza.fill(`${ROOT}/1/count`, `${ROOT}/1/openings`, {
      ...count,
      total: '5',
    });
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.include('value="۱۲"').and.include('۱٬۲۱۵٬۰۰۰');
    const counted = await reza.fill(`${ROOT}/1/count`, `${ROOT}/1/openings`, count);
    expect(counted.to).to.equal(`${ROOT}/openings/1`);
    const hidden = await maryam.get(counted.to);
    expect(hidden.text).to.not.include('۱٬۲۱۵٬۰۰۰');
    expect((await world.visit('maryam', `GET ${API}/openings/1.json`)).json().totalRial).to.equal(
      null,
    );
    const differs = await maryam.fill(counted.to, `${counted.to}/confirmation`, { total: '1' });
    expect(differs.status).to.equal(422);
    const done = await maryam.fill(counted.to, `${counted.to}/confirmation`, { total: '۱۲۱۵۰۰۰' });
    expect(done.status).to.equal(303);
    expect((await maryam.get(counted.to)).text)
      .to.include('۱٬۲۱۵٬۰۰۰')
      .and.include('1405-');
    const minutes = await world.visit('maryam', `GET ${API}/openings/1.json`);
    const paper = minutes.json().paper;
    expect((await world.visit('maryam', `GET /centres/noor/papers/${paper}.pdf`)).status).to.equal(
      200,
    );
    const own = await maryam.get(`${counted.to}/correction`);
    expect(own.status).to.equal(200);
  });

  it('hand in, show yields and every list in every format', async () => {
    const form = { fund: 'sadaqa', remittedOn: TODAY, amount: '1000000', account: '1102' };
    const bare = await reza.fill(`${ROOT}/remittances`, `${ROOT}/remittances`, form);
    expect(bare.status).to.equal(422);
    const made = await reza.fill(`${ROOT}/remittances`, `${ROOT}/remittances`, {
      ...{ ...form, reference: '99120' },
    });
    expect(made.status).to.equal(303);
    for (const list of ['', '/openings', '/rounds', '/yield', '/remittances']) {
      for (const format of ['json', 'csv', 'xlsx', 'pdf']) {
        const { status } = await world.visit('reza', `GET ${API}${list}.${format}`);
        expect(status, `${list}.${format}`).to.equal(200);
      }
      expect((await reza.get(`${ROOT}${list}`)).status).to.equal(200);
    }
    const listed = (await world.visit('inspector', `GET ${API}.json`)).json<{ rows: object[] }>();
    expect(listed.rows[0]).to.include({ number: 1, openings: 1, yieldRial: 1_215_000 });
  });

  it('B-105: show a keeper’s number to those whose duty it is', async () => {
    const seen = async (person: 'reza' | 'inspector') =>
      (await world.visit(person, `GET ${API}/1.json`)).json().keeperMobile;
    expect(await seen('reza')).to.equal('09150000001');
    expect(await seen('inspector')).to.equal(undefined);
    expect((await world.visit('zahra', `GET ${API}`)).status).to.equal(403);
    expect((await world.visit('karim', `GET ${API}`)).status).to.equal(404);
  });

  it('move a box, take it down, and keep the reason; the minutes and notes of the rial change by day', async () => {
    const moved = { ...box, event: 'moved', happenedOn: TODAY, place: 'سر چهارراه' };
    expect((await reza.fill(`${ROOT}/1`, `${ROOT}/1/events`, moved)).status).to.equal(303);
    const gone = { event: 'withdrawn', happenedOn: TODAY, reason: '' };
    expect((await reza.fill(`${ROOT}/1`, `${ROOT}/1/events`, gone)).status).to.equal(422);
    const why = { ...gone, reason: 'مغازه بسته شد' };
    expect((await reza.fill(`${ROOT}/1`, `${ROOT}/1/events`, why)).status).to.equal(303);
    expect((await reza.get(`${ROOT}/1`)).text)
      .to.include('سر چهارراه')
      .and.include('مغازه بسته شد');
    const note = { faceRial: 2_000_000, form: 'note', fromOn: TODAY, counts: true };
    expect((await world.visit('reza', 'POST /denominations', note)).status).to.equal(403);
    expect((await world.visit('deputy', 'POST /denominations', note)).status).to.equal(201);
    expect((await world.visit('deputy', 'POST /denominations', note)).status).to.equal(422);
    expect((await world.visit('deputy', 'GET /denominations')).status).to.equal(200);
  });

  it('lay boxes out in the minutes of a handover', async () => {
    const { layOut } = await import('../../src/board/handover-layout.ts');
    await reza.fill(`${ROOT}/new`, ROOT, box);
    const asked = { centreId: world.noor.id, day: TODAY, today: TODAY };
    const lines = layOut(world.province.db, { ...asked, seat: 'admin-finance' });
    expect(lines.find(({ kind }) => kind === 'boxes')).to.include({ recorded: 1, laid: true });
  });
});
