import { expect } from 'chai';
import {
  basisInItsDays,
  decreeCitesBasis,
  decreeNamesClearance,
  decreeNamesCoordination,
  decreeSaysLiability,
  licenceCitesBasis,
  paperSaysHonorary,
} from '../../src/bylaw/wording.ts';

const said = ['seat', 'citations', 'basis', 'basisOn', 'honorary', 'liability'];
const without = (...names: string[]) => said.filter((name) => !names.includes(name));
const whole = { said, citations: ['statute'] };

describe('B-8, the licence form cites what it rests on', () => {
  it('fails without a basis, or without its place in the text', () => {
    expect(licenceCitesBasis.holds({ kind: 'licence', ...whole })).to.equal(true);
    expect(licenceCitesBasis.holds({ kind: 'licence', said, citations: [] })).to.equal(false);
    const nowhere = { kind: 'licence', said: without('citations'), citations: ['statute'] };
    expect(licenceCitesBasis.holds(nowhere)).to.equal(false);
    expect(licenceCitesBasis.holds({ kind: 'decision', said: [], citations: [] })).to.equal(true);
  });
});

describe('B-10, a basis has its days', () => {
  it('fails when the last day is before the first', () => {
    const [validFrom, validTo] = ['2021-03-21', '2026-03-20'];
    expect(basisInItsDays.holds({ validFrom, validTo })).to.equal(true);
    expect(basisInItsDays.holds({ validFrom: validTo, validTo: validFrom })).to.equal(false);
    expect(basisInItsDays.holds({ validFrom: null, validTo })).to.equal(true);
  });
});

describe('B-11, decrees cite what they rest on', () => {
  for (const kind of ['decree-committee', 'decree-centre']) {
    it(`holds of ${kind} with a basis in its text`, () => {
      expect(decreeCitesBasis.holds({ kind, ...whole })).to.equal(true);
      expect(decreeCitesBasis.holds({ kind, said, citations: [] })).to.equal(false);
    });
  }
});

describe('B-14, B-130, a decree names what it follows by number and day', () => {
  it('fails without either of the two', () => {
    for (const name of ['basis', 'basisOn']) {
      const facts = { said: without(name), citations: ['statute'] };
      expect(decreeNamesClearance.holds({ kind: 'decree-committee', ...facts })).to.equal(false);
      expect(decreeNamesCoordination.holds({ kind: 'decree-centre', ...facts })).to.equal(false);
      expect(decreeNamesCoordination.holds({ kind: 'decree-committee', ...facts })).to.equal(true);
    }
    expect(decreeNamesClearance.holds({ kind: 'decree-committee', ...whole })).to.equal(true);
    expect(decreeNamesCoordination.holds({ kind: 'decree-centre', ...whole })).to.equal(true);
  });
});

describe('B-46, B-101, decrees say that work is honorary and who answers', () => {
  it('fails without the sentence', () => {
    const silent = { said: without('honorary', 'liability'), citations: ['statute'] };
    for (const kind of ['decree-committee', 'decree-centre', 'assignment']) {
      expect(paperSaysHonorary.holds({ kind, ...silent }), kind).to.equal(false);
      expect(paperSaysHonorary.holds({ kind, ...whole }), kind).to.equal(true);
    }
    expect(decreeSaysLiability.holds({ kind: 'decree-centre', ...silent })).to.equal(false);
    expect(decreeSaysLiability.holds({ kind: 'assignment', ...silent })).to.equal(true);
  });
});
