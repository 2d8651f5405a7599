import { expect } from 'chai';
import { compassOf } from '../../src/bylaw/compass.ts';
import type { Refusal } from '../../src/refusal.ts';
import { boardNameOn, nameBoard, wordsOn } from '../../src/templates/board-name.ts';
import { citationState, citationsOf, writeCitation } from '../../src/templates/citations.ts';
import { memorandumOrNone, recordMemorandum } from '../../src/templates/memoranda.ts';
import { setTemplate, templateOn, templateVersions } from '../../src/templates/templates.ts';
import { type Wording, worded } from '../../src/templates/wording.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

let world: World;
const inWorld = () => {
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());
};

const db = () => world.province.db;
const deputy = () => world.actor('deputy');
const shipped = (kind: 'licence' | 'decree-centre' | 'assignment'): Wording =>
  templateVersions(db(), kind).at(-1)!.wording;
const refused = (deed: () => unknown): Refusal => {
  try {
    deed();
  } catch (fault) {
    return fault as Refusal;
  }
  throw new Error('nothing was refused');
};
const without = (wording: Wording, name: string): Wording => ({
  ...wording,
  paragraphs: wording.paragraphs.map((one) => one.replaceAll(`{{${name}}}`, '')),
});

describe('the wording of a paper', () => {
  inWorld();

  it('is the program’s own until the province sets another, from a day on', () => {
    const wording = { ...shipped('licence'), closing: 'در پناه خدا باشید.' };
    const tomorrow = addDays(TODAY, 1);
    setTemplate(db(), deputy(), 'licence', { fromOn: tomorrow, wording });
    expect(templateOn(db(), 'licence', TODAY).version).to.equal(0);
    expect(templateOn(db(), 'licence', tomorrow)).to.deep.include({ version: 1, setBy: 'deputy' });
    expect(templateVersions(db(), 'licence').map(({ version }) => version)).to.deep.equal([1, 0]);
  });

  it('is set by the deputy only, and never for a day that has passed', () => {
    const wording = shipped('licence');
    const asked = { fromOn: TODAY, wording };
    expect(() => setTemplate(db(), world.actor('hadi'), 'licence', asked)).to.throw('not-yours');
    const past = { fromOn: addDays(TODAY, -1), wording };
    expect(() => setTemplate(db(), deputy(), 'licence', past)).to.throw('past-day');
  });

  for (const [name, clause, kind] of [
    ['honorary', 'B-46', 'decree-centre'],
    ['honorary', 'B-46', 'assignment'],
    ['liability', 'B-101', 'decree-centre'],
    ['basis', 'B-130', 'decree-centre'],
    ['citations', 'B-11', 'decree-centre'],
    ['citations', 'B-8', 'licence'],
  ] as const) {
    it(`refuses ${kind} without {{${name}}}, ${clause}, in the file too`, () => {
      const wording = without(shipped(kind), name);
      const refusal = refused(() => setTemplate(db(), deputy(), kind, { fromOn: TODAY, wording }));
      expect(refusal).to.deep.include({ status: 422 });
      expect(refusal.details).to.deep.include({ clause, field: 'paragraphs' });
      const version = templateVersions(db(), kind)[0]!.version + 1;
      const insert = db().$client.prepare(
        'INSERT INTO templates (kind, version, from_on, wording, set_on, set_by, act_id) VALUES (?, ?, ?, ?, ?, ?, 1)',
      );
      const raw = [kind, version, TODAY, JSON.stringify(wording), TODAY, world.users.deputy];
      expect(() => insert.run(...raw)).to.throw(`b${clause.slice(2)}_`);
      const silent = [kind, version, TODAY, '{}', TODAY, world.users.deputy];
      expect(() => insert.run(...silent)).to.throw(/^b\d+_/);
    });
  }

  it('refuses a placeholder that the kind does not know, a broken one, and a missing one', () => {
    const wording = shipped('licence');
    const set = (changed: Partial<Wording>) => () =>
      setTemplate(db(), deputy(), 'licence', {
        fromOn: TODAY,
        wording: { ...wording, ...changed },
      });
    expect(set({ closing: '{{predecessor}}' })).to.throw('unknown-placeholder');
    expect(set({ closing: '{{ناشناخته}}' })).to.throw('unknown-placeholder');
    expect(set({ closing: 'باز {{licence' })).to.throw('broken-placeholder');
    expect(set(without(wording, 'toOn'))).to.throw('missing-placeholder');
    expect(set({ citations: ['statute', 'no-such'] })).to.throw('unknown-citation');
  });

  it('stays as it was set, even from raw SQL', () => {
    const run = (sql: string) => () => db().$client.exec(sql);
    expect(run("UPDATE templates SET wording = '{}'")).to.throw('templates_are_final');
    expect(run('DELETE FROM templates')).to.throw('templates_are_final');
    expect(run('INSERT OR REPLACE INTO templates SELECT * FROM templates')).to.throw(
      'template_versions_follow',
    );
  });
});

