/**
 * The default answer is no: every address of the program, read off its routers, asked by those who
 * may know nothing of the centre, by the inspector who may write nothing in it, and by a stranger.
 * What each capability grants to whom is in its own tests; here nothing may have been forgotten.
 */
import { expect } from 'chai';
import type { Router } from 'express';
import { buildApp } from '../../src/app.ts';
import { type Address, addressesOf } from '../../src/web/addresses.ts';
import { buildWorld, type Person, type World } from '../support/world.ts';

const CENTRE = '/{province}/centres/{code}';

/** A county head elsewhere, and the three offices that see no centre at all. */
const KNOW_NOTHING: Person[] = ['karim', 'security', 'selection', 'sysadmin'];

/** Written by the committee as readers of donors: a name is shown to them for a reason (B-104). */
const INSPECTOR_MAY = new Set([
  // B-111: his own visits, and what they find.
  `${CENTRE}/inspections`,
  `${CENTRE}/inspections/{inspection}/findings/{finding}/decision`,
  `${CENTRE}/donations/donors/{id}/reveal`,
  // B-105: numbers of the network's people, for a reason that stays.
  `${CENTRE}/network/volunteers/{number}/reveal`,
  `${CENTRE}/network/units/{number}/reveal`,
  // B-20: supervision is his own section of the monitoring.
  `${CENTRE}/licence/monitoring`,
  `${CENTRE}/licence/monitoring/{monitoring}/sections`,
]);

/**
 * B-128: what is left to whoever sat on the last day: the books, and what a closed centre lists;
 * a decree is its holder's to accept wherever he reads it, and the state forbids it.
 */
const CLOSES = /\/books\/|\/licence\/assets|\/acceptance$/;

describe('by default nobody may', () => {
  let world: World;
  let addresses: Address[];

  before(async () => {
    world = await buildWorld();
    const app = buildApp(world.site);
    addresses = addressesOf(app.router as unknown as Router);
  });
  after(() => world.close());

  const ofCentre = (method: 'get' | 'post') =>
    addresses.filter((one) => one.method === method && one.path.startsWith(CENTRE));
  const filled = ({ path }: Address) =>
    path
      .replace('/{province}', '')
      .replace('{code}', 'noor')
      .replaceAll(/\{\w+\}/g, '1');
  const ask = (person: Person | null, address: Address) =>
    address.method === 'get'
      ? world.visit(person, `GET ${filled(address)}`)
      : world.visit(person, `POST ${filled(address)}`, {});

  it('there are many addresses to ask', () => {
    expect(ofCentre('get').length).to.be.greaterThan(35);
    expect(ofCentre('post').length).to.be.greaterThan(20);
  });

  for (const person of KNOW_NOTHING) {
    it(`tells ${person} of no address of the centre that it is there`, async () => {
      for (const address of [...ofCentre('get'), ...ofCentre('post')]) {
        const { status } = await ask(person, address);
        expect(status, `${address.method} ${address.path}`).to.equal(404);
      }
    });
  }

  it('lets the inspector write nothing', async () => {
    const letOn: string[] = [];
    for (const address of ofCentre('post')) {
      if (INSPECTOR_MAY.has(address.path)) continue;
      const { status } = await ask('inspector', address);
      if (status !== 403 && status !== 404) letOn.push(`${status} ${address.path}`);
    }
    expect(letOn).to.deep.equal([]);
  });

  it('lets the board of an ended licence write nothing but what closes its books', async () => {
    const now = world.clock.now;
    world.clock.now = new Date('2027-03-25T06:30:00.000Z');
    const letOn: string[] = [];
    for (const address of ofCentre('post')) {
      if (CLOSES.test(address.path)) continue;
      const { status } = await ask('reza', address);
      if (status !== 403 && status !== 404) letOn.push(`${status} ${address.path}`);
    }
    world.clock.now = now;
    expect(letOn).to.deep.equal([]);
  });

  it('asks a stranger to sign in first, wherever in a province he comes', async () => {
    const open = /^\/\{province\}(\/(login|language|sign-out|held|complaints)|$)/;
    for (const address of addresses) {
      if (!address.path.startsWith('/{province}') || open.test(address.path)) continue;
      const asked = address.path.includes('{to}') ? address : { ...address };
      const visit = await world.visit(
        null,
        `${asked.method.toUpperCase()} ${filled(asked)}`,
        undefined,
        {
          accept: 'application/json',
        },
      );
      expect(visit.status, `${address.method} ${address.path}`).to.be.oneOf([401, 303, 302]);
      if (visit.status !== 401) {
        expect(visit.headers.get('location'), address.path).to.contain('/login');
      }
    }
  });
});
