/** B-28 to B-44: terms without overlap, whatever is drafted, issued and ended, against a model. */
import { expect } from 'chai';
import { type Chance, chanceFrom } from '../../seeds/chance.ts';
import { inventedId } from '../../seeds/invented-id.ts';
import { stepsAt } from '../../seeds/neighbourhood.ts';
import { clearedPerson } from '../../seeds/opening.ts';
import { boardChecks } from '../../src/board/checks.ts';
import { type Decree, decreesOf } from '../../src/board/decree-rows.ts';
import { acceptDecree, draftDecree, endDecree, issueDecree } from '../../src/board/decrees.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

let world: World;
const people: number[] = [];
before(async () => {
  world = await buildWorld();
  const { province, users, noor, clock } = world;
  const officers = { head: users.hadi, security: users.security, selection: users.selection };
  for (const n of [0, 1, 2]) {
    const candidate = {
      name: `نامزد ${n}`,
      nationalId: inventedId(30 + n),
      gender: 'man' as const,
    };
    const steps = stepsAt(province.db, clock.now);
    people.push(clearedPerson(province.db, steps, officers, candidate, noor.countyId).id);
  }
});
after(() => world.close());

/** What the seat is taken for: the first and the last day, an early end taken off. */
type Taken = { id: number; from: string; to: string };

type Deed =
  | { kind: 'draft'; from: number; days: number; person: number }
  | { kind: 'end'; at: number }
  | { kind: 'wait'; at: number };

function deedOf({ below, pick }: Chance): Deed {
  if (below(3) > 0) return { kind: 'draft', from: below(60), days: below(40), person: below(3) };
  return { kind: pick(['end', 'wait'] as const), at: below(20) };
}

const sworn = { noPolitics: true, liability: true, honorary: true };

describe('terms in one seat', () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    it(`never overlap, and are refused only when they would (B-29), story ${seed}`, () => {
      const chance = chanceFrom(seed);
      const { $client } = world.province.db;
      $client.exec('SAVEPOINT tried');
      try {
        live(Array.from({ length: 3 + chance.below(12) }, () => deedOf(chance)));
      } finally {
        $client.exec('ROLLBACK TO tried; RELEASE tried');
        world.clock.now = new Date('2026-11-21T10:00:00.000Z');
      }
    });
  }
});

/** Does the deeds one after another, and holds each answer against the model. */
function live(deeds: Deed[]): void {
  let today = TODAY;
  let taken: Taken[] = [];
  for (const one of deeds) {
    if (one.kind === 'wait') {
      today = addDays(today, 1 + (one.at % 5));
      world.clock.now = new Date(`${today}T10:00:00.000Z`);
    } else if (one.kind === 'end') {
      taken = end(taken, today, one.at);
    } else {
      const from = addDays(today, one.from);
      const to = addDays(from, one.days);
      const free = taken.every((other) => other.to < from || other.from > to);
      const issued = seat({ personId: people[one.person]!, fromOn: from, toOn: to });
      expect(issued !== undefined, `${from} to ${to} among ${JSON.stringify(taken)}`).to.equal(
        free,
      );
      if (issued) taken.push({ id: issued.id, from, to });
    }
    agrees(taken, today);
  }
}

const hadi = () => world.actor('hadi', world.noor);

function seat(term: { personId: number; fromOn: string; toOn: string }): Decree | undefined {
  const { db } = world.province;
  try {
    const draft = draftDecree(db, hadi(), world.noor, { ...term, seat: 'vice-chair' });
    const issued = issueDecree(db, hadi(), world.noor, draft);
    return acceptDecree(db, hadi(), issued, sworn);
  } catch (fault) {
    expect(String(fault)).to.contain('B-29');
    return undefined;
  }
}

function end(taken: Taken[], today: string, at: number): Taken[] {
  const open = taken.filter(({ to }) => to >= today);
  const one = open[at % Math.max(1, open.length)];
  if (!one) return taken;
  const { db } = world.province;
  const decree = decreesOf(db, world.noor.id, today).find(({ id }) => id === one.id)!;
  endDecree(db, hadi(), decree, { reason: 'پایان' });
  const rest = taken.filter(({ id }) => id !== one.id);
  const last = addDays(today, -1);
  return last < one.from ? rest : [...rest, { ...one, to: last }];
}

/** On every day of the model one holder at most, and the same one as in the file. */
function agrees(taken: Taken[], today: string): void {
  const { db } = world.province;
  for (let day = today, n = 0; n < 30; n += 3, day = addDays(day, 3)) {
    const held = decreesOf(db, world.noor.id, day).filter(
      (decree) => decree.seat === 'vice-chair' && decree.inForce,
    );
    const model = taken.filter(({ from, to }) => from <= day && day <= to);
    expect(held.map(({ id }) => id)).to.deep.equal(model.map(({ id }) => id));
  }
  const terms = boardChecks.find(({ name }) => name === 'decree-terms')!;
  expect(terms.run(db)).to.equal(null);
}