describe('values in a wording', () => {
  inWorld();
  const given = { licence: '1405/3', fromOn: '2026-03-21', toOn: '2027-03-20' };
  const says = (paragraph: string, values: object = {}) =>
    worded(
      'licence',
      { ...shipped('licence'), paragraphs: [paragraph] },
      { ...given, ...values },
    ).paragraphs.map((one) => (one as string).replace(/[\u2066-\u2069]/g, ''));

  it('are written as Persian prose has them', () => {
    expect(says('{{licence}} از {{fromOn}}')).to.deep.equal(['۱۴۰۵/۳ از ۱۴۰۵/۰۱/۰۱']);
  });

  it('leave out the paragraph, or the bracketed part, that asks for one not there', () => {
    expect(says('جانشین {{previous}}')).to.deep.equal([]);
    expect(says('مجوز {{licence}}[ جانشین {{previous}}].')).to.deep.equal(['مجوز ۱۴۰۵/۳.']);
    const previous = { previous: '7' };
    expect(says('مجوز[ جانشین {{previous}}[ مورخ {{issuedOn}}]].', previous)).to.deep.equal([
      'مجوز جانشین ۷.',
    ]);
  });

  it('are only values, even where they look like placeholders or brackets', () => {
    expect(says('{{place}}', { place: '{{toOn}} [x]' })).to.deep.equal(['{{toOn}} [x]']);
  });

  it('that a kind needs and lacks, or does not know, are a fault', () => {
    expect(() => says('x', { toOn: undefined })).to.throw('licence needs toOn');
    expect(() => says('x', { seat: 'x' })).to.throw('licence knows no value seat');
  });
});

describe('the name of the board', () => {
  inWorld();

  it('changes from its day on, in every sentence', () => {
    const tomorrow = addDays(TODAY, 1);
    nameBoard(db(), deputy(), { name: 'executive', fromOn: tomorrow });
    expect(boardNameOn(db(), TODAY)).to.equal('trustees');
    expect(wordsOn(db(), TODAY)('board:seats.chair')).to.equal('رئیس هیئت امنا');
    expect(wordsOn(db(), tomorrow)('board:seats.chair')).to.equal('رئیس هیئت عامل');
    const named = wordsOn(db(), tomorrow)('templates:board.of');
    expect(named).to.equal('هیئت عامل');
  });

  it('is the deputy’s to choose, in the file too', () => {
    const asked = { name: 'executive' as const, fromOn: TODAY };
    expect(() => nameBoard(db(), world.actor('hadi'), asked)).to.throw('not-yours');
    const raw = `INSERT INTO board_names (name, from_on, set_on, set_by, act_id)
      VALUES ('executive', '${TODAY}', '${TODAY}', ${world.users.hadi}, 1)`;
    expect(() => db().$client.exec(raw)).to.throw('province_names_its_boards');
  });
});

const stands = (id: string, today = TODAY) => {
  const found = compassOf(db(), world.noor.id, today).find((one) => one.id === id)!;
  return { state: found.state, why: found.why.split('.').at(-1), mend: found.mend?.to };
};

