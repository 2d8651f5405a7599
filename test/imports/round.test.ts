/** What was imported is what the lists give back; pages on the way; and the file guards itself. */
import { expect } from 'chai';
import { chanceFrom } from '../../seeds/chance.ts';
import { readWholeSheet } from '../../src/sheets/sheet-reading.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { xlsxOf } from '../sheets/workbooks.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';
import { type Cell, DONOR_HEADS, GIFT_HEADS, sender } from './sending.ts';

describe('what was imported', () => {
  let world: World;
  let hand: ReturnType<typeof sender>;
  before(async () => {
    world = await buildWorld();
    hand = sender(world);
  });
  after(() => world.close());

  const page = async (path: string) => {
    const answer = await fetch(`${world.address}/toos${path}`, {
      headers: { authorization: `Bearer ${world.tokens.maryam}`, 'accept-language': 'fa' },
    });
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  const html = async (path: string) => (await page(path)).bytes.toString('utf8');
  const csv = async (path: string) => {
    const read = readWholeSheet((await page(path)).bytes);
    if ('fault' in read) throw new Error(read.fault);
    return read.value.rows;
  };

  it('is what the export of the list gives back, whatever it was', async () => {
    const { share, pick } = chanceFrom(40);
    const funds = ['sadaqa', 'vow', 'orphans', 'zakat-general'];
    const gifts = Array.from({ length: 60 }, (_, at): Cell[] => {
      const isNamed = share() < 0.7;
      const kind = pick(['cash', 'card', 'transfer'] as const);
      return [
        ...[addDays(TODAY, -Math.floor(share() * 60)), kind],
        ...[Math.ceil(share() * 1e9), pick(funds), isNamed ? `نیکوکار ${at % 20}` : null],
        ...[isNamed && at % 3 === 0 ? `0912${1_000_000 + (at % 20)}` : null],
        ...[share() < 0.3 ? `بابت ${at}` : null, kind === 'cash' ? null : String(10_000 + at)],
      ];
    });
    const heads = [...GIFT_HEADS, 'موبایل', 'بابت', 'شمارهٔ پیگیری یا چک'];
    const { id, rows, sums } = await hand.trial('gifts', [heads, ...gifts]);
    const done = await hand.take(id, { confirmed: true });
    expect(done.json(), done.text).to.include({ added: rows, amountRial: sums.rial });
    const [names, ...listed] = await csv('/centres/noor/donations.csv?sort=receipt');
    const column = (row: Cell[], name: string) => row[names!.indexOf(name)] ?? null;
    const told = listed.map((row) =>
      ['receivedOn', 'kind', 'amount', 'fund', 'donor', 'purpose'].map((name) => column(row, name)),
    );
    const sent = gifts.map((gift) => [0, 1, 2, 3, 4, 6].map((at) => gift[at]));
    expect(told).to.deep.equal(
      sent.map((gift) => gift.map((cell, at) => (at === 2 ? String(cell) : cell))),
    );
    const numbers = listed.map((row) => column(row, 'receipt'));
    expect(numbers).to.deep.equal(
      numbers.map((_, at) => `1405-${String(at + 1).padStart(6, '0')}`),
    );
    const again = await hand.trial('gifts', [heads, ...gifts.slice(0, 5)]);
    expect(again.warnings.length + again.faults.length).to.be.at.least(5);
  });

  it('is shown on its way: the list, the trial, how far it is, and what came of it', async () => {
    expect(await html('/centres/noor/imports')).to.contain('templates/gifts.xlsx');
    const rows = Array.from({ length: 4000 }, (_, at): Cell[] => [`نام ${at}`, null, null, null]);
    const sent = await hand.send('maryam', 'donors', await xlsxOf([DONOR_HEADS, ...rows]));
    const { id } = sent.json<{ id: number }>();
    const here = `/centres/noor/imports/${id}`;
    await hand.tried(sent);
    expect(await html(here)).to.contain('name="columns.nationalId"');
    const taking = hand.take(id);
    let shown = '';
    for (let turn = 0; turn < 200 && !shown.includes('data-progress'); turn += 1) {
      shown = await html(here);
      if (shown.includes('۴٬۰۰۰ ردیف از')) break;
    }
    expect(shown).to.contain('<progress');
    expect((await world.visit('maryam', `GET ${here}/progress.json`)).json()).to.include({ id });
    expect((await taking).json()).to.include({ added: 4000 });
    expect(await html(here)).to.contain('۴٬۰۰۰');
    expect(await html('/centres/noor/donations/donors')).to.contain('/imports?what=donors');
    expect(await html('/centres/noor/donations')).to.contain('/imports?what=gifts');
  });

  it('begins with a template whose own rows are sound, and whose example is left out', async () => {
    for (const what of ['donors', 'gifts', 'opening'] as const) {
      for (const suffix of ['xlsx', 'csv']) {
        const { bytes } = await page(`/centres/noor/imports/templates/${what}.${suffix}`);
        const trial = await hand.tried(await hand.send('maryam', what, bytes));
        expect(trial.refusal?.key, `${what}.${suffix}`).to.equal('imports:sheet.nothing');
        expect(trial.notes.map(({ key }) => key)).to.deep.equal(['imports:notes.example']);
      }
    }
  });

  it('is never changed, taken twice, or said to be what it is not, even by raw SQL', () => {
    const { $client: client } = world.province.db;
    const refused = (sql: string, why: string) => expect(() => client.exec(sql), sql).to.throw(why);
    refused("UPDATE imports SET heads = 'y' WHERE state = 'done'", 'imports_are_final');
    refused("UPDATE imports SET state = 'waiting', bytes = x'00'", 'imports_are_final');
    refused('DELETE FROM imports', 'imports_are_final');
    const copied = `INSERT INTO imports (id, centre_id, what, name, sha256, bytes, sent_at, sent_by,
        act_id, state) SELECT 900 + id, centre_id, what, name, sha256, x'00', sent_at, sent_by,
        act_id, 'waiting' FROM imports WHERE state = 'done' LIMIT 1`;
    refused(copied, 'imports_wait_first');
    const waiting = `SELECT max(id) FROM imports WHERE state = 'waiting' AND what = 'gifts'`;
    refused(
      `UPDATE imports SET state = 'done', bytes = NULL, settled_at = sent_at, settled_by = sent_by,
         settled_act_id = act_id, heads = 'x', chosen = '{}', row_count = 2, added = 2,
         first_id = 1, last_id = 2, amount_rial = 1 WHERE id = (${waiting})`,
      'import_made_something_else',
    );
  });
});
