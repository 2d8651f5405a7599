/** A clause that guides is said on the page that the compass names. */
import { expect } from 'chai';
import { clauses } from '../../src/bylaw/clauses.ts';
import { compassOf } from '../../src/bylaw/compass.ts';
import { GUIDED } from '../../src/bylaw/guided.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

/** Chapter four's only guide (B-55) comes with the vice-chair's decree, to be shown with the methods. */
const WITH_DECREE = ['B-55'];

/** Who opens a page: the chair, or where no trustee may, the head of the county office. */
const READERS: Person[] = ['reza', 'hadi'];

describe('clauses that guide', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    const assembly = { kind: 'guilds', name: 'مجمع بازاریان', formedOn: TODAY };
    await world.visit('zahra', 'POST /centres/noor/assemblies', assembly);
  });
  after(() => world.close());

  it('are all brought to mind somewhere', () => {
    const guides = clauses.filter(({ duty }) => duty === 'guide').map(({ id }) => id);
    expect([...Object.keys(GUIDED), ...WITH_DECREE]).to.have.members(guides);
  });

  for (const id of Object.keys(GUIDED)) {
    it(`${id}: stands on the page that the compass names`, async () => {
      const { province, noor } = world;
      const { shown } = compassOf(province.db, noor.id, TODAY).find((one) => one.id === id)!;
      const path = shown!.ofProvince ? shown!.to : `/centres/noor${shown!.to}`;
      const pages = READERS.map((reader) => {
        return world.visit(reader, `GET ${path}`, undefined, { accept: 'text/html' });
      });
      const open = (await Promise.all(pages)).find(({ status }) => status === 200);
      expect(open?.text, path).to.include(`/toos/bylaw#${id}"`);
    });
  }

  it('name their page in the compass to those who may open it', async () => {
    const read = async (reader: Person) =>
      (
        await world.visit(reader, 'GET /centres/noor/compliance', undefined, {
          accept: 'text/html',
        })
      ).text;
    expect(await read('reza')).to.include('href="/toos/centres/noor/assemblies/meetings/new"');
    expect(await read('reza')).to.not.include('href="/toos/applications/new"');
    expect(await read('hadi')).to.include('href="/toos/applications/new"');
  });
});
