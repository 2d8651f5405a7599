import { expect } from 'chai';
import { inventedId } from '../../seeds/invented-id.ts';
import { actorOf } from '../../src/access/identify.ts';
import { may, type Seat } from '../../src/access/powers.ts';
import { answerChange, requestChange } from '../../src/board/changes.ts';
import { giveClearance } from '../../src/board/clearances.ts';
import type { DecreePaper } from '../../src/board/decree-paper.ts';
import { type Decree, findDecree, holdersOn } from '../../src/board/decree-rows.ts';
import { acceptDecree, draftDecree, endDecree, issueDecree } from '../../src/board/decrees.ts';
import { type Person, registerPerson } from '../../src/board/persons.ts';
import { coordinateDecree } from '../../src/board/requests.ts';
import { findPaper } from '../../src/paper/papers.ts';
import { buildWorld, FOUNDED, TODAY, type World } from '../support/world.ts';

let world: World;
let amin: Person;
before(async () => {
  world = await buildWorld();
  amin = registerPerson(world.province.db, world.actor('hadi'), {
    ...{ name: 'امین نمونه', nationalId: inventedId(1), gender: 'man', isCleric: true },
    countyId: world.noor.countyId,
  });
});
after(() => world.close());

const as = (who: Parameters<World['actor']>[0]) => world.actor(who, world.noor);
const term = { fromOn: TODAY, toOn: '2027-03-20' };
const agreed = { answer: 'agreed' as const, number: '31/120', decidedOn: TODAY };
const sworn = { noPolitics: true, liability: true, honorary: true };
const draft = (who: 'hadi' | 'reza', seat: Seat, days = term, person = amin) =>
  draftDecree(world.province.db, as(who), world.noor, { personId: person.id, seat, ...days });
const issue = (who: Parameters<World['actor']>[0], decree: Decree) =>
  issueDecree(world.province.db, as(who), world.noor, decree);
const clear = (who: 'security' | 'selection', state: 'approved' | 'refused', decidedOn = TODAY) =>
  giveClearance(world.province.db, world.actor(who), amin, { state, number: '7', decidedOn });
const clause = (name: string) => ['details.clause', name] as const;

