import { expect } from 'chai';
import {
  type Draft,
  draftEntry,
  editDraft,
  findDraft,
  postDraft,
  type WrittenDraft,
  withdrawDraft,
} from '../../src/books/drafts.ts';
import { findEntryById } from '../../src/books/entries.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Refusal } from '../../src/refusal.ts';
import { readLedger } from '../support/ledger.ts';
import { buildWorld, type Person, type World } from '../support/world.ts';

const [INTEREST] = readLedger(`1405/08/20 interest of the bank
  1101 sadaqa 400
  5402 sadaqa -400`) as [WrittenDraft];

describe('drafts of entries', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  const draft = (person: Person = 'maryam', written = INTEREST) =>
    enter(world.province, (tx) =>
      draftEntry(tx, world.actor(person, world.noor), world.noor.id, written),
    );
  const as = <T>(
    person: Person,
    verb: (tx: World['province']['db'], actor: ReturnType<World['actor']>) => T,
  ) => enter(world.province, (tx) => verb(tx, world.actor(person, world.noor)));
  const postAs = (person: Person, one: Draft) =>
    as(person, (tx, actor) => postDraft(tx, actor, one));
  const refusalOf = async (promise: Promise<unknown>) =>
    (await promise.then(
      () => undefined,
      (fault: unknown) => fault,
    )) as Refusal;

  it('count for nothing until another trustee posts them', async () => {
    const one = await draft();
    const count = world.province.db.$client.prepare('SELECT count(*) FROM entries').pluck();
    expect(count.get()).to.equal(0);
    const { id, number } = await postAs('reza', one);
    expect(number).to.equal(1);
    const entry = findEntryById(world.province.db, id);
    expect(entry).to.include({ source: 'manual', description: 'interest of the bank' });
    expect([entry.draftedByName, entry.postedByName]).to.deep.equal(['مریم نمونه', 'رضا نمونه']);
    expect(findDraft(world.province.db, world.noor.id, one.id)).to.include({
      ...{ state: 'posted', entryId: id },
    });
  });

  it('are not posted by whoever wrote them, and the refusal names who may', async () => {
    const refused = await refusalOf(postAs('maryam', await draft()));
    expect(refused.key).to.equal('books:refusals.own-draft');
    expect(refused.details.values).to.deep.equal({ names: 'رضا نمونه' });
  });

  it('are posted once', async () => {
    const one = await draft();
    await postAs('reza', one);
    const again = () => postAs('reza', findDraft(world.province.db, world.noor.id, one.id));
    expect((await refusalOf(again())).key).to.equal('books:refusals.draft-posted');
  });

  it('are edited and withdrawn by their writer only', async () => {
    const one = await draft();
    const written = { ...INTEREST, description: 'all interest of the bank' };
    const edit = (person: Person) => as(person, (tx, actor) => editDraft(tx, actor, one, written));
    expect((await refusalOf(edit('reza'))).key).to.equal('books:refusals.not-drafter');
    expect((await edit('maryam')).description).to.equal('all interest of the bank');
    const withdraw = (person: Person) => as(person, (tx, actor) => withdrawDraft(tx, actor, one));
    expect((await refusalOf(withdraw('reza'))).key).to.equal('books:refusals.not-drafter');
    await withdraw('maryam');
    const withdrawn = findDraft(world.province.db, world.noor.id, one.id);
    expect(withdrawn.state).to.equal('withdrawn');
    expect((await refusalOf(postAs('reza', withdrawn))).key).to.equal(
      'books:refusals.draft-withdrawn',
    );
  });

  it('are refused uneven, of a day to come, or with an account that is not there', async () => {
    const [uneven] = readLedger(`1405/08/20 uneven
      1102 sadaqa 400
      1101 sadaqa -300`) as [WrittenDraft];
    const refused = await refusalOf(draft('maryam', uneven));
    expect(refused.key).to.equal('books:refusals.unbalanced-debit');
    expect(refused.details.values).to.deep.equal({ fund: 'sadaqa', difference: 100 });
    const tomorrow = { ...INTEREST, entryOn: '2026-11-22' };
    expect((await refusalOf(draft('maryam', tomorrow))).details.field).to.equal('entryOn');
    const [nowhere] = readLedger(`1405/08/20 nowhere
      1199 sadaqa 400
      1101 gold -400`) as [WrittenDraft];
    const { fields } = (await refusalOf(draft('maryam', nowhere))).details;
    expect(fields!.map(({ field }) => field)).to.deep.equal(['lines.0.account', 'lines.1.fund']);
  });

  it('leave each step in the trail', async () => {
    const one = await draft();
    await postAs('reza', one);
    const kinds = world.province.db.$client
      .prepare("SELECT kind FROM acts WHERE kind LIKE 'entry.%' ORDER BY id")
      .pluck()
      .all();
    expect(kinds).to.deep.equal(['entry.drafted', 'entry.posted']);
  });

  for (const [name, sql, guard] of [
    ['changed once settled', "UPDATE entry_drafts SET description = 'x'", 'settled_draft_stays'],
    ['taken away', 'DELETE FROM entry_drafts', 'b134_drafts_stay'],
  ] as const) {
    it(`are not ${name}, not even by raw SQL`, async () => {
      await postAs('reza', await draft());
      expect(() => world.province.db.$client.exec(sql)).to.throw(guard);
    });
  }
});
