import { expect } from 'chai';
import { CORE_SEATS, may } from '../../src/access/powers.ts';
import { warningAt, warnOfEnds } from '../../src/licence/expiry.ts';
import { fillSection, openMonitoring } from '../../src/licence/monitorings.ts';
import { renewalFile } from '../../src/licence/renewal.ts';
import { licenceTasks } from '../../src/licence/tasks.ts';
import { noticesOf } from '../../src/notices/notices.ts';
import { sweep } from '../../src/provinces/sweep.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { buildWorld, FOUNDED, type Person, type World } from '../support/world.ts';
import { decided, fillingOf, setDay } from './life.ts';

const END = addDays(FOUNDED, 364);
let world: World;
const db = () => world.province.db;
const warn = () => warnOfEnds(db(), world.clock.now.toISOString(), world.actor('deputy').today);
const toldTo = (person: Person) =>
  noticesOf(db(), world.actor(person), 50)
    .map(({ key }) => key)
    .filter((key) => key.includes('ends-'));
const told = (person: Person) => noticesOf(db(), world.actor(person), 50).map(({ key }) => key);
const daysBefore = (days: number) => setDay(world, addDays(END, -days));

describe('the end of a licence', () => {
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  it('is told at ninety, sixty, thirty and seven days, and at no other', () => {
    const at = [91, 90, 61, 60, 31, 30, 8, 7, 0].map(warningAt);
    expect(at).to.deep.equal([undefined, 90, 90, 60, 60, 30, 30, 7, 7]);
  });

  it('is told once each, to the chair, the county’s head and the deputy who renews', () => {
    for (const days of [120, 91, 90, 89, 60, 45, 30, 29, 7, 6, 0]) {
      daysBefore(days);
      warn();
      expect(warn()).to.equal(0);
    }
    const all = ['ends-7', 'ends-30', 'ends-60', 'ends-90'].map((key) => `licence:notices.${key}`);
    expect(toldTo('reza')).to.deep.equal(all);
    for (const person of ['hadi', 'deputy', 'inspector'] as const) {
      expect(toldTo(person), person).to.deep.equal(all);
    }
    expect(toldTo('karim')).to.deep.equal([]);
  });

  it('is told once of the nearest after a long silence', () => {
    daysBefore(20);
    expect(warn()).to.equal(1);
    expect(toldTo('reza')).to.deep.equal(['licence:notices.ends-30']);
  });

  it('is not told of a centre that is suspended, nor of a licence that was renewed', () => {
    daysBefore(80);
    decided(world, 'suspend');
    expect(warn()).to.equal(0);
    decided(world, 'reinstate');
    decided(world, 'renew', addDays(END, 365));
    expect(warn()).to.equal(0);
  });

  it('is told once when it has come, to the whole board and the committee', async () => {
    daysBefore(0);
    warn();
    expect(told('hadi')).to.not.include('licence:notices.ended');
    daysBefore(-1);
    await sweep(world.site);
    await sweep(world.site);
    for (const person of ['hadi', 'deputy', 'inspector'] as const) {
      expect(told(person).filter((key) => key === 'licence:notices.ended')).to.have.lengthOf(1);
    }
    expect(told('karim')).to.not.include('licence:notices.ended');
    const seats = db().$client.prepare(
      "SELECT seat FROM notices WHERE key = 'licence:notices.ended' AND seat IS NOT NULL",
    );
    expect(seats.pluck().all()).to.have.members([...CORE_SEATS]);
    const again = 'INSERT INTO licence_ends SELECT * FROM licence_ends';
    expect(() => db().$client.exec(again)).to.throw('licence_ends_are_final');
    expect(() => db().$client.exec('DELETE FROM licence_ends')).to.throw('licence_ends_are_final');
  });

  it('is not told of a licence that was renewed, nor of a centre that is revoked', () => {
    daysBefore(40);
    decided(world, 'renew', addDays(END, 365));
    daysBefore(-1);
    warn();
    expect(told('hadi')).to.not.include('licence:notices.ended');
    decided(world, 'revoke');
    daysBefore(-400);
    warn();
    expect(told('hadi')).to.not.include('licence:notices.ended');
  });

  it('is told by the sweep of the hour', async () => {
    daysBefore(45);
    await sweep(world.site);
    await sweep(world.site);
    expect(toldTo('reza')).to.deep.equal(['licence:notices.ends-60']);
  });

  it('is told once by the file too', () => {
    daysBefore(90);
    warn();
    const again = 'INSERT INTO licence_warnings SELECT * FROM licence_warnings';
    expect(() => db().$client.exec(again)).to.throw('licence_warnings_are_final');
    const early = `INSERT INTO licence_warnings SELECT licence_id, 7, told_on, act_id
      FROM licence_warnings`;
    expect(() => db().$client.exec(early)).to.throw('licence_warnings_are_final');
  });

  it('becomes an ever more urgent task', () => {
    const task = (days: number) => {
      daysBefore(days);
      const actor = world.actor('reza', world.noor);
      const can = (power: Parameters<typeof may>[1]) => may(actor, power, world.noor);
      const [first] = licenceTasks(db(), { actor, centre: world.noor, can });
      return first && `${first.key} ${first.state}`;
    };
    expect(task(91)).to.equal(undefined);
    expect(task(90)).to.equal('licence-ending wait');
    expect(task(60)).to.equal('licence-ending warn');
    expect(task(30)).to.equal('licence-ending bad');
    expect(task(7)).to.equal('licence-ending-now bad');
    expect(task(-1)).to.equal('licence-expired bad');
  });
}).timeout(20_000);

describe('the renewal file', () => {
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  const file = () => renewalFile(db(), world.noor, world.actor('deputy').today);
  const line = (key: string) => file().lines.find((one) => one.key === key)!;

  it('opens by itself ninety days before the end', () => {
    daysBefore(91);
    expect(file().openedOn).to.equal(null);
    daysBefore(90);
    expect(file()).to.include({ openedOn: addDays(END, -90), left: 90 });
    daysBefore(-5);
    expect(file()).to.include({ openedOn: addDays(END, -90), left: -5 });
  });

  it('says what is there and what is wanting, whose turn it is, and since when', () => {
    daysBefore(80);
    const opened = addDays(END, -90);
    expect(line('boundary')).to.include({ done: true, since: null });
    expect(line('account')).to.include({ done: true });
    expect(line('supervision')).to.deep.include({
      ...{ done: false, since: opened, turn: ['province-deputy', 'inspector'] },
      to: '/licence/monitoring',
    });
    const { id } = openMonitoring(db(), world.actor('deputy'), world.noor);
    const today = addDays(END, -80);
    expect(line('supervision')).to.deep.include({ done: false, since: today, turn: ['inspector'] });
    fillSection(db(), world.actor('inspector'), id, fillingOf(world, 'inspector'));
    expect(line('supervision')).to.include({ done: true, number: 71 });
    expect(line('result')).to.deep.include({ done: false, turn: ['province-deputy'] });
  });

  it('is closed again once the licence is renewed', () => {
    daysBefore(80);
    decided(world, 'renew', addDays(END, 365));
    expect(file().openedOn).to.equal(null);
  });
}).timeout(20_000);