describe('the decree of the vice-chair', () => {
  let decree: Decree;

  it('is the committee’s to propose (B-129), not the chair’s', () => {
    expect(() => draft('reza', 'vice-chair'))
      .to.throw('bylaw:refusals.B-129')
      .with.nested.property(...clause('B-129'));
  });

  it('is proposed for nobody whom both offices have not approved (B-14)', () => {
    const { $client } = world.province.db;
    const count = () => $client.prepare('SELECT count(*) FROM decrees').pluck().get();
    const known = count();
    const refused = () =>
      expect(() => draft('hadi', 'vice-chair'))
        .to.throw('uncleared-committee')
        .with.nested.property(...clause('B-14'));
    refused();
    clear('security', 'approved');
    expect(() => clear('selection', 'approved', '2026-11-22')).to.throw('future-day');
    refused();
    clear('selection', 'refused');
    refused();
    clear('selection', 'approved');
    expect(count()).to.equal(known);
    decree = draft('hadi', 'vice-chair');
    expect(decree).to.include({ state: 'draft', number: null, inForce: false });
  });

  it('is proposed once at a time, and needs no coordination', () => {
    expect(() => draft('hadi', 'vice-chair')).to.throw('seat-waits');
    const answer = () => coordinateDecree(world.province.db, as('hadi'), decree, agreed);
    expect(answer).to.throw('no-coordination-needed');
  });

  it('is not issued once an office has taken its approval back (B-14)', () => {
    clear('selection', 'refused');
    expect(() => issue('hadi', decree))
      .to.throw('B-14')
      .with.nested.property(...clause('B-14'));
  });

  it('is issued by nobody else than the committee', () => {
    clear('selection', 'approved');
    expect(() => issue('reza', decree))
      .to.throw('B-129')
      .with.property('status', 403);
    expect(() => issue('maryam', decree)).to.throw('not-yours');
    expect(() => issue('inspector', decree)).to.throw('not-yours');
  });

  it('takes the next number, and its paper says what stood at that moment', () => {
    decree = issue('hadi', decree);
    expect(decree).to.include({ state: 'issued', number: '1405-0004', issuedBy: 'hadi' });
    const paper = findPaper(world.province.db, decree.paperId!);
    const content = JSON.parse(paper.content) as DecreePaper;
    expect(content).to.include({
      form: 'committee',
      number: '1405-0004',
      seat: 'نایب‌رئیس هیئت امنا',
    });
    expect(content.person.honorific).to.equal('حجت‌الاسلام');
    expect(content.basis).to.deep.equal({ number: '7', on: TODAY });
    expect(content.duties).to.have.lengthOf(13);
    expect(content.signer.office).to.equal('رئیس ادارهٔ شهرستان');
  });

  it('cannot be issued twice; the second officer is told', () => {
    expect(() => issue('deputy', decree))
      .to.throw('already-issued')
      .with.property('status', 409);
  });

  it('gives no power before it is accepted with all its declarations', () => {
    const { db } = world.province;
    const accept = (sworn_: object) => () =>
      acceptDecree(db, as('hadi'), decree, { noPolitics: true, liability: true, ...sworn_ });
    expect(accept({ noPolitics: false }))
      .to.throw('B-100')
      .with.nested.property(...clause('B-100'));
    expect(accept({ liability: false }))
      .to.throw('B-101')
      .with.nested.property(...clause('B-101'));
    expect(accept({ honorary: false }))
      .to.throw('B-46')
      .with.nested.property(...clause('B-46'));
    expect(() => acceptDecree(db, as('reza'), decree, sworn)).to.throw('B-129');
    expect(holdersOn(db, world.noor.id, TODAY).has('vice-chair')).to.equal(false);
    const cleared = (state: 'approved' | 'refused') =>
      giveClearance(
        db,
        world.actor('selection'),
        { id: decree.personId },
        {
          ...{ state, number: '9/1', decidedOn: TODAY },
        },
      );
    cleared('refused');
    expect(accept({}))
      .to.throw('B-14')
      .with.nested.property(...clause('B-14'));
    expect(() =>
      db.$client.exec(
        `INSERT INTO decree_acceptances VALUES (${decree.id}, '${TODAY}', 1, 1, 1, 1)`,
      ),
    ).to.throw('b14_cleared_before_acceptance');
    cleared('approved');
    const accepted = acceptDecree(db, as('hadi'), decree, sworn);
    expect(accepted).to.include({ state: 'accepted', inForce: true });
    expect(accept({})).to.throw('not-to-accept');
  });

  it('is not given to a second while the first holds the seat (B-29)', () => {
    const zahra = { ...amin, id: personOf('zahra') };
    expect(() => draft('hadi', 'vice-chair', { ...term, fromOn: '2027-01-01' }, zahra))
      .to.throw('B-29')
      .with.nested.property(...clause('B-29'));
  });

  it('ends today with its reason, by the committee, once', () => {
    const { db } = world.province;
    const end = (who: Parameters<World['actor']>[0], endedOn?: string) => () =>
      endDecree(db, as(who), decree, { endedOn, reason: 'استعفا' });
    expect(end('reza')).to.throw('not-yours');
    expect(end('hadi', '2026-11-20')).to.throw('ends-today');
    expect(end('hadi')()).to.include({ state: 'ended', inForce: false, endedOn: TODAY });
    expect(end('hadi')).to.throw('already-ended');
  });

  it('leaves the seat free for a successor, whom the paper sets beside the predecessor', () => {
    const zahra = { ...amin, id: personOf('zahra') };
    const mistaken = draft('hadi', 'vice-chair', term, zahra);
    const withdrawn = endDecree(world.province.db, as('hadi'), mistaken, { reason: 'اشتباه بود' });
    expect(withdrawn.state).to.equal('cancelled');
    expect(() => issue('hadi', mistaken)).to.throw('withdrawn');
    const next = issue('hadi', draft('hadi', 'vice-chair', term, zahra));
    expect(next.number).to.equal('1405-0005');
    const paper = findPaper(world.province.db, next.paperId!);
    expect((JSON.parse(paper.content) as DecreePaper).predecessor).to.equal('امین نمونه');
  });
});

