/** A clause that guides is said on the page that the compass names. */
import { expect } from 'chai';
import { clauses } from '../../src/bylaw/clauses.ts';
import { compassOf } from '../../src/bylaw/compass.ts';
import { GUIDED } from '../../src/bylaw/guided.ts';
import { wordsFor } from '../../src/words.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

/** Chapter four's only guide (B-55) comes with the vice-chair's decree, to be shown with the methods. */
const WITH_DECREE = ['B-55'];

/** Who opens a page: the chair, or where no trustee may, the head of the county office. */
const READERS: Person[] = ['reza', 'hadi'];

/** Each with its test's title and the words that bring it to mind where it is needed. */
const WORDS: [id: string, title: string, words: string][] = [
  ['B-2', 'B-2: an application says which goals it serves', 'bylaw:clauses.B-2.title'],
  ['B-82', 'B-82: an introduction asks for love of good works', 'board:nomination.lines.B-82'],
  ['B-84', 'B-84: an introduction asks who knows the area', 'board:nomination.lines.B-84'],
  ['B-85', 'B-85: an introduction asks for ties with business', 'board:nomination.lines.B-85'],
  ['B-86', 'B-86: an introduction asks for principles', 'board:nomination.lines.B-86'],
  ['B-87', 'B-87: an introduction asks for a spirit of help', 'board:nomination.lines.B-87'],
  ['B-88', 'B-88: an introduction asks for trust', 'board:nomination.lines.B-88'],
  ['B-89', 'B-89: an introduction asks for ease with people', 'board:nomination.lines.B-89'],
  ['B-90', 'B-90: an introduction asks for spirit', 'board:nomination.lines.B-90'],
  ['B-91', 'B-91: an introduction asks for young minds', 'board:nomination.lines.B-91'],
  ['B-92', 'B-92: the board’s page says that it is the heart', 'board:heart'],
  ['B-97', 'B-97: a meeting’s form reminds of the mosque', 'assemblies:meetings.mosque-first'],
  ['B-99', 'B-99: a meeting’s form warns of quarrels', 'assemblies:meetings.reminder'],
  ['B-103', 'B-103: the network’s page asks to draw people in', 'network:home.kind-more'],
  ['B-113', 'B-113: particulars say that a centre runs itself', 'opening:self-run'],
];

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

  it('are each told below with the words that stand for them', () => {
    expect(WORDS.map(([id]) => id)).to.deep.equal(Object.keys(GUIDED));
  });

  for (const [id, title, words] of WORDS) {
    it(title, async () => {
      const { province, noor } = world;
      const { shown } = compassOf(province.db, noor.id, TODAY).find((one) => one.id === id)!;
      const path = shown!.ofProvince ? shown!.to : `/centres/noor${shown!.to}`;
      for (const language of ['fa', 'en'] as const) {
        const headers = { accept: 'text/html', 'accept-language': language };
        const pages = READERS.map((reader) =>
          world.visit(reader, `GET ${path}`, undefined, headers),
        );
        const open = (await Promise.all(pages)).find(({ status }) => status === 200);
        expect(open?.text, path).to.include(`/toos/bylaw#${id}"`);
        const said = wordsFor(language)(words).replaceAll("'", '&#39;');
        expect(open?.text, `${language} ${path}`).to.include(said);
      }
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
