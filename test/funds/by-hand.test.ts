/** B-81: what an entry by hand may not do in the place of a deed; by page and by raw SQL. */
import { expect } from 'chai';
import { type Draft, draftEntry, findDraft, postDraft } from '../../src/books/drafts.ts';
import { type Line, reverseEntry } from '../../src/books/entries.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Refusal } from '../../src/refusal.ts';
import { record } from '../../src/trail/acts.ts';
import { counted, told } from '../donations/gifts.ts';
import { post, readLedger } from '../support/ledger.ts';
import { buildWorld, type World } from '../support/world.ts';

const GIVEN = `1405/02/01 what was given
  1101 zakat-general 1000
  5102 zakat-general -1000
  1101 running-costs 1000
  5111 running-costs -1000
  1101 kaffara 500
  5106 kaffara -500
  1101 endowment 900
  4301 endowment -900
  1101 khums-imam 800
  3103 khums-imam -800`;

/** What nobody does by hand: its lines, the sentence, and the trigger that holds the same. */
const UNLAWFUL: [string, string, string, string][] = [
  [
    'zakat to the running costs, through net assets',
    `4102 zakat-general 10
     1101 zakat-general -10
     1101 running-costs 10
     4102 running-costs -10`,
    ...(['by-deed', 'b81_moved_by_deed_only'] as const),
  ],
  [
    'zakat to the running costs, through a shortage',
    `8101 zakat-general 10
     1101 zakat-general -10
     1101 running-costs 10
     8101 running-costs -10`,
    ...(['by-deed', 'b81_moved_by_deed_only'] as const),
  ],
  [
    'what is held for a child, without its code',
    `3104 orphans 10
     1101 orphans -10`,
    ...(['child-unnamed', 'b81_no_other_childs_money'] as const),
  ],
  [
    'khums as a shortage',
    `8101 khums-imam 10
     1101 khums-imam -10`,
    ...(['by-deed', 'b81_moved_by_deed_only'] as const),
  ],
  [
    'kaffara as waste',
    `8103 kaffara 10
     1101 kaffara -10`,
    ...(['by-deed', 'b81_moved_by_deed_only'] as const),
  ],
  [
    'a gift without its receipt',
    `1101 zakat-general 10
     5102 zakat-general -10`,
    ...(['by-deed', 'b81_moved_by_deed_only'] as const),
  ],
  [
    'a gift taken out to a creditor',
    `5102 zakat-general 10
     3101 zakat-general -10`,
    ...(['by-deed', 'b81_moved_by_deed_only'] as const),
  ],
  [
    'other income taken out again',
    `5402 zakat-general 10
     3101 zakat-general -10`,
    ...(['by-deed', 'b81_moved_by_deed_only'] as const),
  ],
  [
    'goods sold without a sale',
    `1101 zakat-general 10
     5401 zakat-general -10`,
    ...(['by-deed', 'b81_moved_by_deed_only'] as const),
  ],
  [
    'khums taken in without a receipt',
    `1101 khums-imam 10
     3103 khums-imam -10`,
    ...(['gift-by-hand', 'b81_no_gift_by_hand'] as const),
  ],
  [
    'the principal of an endowment paid out',
    `4301 endowment 10
     1101 endowment -10`,
    ...(['gift-by-hand', 'b81_no_gift_by_hand'] as const),
  ],
  [
    'zakat on a memorandum account',
    `9101 zakat-general 10
     1101 zakat-general -10`,
    ...(['memorandum', 'b81_memorandum_apart'] as const),
  ],
  [
    'kaffara spent now and paid as money later',
    `6101 kaffara 10
     3101 kaffara -10`,
    ...(['in-kind-only', 'b81_in_kind_from_the_store'] as const),
  ],
  [
    'kaffara spent that was paid before',
    `6101 kaffara 10
     1202 kaffara -10`,
    ...(['in-kind-only', 'b81_in_kind_from_the_store'] as const),
  ],
  [
    'a desk with zakat, paid later',
    `2101 zakat-general 10
     3101 zakat-general -10`,
    ...(['equipment', 'b81_equipment_from_running_costs'] as const),
  ],
  [
    'a desk with zakat, paid before',
    `2101 zakat-general 10
     1202 zakat-general -10`,
    ...(['equipment', 'b81_equipment_from_running_costs'] as const),
  ],
  [
    'endowed property with zakat',
    `2202 zakat-general 10
     1101 zakat-general -10`,
    ...(['land', 'b81_land_by_gift_only'] as const),
  ],
  [
    'a debt paid that nobody is owed',
    `3101 zakat-general 10
     1101 zakat-general -10`,
    ...(['not-owed', 'b81_paid_what_is_owed'] as const),
  ],
  [
    'zakat paid ahead',
    `1202 zakat-general 10
     1101 zakat-general -10`,
    ...(['prepaid', 'b81_prepaid_from_running_costs'] as const),
  ],
  [
    'a building with gifts for running costs',
    `2201 running-costs 10
     1101 running-costs -10`,
    ...(['land', 'b81_land_by_gift_only'] as const),
  ],
];

