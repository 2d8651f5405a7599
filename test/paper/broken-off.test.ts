/** Letters when the machine fails: killed under load, and with a full disk. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { issueLetter, type LetterAsked } from '../../src/paper/letters.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { enter, Unavailable } from '../../src/provinces/enter.ts';
import { buildWorld, NOW, TODAY, type World } from '../support/world.ts';

const ASKED: Omit<LetterAsked, 'centre'> = {
  ...{ kind: 'handover', head: 'centre' },
  values: {
    ...{ seat: 'مسئول امور اداری و مالی', outgoing: 'مریم نمونه', incoming: 'کاظم نمونه' },
    ...{ handoverOn: TODAY, differences: null },
  },
  addressee: ['ریاست محترم کمیته امداد', 'شهرستان اینجا'],
  deed: { kind: 'handover.tried', subject: 'tries/1', after: { tried: true } },
};

/** What the world's own first day brought is of other kinds. */
const ISSUED = "FROM issued_letters WHERE kind = 'handover' ORDER BY number";

describe('letters when the machine fails', () => {
  let world: World;

  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  const all = (sql: string) => world.province.db.$client.prepare(sql).pluck().all() as number[];
  const counts = () =>
    ['issued_letters', 'papers', 'acts'].map((table) => all(`SELECT id FROM ${table}`).length);
  const issue = () =>
    enter(world.province, (tx) =>
      issueLetter(tx, world.actor('reza', world.noor), { ...ASKED, centre: world.noor }),
    );

  /** Issues in a process of its own and kills it; answers the numbers that were acknowledged. */
  async function killedAfter(count: number): Promise<string[]> {
    const { province, noor, users } = world;
    const script = join(import.meta.dirname, 'issuing.ts');
    const told = [province.file, noor.code, String(users.reza), NOW.toISOString()];
    const child = spawn(process.execPath, [script, ...told, JSON.stringify(ASKED)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.split('\n').length > count) child.kill('SIGKILL');
    });
    const [, signal] = await once(child, 'close');
    expect(signal).to.equal('SIGKILL');
    return text.split('\n').slice(0, -1);
  }

  it('loses none that was acknowledged, and leaves no number without its paper', async () => {
    for (const count of [3, 40]) {
      const acknowledged = await killedAfter(count);
      expect(acknowledged.length).to.be.at.least(count);
      const kept = all(`SELECT year || '-' || printf('%04d', number) ${ISSUED}`);
      expect(kept).to.include.members(acknowledged);
      const serials = all(`SELECT number ${ISSUED}`);
      expect(serials).to.deep.equal(serials.map((_, at) => serials[0]! + at));
      expect(all('SELECT paper_id FROM issued_letters EXCEPT SELECT id FROM papers')).to.deep.equal(
        [],
      );
      expect(all("SELECT count(*) FROM papers WHERE kind = 'handover'")[0]).to.equal(kept.length);
    }
    expect(examine(world.province.db).filter(({ wrong }) => wrong !== null)).to.deep.equal([]);
    expect((await issue()).number).to.match(/^1405-/);
  });

  it('are not issued on a full disk, nor half; the next takes the number left free', async () => {
    const { $client } = world.province.db;
    const first = await issue();
    const before = counts();
    $client.pragma(`max_page_count = ${$client.pragma('page_count', { simple: true })}`);
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, issue));
    const refused = outcomes.filter((one) => one.status === 'rejected');
    expect(refused).to.have.length(60);
    expect(refused.every(({ reason }) => reason instanceof Unavailable)).to.equal(true);
    expect(counts()).to.deep.equal(before);
    $client.pragma('max_page_count = 1000000');
    const next = await issue();
    expect(Number(next.number.slice(5))).to.equal(Number(first.number.slice(5)) + 1);
    expect(examine(world.province.db).filter(({ wrong }) => wrong !== null)).to.deep.equal([]);
  });

  it('are not printed on a full disk: 503, no print counted; afterwards they are', async () => {
    const { paperId } = await issue();
    const { $client } = world.province.db;
    const pdf = () => world.visit('reza', `GET /centres/${world.noor.code}/papers/${paperId}.pdf`);
    const prints = () => all('SELECT nth FROM paper_prints').length;
    const before = prints();
    $client.pragma(`max_page_count = ${$client.pragma('page_count', { simple: true })}`);
    expect((await pdf()).status).to.equal(503);
    expect(prints()).to.equal(before);
    $client.pragma('max_page_count = 1000000');
    expect((await pdf()).status).to.equal(200);
    expect(prints()).to.equal(before + 1);
  });
});
