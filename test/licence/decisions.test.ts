import { expect } from 'chai';
import { inventedId } from '../../seeds/invented-id.ts';
import { seatTrustee, stepsAt } from '../../seeds/neighbourhood.ts';
import { CORE_SEATS } from '../../src/access/powers.ts';
import { issueReceipt } from '../../src/donations/receipts.ts';
import { decide } from '../../src/licence/decisions.ts';
import { licencesOf } from '../../src/licence/licences.ts';
import { issueLicence } from '../../src/licence/licensing.ts';
import {
  DECISIONS,
  type DecisionKind,
  decisionsOf,
  standingOn,
} from '../../src/licence/standing.ts';
import { LICENCE_STATES, type LicenceState } from '../../src/licence/states.ts';
import { mayFollow } from '../../src/licence/transitions.ts';
import { countNotices, noticesOf } from '../../src/notices/notices.ts';
import type { OfficialLetter } from '../../src/paper/official-letter.ts';
import { findPaper } from '../../src/paper/papers.ts';
import { writeSetting } from '../../src/provinces/province.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { buildWorld, FOUNDED, type Person, TODAY, type World } from '../support/world.ts';
import { decided, deciding, monitored, setDay, stateOf } from './life.ts';

const END = addDays(FOUNDED, 364);
let world: World;
const db = () => world.province.db;
const deputy = () => world.actor('deputy');
const gift = (receivedOn = world.actor('maryam').today) =>
  db().$client.transaction(() =>
    issueReceipt(db(), world.actor('maryam', world.noor), world.noor, {
      ...{ amountRial: 100_000, fund: 'sadaqa', receivedOn },
    }),
  )();

describe('the table of decisions', () => {
  const FOLLOWING: Record<LicenceState, DecisionKind[]> = {
    before: [],
    active: ['suspend', 'revoke', 'dissolve'],
    warning: ['renew', 'suspend', 'revoke', 'dissolve'],
    expired: ['renew', 'revoke', 'dissolve'],
    suspended: ['reinstate', 'revoke', 'dissolve'],
    revoked: ['reinstate', 'dissolve'],
    dissolving: ['reinstate', 'finish'],
    dissolved: [],
  };
  for (const state of LICENCE_STATES) {
    for (const kind of DECISIONS) {
      const allowed = FOLLOWING[state].includes(kind);
      it(`${allowed ? 'lets' : 'does not let'} ${kind} follow ${state}`, () => {
        expect(mayFollow(state, kind)).to.equal(allowed);
      });
    }
  }
}).timeout(20_000);

