/**
 * B-128, table 1.10: who sat on the board on the licence's last day reads, prints and closes the
 * books after it, by his own sign-in, and does nothing else; nobody else gets anything by it.
 */
import { expect } from 'chai';
import { findDecree, holdersOn } from '../../src/board/decree-rows.ts';
import { endDecree } from '../../src/board/decrees.ts';
import { findCentre } from '../../src/centres/centres.ts';
import { issueReceipt } from '../../src/donations/receipts.ts';
import {
  type AssetListed,
  countersignAsset,
  issueAssetList,
  listAsset,
} from '../../src/licence/dissolution.ts';
import { warnOfEnds } from '../../src/licence/expiry.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { buildWorld, FOUNDED, type Person, TODAY, type World } from '../support/world.ts';
import { decided, setDay, stateOf } from './life.ts';

const END = addDays(FOUNDED, 364);
const AFTER = addDays(END, 5);

let world: World;
beforeEach(async () => {
  world = await buildWorld();
});
afterEach(() => world.close());

const db = () => world.province.db;
const noor = () => findCentre(db(), 'noor');
const status = async (person: Person, line: string, body?: object) =>
  (await world.visit(person, line.replace(' ', ' /centres/noor'), body)).status;
const chairs = () => holdersOn(db(), noor().id, TODAY).get('chair')!;
const expire = () => setDay(world, AFTER);
const warned = () => warnOfEnds(db(), world.clock.now.toISOString(), world.actor('deputy').today);
const closing = {
  ...{ entryOn: '1406/01/05', description: 'بستن حساب‌ها' },
  lines: [
    { account: '1102', fund: 'sadaqa', debit: 100_000 },
    { account: '1101', fund: 'sadaqa', credit: 100_000 },
  ],
};

const READ = [
  ...['', '/licence', '/licence/renewal', '/board', '/compliance', '/boundary', '/papers'],
  ...['/books/journal', '/books/drafts', '/donations'],
];

