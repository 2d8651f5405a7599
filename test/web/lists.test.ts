/** What was typed is text in every file, also where a spreadsheet would reckon with it. */
import { expect } from 'chai';
import { buildWorld, TODAY, type World } from '../support/world.ts';

const GIFTS = '/centres/noor/donations';

describe('a list for spreadsheets', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  for (const typed of ['=1+1', '+1', '-1', '@SUM(A1)', '\uff1d1+1', '\uff0d1']) {
    it(`gives ${typed} as the text it is`, async () => {
      const gift = { kind: 'cash', amount: 5000, fund: 'sadaqa', receivedOn: TODAY };
      const sent = await world.visit('maryam', `POST ${GIFTS}`, { ...gift, purpose: typed });
      expect(sent.status).to.equal(201);
      const { text } = await world.visit('maryam', `GET ${GIFTS}.csv?sort=-receipt`);
      expect(text.split('\n')[1]).to.include(`,'${typed},`);
    });
  }
});
