import { expect } from 'chai';
import { accountsOf } from '../../src/books/accounts.ts';
import { centreRows } from '../../src/centres/centre-rows.ts';
import { centresOf, editCentre, findCentre, registerCentre } from '../../src/centres/centres.ts';
import { counties, countyOrNone, registerCounty } from '../../src/centres/counties.ts';
import { buildWorld, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await buildWorld();
});
after(() => world.close());

const particulars = {
  ...{ name: 'مرکز نیکوکاری امید', kind: 'neighbourhood' as const, host: 'mosque' as const },
  ...{ hostName: 'مسجد امید', imamName: 'امام امید', place: 'محلهٔ امید', address: 'خیابان امید' },
};
const countyOf = (name: string) => countyOrNone(world.province.db, name)!.id;

describe('centres', () => {
  it('are registered under the county’s number and the next serial, with a chart of accounts', () => {
    const { db } = world.province;
    const countyId = countyOf('اینجا');
    const centre = registerCentre(db, world.actor('hadi'), { ...particulars, countyId });
    expect(centre.code).to.equal('01-002');
    expect(accountsOf(db, centre.id)).to.not.be.empty;
    expect(findCentre(db, '01-002').name).to.equal(particulars.name);
  });

  it('are refused to the head of another county (B-17), and under a code that is taken', () => {
    const { db } = world.province;
    const here = { ...particulars, countyId: countyOf('اینجا') };
    expect(() => registerCentre(db, world.actor('karim'), here))
      .to.throw('bylaw:refusals.B-17')
      .with.nested.property('details.clause', 'B-17');
    const twin = { ...here, code: 'noor' };
    expect(() => registerCentre(db, world.actor('deputy'), twin)).to.throw('code-taken');
  });

  it('keep what stood there before an edit in the trail, and the imam only of a mosque', () => {
    const { db } = world.province;
    const centre = findCentre(db, '01-002');
    const school = { ...centre, host: 'school' as const, hostName: 'مدرسهٔ امید', phone: null };
    const edited = editCentre(db, world.actor('hadi'), centre, school);
    expect(edited.imamName).to.equal(null);
    const act = db.$client.prepare("SELECT before FROM acts WHERE kind = 'centre.edited'").pluck();
    expect(act.get()).to.contain('امام امید');
  });

  it('keep their name, code and county, and stay, even from raw SQL', () => {
    const { $client } = world.province.db;
    for (const column of ['name', 'code', 'county_id']) {
      expect(() => $client.exec(`UPDATE centres SET ${column} = 2 WHERE code = 'noor'`)).to.throw(
        'centre_code_and_name_stay',
      );
    }
    expect(() => $client.exec("DELETE FROM centres WHERE code = 'sepid'")).to.throw('b134');
    expect(() => $client.exec("UPDATE centres SET imam_name = NULL WHERE code = 'noor'")).to.throw(
      'b3_mosque_and_imam_named',
    );
  });

  it('are listed to officers by county and to trustees by seat', () => {
    const codes = (who: Parameters<World['actor']>[0]) =>
      centresOf(world.province.db, world.actor(who)).map(({ code }) => code);
    expect(codes('hadi')).to.have.members(['noor', '01-002']);
    expect(codes('karim')).to.deep.equal(['sepid']);
    expect(codes('zahra')).to.deep.equal(['noor']);
    expect(codes('deputy')).to.have.lengthOf(3);
  });

  it('are found by a word of the name, by kind and by state, in Persian order', () => {
    const rows = (filter: object) =>
      centreRows(world.province.db, world.actor('deputy'), filter).map(({ code }) => code);
    expect(rows({})).to.deep.equal(['01-002', 'sepid', 'noor']);
    expect(rows({ sort: '-name' })).to.deep.equal(['noor', 'sepid', '01-002']);
    expect(rows({ q: 'سپید' })).to.deep.equal(['sepid']);
    expect(rows({ q: 'رضا' })).to.deep.equal(['noor']);
    expect(rows({ state: 'before' })).to.deep.equal(['01-002', 'sepid']);
    expect(rows({ kind: 'guild' })).to.deep.equal([]);
    expect(rows({ county: 'آنجا', sort: 'nonsense' })).to.deep.equal(['sepid']);
    expect(rows({ county: 'آنجا', sort: '-__proto__' })).to.deep.equal(['sepid']);
  });
});

describe('counties', () => {
  it('are added once, in whichever spelling', () => {
    const { db } = world.province;
    registerCounty(db, world.actor('deputy'), 'نیشابور');
    expect(() => registerCounty(db, world.actor('deputy'), 'نيشابور')).to.throw('county-taken');
    expect(counties(db).map(({ name }) => name)).to.include('نیشابور');
  });
});
