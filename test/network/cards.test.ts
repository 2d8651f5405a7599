/** Cards: issued on the licence, printed together, checked by code, good while the volunteer serves. */
import { expect } from 'chai';
import { buildWorld, type Json, visit, type World } from '../support/world.ts';
import { type Seated, seatOfficers, typed, typedMan } from './people.ts';

const ROOT = '/centres/noor/network/cards';

describe('a volunteer’s card', () => {
  let world: World;
  let seated: Seated;
  let her = 0;
  let his = 0;

  before(async () => {
    world = await buildWorld();
    seated = await seatOfficers(world);
    [her, his] = [await registered(typed), await registered(typedMan)];
  });
  after(() => world.close());

  const ask = (who: string | null, line: string, body?: object) => {
    const token = who && (seated.tokens[who] ?? world.tokens[who as 'reza']);
    return visit(`${world.address}/toos`, token, line, body);
  };
  const registered = async (body: object): Promise<number> => {
    const created = await ask('reza', 'POST /centres/noor/network/volunteers', body);
    return created.json<{ number: number }>().number;
  };
  const papers = () =>
    world.province.db.$client
      .prepare("SELECT id, code, content FROM papers WHERE kind = 'volunteer-card' ORDER BY id")
      .all() as { id: number; code: string; content: string }[];

  it('is issued by the chair and by the officer of its side, within the licence', async () => {
    const body = { volunteers: [her, his], to: '1405/12/29' };
    for (const who of ['maryam', 'zahra', 'hadi', 'inspector']) {
      expect((await ask(who, `POST ${ROOT}`, body)).status, who).to.equal(403);
    }
    expect((await ask('karim', `POST ${ROOT}`, body)).status).to.equal(404);
    const other = await ask('men', `POST ${ROOT}`, body);
    expect([other.status, other.json<Json>().clause]).to.deep.equal([403, 'B-69']);
    const beyond = await ask('reza', `POST ${ROOT}`, { ...body, to: '1406/12/29' });
    expect([beyond.status, beyond.json<Json>().clause]).to.deep.equal([409, 'B-128']);
    expect((await ask('reza', `POST ${ROOT}`, { to: body.to })).status).to.equal(422);
    expect(papers()).to.be.empty;
    const issued = await ask('reza', `POST ${ROOT}`, body);
    expect(issued.status, issued.text).to.equal(201);
    expect(issued.json<{ cards: Json[] }>().cards).to.have.length(2);
  });

  it('names the volunteer, and no national ID or telephone', async () => {
    expect((await ask('reza', `GET ${ROOT}?for=${her}`)).status).to.equal(200);
    for (const { content } of papers()) {
      expect(content).to.not.contain(typed.nationalId).and.to.not.contain(typed.mobile);
      expect(content).to.not.contain(typedMan.nationalId);
    }
    expect(papers()[0]!.content).to.contain(typed.name);
  });

  it('is printed with others on one sheet, each print counted for itself', async () => {
    const prints = () =>
      world.province.db.$client
        .prepare(
          `SELECT count(*) FROM paper_prints r JOIN papers p ON p.id = r.paper_id
           WHERE p.kind = 'volunteer-card'`,
        )
        .pluck()
        .get();
    expect((await ask('women', `GET ${ROOT}.pdf`)).status).to.equal(200);
    expect(prints()).to.equal(2);
    expect((await ask('women', `GET ${ROOT}.pdf?for=${her}`)).status).to.equal(200);
    expect(prints()).to.equal(3);
    expect((await ask('reza', `GET ${ROOT}/${papers()[0]!.id}.pdf`)).status).to.equal(200);
    expect(prints()).to.equal(4);
  });

  it('is valid by its code while its holder serves, and not after', async () => {
    const { code } = papers()[1]!;
    const typedCode = `toos-${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
    const verify = async () =>
      (await (await fetch(`${world.address}/verify/${typedCode}.json`)).json()) as Json;
    expect((await verify()).state).to.equal('valid');
    const state = { state: 'left', reason: 'کوچ از محله' };
    await ask('men', `POST /centres/noor/network/volunteers/${his}/state`, state);
    expect((await verify()).state).to.equal('over');
    const cards = (await ask('reza', `GET ${ROOT}.json`)).json<{ cards: Json[] }>().cards;
    expect(cards.map(({ valid }) => valid)).to.include(false);
    const again = await ask('reza', `POST ${ROOT}`, { volunteers: [his], to: '1405/12/29' });
    expect(again.status).to.equal(409);
  });

  it('is held within the licence by the file too', () => {
    expect(() =>
      world.province.db.$client.exec(`INSERT INTO volunteer_cards SELECT 99, volunteer_id, from_on,
        '2029-01-01', issued_by, paper_id, act_id FROM volunteer_cards LIMIT 1`),
    ).to.throw('b128_card_within_licence');
  });
});
