import { expect } from 'chai';
import { compassOf } from '../../src/bylaw/compass.ts';
import {
  assetsCountersigned,
  fourOfficesMonitor,
  signedResultDecides,
  workingCentre,
} from '../../src/bylaw/licence.ts';
import { countersignAsset, issueAssetList, listAsset } from '../../src/licence/dissolution.ts';
import { openMonitoring } from '../../src/licence/monitorings.ts';
import { LICENCE_STATES } from '../../src/licence/states.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { wordsFor } from '../../src/words.ts';
import { decided, monitored } from '../licence/life.ts';
import { dropTriggers } from '../support/tampering.ts';
import { buildWorld, FOUNDED, TODAY, type World } from '../support/world.ts';

const ALL = ['participation', 'supervision', 'security', 'selection'];

describe('B-20, each of four offices monitors', () => {
  it('holds once supervision has spoken, and for a renewal once all four have', () => {
    expect(fourOfficesMonitor.holds({ filled: ['supervision'], conclusion: 'none' })).to.be.true;
    expect(fourOfficesMonitor.holds({ filled: ALL, conclusion: 'renew' })).to.be.true;
  });

  it('fails without supervision, and for a renewal without any of them', () => {
    const without = (office: string) => ALL.filter((one) => one !== office);
    expect(fourOfficesMonitor.holds({ filled: without('supervision'), conclusion: 'suspend' })).to
      .be.false;
    for (const office of ALL) {
      expect(fourOfficesMonitor.holds({ filled: without(office), conclusion: 'renew' })).to.be
        .false;
    }
  });
}).timeout(20_000);

describe('B-109, a signed result before renewal, suspension and revocation', () => {
  const asked = (kind: string, conclusion: string | null, ageDays = 0) => {
    const result = conclusion === null ? undefined : { conclusion, ageDays };
    return signedResultDecides.holds({ kind, result, validDays: 365 });
  };

  it('holds for the result that says so, for a year', () => {
    expect(asked('suspend', 'suspend')).to.be.true;
    expect(asked('renew', 'renew', 365)).to.be.true;
    expect(asked('renew', 'renew', 366)).to.be.false;
  });

  it('fails without one, and with one that says something else', () => {
    expect(asked('revoke', null)).to.be.false;
    expect(asked('revoke', 'suspend')).to.be.false;
  });

  it('asks none for a reinstatement and for a dissolution', () => {
    for (const kind of ['reinstate', 'dissolve', 'finish']) expect(asked(kind, null)).to.be.true;
  });

  it('lets a centre work in four of the eight states', () => {
    const working = LICENCE_STATES.filter((state) => workingCentre.holds({ state }));
    expect(working).to.deep.equal(['before', 'active', 'warning', 'expired']);
  });
}).timeout(20_000);

describe('B-102, the assets of a dissolved centre', () => {
  it('holds when every line is countersigned and the list is printed', () => {
    expect(assetsCountersigned.holds({ lines: 3, open: 0, listed: true })).to.be.true;
    expect(assetsCountersigned.holds({ lines: 3, open: 1, listed: true })).to.be.false;
    expect(assetsCountersigned.holds({ lines: 3, open: 0, listed: false })).to.be.false;
  });
}).timeout(20_000);

describe('the compass on the licence’s life', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  const EVERYTHING = { name: '', number: '', day: '', count: '', county: '', seat: '' };
  const END = addDays(FOUNDED, 364);
  const stands = (id: string, today = TODAY) => {
    const all = compassOf(world.province.db, world.noor.id, today);
    const { state, why, told } = all.find((one) => one.id === id)!;
    for (const language of ['fa', 'en'] as const) {
      expect(wordsFor(language)(why, { ...EVERYTHING, ...told })).to.not.include('{{');
    }
    return `${state} ${why.split('.').at(-1)}`;
  };
  const tamper = (sql: string) => {
    const client = world.province.db.$client;
    dropTriggers(client);
    client.exec(sql);
  };

  it('asks for monitoring when the licence is to end (B-20)', () => {
    expect(stands('B-20')).to.equal('not-due notDue');
    expect(stands('B-20', addDays(END, -30))).to.equal('broken broken');
    openMonitoring(world.province.db, world.actor('inspector'), world.noor);
    expect(stands('B-20', addDays(END, -30))).to.equal('not-due underway');
  });

  it('says kept of a signed result of the last year (B-20)', () => {
    monitored(world, 'none');
    expect(stands('B-20')).to.equal('kept kept');
    expect(stands('B-20', addDays(END, 360))).to.equal('broken broken');
  });

  it('finds a section that another office has filled (B-20)', () => {
    monitored(world, 'none');
    tamper(`UPDATE monitoring_sections SET filled_by = ${world.users.hadi} WHERE id = 1`);
    expect(stands('B-20')).to.match(/^broken/);
  });

  it('asks for a decision once the licence has run out (B-109, B-128)', () => {
    expect(stands('B-109')).to.equal('not-due notDue');
    expect(stands('B-109', addDays(END, 1))).to.equal('broken undecided');
    expect(stands('B-128', addDays(END, 1))).to.equal('broken broken');
  });

  it('knows a decision that stands, and one that rests on nothing (B-109)', () => {
    decided(world, 'suspend');
    expect(stands('B-109')).to.equal('kept standing');
    decided(world, 'reinstate');
    expect(stands('B-109')).to.equal('kept kept');
    tamper(`UPDATE licence_decisions SET decided_by = ${world.users.hadi} WHERE kind = 'suspend'`);
    expect(stands('B-109')).to.match(/^broken/);
  });

  it('follows a dissolution to its end (B-102)', () => {
    const { db } = world.province;
    expect(stands('B-102')).to.equal('not-due notDue');
    decided(world, 'dissolve');
    expect(stands('B-102')).to.equal('not-due underway');
    const asset = listAsset(db, world.actor('reza', world.noor), world.noor, {
      ...{ kind: 'furniture', description: 'میز', quantity: 1, valueRial: 1000 },
      ...{ disposal: 'transfer', recipient: 'مرکز سپید' },
    });
    countersignAsset(db, world.actor('hadi'), world.noor, asset.id);
    issueAssetList(db, world.actor('hadi'), world.noor);
    decided(world, 'finish');
    expect(stands('B-102')).to.equal('kept kept');
    expect(stands('B-128', addDays(END, 1))).to.equal('not-due closed');
    tamper('DELETE FROM dissolution_countersignings');
    expect(stands('B-102')).to.match(/^broken/);
  });
}).timeout(20_000);
