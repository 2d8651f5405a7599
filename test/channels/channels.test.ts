import { expect } from 'chai';
import { buildWorld, FOUNDED, type Person, TODAY, type World } from '../support/world.ts';

const HERE = '/centres/noor/channels';
type Told = { id: number; address: string; clause?: string; sentence?: string };

describe('public channels (B-122)', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  const open = (service: string, address: string, person: Person = 'reza') =>
    world.visit(person, `POST ${HERE}`, { service, address });
  const judged = async () => {
    const told = await world.visit('reza', 'GET /centres/noor/compliance.json');
    const { clauses } = told.json<{ clauses: { id: string; state: string }[] }>();
    return clauses.find(({ id }) => id === 'B-122')?.state;
  };

  it('are on services of the list, by handle or by address', async () => {
    for (const [service, typed, address] of [
      ['bale', '@noor_charity', 'https://ble.ir/noor_charity'],
      ['eitaa', 'https://eitaa.com/noor/', 'https://eitaa.com/noor'],
      ['aparat', 'www.aparat.com/noor', 'https://www.aparat.com/noor'],
      ['web', 'noor.ir', 'https://noor.ir'],
    ] as const) {
      const opened = await open(service, typed);
      expect([opened.status, opened.json<Told>().address]).to.deep.equal([201, address]);
    }
    expect(await judged()).to.equal('kept');
    const profile = await world.visit('zahra', 'GET /centres/noor/profile', undefined, {
      accept: 'text/html',
    });
    expect(profile.text).to.include('https://ble.ir/noor_charity');
    expect((await open('bale', 'noor_charity')).status).to.equal(409);
  });

  for (const [service, address] of [
    ['web', 'https://t.me/noor'],
    ['web', 'https://wa.me/989150000000'],
    ['web', 'https://instagram.com/noor.ir'],
    ['bale', 'https://eitaa.com/noor'],
    ['telegram', 'noor'],
    ['web', 'https://t.me?x=.ir'],
    ['web', 'https://noor.ir@t.me/noor'],
    ['bale', 'https://ble.ir.evil.com/noor'],
  ] as const) {
    it(`refuse ${address} as ${service}, naming the clause`, async () => {
      const refused = await open(service, address);
      expect([refused.status, refused.json<Told>().clause]).to.deep.equal([422, 'B-122']);
    });
  }

  it('are refused by the file itself on any other host', () => {
    const insert = (service: string, address: string, day = TODAY) =>
      world.province.db.$client
        .prepare('INSERT INTO channels VALUES (NULL, ?, ?, ?, ?, 1)')
        .run(world.noor.id, service, address, day);
    expect(() => insert('web', 'https://t.me/noor')).to.throw('b122_approved_service');
    expect(() => insert('web', 'https://t.me?x=.ir')).to.throw('b122_approved_service');
    expect(() => insert('bale', 'https://ble.ir.evil.com')).to.throw('b122_approved_service');
    expect(() => insert('bale', 'https://ble.ir/x', '2020-01-01')).to.throw('b128_channel');
    insert('bale', 'https://ble.ir/x');
    expect(() => insert('bale', 'https://ble.ir/x')).to.throw('channel_stands_once');
  });

  it('show as broken once the province takes their service away, until they end', async () => {
    const { id } = (await open('gap', 'noor')).json<Told>();
    const taken = await world.visit('deputy', 'POST /channel-services/gap/withdraw', {});
    expect(taken.status).to.equal(200);
    expect(
      (await world.visit('deputy', 'POST /channel-services/gap/withdraw', {})).status,
    ).to.equal(409);
    expect(await judged()).to.equal('broken');
    expect((await open('gap', 'noor-two')).status).to.equal(422);
    expect((await world.visit('reza', `POST ${HERE}/${id}/end`, {})).status).to.equal(200);
    expect((await world.visit('reza', `POST ${HERE}/${id}/end`, {})).status).to.equal(409);
    expect(await judged()).to.equal('not-due');
    await world.visit('deputy', 'POST /channel-services', { name: 'گپ', domain: 'gap.im' });
    expect((await open('gap', 'noor-two')).status).to.equal(201);
  });

  it('come on services that only the deputy adds', async () => {
    const added = { name: 'شاد', domain: 'https://shad.ir/' };
    expect((await world.visit('hadi', 'POST /channel-services', added)).status).to.equal(403);
    expect((await world.visit('deputy', 'POST /channel-services', added)).status).to.equal(201);
    expect((await world.visit('deputy', 'POST /channel-services', added)).status).to.equal(409);
    expect((await open('shad-ir', 'noor')).json<Told>().address).to.equal('https://shad.ir/noor');
    const foreign = { name: 'x', domain: 'no domain' };
    expect((await world.visit('deputy', 'POST /channel-services', foreign)).status).to.equal(422);
    const raw = () =>
      world.province.db.$client
        .prepare("INSERT INTO channel_services VALUES (NULL, 'x', 'x', 't.me', 1, ?, 1)")
        .run(TODAY);
    expect(raw).to.throw('b122_province_approves');
  });

  it('are written by those whose seat it is, once there is a licence (B-128)', async () => {
    expect((await open('bale', 'noor', 'zahra')).status).to.equal(403);
    expect((await open('bale', 'noor', 'hadi')).status).to.equal(403);
    world.province.db.$client.exec('DROP TRIGGER licences_are_final_update');
    world.province.db.$client.exec(
      "UPDATE licences SET from_on = '2026-12-01', to_on = '2027-02-01'",
    );
    const early = await open('bale', 'noor');
    expect([early.status, early.json<Told>().clause]).to.deep.equal([409, 'B-128']);
    expect(FOUNDED < TODAY).to.equal(true);
  });

  it('are listed in every form, and are final', async () => {
    await open('bale', 'noor');
    for (const [person, path] of [
      ['hadi', HERE],
      ['deputy', '/channel-services'],
    ] as const) {
      for (const form of ['.json', '.csv', '.xlsx', '.pdf']) {
        expect((await world.visit(person, `GET ${path}${form}`)).status).to.equal(200);
      }
    }
    const html = { accept: 'text/html' };
    const page = await world.visit('deputy', 'GET /channel-services', undefined, html);
    expect(page.text).to.include('ble.ir');
    expect((await world.visit('karim', `GET ${HERE}`)).status).to.equal(404);
    const { $client } = world.province.db;
    expect(() => $client.exec('DELETE FROM channels')).to.throw('channels_are_final');
    expect(() => $client.exec("UPDATE channels SET address = 'x'")).to.throw('channels_are_final');
  });
});
