import { expect } from 'chai';
import { accountsOf } from '../../src/books/accounts.ts';
import { isForMosque } from '../../src/donations/funds.ts';
import { fundsOf } from '../../src/funds/funds.ts';
import { searchText } from '../../src/values/persian-text.ts';
import { buildWorld, type World } from '../support/world.ts';

const FUNDS = `sadaqa zakat-general zakat-sadat fitra-general fitra-sadat khums-imam khums-sadat vow
  kaffara fidya radd-mazalim purpose running-costs orphans dowry qard qard-deposit endowment
  committee-share csr unidentified`;

describe('what a province starts with', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  it('has each kind of religious giving, in its order', () => {
    const codes = fundsOf(world.province.db).map(({ code }) => code);
    expect(codes).to.deep.equal(FUNDS.split(/\s+/));
  });

  it('credits each to a subsidiary account of every centre', () => {
    const { db } = world.province;
    for (const centre of [world.noor, world.sepid]) {
      const accounts = new Map(accountsOf(db, centre.id).map((one) => [one.code, one]));
      for (const { code, account } of fundsOf(db)) {
        expect(accounts.get(account), code).to.include({ level: 'subsidiary', nature: 'credit' });
      }
    }
  });

  it('holds what is somebody else’s as a liability, and nothing else', () => {
    for (const { code, restriction, account } of fundsOf(world.province.db)) {
      expect(account.startsWith('3'), code).to.equal(restriction === 'held');
    }
  });

  it('says the rules of each fund in both languages, with their source', () => {
    for (const { code, rules } of fundsOf(world.province.db)) {
      expect(rules, code).to.not.be.empty;
      for (const { rule, reaction, words, source } of rules) {
        expect(rule).to.match(/^[a-z-]+$/);
        expect(['block', 'warn', 'allow']).to.include(reaction);
        expect(
          [words.fa, words.en, source].every((text) => text.length > 2),
          rule,
        ).to.be.true;
      }
    }
  });

  it('has accounts whose groups and general accounts are there too', () => {
    const accounts = accountsOf(world.province.db, world.noor.id);
    const codes = new Set(accounts.map(({ code }) => code));
    for (const { code, level } of accounts) {
      expect(code).to.have.length({ group: 1, general: 2, subsidiary: 4 }[level]);
      expect(codes.has(code[0]!) && codes.has(code.slice(0, code.length > 1 ? 2 : 1)), code).to.be
        .true;
    }
    expect(accounts.filter(({ level }) => level === 'group')).to.have.length(9);
  });

  describe('tells what is meant for the mosque itself', () => {
    const meant = (purpose: string) => isForMosque(world.province.db, searchText(purpose));
    for (const purpose of [
      ...['برای مسجد', 'کمک به مسجد', 'تعمیر مسجد', 'ساخت مسجد جامع', 'بازسازی مسجد محل'],
      ...['هزینه‌های مسجد', 'هزینه های مسجد', 'كمك به تعمير مسجد', 'فرش مسجد', 'برای فرش مسجد نور'],
    ]) {
      it(`«${purpose}» is`, () => expect(meant(purpose)).to.be.true);
    }
    for (const purpose of [
      ...['افطاری در مسجد', 'اطعام نمازگزاران مسجد', 'بستهٔ غذایی همسایگان مسجد'],
      ...['جهیزیه', 'درمان بیمار', 'نیازمندان محلهٔ مسجد نور'],
    ]) {
      it(`«${purpose}» is not`, () => expect(meant(purpose)).to.be.false);
    }
  });
});
