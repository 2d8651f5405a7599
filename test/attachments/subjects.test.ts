/** Files stand where they belong: on a gift, a cheque, a count, a delivery, a statement, and the voucher. */
import { expect } from 'chai';
import { quarter } from '../../seeds/neighbourhood.ts';
import { insidePoint } from '../../src/boundary/measure.ts';
import { installBox } from '../../src/boxes/boxes.ts';
import { countBox } from '../../src/boxes/openings.ts';
import { peopleOf } from '../../src/boxes/people.ts';
import { workBank } from '../bank/worked.ts';
import { give, signIn } from '../donations/gifts.ts';
import { layOutgoing } from '../payments/laid.ts';
import { as, run } from '../payments/paying.ts';
import { buildWorld, daysAgo, TODAY, type World } from '../support/world.ts';
import { PDF } from './samples.ts';

describe('files of gifts, counts, deliveries and statements', () => {
  let world: World;
  const places: Record<string, string> = {};
  let entry: number;

  before(async () => {
    world = await buildWorld();
    const { noor } = world;
    const gift = await give(world, { amountRial: 9_000_000 });
    const cheque = await give(world, {
      ...{ kind: 'cheque', reference: { reference: '884421', bank: 'ملی', dueOn: TODAY } },
    });
    entry = gift.entry;
    await run(world, (tx) => {
      layOutgoing(tx, noor, { finance: as(world, 'maryam'), chair: as(world, 'reza') });
      workBank(tx, world);
      const box = installBox(tx, as(world, 'reza'), noor, {
        ...{ kind: 'shop', fund: 'sadaqa', installedOn: daysAgo(9), place: 'میدان' },
        ...{ at: insidePoint(quarter(0)), keeper: { kind: 'shop', name: 'نانوا', mobile: null } },
      });
      const [first, second] = peopleOf(tx, noor.id, TODAY).map(({ key }) => key);
      countBox(tx, as(world, 'reza'), noor, box.number, {
        ...{ openedOn: TODAY, first: first!, second: second!, account: '1101' },
        ...{ totalRial: 0, sheet: [] },
      });
    });
    Object.assign(places, {
      gift: `/donations/receipts/${gift.receipt}`,
      cheque: `/donations/cheques/${cheque.receipt}`,
      count: '/donations/boxes/openings/1',
      delivery: '/deliveries/1',
      statement: '/books/bank/statements/1',
      payment: '/payments/2',
    });
  });
  after(() => world.close());

  for (const kind of ['gift', 'cheque', 'count', 'delivery', 'statement', 'payment']) {
    it(`stand on the page of a ${kind}, to keep and never as a page`, async () => {
      const at = `/centres/noor${places[kind]}`;
      const body = { name: `${kind}.pdf`, file: PDF.toString('base64') };
      const renamed = { ...body, name: 'x.html' };
      expect((await world.visit('maryam', `POST ${at}/attachments`, renamed)).status).to.equal(422);
      const made = await world.visit('maryam', `POST ${at}/attachments`, body);
      expect(made.status, made.text).to.equal(201);
      const maryam = await signIn(world, 'maryam');
      expect((await maryam.get(`/toos${at}`)).text).to.include(`${kind}.pdf`);
      const { id } = made.json<{ id: number }>();
      const got = await fetch(`${world.address}/toos${at}/attachments/${id}`, {
        headers: { authorization: `Bearer ${world.tokens.maryam}` },
      });
      expect(Buffer.from(await got.arrayBuffer()).equals(PDF)).to.equal(true);
      expect(got.headers.get('content-disposition')).to.match(/^attachment;/);
      expect(got.headers.get('x-content-type-options')).to.equal('nosniff');
      expect(got.headers.get('content-security-policy')).to.include('sandbox');
      expect((await world.visit('karim', `GET ${at}/attachments.json`)).status).to.equal(404);
      expect((await world.visit('zahra', `GET ${at}/attachments.json`)).status).to.equal(403);
    });
  }

  it('stand on the voucher of the entry that books the deed', async () => {
    const maryam = await signIn(world, 'maryam');
    const page = await maryam.get(`/toos/centres/noor/books/journal/1405-${entry}`);
    expect(page.text).to.include('gift.pdf').and.include(`${places.gift}/attachments/`);
  });
});
