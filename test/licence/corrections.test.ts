/** A licence that was written wrong: corrected by the committee, its paper issued anew (B-128). */
import { expect } from 'chai';
import { findCentre } from '../../src/centres/centres.ts';
import { issueReceipt } from '../../src/donations/receipts.ts';
import { correctLicence, licenceCorrectionsOf } from '../../src/licence/licence-corrections.ts';
import { issueLicencePaper, licencePaperOrNone } from '../../src/licence/licence-papers.ts';
import { licencesOf } from '../../src/licence/licences.ts';
import { standingOn } from '../../src/licence/standing.ts';
import { findPaper } from '../../src/paper/papers.ts';
import { verifiedOf } from '../../src/paper/verify.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { buildWorld, FOUNDED, NOW, TODAY, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await buildWorld();
});
afterEach(() => world.close());

const END = addDays(FOUNDED, 364);
const reason = 'شماره از روی نامهٔ دیگری نوشته شده بود';
const noor = () => findCentre(world.province.db, 'noor');
const hadi = () => world.actor('hadi', noor());
const licence = () => licencesOf(world.province.db, noor().id)[0]!;
const as = { number: '1404/21/087', fromOn: FOUNDED, toOn: END };
const correct = (part: Partial<typeof as>, who = hadi()) =>
  correctLicence(world.province.db, who, noor(), licence(), { ...as, ...part, reason });
const give = (receivedOn: string) =>
  enter(world.province, (tx) => {
    const gift = { amountRial: 500_000, fund: 'sadaqa', receivedOn };
    return issueReceipt(tx, world.actor('maryam', noor()), noor(), gift);
  });
const endBoard = (except = '') =>
  world.province.db.$client.exec(`INSERT INTO decree_endings SELECT id, '${TODAY}', 'xxx',
    ${world.users.hadi}, (SELECT max(id) FROM acts) FROM decrees
    WHERE '${except}' = '' OR seat <> 'admin-finance'`);
const raw = (part: Partial<typeof as>, by = world.users.hadi) => {
  const { number, fromOn, toOn } = { ...as, ...part };
  return () =>
    world.province.db.$client.exec(
      `INSERT INTO licence_corrections (licence_id, number, from_on, to_on, reason, corrected_on,
         corrected_by, paper_id, act_id)
       SELECT ${licence().id}, '${number}', '${fromOn}', '${toOn}', 'xxx',
         date(at, '+210 minutes'), ${by}, (SELECT max(id) FROM papers), id
       FROM acts ORDER BY id DESC LIMIT 1`,
    );
};

