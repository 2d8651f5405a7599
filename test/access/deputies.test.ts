/** Deputies are opened and ended by deputies; a password given anew shuts what the old one opened. */
import { expect } from 'chai';
import { buildWorld, type World } from '../support/world.ts';

describe('the users of deputies', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const deputy = { name: 'Another', username: 'another', role: 'province-deputy' };

  it('are no matter of the system administrator, who sees no person or gift', async () => {
    const { visit } = world;
    expect((await visit('sysadmin', 'POST /users', deputy)).status).to.equal(403);
    expect((await visit('sysadmin', 'POST /users/deputy/reset', {})).status).to.equal(403);
    expect((await visit('sysadmin', 'POST /users/deputy/end', {})).status).to.equal(403);
    expect((await visit('deputy', 'POST /users', deputy)).status).to.equal(201);
  });

  it('of others are his to open; a new password ends the tokens of the old one', async () => {
    const { visit } = world;
    expect((await visit('inspector', 'GET /centres.json')).status).to.equal(200);
    expect((await visit('sysadmin', 'POST /users/inspector/reset', {})).status).to.be.below(300);
    expect((await visit('inspector', 'GET /centres.json')).status).to.equal(401);
  });
});
