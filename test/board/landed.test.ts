/** Decrees of files from before there were requests: asked for with the draft, without a letter. */

import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { boardChecks } from '../../src/board/checks.ts';
import { findDecree, holdersOn } from '../../src/board/decree-rows.ts';
import { draftDecree } from '../../src/board/decrees.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await buildWorld();
});
after(() => world.close());

/** What the migration does with the decrees that it finds. */
const migration = readFileSync(`${import.meta.dirname}/../../migrations/0010_board.sql`, 'utf8');
const landing = /INSERT INTO decree_requests\n[^;]*;/.exec(migration)![0];

describe('a proposal from before there were requests', () => {
  it('waits for its answer as it did, and is answered by letter now', async () => {
    const { db } = world.province;
    const { personId } = holdersOn(db, world.noor.id, TODAY).get('assemblies')!;
    const term = { personId, fromOn: TODAY, toOn: '2027-03-20' };
    const draft = draftDecree(db, world.actor('reza', world.noor), world.noor, {
      ...{ ...term, seat: 'benefactors-women', keep: true },
    });
    expect(draft.state).to.equal('draft');
    const trigger = "SELECT sql FROM sqlite_schema WHERE name = 'b130_chair_asks'";
    const guard = db.$client.prepare(trigger).pluck().get() as string;
    db.$client.exec('DROP TRIGGER b130_chair_asks');
    db.$client.exec(landing.replace(';', ` AND id = ${draft.id};`));
    db.$client.exec(guard);
    const landed = findDecree(db, world.noor.id, String(draft.id), TODAY);
    expect(landed).to.include({ state: 'awaiting-coordination', requestPaperId: null });
    expect(landed.requestedOn).to.equal(landed.draftedOn);
    const sound = boardChecks.find(({ name }) => name === 'decree-requests')!;
    expect(sound.run(db)).to.equal(null);
    const path = `/centres/noor/board/decrees/${draft.id}`;
    expect((await world.visit('hadi', `GET ${path}`)).status).to.equal(200);
    const answer = { answer: 'agreed', number: '4', decidedOn: TODAY };
    const told = await world.visit('hadi', `POST ${path}/coordination`, answer);
    expect(told.json()).to.include({ state: 'coordinated' });
  });
});