describe('a licence that was written wrong', () => {
  it('is corrected over the page, with a new paper; the one before stays and is told replaced', async () => {
    const { db } = world.province;
    const before = issueLicencePaper(db, hadi(), noor(), licence());
    const { content } = findPaper(db, before);
    const body = { number: '1404/21/078', from: FOUNDED, to: END, reason };
    const here = `/centres/noor/licence/licences/${licence().id}`;
    const { status, headers } = await world.visit('hadi', `POST ${here}/corrections`, body);
    expect([status, headers.get('location')]).to.deep.equal([201, `/toos${here}`]);
    expect(licence().number).to.equal('1404/21/078');
    const after = licencePaperOrNone(db, licence().id)!;
    expect(after).to.be.greaterThan(before);
    expect(findPaper(db, before).content).to.equal(content);
    expect(findPaper(db, after).content).to.include('۱۴۰۴/۲۱/۰۷۸').and.include(reason);
    const told = (id: number) => verifiedOf(db, findPaper(db, id), 'Toos', NOW);
    expect(told(before)).to.include({ state: 'replaced', since: TODAY });
    expect(told(after).state).to.equal('valid');
    const page = await world.visit('hadi', `GET ${here}`);
    expect(page.text).to.include(reason);
    const json = (await world.visit('hadi', `GET ${here}.json`)).json();
    expect(json).to.include({ number: '1404/21/078' }).and.property('corrections').lengthOf(1);
    expect(examine(db).filter((one) => one.wrong !== null)).to.deep.equal([]);
  });

  it('gives the centre its right days everywhere, in the file too, and is undone', () => {
    const { db } = world.province;
    endBoard();
    const last = addDays(END, 30);
    correct({ fromOn: addDays(FOUNDED, 30), toOn: last });
    expect(standingOn(db, noor().id, TODAY).until).to.equal(last);
    expect(standingOn(db, noor().id, addDays(END, 1)).state).to.equal('warning');
    expect(licenceCorrectionsOf(db, licence().id)[0]?.was).to.deep.equal(as);
    correct(as);
    expect(standingOn(db, noor().id, addDays(END, 1)).state).to.equal('expired');
  });

  it('is not made longer than it was given for, nor begun before it was given (B-109, B-128)', () => {
    issueLicencePaper(world.province.db, hadi(), noor(), licence());
    const far = { toOn: '2071-03-20' };
    expect(() => correct(far))
      .to.throw('licence:refusals.longer')
      .with.nested.property('details')
      .include({ clause: 'B-109', mend: '/licence/renewal' });
    expect(raw(far)).to.throw('b109_more_days_are_a_renewal');
    const early = { fromOn: addDays(FOUNDED, -1), toOn: addDays(END, -1) };
    for (const back of [early, { ...early, fromOn: addDays(FOUNDED, -1095) }]) {
      expect(() => correct(back))
        .to.throw('licence:refusals.before-decision')
        .with.nested.property('details.clause', 'B-128');
      expect(raw(back)).to.throw(/b128_licence_from_its_day|b109_more_days/);
    }
    // Step by step it gets no longer either.
    endBoard();
    correct({ fromOn: addDays(FOUNDED, 20), toOn: addDays(END, 20) });
    expect(() => correct({ toOn: addDays(END, 20) })).to.throw('licence:refusals.longer');
  });

  it('keeps what was written under a wrong correction, and tells of it', async () => {
    const { db } = world.province;
    endBoard('maryam');
    db.$client.exec('DROP TRIGGER b129_correction_leaves_no_decree');
    world.clock.now = new Date(`${addDays(END, -100)}T10:00:00.000Z`);
    const held = db.$client.prepare("SELECT id FROM decrees WHERE seat = 'admin-finance'").pluck();
    db.$client.exec(`INSERT INTO decree_endings SELECT ${held.get()}, '2099-01-01', 'xxx',
      ${world.users.hadi}, (SELECT max(id) FROM acts)`);
    correct({ fromOn: addDays(FOUNDED, 30), toOn: addDays(END, 30) });
    const day = addDays(END, 3);
    const maryam = { ...world.actor('maryam', noor()), today: day, now: `${day}T07:00:00.000Z` };
    await enter(world.province, (tx) =>
      issueReceipt(tx, maryam, noor(), { amountRial: 500_000, fund: 'sadaqa', receivedOn: day }),
    );
    correct(as);
    expect(standingOn(db, noor().id, day).state).to.equal('expired');
    const gifts = db.$client.prepare('SELECT count(*) FROM donations WHERE received_on = ?');
    expect(gifts.pluck().get(day)).to.equal(1);
    const notices = await world.visit('hadi', 'GET /notices.json');
    expect(notices.text).to.include('۱ رسید');
    expect(findPaper(db, licencePaperOrNone(db, licence().id)!).content).to.include('۱ رسید');
  });

  it('takes no gift any more on a day that the correction took away', async () => {
    const { db } = world.province;
    db.$client.exec(`INSERT INTO decree_endings SELECT id, '${TODAY}', 'xxx', ${world.users.hadi},
      (SELECT max(id) FROM acts) FROM decrees WHERE seat <> 'admin-finance'`);
    db.$client.exec('DROP TRIGGER b129_correction_leaves_no_decree');
    const day = addDays(FOUNDED, 3);
    expect(() => correct({ fromOn: addDays(FOUNDED, 10) })).to.throw('leaves-decrees');
    db.$client.exec(`INSERT INTO decree_endings SELECT id, '${addDays(TODAY, 1)}', 'xxx',
      ${world.users.hadi}, (SELECT max(id) FROM acts) FROM decrees WHERE seat = 'admin-finance'`);
    correct({ fromOn: addDays(FOUNDED, 10) });
    expect(standingOn(db, noor().id, day).state).to.equal('before');
    const refused = await give(day).then(
      () => '',
      (fault: Error) => fault.message,
    );
    expect(refused).to.match(/before-licence|B-128/);
    const said = db.$client
      .prepare("SELECT sql FROM sqlite_schema WHERE name = 'b128_licence_before_donation'")
      .pluck()
      .get() as string;
    expect(said).to.include('FROM current_licences');
  });

  it('leaves no decree and no gift outside its days (B-129, B-128), in the file neither', async () => {
    const { db } = world.province;
    expect(() => correct({ toOn: addDays(END, -1) }))
      .to.throw('licence:refusals.leaves-decrees')
      .with.nested.property('details.clause', 'B-129');
    await give(addDays(FOUNDED, 2));
    expect(() => correct({ fromOn: addDays(FOUNDED, 3) }))
      .to.throw('licence:refusals.leaves-gifts')
      .with.nested.property('details.clause', 'B-128');
    issueLicencePaper(db, hadi(), noor(), licence());
    expect(raw({ toOn: addDays(END, -1) })).to.throw('b129_correction_leaves_no_decree');
    expect(raw({ fromOn: addDays(FOUNDED, 3) })).to.throw(/leaves_no_(gift|decree)/);
  });

  it('is not lengthened once its end was told of: that is a renewal (B-109)', () => {
    const later = { fromOn: addDays(FOUNDED, 1), toOn: addDays(END, 1) };
    world.clock.now = new Date(`${addDays(END, -90)}T10:00:00.000Z`);
    expect(() => correct(later))
      .to.throw('licence:refusals.more-days')
      .with.nested.property('details.mend', '/licence/renewal');
    issueLicencePaper(world.province.db, hadi(), noor(), licence());
    expect(raw(later)).to.throw('b109_more_days_are_a_renewal');
    correct({ number: '1404/21/078' });
    expect(licence().number).to.equal('1404/21/078');
  });

  it('is refused with turned days, another’s number, no change; the file asks who and its paper', async () => {
    expect(() => correct({ toOn: addDays(FOUNDED, -1) })).to.throw('days-turned');
    expect(() => correct({})).to.throw('nothing-new');
    correct({ number: '1404/21/078' });
    correct({ number: '1404/21/087' });
    expect(() => correct({}, world.actor('reza', noor()))).to.throw('not-yours');
    const part = { number: '9' };
    expect(raw(part, world.users.reza)).to.throw('b128_committee_corrects_licence');
    expect(raw(part, world.users.karim)).to.throw('b17_own_county');
    const { db } = world.province;
    await give(TODAY);
    expect(raw(part)).to.throw('b128_correction_has_its_paper');
    expect(() => db.$client.exec('DELETE FROM licence_corrections')).to.throw('are_final');
  });
});