describe('the board of a centre whose licence has ended', () => {
  it('reads and prints as on its last day', async () => {
    expire();
    expect(stateOf(world)).to.equal('expired');
    for (const page of READ) expect(await status('reza', `GET ${page}.json`), page).to.equal(200);
    for (const page of ['/books/journal.pdf', '/compliance.pdf']) {
      expect(await status('reza', `GET ${page}`), page).to.equal(200);
    }
    expect(await status('maryam', 'GET /books/journal.json')).to.equal(200);
    expect(await status('zahra', 'GET /board.json')).to.equal(200);
    // Zahra's seat never read the books.
    expect(await status('zahra', 'GET /books/journal.json')).to.equal(403);
    const home = await world.visit('reza', 'GET /centres', undefined, { accept: 'text/html' });
    expect(home.text).to.include('مرکز نیکوکاری نور').and.include('تا پایان مجوز');
  });

  it('does nothing new: no gift, no decree, no letter, no user, no map', async () => {
    expire();
    for (const [who, line] of [
      ['maryam', 'POST /donations'],
      ['reza', 'POST /board/decrees'],
      ['reza', 'POST /board/changes'],
      ['reza', 'POST /board/users'],
      ['reza', 'POST /boundary'],
      ['reza', 'POST /permits'],
      ['reza', 'POST /seal'],
      ['zahra', 'POST /assemblies'],
    ] as const) {
      expect(await status(who, line, {}), line).to.be.oneOf([403, 404]);
    }
  });

  it('is nobody of it any more once he is ended, the licence renewed or the centre dissolved', async () => {
    const reads = async () => [
      await status('reza', 'GET /books/journal.json'),
      await status('maryam', 'GET /books/journal.json'),
    ];
    expire();
    const chair = findDecree(db(), noor().id, String(chairs().id), AFTER);
    endDecree(db(), world.actor('hadi', noor()), chair, { reason: 'دیگر نماینده نیست' });
    expect(await reads()).to.deep.equal([404, 200]);
    decided(world, 'renew', addDays(AFTER, 364));
    expect(stateOf(world)).to.equal('active');
    expect(await reads()).to.deep.equal([404, 404]);
  });

  it('keeps nothing who was ended before the last day', async () => {
    const chair = chairs();
    endDecree(db(), world.actor('hadi', noor()), chair, { reason: 'کناره‌گیری' });
    expect(await status('reza', 'GET .json')).to.equal(404);
    expire();
    expect(await status('reza', 'GET .json')).to.equal(404);
  });

  for (const kind of ['suspend', 'revoke', 'dissolve'] as const) {
    it(`reads on and closes its books after its days, when ${kind} was decided`, async () => {
      decided(world, kind);
      expire();
      expect(await status('reza', 'GET /books/journal.json')).to.equal(200);
      expect(await status('maryam', 'GET /books/drafts/new')).to.equal(200);
      expect(await status('maryam', 'POST /donations', {})).to.be.oneOf([403, 404]);
      if (kind === 'suspend') return;
      const line: AssetListed = {
        ...{ kind: 'goods', description: 'برنج', quantity: 2, valueRial: 0, disposal: 'gift' },
        recipient: 'مرکز همسایه',
      };
      const { id } = listAsset(db(), world.actor('reza', noor()), noor(), line);
      if (kind === 'revoke') return;
      countersignAsset(db(), world.actor('hadi'), noor(), id);
      issueAssetList(db(), world.actor('hadi'), noor());
      decided(world, 'finish');
      expect(await status('reza', 'GET /books/journal.json')).to.equal(404);
    });
  }

  it('drafts and posts the entries that close the books, two of them, in their own capacity', async () => {
    await enter(world.province, (tx) => {
      const gift = { amountRial: 100_000, fund: 'sadaqa', receivedOn: TODAY };
      return issueReceipt(tx, world.actor('maryam', noor()), noor(), gift);
    });
    expire();
    expect(world.actor('maryam', noor()).capacity).to.match(/^kept:\d+$/);
    expect(await status('maryam', 'GET /books/drafts/new')).to.equal(200);
    const drafted = await world.visit('maryam', 'POST /centres/noor/books/drafts', closing);
    expect(drafted.status, drafted.text).to.equal(201);
    const { id } = drafted.json<{ id: number }>();
    const posting = `POST /books/drafts/${id}/posting`;
    expect(await status('hadi', posting, {})).to.equal(403);
    expect(await status('zahra', posting, {})).to.equal(403);
    expect(await status('maryam', posting, {})).to.equal(409);
    expect(await status('reza', posting, {})).to.be.oneOf([200, 201]);
    const trail = await world.visit('reza', 'GET /centres/noor/trail', undefined, {
      accept: 'text/html',
    });
    expect(trail.text).to.include('دارندهٔ سمت تا پایان مجوز');
    expect(examine(db()).filter(({ wrong }) => wrong !== null)).to.deep.equal([]);
  });
});

describe('who is told that the licence is no more', () => {
  const reads = async (person: Person) => {
    const told = await world.visit(person, 'GET /notices.json');
    return (told.json().notices as { text: string; href: string | null }[]).map(
      ({ text, href }) => ({
        ...{ text, href },
      }),
    );
  };

  it('a former trustee reads it when he signs in, once, and after the renewal too', async () => {
    expire();
    warned();
    const ended = async (who: Person) =>
      (await reads(who)).filter(({ text }) => text.includes('به پایان رسید'));
    for (const who of ['reza', 'maryam', 'zahra'] as const) {
      expect(await ended(who), who).to.have.lengthOf(1);
    }
    decided(world, 'renew', addDays(AFTER, 364));
    const [mine] = await ended('zahra');
    // The centre is not his any more, and no address of it is told.
    expect(mine?.href).to.equal(null);
  });

  for (const kind of ['suspend', 'revoke', 'dissolve'] as const) {
    it(`of ${kind}: whoever sat on the board, also when his decree is over`, async () => {
      decided(world, kind);
      const once = (await reads('reza')).filter(({ text }) => text.includes('سبب نمونه'));
      expect(once).to.have.lengthOf(1);
      const chair = chairs();
      endDecree(db(), world.actor('hadi', noor()), chair, { reason: 'پایان همکاری' });
      const after = await reads('reza');
      const said = after.map(({ text }) => text).join(' | ');
      expect(said).to.include('سبب نمونه').and.include('پایان همکاری');
    });
  }
});
