/** B-81: the chair lets one case pass where the ruling allows it, and the supervisor has the list. */
import { expect } from 'chai';
import { nextEntry, postEntry } from '../../src/books/entries.ts';
import { countOverrides, overrideRule, overridesOf } from '../../src/funds/overrides.ts';
import { noticesOf } from '../../src/notices/notices.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Refusal } from '../../src/refusal.ts';
import { post } from '../support/ledger.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

describe('B-81, an override', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
    await post(
      world,
      `1405/08/01 given
        1101 kaffara 500
        5106 kaffara -500`,
    );
  });
  afterEach(() => world.close());

  const asked = {
    ...{ fund: 'kaffara', rule: 'in-kind-only', reason: 'وکیل در خرید است و پذیرفت' },
    document: 'وکالت‌نامهٔ ۱۲',
  };
  /** Kaffara paid out as money, to an agent who buys and accepts. */
  const paid = (person: Person, more: Partial<typeof asked> = {}, overridden = true) =>
    enter(world.province, (tx) => {
      const actor = world.actor(person, world.noor);
      const { id } = nextEntry(tx, world.noor.id, TODAY);
      const told = { ...asked, ...more };
      if (overridden) {
        overrideRule(tx, actor, world.noor, { ...told, subject: `entries/${id}` });
      }
      return postEntry(tx, actor, {
        ...{ centreId: world.noor.id, entryOn: TODAY, description: 'به وکیل', source: 'manual' },
        draftedBy: world.users.maryam,
        overridden: [{ fund: told.fund, rule: told.rule }],
        lines: [
          { account: '6107', fund: 'kaffara', debitRial: 100, creditRial: 0 },
          { account: '1101', fund: 'kaffara', debitRial: 0, creditRial: 100 },
        ],
      });
    });
  const keyOf = async (promise: Promise<unknown>) =>
    ((await promise.catch((fault: unknown) => fault)) as Refusal).key;

  it('lets this deed pass, and stands on the lists of centre, county and province', async () => {
    const { id } = await paid('reza');
    const [one] = overridesOf(world.province.db, { centreId: world.noor.id }, 10);
    expect(one).to.include({ fund: 'kaffara', subject: `entries/${id}`, madeBy: 'رضا نمونه' });
    expect(countOverrides(world.province.db, {})).to.equal(1);
    expect(countOverrides(world.province.db, { countyId: world.sepid.countyId })).to.equal(0);
  });

  it('is told to finance, to the county and to the province', async () => {
    await paid('reza');
    for (const person of ['maryam', 'hadi', 'deputy'] as const) {
      const [notice] = noticesOf(world.province.db, world.actor(person), 1);
      expect(notice?.key, person).to.equal('funds:notices.overridden');
    }
    const [notice] = noticesOf(world.province.db, world.actor('karim'), 1);
    expect(notice?.key).to.not.equal('funds:notices.overridden');
  });

  it('is the chair’s alone, for a reason, with a document, where the rule allows it', async () => {
    expect(await keyOf(paid('maryam'))).to.equal('common:refusals.not-yours');
    expect(await keyOf(paid('reza', { reason: 'چون' }))).to.equal('funds:refusals.longer-reason');
    expect(await keyOf(paid('reza', { document: '-' }))).to.equal('funds:refusals.no-document');
    const strict = paid('reza', { rule: 'sixty-persons' });
    expect(await keyOf(strict)).to.equal('bylaw:refusals.B-81');
    expect(await keyOf(paid('reza', { rule: 'nothing' }))).to.equal('funds:refusals.no-rule');
  });

  it('is not only said to be there: the file asks for its row', async () => {
    const fault = (await paid('reza', {}, false).catch((one: unknown) => one)) as Error;
    expect(fault.message).to.include('b81_in_kind_only');
  });

  it('is neither changed nor written by another hand', async () => {
    await paid('reza');
    const { $client } = world.province.db;
    expect(() => $client.exec("UPDATE fund_overrides SET reason = 'xxxxxxxxxxx'")).to.throw(
      'final',
    );
    expect(() => $client.exec('DELETE FROM fund_overrides')).to.throw('final');
    const copy = (changes: string) =>
      $client.exec(
        `INSERT INTO fund_overrides SELECT 9, centre_id, fund, ${changes} FROM fund_overrides`,
      );
    const rest = 'reason, document, made_on';
    expect(() => copy(`'sixty-persons', 'entries/8', ${rest}, made_by, act_id`)).to.throw(
      'override_only_where_allowed',
    );
    expect(() => copy(`rule, 'entries/8', ${rest}, ${world.users.maryam}, act_id`)).to.throw(
      'b81_override_by_chair',
    );
  });
});