describe('the decree of another seat', () => {
  let decree: Decree;

  it('is the chair’s to propose (B-130), not the committee’s', () => {
    expect(() => draft('hadi', 'benefactors-men'))
      .to.throw('bylaw:refusals.B-130')
      .with.nested.property(...clause('B-130'));
    decree = draft('reza', 'benefactors-men');
    expect(decree.state).to.equal('awaiting-coordination');
  });

  it('is issued by the chair only after the committee has agreed by letter (B-130)', () => {
    const { db } = world.province;
    expect(() => issue('reza', decree))
      .to.throw('B-130')
      .with.property('status', 409);
    expect(() => issue('hadi', decree))
      .to.throw('B-130')
      .with.property('status', 403);
    expect(() => coordinateDecree(db, as('reza'), decree, agreed))
      .to.throw('not-coordinating')
      .with.nested.property(...clause('B-130'));
    const later = { ...agreed, decidedOn: '2026-11-22' };
    expect(() => coordinateDecree(db, as('hadi'), decree, later)).to.throw('future-day');
    coordinateDecree(db, as('hadi'), decree, agreed);
    expect(() => coordinateDecree(db, as('deputy'), decree, agreed))
      .to.throw('already-answered')
      .with.property('status', 409);
  });

  it('carries the chair’s own decree and the committee’s letter', () => {
    decree = issue('reza', decree);
    const paper = findPaper(world.province.db, decree.paperId!);
    const content = JSON.parse(paper.content) as DecreePaper;
    expect(content).to.deep.include({ form: 'centre', basis: { number: '31/120', on: TODAY } });
    expect(content.signer).to.deep.equal({ name: 'رضا نمونه', office: 'رئیس هیئت امنا' });
    const issuer = world.province.db.$client
      .prepare('SELECT issuer_decree_id FROM decree_issues WHERE decree_id = ?')
      .pluck();
    expect(issuer.get(decree.id)).to.equal(as('reza').seats[0]!.decreeId);
  });

  it('stays refused when the committee has refused it', () => {
    const { db } = world.province;
    const proposed = draft('reza', 'benefactors-women');
    const refused = coordinateDecree(db, as('hadi'), proposed, { ...agreed, answer: 'refused' });
    expect(refused.state).to.equal('refused');
    expect(() => issue('reza', refused)).to.throw('B-130');
    expect(draft('reza', 'benefactors-women').state).to.equal('awaiting-coordination');
  });

  it('is ended by the chair once the committee agreed; an ended chair has no power', () => {
    const { db } = world.province;
    const end = () => endDecree(db, as('reza'), decree, { reason: 'کناره‌گیری' });
    expect(end).to.throw('B-93').with.property('status', 409);
    const asked = { kind: 'end' as const, decreeId: decree.id, personId: null, reason: 'استعفا' };
    const change = requestChange(db, as('reza'), world.noor, asked);
    answerChange(db, as('hadi'), change, agreed);
    expect(end().state).to.equal('ended');
    const chair = holdersOn(db, world.noor.id, TODAY).get('chair')!;
    endDecree(db, as('hadi'), chair, { reason: 'پایان همکاری' });
    const reza = actorOf(db, world.users.reza, world.clock.now)!;
    expect(reza.seats).to.be.empty;
    expect(may(reza, 'decrees.draft-board', world.noor)).to.equal(false);
  });
});

describe('a decree and the licence (B-128)', () => {
  it('lies within a licence', () => {
    expect(() => draft('hadi', 'chair', { fromOn: TODAY, toOn: '2027-03-21' }))
      .to.throw('beyond-licence')
      .with.nested.property(...clause('B-128'));
    expect(() => draft('hadi', 'chair', { fromOn: TODAY, toOn: FOUNDED })).to.throw('days-turned');
  });

  it('is issued on a day of a licence only', () => {
    const proper = draft('hadi', 'chair');
    world.clock.now = new Date('2027-03-21T10:00:00.000Z');
    expect(() => issue('hadi', proper))
      .to.throw('no-licence')
      .with.nested.property(...clause('B-128'));
    world.clock.now = new Date('2026-11-21T10:00:00.000Z');
    expect(issue('hadi', proper).state).to.equal('issued');
  });

  it('has force to its last day, and not a day longer', () => {
    const { db } = world.province;
    const maryam = holdersOn(db, world.noor.id, '2027-03-20').get('admin-finance');
    expect(maryam?.inForce).to.equal(true);
    expect(findDecree(db, world.noor.id, maryam!.number!, '2027-03-21').state).to.equal('ended');
  });
});

function personOf(username: string): number {
  return world.province.db.$client
    .prepare('SELECT person_id FROM users WHERE username = ?')
    .pluck()
    .get(username) as number;
}