const LAWFUL: [string, string][] = [
  ['what the bank pays', '1102 sadaqa 10\n5402 sadaqa -10'],
  ['an invoice', '7102 running-costs 10\n3101 running-costs -10'],
  ['a prepayment', '1202 running-costs 10\n1101 running-costs -10'],
  ['a desk for the office', '2101 running-costs 10\n3101 running-costs -10'],
  ['pledges beside one another', '9101 sadaqa 10\n9201 sadaqa -10'],
];

const linesOf = (text: string): Line[] => readLedger(`1405/02/02 x\n${text}`)[0]!.lines;

describe('B-81, an entry by hand', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
    await post(world, GIVEN);
  });
  afterEach(() => world.close());

  const drafted = async (lines: Line[]): Promise<Draft> =>
    enter(world.province, (tx) =>
      draftEntry(tx, world.actor('maryam', world.noor), world.noor.id, {
        ...{ entryOn: '2026-05-05', description: 'tried by hand', lines },
      }),
    );
  const posted = ({ id }: Draft) =>
    enter(world.province, (tx) =>
      postDraft(tx, world.actor('reza', world.noor), findDraft(tx, world.noor.id, id)),
    );

  for (const [name, text] of LAWFUL) {
    it(`books ${name}`, async () => {
      await posted(await drafted(linesOf(text)));
    });
  }

  for (const [name, text, key, guard] of UNLAWFUL) {
    it(`does not book ${name}: by verb and by raw SQL`, async () => {
      const draft = await drafted(linesOf(text));
      const before = counted(world);
      const refused = (await posted(draft).catch((fault: unknown) => fault)) as Refusal;
      expect(refused.key).to.equal(`funds:refusals.${key}`);
      expect(refused.details.clause).to.equal('B-81');
      expect(() => written(world, 'manual', linesOf(text))).to.throw(guard);
      expect(counted(world)).to.deep.equal(before);
    });
  }

  it('is refused on the page with its clause and what to do instead', async () => {
    const { id } = await drafted(linesOf(UNLAWFUL[0]![1]));
    const answer = await world.visit('reza', `POST /centres/noor/books/drafts/${id}/posting`, {});
    expect(answer.status).to.equal(409);
    expect(told(answer)).to.include({ clause: 'B-81' });
    expect(told(answer).detail).to.match(/^«[^»]+» با سند دستی ثبت نمی‌شود/);
  });

  it('pays what is owed to its end, and takes no paid bill back before its payment', async () => {
    await posted(await drafted(linesOf(LAWFUL[1]![1])));
    const paid = linesOf('3101 running-costs 10\n1101 running-costs -10');
    await posted(await drafted(paid));
    const again = (await posted(await drafted(paid)).catch((fault: unknown) => fault)) as Refusal;
    expect(again.key).to.equal('funds:refusals.not-owed');
    const bill = world.province.db.$client
      .prepare("SELECT max(entry_id) FROM entry_lines WHERE account = '3101' AND credit_rial > 0")
      .pluck()
      .get() as number;
    const back = await enter(world.province, (tx) =>
      reverseEntry(tx, world.actor('reza', world.noor), bill, 'wrongly billed'),
    ).catch((fault: unknown) => fault as Refusal);
    expect((back as Refusal).key).to.equal('funds:refusals.not-owed');
  });

  it('B-58: books aid only as the chair posts it: by page and by raw SQL', async () => {
    const aid = linesOf('6101 sadaqa 10\n1101 sadaqa -10');
    await post(world, '1405/02/01 alms\n1101 sadaqa 50\n5101 sadaqa -50');
    const draft = await enter(world.province, (tx) =>
      draftEntry(tx, world.actor('reza', world.noor), world.noor.id, {
        ...{ entryOn: '2026-05-05', description: 'tried by hand', lines: aid },
      }),
    );
    const answer = await world.visit(
      ...(['maryam', `POST /centres/noor/books/drafts/${draft.id}/posting`, {}] as const),
    );
    expect(answer.status).to.equal(409);
    expect(told(answer)).to.include({ clause: 'B-58' });
    expect(told(answer).detail).to.contain('هیئت امنا');
    expect(() => written(world, 'manual', aid)).to.throw('b58_aid_by_hand_of_chair');
    await posted(await drafted(aid));
  });

  for (const source of ['conversion', 'share']) {
    it(`is not passed off as ${source}, of which no deed is kept`, () => {
      const lines = linesOf('1101 sadaqa 10\n5101 sadaqa -10');
      expect(() => written(world, source, lines)).to.throw('source_has_its_deed');
    });
  }

  for (const [kind, source, entryOn, text] of [
    ['temporary', 'closing', '2027-03-20', '5402 sadaqa 10\n1101 sadaqa -10'],
    ['permanent', 'closing', '2027-03-20', '1101 sadaqa 10\n5101 sadaqa -10'],
    ['opening', 'opening', '2026-03-21', '6101 sadaqa 10\n3101 sadaqa -10'],
  ] as const) {
    it(`is not passed off as the ${kind} entry of a year`, () => {
      const closes = `INSERT INTO year_closing_entries VALUES (99, 1, '${kind}', ${
        kind === 'opening' ? 1404 : 1405
      }, 1)`;
      const try_ = () => written(world, source, linesOf(text), { before: closes, entryOn });
      expect(try_).to.throw('closing_carries_its_kind');
    });
  }

  it('has an act of a kind that books something, or the doctor tells', async () => {
    const complaint = () =>
      examine(world.province.db).find(({ name }) => name === 'entry-acts')?.wrong;
    expect(complaint()).to.equal(null);
    const deed = { kind: 'store.opened', subject: 'stores/9', centreId: world.noor.id };
    const { id: actId } = await enter(world.province, (tx) =>
      record(tx, world.actor('reza', world.noor), deed),
    );
    written(world, 'manual', linesOf('7102 running-costs 10\n3101 running-costs -10'), { actId });
    expect(complaint()).to.equal('entry 99 is not what its act says');
  });
});

