import { expect } from 'chai';
import { countersignAsset, issueAssetList, listAsset } from '../../src/licence/dissolution.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { dropTriggers } from '../support/tampering.ts';
import { buildWorld, FOUNDED, type World } from '../support/world.ts';
import { decided, setDay } from './life.ts';

const END = addDays(FOUNDED, 364);
let world: World;

/** What is wrong with the licence's life, by the name of the check; all else is others' to ask. */
const wrong = () =>
  Object.fromEntries(
    examine(world.province.db)
      .filter(({ name }) => /licence|monitoring|dissolution/.test(name))
      .map(({ name, wrong: said }) => [name, said]),
  );
const tamper = (sql: string) => {
  const client = world.province.db.$client;
  dropTriggers(client);
  client.exec(sql);
};

describe('the doctor on the licence’s life', () => {
  beforeEach(async () => {
    world = await buildWorld();
    const { db } = world.province;
    setDay(world, addDays(END, -60));
    decided(world, 'suspend');
    decided(world, 'reinstate');
    decided(world, 'renew', addDays(END, 300));
    decided(world, 'dissolve');
    const asset = listAsset(db, world.actor('reza', world.noor), world.noor, {
      ...{ kind: 'cash', description: 'وجه صندوق', quantity: 1, valueRial: 1000 },
      ...{ disposal: 'transfer', recipient: 'کمیته' },
    });
    countersignAsset(db, world.actor('hadi'), world.noor, asset.id);
    issueAssetList(db, world.actor('hadi'), world.noor);
    decided(world, 'finish');
  });
  afterEach(() => world.close());

  it('finds nothing wrong with a whole life', () => {
    const findings = wrong();
    expect(Object.keys(findings)).to.have.length.above(3);
    expect(Object.values(findings).filter((said) => said !== null)).to.deep.equal([]);
    const licences = examine(world.province.db).filter(({ name }) => name === 'centre-acts');
    expect(licences.every(({ wrong: said }) => said === null)).to.equal(true);
  });

  for (const [check, sql] of [
    ['licence-decisions', "UPDATE licence_decisions SET reason = 'other' WHERE id = 1"],
    ['licence-decisions', 'DELETE FROM licence_decisions WHERE id = 1'],
    ['licence-decisions', 'UPDATE licence_decisions SET paper_id = 1 WHERE id = 1'],
    ['licence-decisions', `DELETE FROM licences WHERE from_on > '${END}'`],
    ['monitoring-acts', 'UPDATE monitoring_sections SET score = 99 WHERE id = 1'],
    ['monitoring-acts', "UPDATE monitoring_results SET conclusion = 'none'"],
    ['dissolution-acts', 'UPDATE dissolution_assets SET value_rial = 1'],
    ['dissolution-acts', 'DELETE FROM dissolution_countersignings'],
  ] as const) {
    it(`finds ${sql}`, () => {
      world.province.db.$client.pragma('foreign_keys = OFF');
      tamper(sql);
      expect(wrong()[check]).to.be.a('string');
    });
  }
}).timeout(20_000);
