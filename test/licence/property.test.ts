import { expect } from 'chai';
import { chanceFrom } from '../../seeds/chance.ts';
import { issueReceipt } from '../../src/donations/receipts.ts';
import { decide } from '../../src/licence/decisions.ts';
import { countersignAsset, issueAssetList, listAsset } from '../../src/licence/dissolution.ts';
import { assetsOf } from '../../src/licence/dissolution-rows.ts';
import { DECISIONS, type DecisionKind, standingOn } from '../../src/licence/standing.ts';
import { LICENCE_STATES, permits } from '../../src/licence/states.ts';
import { mayFollow } from '../../src/licence/transitions.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { buildWorld, FOUNDED, TODAY, type World } from '../support/world.ts';
import { deciding, monitored, setDay } from './life.ts';

const RUNS = 6;
const STEPS = 16;
const END = addDays(FOUNDED, 364);
let world: World;
const db = () => world.province.db;
const standing = (day: string) => standingOn(db(), world.noor.id, day);

/** Tries the deed in a transaction of its own; whether it was let. */
function tried(deed: () => unknown): boolean {
  try {
    db().$client.transaction(deed)();
    return true;
  } catch (fault) {
    if (!(fault instanceof Error) || fault.name !== 'Refusal') throw fault;
    return false;
  }
}

const give = (day: string) =>
  tried(() =>
    issueReceipt(db(), world.actor('maryam', world.noor), world.noor, {
      ...{ amountRial: 1000, fund: 'sadaqa', receivedOn: day },
    }),
  );

function decideNow(kind: DecisionKind, day: string): boolean {
  return tried(() => {
    if (kind === 'renew' || kind === 'suspend' || kind === 'revoke') monitored(world, kind);
    if (kind === 'finish') windUp();
    decide(db(), world.actor('deputy'), world.noor, deciding(kind, addDays(day, 400)));
  });
}

/** Countersigns what is listed and prints the list, as a dissolution asks before its end. */
function windUp(): void {
  const { state } = standing(world.actor('deputy').today);
  if (state !== 'dissolving') return;
  listAsset(db(), world.actor('deputy'), world.noor, {
    ...{ kind: 'other', description: 'دفترها', quantity: 1, valueRial: 0 },
    ...{ disposal: 'transfer', recipient: 'کمیته' },
  });
  for (const { id, countersignedOn } of assetsOf(db(), world.noor.id)) {
    if (countersignedOn === null) countersignAsset(db(), world.actor('hadi'), world.noor, id);
  }
  issueAssetList(db(), world.actor('hadi'), world.noor);
}

describe('whatever is decided, on whatever days', () => {
  afterEach(() => world.close());

  for (let seed = 1; seed <= RUNS; seed += 1) {
    it(`a centre has one state, and no gift that it does not permit (${seed})`, async () => {
      world = await buildWorld();
      const chance = chanceFrom(seed);
      const known = new Map<string, string>();
      let day = TODAY;
      for (let step = 0; step < STEPS; step += 1) {
        day = addDays(day, chance.below(20));
        setDay(world, day);
        const { state } = standing(day);
        expect(LICENCE_STATES).to.include(state);
        const kind = DECISIONS[chance.below(DECISIONS.length)]!;
        const allowed = mayFollow(state, kind);
        expect(decideNow(kind, day), `${kind} from ${state} on ${day}`).to.equal(allowed);
        const after = standing(day).state;
        // Until the seats' decrees end with the first licence, what is permitted can be done too.
        if (give(day)) expect(permits(after, 'donations'), `${after} on ${day}`).to.equal(true);
        else if (day <= END) expect(permits(after, 'donations'), `${after} ${day}`).to.equal(false);
        known.set(day, after);
      }
      // What was said of a day stays true of it: nothing decided later changes the past.
      // A renewal puts a warning off, also that of the days before it.
      const plain = (state: string) => (state === 'warning' ? 'active' : state);
      for (const [on, said] of known) expect(plain(standing(on).state), on).to.equal(plain(said));
    }).timeout(30_000);
  }
}).timeout(20_000);
