import { expect } from 'chai';
import { findMonitoring } from '../../src/licence/monitoring-rows.ts';
import { fillSection, openMonitoring, signResult } from '../../src/licence/monitorings.ts';
import { countNotices } from '../../src/notices/notices.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';
import { fillingOf, monitored } from './life.ts';

let world: World;
const db = () => world.province.db;
const open = () => openMonitoring(db(), world.actor('deputy'), world.noor).id;
const fill = (person: 'deputy' | 'inspector' | 'security' | 'selection', id: number) =>
  fillSection(db(), world.actor(person), id, fillingOf(world, person));
const sql = (statement: string) => () => db().$client.exec(statement);

describe('monitoring (B-20)', () => {
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  it('is opened by deputy or inspector, one at a time, and the offices are told', () => {
    for (const person of ['hadi', 'security', 'reza'] as const) {
      const by = world.actor(person, world.noor);
      expect(() => openMonitoring(db(), by, world.noor), person).to.throw('not-yours');
    }
    const OFFICES = ['inspector', 'security', 'selection'] as const;
    const told = OFFICES.map((person) => countNotices(db(), world.actor(person)));
    const id = open();
    expect(() => openMonitoring(db(), world.actor('inspector'), world.noor))
      .to.throw('monitoring-open')
      .with.nested.property('details.mend', `/licence/monitoring/${id}`);
    for (const [at, person] of OFFICES.entries()) {
      expect(countNotices(db(), world.actor(person)), person).to.equal(told[at]! + 1);
    }
  });

  it('has a section of each office, which only that office fills', () => {
    const id = open();
    expect(() => fillSection(db(), world.actor('hadi'), id, { score: 3, findings: 'x' })).to.throw(
      'not-yours',
    );
    for (const person of ['deputy', 'inspector', 'security', 'selection'] as const) {
      fill(person, id);
    }
    const { sections } = findMonitoring(db(), id);
    expect(sections.map(({ office, score, state }) => [office, score, state])).to.deep.equal([
      ['participation', 80, null],
      ['supervision', 71, null],
      ['security', null, 'approved'],
      ['selection', null, 'approved'],
    ]);
  });

  it('keeps no opinion of security and selection, and no clearance of the others', () => {
    const id = open();
    const opinion = { score: 10, findings: 'نظر' };
    expect(() => fillSection(db(), world.actor('security'), id, opinion)).to.throw('other-section');
    const cleared = { state: 'approved' as const, number: '1', decidedOn: TODAY };
    expect(() => fillSection(db(), world.actor('inspector'), id, cleared)).to.throw(
      'other-section',
    );
    const later = { ...cleared, decidedOn: addDays(TODAY, 1) };
    expect(() => fillSection(db(), world.actor('security'), id, later)).to.throw('future-day');
  });

  it('counts the newest of an office while the result is unsigned', () => {
    const id = open();
    fill('inspector', id);
    fillSection(db(), world.actor('inspector'), id, { score: 40, findings: 'بار دوم' });
    const { sections } = findMonitoring(db(), id);
    expect(sections).to.have.lengthOf(1);
    expect(sections[0]).to.include({ score: 40, findings: 'بار دوم' });
  });

  it('is signed by the deputy once supervision has spoken, and renews on all four only', () => {
    const id = open();
    const sign = (conclusion: 'none' | 'renew') =>
      signResult(db(), world.actor('deputy'), world.noor, id, conclusion);
    expect(() => sign('none'))
      .to.throw('bylaw:refusals.B-20')
      .with.nested.property('details.mend', `/licence/monitoring/${id}`);
    fill('inspector', id);
    expect(() => sign('renew')).to.throw('B-20');
    expect(() => signResult(db(), world.actor('inspector'), world.noor, id, 'none')).to.throw(
      'not-yours',
    );
    expect(sign('none').result).to.include({ conclusion: 'none', signedOn: TODAY });
  });

  it('renews against neither security nor selection, until they answer anew', () => {
    const id = open();
    for (const person of ['deputy', 'inspector', 'selection'] as const) fill(person, id);
    const answer = (state: 'approved' | 'refused') =>
      fillSection(db(), world.actor('security'), id, { state, number: '9', decidedOn: TODAY });
    answer('refused');
    const sign = () => signResult(db(), world.actor('deputy'), world.noor, id, 'renew');
    expect(sign).to.throw('refused-by-security');
    const raw = `INSERT INTO monitoring_results
      VALUES (${id}, 'renew', '${TODAY}', ${world.users.deputy}, 1)`;
    expect(sql(raw)).to.throw('b20_renewal_against_no_office');
    answer('approved');
    expect(sign().result).to.include({ conclusion: 'renew' });
  });

  it('is final once signed: the second of two is refused', () => {
    const id = monitored(world, 'none');
    expect(() => fill('inspector', id)).to.throw('monitoring-signed');
    expect(() => signResult(db(), world.actor('deputy'), world.noor, id, 'renew')).to.throw(
      'monitoring-signed',
    );
  });

  it('holds to all of it from raw SQL', () => {
    const id = open();
    fill('inspector', id);
    const section = (office: string, by: number, rest: string) =>
      `INSERT INTO monitoring_sections (monitoring_id, office, score, findings, state, number,
         decided_on, filled_on, filled_by, act_id)
       VALUES (${id}, '${office}', ${rest}, '${TODAY}', ${by}, 1)`;
    const { hadi, security, deputy, inspector } = world.users;
    const cleared = `NULL, NULL, 'approved', '1', '${TODAY}'`;
    expect(sql(section('security', hadi, cleared))).to.throw('b20_office_fills_its_own');
    expect(sql(section('security', security, "10, 'x', NULL, NULL, NULL"))).to.throw(
      'b20_scores_or_state',
    );
    const result = (conclusion: string, by: number) =>
      `INSERT INTO monitoring_results VALUES (${id}, '${conclusion}', '${TODAY}', ${by}, 1)`;
    expect(sql(result('renew', deputy))).to.throw('b20_renewal_needs_all_four');
    expect(sql(result('none', inspector))).to.throw('b20_deputy_signs');
    const another = `INSERT INTO monitorings VALUES (99, ${world.noor.id}, '${TODAY}', ${hadi}, 1)`;
    expect(sql(another)).to.throw(/b20_/);
    expect(sql(another.replace(`${hadi}, 1)`, `${deputy}, 1)`))).to.throw('b20_one_monitoring');
    sql(result('none', deputy))();
    expect(sql(section('security', security, cleared))).to.throw('b20_signed_is_final');
    expect(sql("UPDATE monitoring_results SET conclusion = 'renew'")).to.throw('are_final');
    expect(sql('DELETE FROM monitoring_sections')).to.throw('monitoring_sections_are_final');
  });
}).timeout(20_000);