describe('what papers rest on', () => {
  inWorld();
  const days = { validFrom: '2021-03-21', validTo: '2026-03-20' };

  it('B-7, B-8, B-9, B-10, B-11 ship with the program; what is timed waits for its days', () => {
    expect(citationsOf(db()).map(({ clause }) => clause)).to.deep.equal([
      'B-7',
      'B-8',
      'B-9',
      'B-10',
      'B-11',
    ]);
    for (const id of ['B-7', 'B-8', 'B-11']) expect(stands(id).state, id).to.equal('kept');
    for (const id of ['B-9', 'B-10']) expect(stands(id).state, id).to.equal('not-due');
  });

  it('B-10: flags a plan that has run out, and is broken while papers still list it', () => {
    const plan = citationsOf(db()).find(({ key }) => key === 'fifth-plan')!;
    const written = writeCitation(db(), deputy(), plan.key, { ...plan, ...days });
    expect(citationState(written, '2026-03-20')).to.equal('in-force');
    expect(citationState(written, TODAY)).to.equal('expired');
    expect(stands('B-10')).to.include({ state: 'kept', why: 'keptExpired' });
    const wording = { ...shipped('licence'), citations: ['statute', 'fifth-plan'] };
    setTemplate(db(), deputy(), 'licence', { fromOn: TODAY, wording });
    const mend = '/templates/citations/fifth-plan';
    expect(stands('B-10')).to.deep.equal({ state: 'broken', why: 'expired', mend });
  });

  it('B-10: refuses a last day before the first, in the file too', () => {
    const turned = { title: 'برنامه', words: 'مادهٔ ۱ برنامه', ...days, validTo: '2020-01-01' };
    const refusal = refused(() => writeCitation(db(), deputy(), 'plan', turned));
    expect(refusal.details).to.include({ clause: 'B-10', field: 'validTo' });
    const raw = `INSERT INTO citations (key, version, title, words, valid_from, valid_to, set_on, set_by, act_id)
      VALUES ('plan', 1, 'برنامه', 'مادهٔ ۱', '2021-01-01', '2020-01-01', '${TODAY}', ${world.users.deputy}, 1)`;
    expect(() => db().$client.exec(raw)).to.throw('b10_basis_has_its_days');
  });

  it('B-8, B-11: are broken when nothing that holds is cited', () => {
    const statute = citationsOf(db()).find(({ key }) => key === 'statute')!;
    writeCitation(db(), deputy(), 'statute', { ...statute, ...days });
    expect(stands('B-8')).to.include({ state: 'broken', mend: '/templates/licence' });
    expect(stands('B-11').state).to.equal('kept');
  });

  it('B-7, B-9: keeps every basis as it was written, even from raw SQL', () => {
    const run = (sql: string) => () => db().$client.exec(sql);
    expect(run('DELETE FROM citations')).to.throw('b7_bases_stay');
    expect(run("UPDATE citations SET words = 'x'")).to.throw('b9_bases_stay_as_written');
  });
});

describe('B-1, the memorandum', () => {
  inWorld();
  const typed = {
    firstParty: 'امور مساجد',
    secondParty: 'کمیته امداد',
    number: '9',
    signedOn: TODAY,
  };

  it('is recorded in versions, by the deputy, once it is signed', () => {
    expect(memorandumOrNone(db())).to.include({ version: 1, number: '1402/117' });
    expect(recordMemorandum(db(), deputy(), typed)).to.include({ version: 2, setBy: 'deputy' });
    const later = { ...typed, signedOn: addDays(TODAY, 1) };
    expect(() => recordMemorandum(db(), deputy(), later)).to.throw('signed-later');
    expect(() => recordMemorandum(db(), world.actor('karim'), typed)).to.throw('not-yours');
    expect(stands('B-1')).to.include({ state: 'kept' });
  });

  it('is held by the file too, and missed by the compass', () => {
    const raw = `INSERT INTO memoranda (version, first_party, second_party, number, signed_on, set_on, set_by, act_id)
      VALUES (3, 'امور مساجد', 'کمیته امداد', '9', '${TODAY}', '${TODAY}', ${world.users.hadi}, 1)`;
    expect(() => db().$client.exec(raw)).to.throw('b1_province_records_memorandum');
    const client = db().$client;
    client.exec('SAVEPOINT lost; DROP TRIGGER memoranda_are_final_delete; DELETE FROM memoranda');
    expect(stands('B-1')).to.include({ state: 'broken', mend: '/templates/memorandum' });
    client.exec('ROLLBACK TO lost; RELEASE lost');
  });
});
