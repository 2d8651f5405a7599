/** B-97: a meeting that falls in a time of prayer or in what goes on in the mosque warns; nothing is refused. */
import { expect } from 'chai';
import { buildWorld, TODAY, type World } from '../support/world.ts';

const HTML = { accept: 'text/html', 'accept-language': 'fa' };
const HERE = '/centres/noor/assemblies';

type Told = {
  id: number;
  metAt: string | null;
  clashes: object[];
  errors?: { field: string }[];
};

describe('B-97, the mosque first', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    const assembly = { kind: 'guilds', name: 'مجمع بازاریان', formedOn: TODAY };
    await world.visit('zahra', `POST ${HERE}`, assembly);
  });
  after(() => world.close());

  const meet = (metAt?: string) =>
    world.visit('zahra', `POST ${HERE}/meetings`, {
      ...{ metOn: TODAY, metAt, kind: 'working', subject: 'بازارچه', assemblies: [1] },
      noPolitics: true,
    });
  const record = (body: object) => world.visit('zahra', `POST ${HERE}/mosque-events`, body);

  it('warns of a meeting at the call to prayer, in JSON and on its page, and refuses nothing', async () => {
    // On 30 Aban the sun sets over Mashhad a little after half past four.
    const met = await meet('۱۷:۰۰');
    expect(met.status, met.text).to.equal(201);
    const { id, metAt, clashes } = met.json<Told>();
    expect(metAt).to.equal('17:00');
    expect(clashes).to.have.length(1).and.to.have.nested.property('[0].prayer', 'maghrib');
    const page = await world.visit('zahra', `GET ${HERE}/meetings/${id}`, undefined, HTML);
    expect(page.text).to.include('در وقت نماز مغرب است').and.to.include('ساعت ۱۷:۰۰');
    expect((await meet('11:20')).json<Told>().clashes).to.have.nested.property(
      '[0].prayer',
      'dhuhr',
    );
    for (const free of ['15:00', undefined]) {
      expect((await meet(free)).json<Told>().clashes, free).to.deep.equal([]);
    }
    expect((await meet('25:00')).status).to.equal(422);
  });

  it('tells the calls of today where the time is written', async () => {
    for (const path of ['meetings/new', 'mosque-events']) {
      const { text } = await world.visit('zahra', `GET ${HERE}/${path}`, undefined, HTML);
      expect(text, path).to.match(/اذان مغرب ۱[۶۷]:[۰-۹]{2}/);
    }
  });

  it('warns of what goes on in the mosque, every week or on a day, until it ends', async () => {
    const weekly = { title: 'جلسهٔ قرآن', weekday: 0, fromAt: '14:00', toAt: '15:30' };
    expect((await record(weekly)).status).to.equal(201);
    const once = { title: 'مجلس ختم', heldOn: TODAY, fromAt: '9', toAt: '10.30' };
    expect((await record(once)).json()).to.include({ fromAt: '09:00', toAt: '10:30' });
    expect((await meet('15:00')).json<Told>().clashes).to.deep.equal([
      { event: 'جلسهٔ قرآن', at: '14:00' },
    ]);
    const { id, clashes } = (await meet('10:00')).json<Told>();
    expect(clashes).to.deep.equal([{ event: 'مجلس ختم', at: '09:00' }]);
    const page = await world.visit('reza', `GET ${HERE}/meetings/${id}`, undefined, HTML);
    expect(page.text).to.include('با برنامهٔ مسجد «مجلس ختم»');
    expect((await meet('15:30')).json<Told>().clashes).to.deep.equal([]);
    expect((await world.visit('zahra', `POST ${HERE}/mosque-events/1/end`, {})).status).to.equal(
      200,
    );
    expect((await world.visit('zahra', `POST ${HERE}/mosque-events/1/end`, {})).status).to.equal(
      409,
    );
    expect((await meet('15:00')).json<Told>().clashes).to.deep.equal([]);
  });

  it('asks for a day or a day of the week, and an end after the beginning', async () => {
    const event = { title: 'جلسهٔ قرآن', fromAt: '14:00', toAt: '15:30' };
    for (const [body, field] of [
      [event, 'weekday'],
      [{ ...event, weekday: 1, heldOn: TODAY }, 'weekday'],
      [{ ...event, weekday: 7 }, 'weekday'],
      [{ ...event, weekday: 1, toAt: '13:00' }, 'toAt'],
    ] as const) {
      const refused = await record(body);
      expect(refused.status).to.equal(422);
      expect(refused.json<Told>().errors![0]!.field).to.equal(field);
    }
  });

  it('is written by those who form assemblies, read by the board and the county, in every form', async () => {
    const event = { title: 'جلسهٔ قرآن', weekday: 2, fromAt: '14:00', toAt: '15:30' };
    for (const [person, status] of [
      ['maryam', 403],
      ['hadi', 403],
      ['karim', 404],
    ] as const) {
      const { status: told } = await world.visit(person, `POST ${HERE}/mosque-events`, event);
      expect(told, person).to.equal(status);
    }
    for (const form of ['', '.json', '.csv', '.xlsx', '.pdf']) {
      const { status } = await world.visit('hadi', `GET ${HERE}/mosque-events${form}`);
      expect(status, form).to.equal(200);
    }
  });

  it('stays as it was written, in the file too', () => {
    const { $client } = world.province.db;
    expect(() => $client.exec('DELETE FROM mosque_events')).to.throw('mosque_events_are_final');
    expect(() => $client.exec("UPDATE mosque_events SET title = 'xxx'")).to.throw('are_final');
    expect(() => $client.exec('DELETE FROM mosque_event_endings')).to.throw('are_final');
  });
});
