/** Every page of goods as its readers open it, and the way of a gift through them over HTTP. */
import { expect } from 'chai';
import { findLot } from '../../src/goods/lots.ts';
import { stockOfLot } from '../../src/goods/moves.ts';
import { enter } from '../../src/provinces/enter.ts';
import { buildWorld, type Json, type World } from '../support/world.ts';
import { give, ready } from './goods.ts';

const HOME = '/centres/noor/goods';
const HTML = { accept: 'text/html' };

describe('pages of goods', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    await enter(world.province, (tx) => {
      const [rice, oil] = give(tx, world, [{}, { name: 'روغن', expiresOn: '2026-12-01' }]);
      ready(tx, world, rice!);
      ready(tx, world, oil!);
      give(tx, world, [{ name: 'قند' }], 'kaffara');
    });
  });
  after(() => world.close());

  const get = async (path: string, person: 'maryam' | 'reza' | 'hadi' = 'maryam') => {
    const { status, text } = await world.visit(person, `GET ${path}`, undefined, HTML);
    expect(status, `${path}: ${text.slice(0, 300)}`).to.equal(200);
    return text;
  };
  const post = async (
    person: 'maryam' | 'reza' | 'zahra' | 'hadi',
    path: string,
    body: object,
    status = 200,
  ) => {
    const answer = await world.visit(person, `POST ${path}`, body);
    expect(answer.status, answer.text).to.equal(status);
    return answer.json<Json>();
  };

  it('open for those who keep goods and those who supervise them', async () => {
    const pages = ['', '?by=store', '?by=fund', '?by=lot', '/low', '/lots', '/expiring', '/moves'];
    const more = ['/lots/1', '/lots/3', '/items', '/stores', '/kits', '/announced', '/counts'];
    for (const page of [...pages, ...more, '/wastes', '/sales', '/statement']) {
      await get(`${HOME}${page}`);
      await get(`${HOME}${page}`, 'hadi');
    }
    await get(`${HOME}/announced/new`);
  });

  it('are data, lists and paper', async () => {
    for (const page of ['', '/lots', '/moves', '/items', '/stores', '/kits', '/announced']) {
      for (const format of ['json', 'csv', 'xlsx', 'pdf']) {
        const { status, text } = await world.visit('maryam', `GET ${HOME}${page}.${format}`);
        expect(status, `${page}.${format} ${text.slice(0, 300)}`).to.equal(200);
      }
    }
    for (const page of ['/wastes', '/sales', '/counts', '/statement', '/low', '/expiring']) {
      expect((await world.visit('hadi', `GET ${HOME}${page}.csv`)).status, page).to.equal(200);
    }
    for (const page of ['/labels', '/lots/1/label']) {
      const { status, text } = await world.visit('maryam', `GET ${HOME}${page}.pdf`);
      expect([status, text.slice(0, 5)], page).to.deep.equal([200, '%PDF-']);
    }
  });

  it('are nobody else’s', async () => {
    for (const page of ['', '/lots', '/moves', '/wastes', '/statement']) {
      expect((await world.visit('zahra', `GET ${HOME}${page}.json`)).status).to.equal(403);
      expect((await world.visit('karim', `GET ${HOME}${page}.json`)).status).to.equal(404);
    }
    const denied = { quantity: '1', store: '1', cause: 'spoiled' };
    await post('zahra', `${HOME}/lots/1/wastes`, denied, 403);
    await post('hadi', `${HOME}/lots/1/wastes`, denied, 403);
  });

  it('lead a gift from the door to the shelf', async () => {
    const lot = `${HOME}/lots/3`;
    await post('maryam', `${lot}/inspection`, { refused: '2', reason: 'نم کشیده' });
    const shown = await get(lot);
    expect(shown).to.include('نم کشیده');
    await post('maryam', `${lot}/appraisals`, { value: '900000', basis: 'invoice' });
    await post('maryam', `${lot}/appraisals/answer`, { answer: 'agreed' }, 409);
    await get(lot, 'reza');
    await post('reza', `${lot}/appraisals/answer`, { answer: 'sent-back' }, 422);
    const told = await post('reza', `${lot}/appraisals/answer`, { answer: 'agreed' });
    expect(told.state).to.equal('ready');
    const { paperId } = (told.appraisals as Json[])[0]!;
    const paper = await world.visit('maryam', `GET /centres/noor/papers/${paperId}.pdf`);
    expect([paper.status, paper.text.slice(0, 5)]).to.deep.equal([200, '%PDF-']);
    await get(`/centres/noor/papers/${paperId}`);
  });

  it('give the last of a lot to one of two who take it at once', async () => {
    const other = await post('maryam', `${HOME}/stores`, { name: 'انبار دوم' }, 201);
    const { db } = world.province;
    const { id } = findLot(db, world.noor.id, 1);
    const [{ storeId, quantityMilli }] = stockOfLot(db, id) as unknown as [
      { storeId: number; quantityMilli: number },
    ];
    const all = String(quantityMilli / 1000);
    const [one, two] = await Promise.all([
      world.visit('maryam', `POST ${HOME}/lots/1/transfers`, {
        ...{ from: storeId, to: other.id, quantity: all },
      }),
      world.visit('reza', `POST ${HOME}/lots/1/wastes`, {
        ...{ store: storeId, quantity: all, cause: 'lost' },
      }),
    ]);
    expect([one.status, two.status].sort()).to.deep.equal([200, 409]);
    const late = one.status === 409 ? one : two;
    expect(late.json().detail).to.match(/زودتر/);
  });

  it('announce goods, take them in parts and settle', async () => {
    const items = [{ name: 'برنج', quantity: '20', unit: 'kg' }];
    const asked = { fund: 'sadaqa', expectedOn: '1405/09/01', items };
    const { id } = await post('maryam', `${HOME}/announced`, asked, 201);
    await get(`${HOME}/announced/${id}`);
    await post('maryam', `${HOME}/announced/${id}/end`, { ending: 'settled' }, 409);
    const came = await post('maryam', `${HOME}/announced/${id}/receipts`, {
      receipt: '1405-000001',
    });
    expect((came.items as Json[])[0]!.receivedMilli).to.equal(10_000);
    await get(`${HOME}/announced/${id}`);
    const ended = await post('maryam', `${HOME}/announced/${id}/end`, { ending: 'settled' });
    expect(ended.ending).to.equal('settled');
    const none = await world.visit('maryam', `POST ${HOME}/announced`, { ...asked, items: [] });
    expect(none.status).to.equal(422);
  });

  it('keep items and kits, and write off by two', async () => {
    const item = { name: 'چای', unit: 'pack', account: '1301', low: '5' };
    await post('maryam', `${HOME}/items`, item, 201);
    await post('maryam', `${HOME}/items`, item, 409);
    expect(await get(`${HOME}/low`)).to.include('چای');
    const kit = { name: 'سبد', parts: [{ item: 1, quantity: '2' }] };
    const { id } = await post('maryam', `${HOME}/kits`, kit, 201);
    expect(await get(`${HOME}/kits`)).to.include('سبد');
    await post('maryam', `${HOME}/kits/${id}/end`, {});
    await post('maryam', `${HOME}/lots/2/wastes`, { store: 1, quantity: '1', cause: 'other' }, 422);
    await get(`${HOME}/wastes`, 'reza');
    const limits = await world.visit('deputy', 'GET /waste-limits', undefined, HTML);
    expect(limits.status, limits.text.slice(0, 200)).to.equal(200);
    const limit = { value: '0', fromOn: '1405/08/30' };
    expect((await world.visit('deputy', 'POST /waste-limits', limit)).status).to.be.oneOf([
      201, 422,
    ]);
    const lower = { value: '1000', fromOn: '1405/08/30' };
    expect((await world.visit('deputy', 'POST /waste-limits', lower)).status).to.equal(201);
    await post('maryam', `${HOME}/lots/2/wastes`, { store: 1, quantity: '1', cause: 'broken' });
    expect(await get(`${HOME}/wastes`, 'reza')).to.include('answer-1');
    await post('reza', `${HOME}/wastes/1/answer`, { answer: 'refused' }, 422);
    const done = await post('reza', `${HOME}/wastes/1/answer`, { answer: 'agreed' });
    expect(done.valueRial).to.be.greaterThan(0);
  });

  it('count a store blind', async () => {
    const count = { store: 1, first: world.users.zahra, second: world.users.maryam };
    const { id } = await post('reza', `${HOME}/counts`, count, 201);
    const here = `${HOME}/counts/${id}`;
    const blind = await world.visit('maryam', `GET ${HOME}.json`);
    expect([blind.status, blind.json().detail]).to.deep.equal([
      403,
      'شما اکنون شمارندهٔ یک انبار هستید و تا پایان شمارش، مقدارها به شما نشان داده نمی‌شود.',
    ]);
    const sheet = await world.visit('zahra', `GET ${here}.pdf`);
    expect([sheet.status, sheet.text.slice(0, 5)]).to.deep.equal([200, '%PDF-']);
    const page = await world.visit('zahra', `GET ${here}`, undefined, HTML);
    expect(page.status, page.text.slice(0, 300)).to.equal(200);
    const { lots } = (await world.visit('zahra', `GET ${here}.json`)).json<{ lots: Json[] }>();
    expect(JSON.stringify(lots)).not.to.match(/Milli|Rial/);
    await post('zahra', `${here}/tally`, { lots: [] }, 422);
    const written = lots.map(({ lotId }) => ({ lot: lotId, quantity: '5' }));
    await post('zahra', `${here}/tally`, { lots: written });
    await post('maryam', `${here}/answer`, { answer: 'agreed' });
    await get(here, 'reza');
    await post('maryam', `${here}/approve`, {}, 409);
    const done = await post('reza', `${here}/approve`, {});
    expect(done.state).to.equal('approved');
    await get(here);
    await get('/centres/noor');
  });

  it('sell by the committee’s leave', async () => {
    const leave = {
      ...{ number: '1405/9', decidedOn: '1405/08/30', untilOn: '1405/12/01', item: 2 },
      ...{ quantity: '2', reason: 'بیش از نیاز' },
    };
    await post('reza', `${HOME}/sales/permissions`, leave, 403);
    const { id } = await post('hadi', `${HOME}/sales/permissions`, leave, 201);
    await get(`${HOME}/lots/2`, 'reza');
    const sale = { permission: id, store: 1, quantity: '1', price: '150000', buyer: 'مغازه' };
    await post('reza', `${HOME}/lots/2/sales`, { ...sale, paid: 'cash' });
    await get(`${HOME}/sales`);
  });
});
