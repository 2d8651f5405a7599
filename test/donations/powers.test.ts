import { expect } from 'chai';
import { buildWorld, type Person, type World } from '../support/world.ts';
import { BATOOL, cash, DONORS, GIFTS, give, RECEIPTS } from './gifts.ts';

// Reza chairs, Maryam keeps the books, Zahra sits for the assemblies, Hadi heads this county's
// office and Karim the next one's; null is a stranger.
const PEOPLE: (Person | null)[] = [
  ...(['reza', 'maryam', 'zahra', 'hadi', 'deputy', 'inspector'] as const),
  ...(['karim', 'security', 'selection', 'sysadmin'] as const),
  null,
];
// A stranger is sent to sign in from a page; a program is told that it must.
const READ = [200, 200, 403, 200, 200, 200, 404, 404, 404, 404, 302];
const READ_DATA = READ.with(-1, 401);
const WRITE = (done: number) => [done, done, 403, 403, 403, 403, 404, 404, 404, 404, 401];
const FORM = WRITE(200).with(-1, 302);

describe('who may do what with gifts', () => {
  let world: World;
  let donorId: number;
  before(async () => {
    world = await buildWorld();
    donorId = (await give(world, { donor: { ...BATOOL, mayBeNamed: false } })).donor!.id;
  });
  after(() => world.close());

  const table: [line: string, expected: number[], body?: () => object][] = [
    [`GET ${GIFTS}`, READ],
    [`GET ${GIFTS}.csv`, READ_DATA],
    [`GET ${RECEIPTS}`, READ],
    [`GET ${RECEIPTS}/1405-000001`, READ],
    [`GET ${RECEIPTS}/1405-000001.json`, READ_DATA],
    [`GET ${RECEIPTS}/1405-000001.pdf`, READ_DATA],
    [`GET ${DONORS}`, READ],
    [`GET ${DONORS}/search.json?q=abc`, READ_DATA],
    [`GET ${DONORS}/4294967297`, READ],
    [`GET ${GIFTS}/new`, FORM],
    [`GET ${DONORS}/new`, FORM],
    [`GET ${DONORS}/4294967297/edit`, FORM],
    [`POST ${GIFTS}`, WRITE(201), () => cash()],
    [`POST ${DONORS}`, WRITE(201), () => ({ name: 'تازه', mobile: '09121111111' })],
    [`POST ${DONORS}/4294967297`, WRITE(200), () => ({ unnamed: true })],
    [`POST ${DONORS}/4294967297/reveal`, READ_DATA, () => ({ reason: 'پرسش خود او' })],
  ];

  for (const [line, expected, body] of table) {
    it(line, async () => {
      expect(donorId).to.equal(4294967297);
      const found: number[] = [];
      for (const person of PEOPLE) found.push((await world.visit(person, line, body?.())).status);
      expect(found).to.eql(expected);
    });
  }

  it(`POST ${RECEIPTS}/…/cancel`, async () => {
    const found: number[] = [];
    for (const person of PEOPLE) {
      const { receipt } = await give(world);
      const line = `POST ${RECEIPTS}/${receipt}/cancel`;
      found.push((await world.visit(person, line, { reason: 'نادرست بود' })).status);
    }
    expect(found).to.eql(WRITE(200));
  });

  it('knows no gift of another centre, no receipt that was not issued, no other format', async () => {
    for (const line of [
      ...['GET /centres/sepid/donations', `GET ${RECEIPTS}/1405-999999`, `GET ${RECEIPTS}/x`],
      ...[`GET ${DONORS}/1`, `GET ${DONORS}/x`, `GET ${GIFTS}.kml`, `GET ${DONORS}/search`],
    ]) {
      expect((await world.visit('reza', line)).status, line).to.equal(404);
    }
  });
});
