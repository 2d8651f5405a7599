import { expect } from 'chai';
import { type Capacity, openCapacity, recordCapacity } from '../../src/network/capacities.ts';
import { enter } from '../../src/provinces/enter.ts';
import { dropping } from '../support/dropping.ts';
import { buildWorld, type World } from '../support/world.ts';

const CARDS = '/centres/noor/network/capacities';
const OWNER = 'صاحب‌کارگاه';
const MOBILE = '09120000301';
const workshop = {
  ...{ kind: 'workshop', title: 'کارگاه خیاطی', sight: 'open', use: 'employment' },
  ...{ place: 'کوچهٔ خیاطان', ownerName: OWNER, ownerMobile: MOBILE, lat: '36.281', lon: '59.501' },
};

let world: World;
const start = async () => {
  world = await buildWorld();
};
const stop = () => world.close();

/** A card as the chair writes it; its address below the province. */
async function recorded(body: object = {}): Promise<string> {
  const made = await world.visit('reza', `POST ${CARDS}`, { ...workshop, ...body });
  expect(made.status, made.text).to.equal(201);
  return made.headers.get('location')!.replace(/^\/toos/, '');
}

const open = (card: string) => world.visit('reza', `POST ${card}/openings`, { open: true });

describe('a capacity card (B-138)', () => {
  before(start);
  after(stop);

  it('is found, then in use, with a next step and somebody who follows it', async () => {
    const card = await recorded();
    const step = { state: 'in-use', nextStep: 'قرارداد کارآموزی', followedBy: 'assemblies' };
    const taken = await world.visit('reza', `POST ${card}/steps`, step);
    expect(taken.status, taken.text).to.equal(200);
    const told = (await world.visit('zahra', `GET ${card}.json`)).json();
    expect(told).to.deep.include({ state: 'in-use', followedBy: 'assemblies', sight: 'open' });
    expect(told.steps).to.have.length(1);
    const page = await world.visit('reza', `GET ${card}`);
    expect(page.text).to.include('قرارداد کارآموزی').and.include('در حال استفاده');
  });

  it('is of a closed list of kinds and uses, and keeps what was typed when refused', async () => {
    const refused = await world.visit('reza', `POST ${CARDS}`, { ...workshop, kind: 'party' });
    expect(refused.status).to.equal(422);
    const half = await world.visit('reza', `POST ${CARDS}`, { ...workshop, lon: '' });
    expect(half.text).to.include('lon');
  });

  it('keeps its kind when it is edited, and its owner from whoever may not know him', async () => {
    const card = await recorded();
    const { kind, ownerName, ownerMobile, ...rest } = workshop;
    const edited = { ...rest, title: 'کارگاه خیاطی بزرگ' };
    expect((await world.visit('maryam', `POST ${card}`, edited)).status).to.equal(200);
    const told = (await world.visit('reza', `GET ${card}.json`)).json();
    expect(told).to.deep.include({ title: 'کارگاه خیاطی بزرگ', kind: 'workshop' });
    expect(told.owner).to.deep.equal({ name: OWNER, mobile: MOBILE });
  });

  it('has no step after it was withdrawn, and is open to nobody once exhausted', async () => {
    const card = await recorded();
    await open(card);
    await world.visit('reza', `POST ${card}/steps`, { state: 'exhausted' });
    expect((await world.visit('reza', `GET ${card}.json`)).json().openToProvince).to.equal(false);
    expect((await open(card)).status).to.equal(409);
    await world.visit('reza', `POST ${card}/steps`, { state: 'withdrawn' });
    const again = await world.visit('reza', `POST ${card}/steps`, { state: 'in-use' });
    expect(again.status).to.equal(409);
  });

  it('is opened once: the second hand is told so', async () => {
    const card = await recorded();
    const both = await Promise.all([open(card), open(card)]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
  });
});

describe('the owner of a capacity (B-105)', () => {
  before(start);
  after(stop);

  it('is seen by the chair and by whoever follows the card, and by nobody else', async () => {
    const card = await recorded();
    const ownerFor = async (person: 'reza' | 'zahra' | 'maryam' | 'hadi' | 'inspector') =>
      (await world.visit(person, `GET ${card}.json`)).json().owner;
    expect(await ownerFor('reza')).to.deep.equal({ name: OWNER, mobile: MOBILE });
    for (const person of ['zahra', 'maryam', 'hadi', 'inspector'] as const) {
      expect(await ownerFor(person), person).to.equal(null);
      const page = await world.visit(person, `GET ${card}`);
      expect(page.text).to.not.include(OWNER).and.not.include('۰۹۱۲۰۰۰۰۳۰۱');
    }
    await world.visit('reza', `POST ${card}/steps`, { state: 'found', followedBy: 'assemblies' });
    expect(await ownerFor('zahra')).to.deep.equal({ name: OWNER, mobile: MOBILE });
  });

  it('is shown to the committee for a reason that the trail keeps, without the owner in it', async () => {
    const card = await recorded();
    expect((await world.visit('hadi', `POST ${card}/reveal`, {})).status).to.equal(422);
    const shown = await world.visit('hadi', `POST ${card}/reveal`, { reason: 'بازدید از کارگاه' });
    expect(shown.json().owner).to.deep.equal({ name: OWNER, mobile: MOBILE });
    expect((await world.visit('maryam', `POST ${card}/reveal`, { reason: 'xyz' })).status).to.equal(
      403,
    );
    const told = world.province.db.$client
      .prepare("SELECT group_concat(before || after) FROM acts WHERE kind LIKE 'capacity.%'")
      .pluck()
      .get();
    expect(String(told)).to.not.include(OWNER).and.not.include(MOBILE);
  });
});

describe('capacities opened to the province', () => {
  const LIST = '/capacities';
  before(async () => {
    await start();
    await enter(world.province, (tx) => {
      const reza = world.actor('reza', world.noor);
      const card = (title: string, more: Partial<Capacity> = {}) =>
        recordCapacity(tx, reza, world.noor, {
          ...{ kind: 'skill', title, isHidden: true, use: 'health', place: 'محل‌پنهان' },
          ...{ ownerName: OWNER, ownerMobile: MOBILE, note: 'یادداشت‌پنهان', ...more },
        });
      card('ظرفیت بسته');
      openCapacity(tx, reza, world.noor, card('پرستار باتجربه').id, true);
      openCapacity(tx, reza, world.noor, card('آشپزخانهٔ بزرگ', { use: 'relief' }).id, true);
    });
  });
  after(stop);

  it('are found by title, centre, kind, use and county', async () => {
    const titles = async (query: string) =>
      (await world.visit('karim', `GET ${LIST}.json?${query}`))
        .json<{ rows: { title: string }[] }>()
        .rows.map(({ title }) => title);
    expect(await titles('')).to.deep.equal(['آشپزخانهٔ بزرگ', 'پرستار باتجربه']);
    expect(await titles('sort=-title')).to.deep.equal(['پرستار باتجربه', 'آشپزخانهٔ بزرگ']);
    expect(await titles(`q=${encodeURIComponent('پرستار')}`)).to.have.length(1);
    expect(await titles(`q=${encodeURIComponent('نور')}`)).to.have.length(2);
    expect(await titles('use=relief')).to.have.length(1);
    expect(await titles('kind=land')).to.be.empty;
    expect(await titles(`county=${encodeURIComponent('آنجا')}`)).to.be.empty;
  });

  it('never tell of a closed card, an owner, a place or a note, in any form or by any search', async () => {
    const secret = [OWNER, MOBILE, 'ظرفیت بسته', 'محل‌پنهان', 'یادداشت‌پنهان', '۰۹۱۲'];
    for (const form of ['', '.json', '.csv']) {
      const { text } = await world.visit('karim', `GET ${LIST}${form}`);
      for (const word of secret) expect(text, `${word} in ${form}`).to.not.include(word);
    }
    for (const word of secret) {
      const found = await world.visit('karim', `GET ${LIST}.json?q=${encodeURIComponent(word)}`);
      expect(found.json().rows, word).to.deep.equal([]);
    }
    for (const sort of ['ownerName', 'owner_mobile', 'place', 'note', 'constructor', 'toString']) {
      const sorted = await world.visit('karim', `GET ${LIST}.json?sort=${sort}`);
      const [first] = sorted.json<{ rows: { title: string }[] }>().rows;
      expect(first!.title, sort).to.equal('آشپزخانهٔ بزرگ');
      expect(Object.keys(first!)).to.have.members([
        ...['title', 'kind', 'use', 'centre', 'code', 'county', 'phone'],
      ]);
    }
    expect((await world.visit('karim', `GET ${LIST}.xlsx`)).status).to.equal(200);
    expect((await world.visit('karim', `GET ${LIST}.pdf`)).status).to.equal(200);
  });

  it('lead nobody to the card itself: another county finds no such centre', async () => {
    for (const form of ['', '.json', '.csv', '/1', '/1.json']) {
      expect((await world.visit('karim', `GET ${CARDS}${form}`)).status, form).to.equal(404);
    }
  });

  it('are read by trustees and the committee, not by security, selection or the system', async () => {
    for (const person of ['reza', 'zahra', 'hadi', 'deputy', 'inspector'] as const) {
      expect((await world.visit(person, `GET ${LIST}`)).status, person).to.equal(200);
    }
    for (const person of ['security', 'selection', 'sysadmin'] as const) {
      expect((await world.visit(person, `GET ${LIST}`)).status, person).to.equal(403);
    }
    expect((await world.visit(null, `GET ${LIST}.json`)).status).to.equal(401);
  });
});

describe('the file about capacities', () => {
  before(start);
  after(stop);
  const run = (sql: string) => () => dropping(world.province.db, sql);

  it('lets no card go, change its kind, or open itself without a step', async () => {
    await recorded();
    expect(run('DELETE FROM capacities')).to.throw('b138_capacities_stay');
    expect(run("UPDATE capacities SET kind = 'land'")).to.throw('b138_capacities_stay');
    expect(run('UPDATE capacities SET is_open = 1')).to.throw('b138_capacity_is_its_last_step');
  });

  it('keeps a county head to his own county (B-17)', async () => {
    const card = await recorded();
    expect(
      run(`INSERT INTO capacity_steps VALUES (NULL, ${card.split('/').at(-1)}, '2026-11-21', 'found',
        0, NULL, NULL, NULL, ${world.users.karim}, 1)`),
    ).to.throw('b17_own_county');
  });
});