type Past = { before?: string; entryOn?: string; actId?: number };

/** Writes an entry past the verb, as a hand in the file would. */
function written(
  { province, users }: World,
  source: string,
  lines: Line[],
  { before, entryOn = '2026-04-22', actId = 1 }: Past = {},
): void {
  const client = province.db.$client;
  client.transaction(() => {
    if (before) client.exec(before);
    const line = client.prepare(
      'INSERT INTO entry_lines VALUES (99, ?, 1, 1405, ?, ?, ?, ?, NULL)',
    );
    lines.forEach(({ account, fund, debitRial, creditRial }, at) => {
      line.run(at + 1, account, fund, debitRial, creditRial);
    });
    client
      .prepare(
        `INSERT INTO entries SELECT 99, 1, 1405, last_number + 1, m.month, ?, 'x', ?, NULL,
           NULL, NULL, ?, ?, coalesce((SELECT at FROM acts WHERE id = ? AND ? > 1),
             '2027-11-21T10:00:00.000Z'), ?
         FROM numbers n JOIN calendar_months m ON ? BETWEEN m.first_on AND m.last_on
         WHERE n.series = 'entry' AND n.year = 1405`,
      )
      .run(entryOn, source, users.maryam, users.reza, actId, actId, actId, entryOn);
  })();
}
