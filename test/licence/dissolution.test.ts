import { expect } from 'chai';
import { decide } from '../../src/licence/decisions.ts';
import {
  countersignAsset,
  issueAssetList,
  listAsset,
  withdrawAsset,
} from '../../src/licence/dissolution.ts';
import { assetsOf } from '../../src/licence/dissolution-rows.ts';
import type { OfficialLetter } from '../../src/paper/official-letter.ts';
import { findPaper } from '../../src/paper/papers.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';
import { decided, deciding, stateOf } from './life.ts';

let world: World;
const db = () => world.province.db;
const reza = () => world.actor('reza', world.noor);
const SAFE = {
  ...{ kind: 'equipment' as const, description: 'گاوصندوق', number: '12', quantity: 1 },
  ...{ valueRial: 90_000_000, disposal: 'transfer' as const, recipient: 'مرکز نیکوکاری سپید' },
};
const list = () => listAsset(db(), reza(), world.noor, SAFE);
const countersign = (id: number, by: 'hadi' | 'karim' | 'deputy' | 'inspector' = 'hadi') =>
  countersignAsset(db(), world.actor(by), world.noor, id);
const print = () => issueAssetList(db(), world.actor('hadi'), world.noor);
const sql = (statement: string) => () => db().$client.exec(statement);

describe('dissolution (B-102)', () => {
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  it('lists no asset of a centre that works', () => {
    expect(list).to.throw('no-dissolution').with.nested.property('details.clause', 'B-102');
  });

  it('has each line countersigned by another of the committee, of the own county (B-17)', () => {
    decided(world, 'dissolve');
    const { id } = list();
    expect(() => countersign(id, 'karim')).to.throw('B-17');
    expect(() => countersign(id, 'inspector')).to.throw('not-yours');
    const own = listAsset(db(), world.actor('deputy'), world.noor, SAFE);
    expect(() => countersign(own.id, 'deputy')).to.throw('own-line');
    expect(countersign(id)).to.include({ countersignedBy: 'hadi', countersignedOn: TODAY });
    expect(() => countersign(id, 'deputy')).to.throw('licence:refusals.countersigned');
  });

  it('takes a mistaken line back until it is countersigned', () => {
    decided(world, 'dissolve');
    const [mistaken, right] = [list(), list()];
    withdrawAsset(db(), reza(), world.noor, mistaken.id);
    countersign(right.id);
    expect(() => withdrawAsset(db(), reza(), world.noor, right.id)).to.throw('countersigned');
    expect(assetsOf(db(), world.noor.id).map(({ id }) => id)).to.deep.equal([right.id]);
  });

  it('prints the list for its signatures once every line is countersigned, and closes it', () => {
    decided(world, 'dissolve');
    const { id } = list();
    expect(print).to.throw('open-lines');
    countersign(id);
    const letter = JSON.parse(findPaper(db(), print()).content) as OfficialLetter;
    expect(letter.kind).to.equal('asset-list');
    expect(letter.tables[0]!.rows).to.have.lengthOf(1);
    expect(letter.tables[0]!.total).to.include(90_000_000);
    expect(letter.witnesses).to.have.length.greaterThan(1);
    expect(list).to.throw('list-issued');
  });

  it('is finished when the list is printed, and never before', () => {
    decided(world, 'dissolve');
    const { id } = list();
    const finish = () => decide(db(), world.actor('deputy'), world.noor, deciding('finish'));
    expect(finish)
      .to.throw('bylaw:refusals.B-102')
      .with.nested.property('details.mend', '/licence/assets');
    countersign(id);
    expect(finish).to.throw('B-102');
    print();
    finish();
    expect(stateOf(world)).to.equal('dissolved');
    expect(() => decided(world, 'reinstate')).to.throw('not-from-dissolved');
    expect(list).to.throw('no-dissolution');
  });

  it('lists from the revocation on, and begins anew after a reinstatement', () => {
    decided(world, 'revoke');
    const { id } = list();
    countersign(id);
    expect(print).to.throw('list-while-dissolving');
    decided(world, 'dissolve');
    expect(assetsOf(db(), world.noor.id)).to.have.lengthOf(1);
    decided(world, 'reinstate');
    decided(world, 'dissolve');
    expect(assetsOf(db(), world.noor.id)).to.have.lengthOf(0);
  });

  it('holds to all of it from raw SQL', () => {
    decided(world, 'dissolve');
    const { id } = list();
    const { karim, reza: chair, deputy } = world.users;
    const countersigning = (by: number) =>
      `INSERT INTO dissolution_countersignings VALUES (${id}, '${TODAY}', ${by}, 1)`;
    expect(sql(countersigning(chair))).to.throw('b102_committee_countersigns');
    expect(sql(countersigning(karim))).to.throw('b17_own_county');
    const listed = (by: number) => `INSERT INTO dissolution_assets
      SELECT 99, centre_id, decision_id, kind, description, number, quantity, value_rial, disposal,
        recipient, listed_on, ${by}, act_id FROM dissolution_assets`;
    expect(sql(listed(karim))).to.throw(/b17_own_county|b102_chair_or_deputy_lists/);
    expect(sql(listed(world.users.inspector))).to.throw('b102_chair_or_deputy_lists');
    const listing = `INSERT INTO dissolution_lists VALUES (1, ${world.noor.id}, 1, ${deputy}, 1)`;
    expect(sql(listing)).to.throw('b102_list_countersigned');
    const finishing = `INSERT INTO licence_decisions (centre_id, kind, number, decided_on, reason,
      monitoring_id, paper_id, decided_by, act_id)
      SELECT centre_id, 'finish', 'z', decided_on, reason, NULL, paper_id, decided_by, act_id
      FROM licence_decisions WHERE kind = 'dissolve'`;
    expect(sql(finishing)).to.throw('b102_finished_with_its_list');
    countersign(id);
    const withdrawal = `INSERT INTO dissolution_withdrawals VALUES (${id}, '${TODAY}', ${chair}, 1)`;
    expect(sql(withdrawal)).to.throw('b102_countersigned_stays');
    expect(sql('UPDATE dissolution_assets SET value_rial = 1')).to.throw('are_final');
    expect(sql('DELETE FROM dissolution_countersignings')).to.throw('are_final');
    decided(world, 'reinstate');
    const late = `INSERT INTO dissolution_assets (centre_id, decision_id, kind, description, quantity,
      value_rial, disposal, recipient, listed_on, listed_by, act_id) SELECT centre_id, decision_id,
      kind, description, quantity, value_rial, disposal, recipient, listed_on, listed_by, act_id
      FROM dissolution_assets`;
    expect(sql(late)).to.throw('b102_listed_while_dissolving');
  });
}).timeout(20_000);
