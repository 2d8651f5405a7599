import { expect } from 'chai';
import { Reader } from '../support/reader.ts';
import { buildWorld, PASSWORD, type World } from '../support/world.ts';

/** The forms as people send them, without a script: kept when refused, answered with the next page. */
const ROOT = '/toos/centres/noor/network';

describe('the forms of the network’s places', () => {
  let world: World;
  let reza: Reader;
  before(async () => {
    world = await buildWorld();
    reza = new Reader(world.address);
    const fields = { username: 'reza', password: PASSWORD };
    expect((await reza.fill('/toos/login', '/toos/login', fields)).status).to.equal(303);
  });
  after(() => world.close());

  it('keep a card as it was typed beside what is wrong with it, and then record it', async () => {
    const card = { title: 'نانوایی محله', kind: 'business', sight: 'open', use: 'relief' };
    const half = await reza.fill(`${ROOT}/capacities/new`, `${ROOT}/capacities`, card);
    expect(half.status).to.equal(422);
    expect(half.text).to.include('value="نانوایی محله"').and.include('role="alert"');
    const whole = { ...card, place: 'سر کوچه', ownerMobile: '' };
    const made = await reza.fill(`${ROOT}/capacities/new`, `${ROOT}/capacities`, whole);
    expect(made.status).to.equal(303);
    const edited = await reza.fill(`${made.to}/edit`, made.to, {
      ...whole,
      title: 'نانوایی سنگکی',
    });
    expect(edited.to).to.equal(made.to);
    const followed = { state: 'in-use', nextStep: 'نان مهربانی', followedBy: '' };
    expect((await reza.fill(made.to, `${made.to}/steps`, followed)).status).to.equal(303);
    expect((await reza.fill(made.to, `${made.to}/openings`, { open: '1' })).status).to.equal(303);
    const page = await reza.get(made.to);
    expect(page.text).to.include('نانوایی سنگکی').and.include('باز برای مراکز دیگر');
  });

  it('write a survey point by point, keep a refused point, and approve it', async () => {
    const begun = await reza.fill(`${ROOT}/surveys`, `${ROOT}/surveys`);
    expect(begun.status).to.equal(303);
    const point = { box: 'open', text: 'کتابخانهٔ عمومی', weight: '3', seenOn: '31/02/1405' };
    const refused = await reza.fill(begun.to, `${begun.to}/points`, point);
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('value="کتابخانهٔ عمومی"');
    const right = { ...point, seenOn: '۳۰ آبان ۱۴۰۵' };
    expect((await reza.fill(begun.to, `${begun.to}/points`, right)).status).to.equal(303);
    const written = (await reza.get(begun.to)).text.split('کتابخانهٔ عمومی')[1]!;
    const removal = /points\/\d+\/removal/.exec(written)![0];
    expect((await reza.fill(begun.to, `${begun.to}/${removal}`)).status).to.equal(303);
    expect((await reza.fill(begun.to, `${begun.to}/approval`, { approvedOn: '' })).to).to.equal(
      begun.to,
    );
  });

  it('name a head, take a member in, write a meeting down, and keep what was refused', async () => {
    const one = `${ROOT}/networks/legal`;
    const person = world.actor('zahra').user!.personId;
    expect((await reza.fill(one, `${one}/head`, { head: `p${person}` })).status).to.equal(303);
    const nobody = { kind: 'donor', donor: 'ناشناس بزرگوار', volunteer: '', institution: '' };
    const refused = await reza.fill(one, `${one}/members`, nobody);
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('value="ناشناس بزرگوار"');
    const meeting = { metOn: 'امروز', kind: 'counsel', subject: 'نوبت مشاوره', present: '' };
    const silent = await reza.fill(one, `${one}/meetings`, meeting);
    expect([silent.status, silent.text.includes('B-100')]).to.deep.equal([422, true]);
    const told = { ...meeting, noPolitics: '1' };
    expect((await reza.fill(one, `${one}/meetings`, told)).status).to.equal(303);
  });

  it('refer a need and tell the board, whose turn then shows on the home page', async () => {
    const need = { need: 'legal/advice', asked: 'پاسخ به اخطار تخلیه', source: 'trustee' };
    const refused = await reza.fill(`${ROOT}/referrals/new`, `${ROOT}/referrals`, need);
    expect(refused.status).to.equal(303);
    const zahra = await world.visit('zahra', 'GET /notices');
    expect(zahra.text).to.include('به شبکه رسیده است');
    const home = await world.visit('zahra', 'GET /centres/noor');
    expect(home.text).to.include('ارجاع‌های تازه');
    const step = { state: 'accepted', note: '' };
    expect((await reza.fill(refused.to, `${refused.to}/steps`, step)).to).to.equal(refused.to);
  });

  it('print a survey that was replaced as replaced, and check it by its code', async () => {
    const { db } = world.province;
    const papers = db.$client
      .prepare("SELECT id, number, content FROM papers WHERE kind = 'survey' ORDER BY id")
      .all() as { id: number; number: string; content: string }[];
    const [first, second] = papers.slice(-2);
    const states = await Promise.all(
      [first!, second!].map(async ({ content }) => {
        const { code } = JSON.parse(content) as { code: string };
        const checked = await fetch(`${world.address}/verify/${code}.json`);
        return ((await checked.json()) as { state: string }).state;
      }),
    );
    expect(states).to.deep.equal(['replaced', 'valid']);
    const printed = await world.visit(
      'reza',
      `GET /centres/noor/network/surveys/${first!.number}.pdf`,
    );
    expect(printed.status).to.equal(200);
    const register = await world.visit('reza', 'GET /centres/noor/papers');
    expect(register.text).to.include(`/network/surveys/${second!.number}`);
  });
});