describe('a decision on a licence (B-109)', () => {
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  it('needs a signed result that says so, and bears one decision', () => {
    expect(() => decide(db(), deputy(), world.noor, deciding('suspend')))
      .to.throw('bylaw:refusals.B-109')
      .with.nested.property('details.mend', '/licence/monitoring');
    monitored(world, 'revoke');
    expect(() => decide(db(), deputy(), world.noor, deciding('suspend'))).to.throw('B-109');
    decided(world, 'suspend');
    decided(world, 'reinstate');
    expect(() => decide(db(), deputy(), world.noor, deciding('suspend'))).to.throw('B-109');
  });

  it('rests on a result of the last year, or of as many days as the province has set', () => {
    monitored(world, 'suspend');
    writeSetting(db(), 'monitoring-days', '10');
    setDay(world, addDays(TODAY, 11));
    expect(() => decide(db(), deputy(), world.noor, deciding('suspend'))).to.throw('B-109');
    setDay(world, addDays(TODAY, 10));
    decide(db(), deputy(), world.noor, deciding('suspend'));
    expect(stateOf(world)).to.equal('suspended');
  });

  it('is the deputy’s alone', () => {
    monitored(world, 'suspend');
    for (const person of ['hadi', 'inspector', 'reza', 'security'] as const) {
      const by = world.actor(person, world.noor);
      expect(() => decide(db(), by, world.noor, deciding('suspend')), person).to.throw('not-yours');
    }
  });

  it('has a number of its own', () => {
    const { number } = decided(world, 'suspend');
    const again = { ...deciding('reinstate'), number };
    expect(() => decide(db(), deputy(), world.noor, again)).to.throw('number-taken');
  });

  it('is in force at once, on paper with its reason, and told to those concerned', () => {
    const before = countNotices(db(), world.actor('reza'));
    const { paperId } = decided(world, 'suspend');
    const standing = standingOn(db(), world.noor.id, TODAY);
    expect(standing).to.include({ state: 'suspended', since: TODAY });
    expect(standing.decision).to.include({ kind: 'suspend', reason: 'سبب نمونه' });
    const paper = findPaper(db(), paperId);
    const letter = JSON.parse(paper.content) as OfficialLetter;
    expect(letter).to.include({ kind: 'decision', head: 'committee' });
    expect(letter.paragraphs.join(' ')).to.include('تعلیق مجوز').and.include('سبب نمونه');
    expect(letter.annexes[0]!.items).to.include('دریافت کمک و صدور رسید: مجاز نیست');
    // The signed result, and the decision.
    expect(countNotices(db(), world.actor('reza'))).to.equal(before + 2);
    expect(countNotices(db(), world.actor('maryam'))).to.be.greaterThan(0);
    expect(countNotices(db(), world.actor('karim'))).to.equal(0);
    const seats =
      "SELECT seat FROM notices WHERE key = 'licence:notices.suspend' AND seat NOT NULL";
    expect(db().$client.prepare(seats).pluck().all()).to.have.members([...CORE_SEATS]);
    const newest = (person: Person) => noticesOf(db(), world.actor(person), 1)[0]?.key;
    for (const person of ['zahra', 'hadi', 'deputy', 'inspector'] as const) {
      expect(newest(person), person).to.equal('licence:notices.suspend');
    }
    for (const person of ['security', 'selection'] as const) {
      expect(newest(person), person).to.equal('licence:notices.office-suspend');
    }
  });

  it('is told to an optional seat in force, and to no office that had no part in it', () => {
    const { users, noor, clock } = world;
    const officers = { head: users.hadi, security: users.security, selection: users.selection };
    const days = { fromOn: TODAY, toOn: END };
    seatTrustee(db(), stepsAt(db(), clock.now), officers, noor, {
      trustee: {
        ...{ name: 'لاله نمونه', nationalId: inventedId(60), gender: 'woman', seat: 'loans' },
        ...{ username: 'laleh', need: { reason: 'وام‌های خرد', field: 'قرض‌الحسنه' } },
      },
      ...{ days, passwordHash: 'x', chair: users.reza },
    });
    monitored(world, 'suspend', ['inspector', 'security']);
    decide(db(), deputy(), world.noor, deciding('suspend'));
    const seats =
      "SELECT seat FROM notices WHERE key = 'licence:notices.suspend' AND seat NOT NULL";
    expect(db().$client.prepare(seats).pluck().all()).to.have.members([...CORE_SEATS, 'loans']);
    const offices = "SELECT role FROM notices WHERE key = 'licence:notices.office-suspend'";
    expect(db().$client.prepare(offices).pluck().all()).to.deep.equal(['security']);
  });

  it('refuses the second of two officers, and leaves nothing half done', () => {
    decided(world, 'suspend');
    const known = decisionsOf(db(), world.noor.id).length;
    expect(() => decide(db(), deputy(), world.noor, deciding('suspend')))
      .to.throw('licence:refusals.not-from-suspended')
      .with.property('status', 409);
    expect(decisionsOf(db(), world.noor.id)).to.have.lengthOf(known);
  });

  it('renews with a licence whose days follow the old, from ninety days before its end', () => {
    monitored(world, 'renew');
    const renew = () => decide(db(), deputy(), world.noor, deciding('renew', addDays(END, 365)));
    expect(renew).to.throw('not-from-active');
    setDay(world, addDays(END, -60));
    expect(() => decide(db(), deputy(), world.noor, deciding('renew'))).to.throw('check-fields');
    const turned = deciding('renew', END);
    expect(() => decide(db(), deputy(), world.noor, turned)).to.throw('days-turned');
    renew();
    const [latest] = licencesOf(db(), world.noor.id);
    expect(latest).to.include({ fromOn: addDays(END, 1), toOn: addDays(END, 365) });
    expect(stateOf(world)).to.equal('active');
  });

  it('renews from today what has run out, and grants nothing for the days between', () => {
    setDay(world, addDays(END, 20));
    expect(stateOf(world)).to.equal('expired');
    decided(world, 'renew', addDays(END, 400));
    expect(licencesOf(db(), world.noor.id)[0]).to.include({ fromOn: addDays(END, 20) });
  });

  it('leaves no other way to follow a licence with another, from raw SQL neither', () => {
    const issue = { reason: 'سبب', number: 'x', fromOn: addDays(END, 1), toOn: addDays(END, 90) };
    expect(() => issueLicence(db(), world.actor('hadi'), world.noor, issue))
      .to.throw('renewal-decided')
      .with.nested.property('details.clause', 'B-109');
    const insert = `INSERT INTO licences (centre_id, number, from_on, to_on, issued_by, act_id)
      VALUES (${world.noor.id}, 'x', '2029-01-01', '2029-02-01', ${world.users.hadi}, 1)`;
    expect(() => db().$client.exec(insert)).to.throw('b109_renewed_by_decision');
  });
}).timeout(20_000);

