/** What programs are told of the addresses they may write to. */
import { expect } from 'chai';
import { buildWorld, type World } from '../support/world.ts';

type Described = { post?: { requestBody?: { required: boolean } }; get?: object };

describe('the description for programs', () => {
  let world: World;
  let paths: Record<string, Described>;
  before(async () => {
    world = await buildWorld();
    const response = await fetch(`${world.address}/openapi.json`);
    expect(response.status).to.equal(200);
    ({ paths } = (await response.json()) as { paths: Record<string, Described> });
  });
  after(() => world.close());

  it('has the body of every address that can be written to', () => {
    const bare = Object.entries(paths).filter(([, { post }]) => post && !post.requestBody);
    expect(bare.map(([path]) => path)).to.deep.equal([]);
  });

  it('asks for a body only where nothing goes without one', () => {
    const of = (path: string) => paths[path]?.post?.requestBody?.required;
    expect(of('/{province}/centres/{code}/donations')).to.equal(true);
    expect(of('/{province}/centres/{code}/board/decrees/{decree}/issue')).to.equal(false);
  });
});
