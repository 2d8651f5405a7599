import { expect } from 'chai';
import { SEATS, type Seat } from '../../src/access/powers.ts';
import { oneHolderPerSeat } from '../../src/bylaw/board.ts';

const CLAUSES: Record<Seat, string> = {
  chair: 'B-28',
  'vice-chair': 'B-29',
  'admin-finance': 'B-30',
  'benefactors-men': 'B-31',
  'benefactors-women': 'B-32',
  assemblies: 'B-33',
  participation: 'B-35',
  orphans: 'B-36',
  dowry: 'B-37',
  loans: 'B-38',
  'social-work': 'B-39',
  employment: 'B-40',
  culture: 'B-41',
  health: 'B-42',
  housing: 'B-43',
  'public-relations': 'B-44',
};
const term = { fromOn: '2026-03-21', toOn: '2027-03-20' };

for (const seat of SEATS) {
  const clause = oneHolderPerSeat[seat];
  describe(`${CLAUSES[seat]}, one holder in the seat ${seat}`, () => {
    it('bears its number', () => expect(clause.id).to.equal(CLAUSES[seat]));
    it('holds for a free seat, and for terms that follow one another', () => {
      expect(clause.holds({ term, others: [] })).to.equal(true);
      const before = { fromOn: '2025-03-21', toOn: '2026-03-20' };
      const after = { fromOn: '2027-03-21', toOn: '2028-03-19' };
      expect(clause.holds({ term, others: [before, after] })).to.equal(true);
    });
    it('fails when a single day is shared', () => {
      const others = [{ fromOn: '2027-03-20', toOn: '2028-03-19' }];
      expect(clause.holds({ term, others })).to.equal(false);
    });
  });
}