describe('a centre that is suspended, revoked or dissolving (B-109, B-102)', () => {
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  for (const [kind, state, clause] of [
    ['suspend', 'suspended', 'B-109'],
    ['revoke', 'revoked', 'B-109'],
    ['dissolve', 'dissolving', 'B-102'],
  ] as const) {
    it(`takes no donation while ${state}, and takes them again once reinstated`, () => {
      gift();
      decided(world, kind);
      expect(stateOf(world)).to.equal(state);
      expect(gift)
        .to.throw(`licence:refusals.${state}`)
        .with.nested.property('details.clause', clause);
      setDay(world, addDays(TODAY, 3));
      decided(world, 'reinstate');
      expect(stateOf(world)).to.equal('active');
      gift();
      expect(() => gift(addDays(TODAY, 2)))
        .to.throw(state)
        .with.property('status', 422);
    });
  }

  it('takes none from raw SQL, issues no decree and no letter under its head', () => {
    gift();
    decided(world, 'suspend');
    const copy = (table: string, changes: Record<string, string>) => {
      const columns = db()
        .$client.prepare('SELECT name FROM pragma_table_info(?)')
        .pluck()
        .all(table) as string[];
      const values = columns.map((name) => changes[name] ?? name).join(', ');
      return () => db().$client.exec(`INSERT INTO ${table} SELECT ${values} FROM ${table} LIMIT 1`);
    };
    expect(copy('donations', { id: 'id + 1000' })).to.throw('b109_standing_before_donation');
    expect(copy('decrees', { id: 'id + 1000', seat: "'benefactors-men'" })).to.throw(
      'b109_standing_before_proposal',
    );
    expect(copy('decree_issues', {})).to.throw('b109_standing_before_decree');
    expect(copy('introductions', { id: 'id + 1000' })).to.throw(
      /b109_standing_before_introduction|b118_/,
    );
    const content = `json('{"head":"centre"}')`;
    const paper = { id: '9999', code: "'0000000000000'", content };
    expect(copy('papers', paper)).to.throw('b109_standing_before_letterhead');
  });

  it('keeps decisions to the deputy, to their results and to their order, from raw SQL too', () => {
    const { paperId } = decided(world, 'suspend');
    const { actId } = findPaper(db(), paperId);
    const decision = (kind: string, by: number, monitoring: string) => () =>
      db().$client.exec(`INSERT INTO licence_decisions (centre_id, kind, number, decided_on, reason,
        monitoring_id, paper_id, decided_by, act_id) VALUES (${world.noor.id}, '${kind}', 'y',
        '${TODAY}', 'because', ${monitoring}, ${paperId}, ${by}, ${actId})`);
    const { deputy: by, hadi } = world.users;
    expect(decision('reinstate', hadi, 'NULL')).to.throw('b109_deputy_decides');
    expect(decision('suspend', by, 'NULL')).to.throw('b109');
    expect(decision('suspend', by, '1')).to.throw(/b109|licence_decisions_are_final/);
    expect(decision('finish', by, 'NULL')).to.throw(/b109|b102/);
    const change = "UPDATE licence_decisions SET reason = 'other'";
    expect(() => db().$client.exec(change)).to.throw('licence_decisions_are_final');
    expect(() => db().$client.exec('DELETE FROM licence_decisions')).to.throw('are_final');
  });
}).timeout(20_000);
