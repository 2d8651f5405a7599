/** Table 1.10, cell by cell: each deed tried in each state by the verb that does it, and on the page. */
import { expect } from 'chai';
import { quarter, readyCentre, stepsAt } from '../../seeds/neighbourhood.ts';
import type { Actor } from '../../src/access/actor.ts';
import type { Seat } from '../../src/access/powers.ts';
import { type Decree, holdersOn } from '../../src/board/decree-rows.ts';
import { draftDecree, issueDecree } from '../../src/board/decrees.ts';
import { draftEntry, postDraft } from '../../src/books/drafts.ts';
import { requestPermit } from '../../src/boundary/permits.ts';
import { activityCodeOrNone, recordActivityCode } from '../../src/centres/activity-codes.ts';
import { introduceToBank } from '../../src/centres/bank-accounts.ts';
import type { Centre } from '../../src/centres/centres.ts';
import { issueReceipt } from '../../src/donations/receipts.ts';
import {
  type AssetListed,
  countersignAsset,
  issueAssetList,
  listAsset,
} from '../../src/licence/dissolution.ts';
import { refuseUnpermitted } from '../../src/licence/permission.ts';
import { standingOn } from '../../src/licence/standing.ts';
import {
  type Leave,
  LICENCE_STATES,
  LICENSED_DEEDS,
  type LicenceState,
  type LicensedDeed,
  leaveFor,
} from '../../src/licence/states.ts';
import { proposeForSeat } from '../../src/opening/proposals.ts';
import { issueLetter } from '../../src/paper/letters.ts';
import { Refusal } from '../../src/refusal.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { wordsFor } from '../../src/words.ts';
import { readLedger } from '../support/ledger.ts';
import { buildWorld, FOUNDED, NOW, TODAY, type World } from '../support/world.ts';
import { decided, setDay } from './life.ts';

/** As the clauses have it, one letter for each cell: yes, no, countersigned, with a draft's mark. */
const TABLE = `
                  before active warning expired suspended revoked dissolving dissolved
  donations       n      y      y       n       n         n       n          n
  aid             n      y      y       c       c         n       n          n
  letterhead      d      y      y       n       n         n       n          n
  introductions   y      y      y       n       n         n       n          n
  decrees         n      y      y       n       n         n       n          n
  account         n      y      y       n       n         n       n          n
  goods           n      y      y       c       c         c       c          n
  asset-transfers n      n      n       n       n         c       c          n
  entries         n      y      y       y       y         y       y          y
  reading         y      y      y       y       y         y       y          y`;
const LEAVES: Record<string, Leave> = { y: 'yes', n: 'no', c: 'countersigned', d: 'draft' };
const [STATES, ...ROWS] = TABLE.trim()
  .split('\n')
  .map((row) => row.trim().split(/\s+/)) as [LicenceState[], ...[LicensedDeed, ...string[]][]];

const END = addDays(FOUNDED, 364);
const SAFE: AssetListed = {
  ...{ kind: 'goods', description: 'برنج', quantity: 2, valueRial: 0, disposal: 'gift' },
  recipient: 'مرکز همسایه',
};
let world: World;
let drafted: Decree;
const db = () => world.province.db;
const day = () => world.actor('deputy').today;

/** The trustee himself, with whatever that day has left him in the centre: in Sepid nothing. */
const trustee = (person: 'reza' | 'maryam', centre: Centre): Actor => world.actor(person, centre);
const head = (centre: Centre) => world.actor(centre.code === 'noor' ? 'hadi' : 'karim', centre);

const zahra = () => holdersOn(db(), world.noor.id, TODAY).get('assemblies')!.personId;
const proposal = (seat: Seat) => ({
  ...{ personId: zahra(), seat, fromOn: day(), toOn: addDays(day(), 10) },
});

/** Brings the world into a state; before its licence the centre is Sepid, else Noor. */
const BRING: Record<LicenceState, () => void> = {
  before: () => {
    const officers = { ...world.users, head: world.users.karim };
    readyCentre(db(), stepsAt(db(), NOW), world.sepid, { officers, area: quarter(9) });
  },
  active: () => undefined,
  warning: () => setDay(world, addDays(END, -30)),
  expired: () => setDay(world, addDays(END, 5)),
  suspended: () => void decided(world, 'suspend'),
  revoked: () => void decided(world, 'revoke'),
  dissolving: () => void decided(world, 'dissolve'),
  dissolved: () => {
    decided(world, 'dissolve');
    const { id } = listAsset(db(), trustee('reza', world.noor), world.noor, SAFE);
    countersignAsset(db(), world.actor('hadi'), world.noor, id);
    issueAssetList(db(), world.actor('hadi'), world.noor);
    decided(world, 'finish');
  },
};

/** What does the deed; how many hands it took, where that is asked. */
const TRIES: Partial<Record<LicensedDeed, (centre: Centre) => Leave | undefined>> = {
  donations: (centre) => {
    const gift = { amountRial: 100_000, fund: 'sadaqa', receivedOn: day() };
    issueReceipt(db(), trustee('maryam', centre), centre, gift);
    return 'yes';
  },
  aid: (centre) => {
    const days = { fromOn: day(), toOn: addDays(day(), 5) };
    requestPermit(db(), trustee('reza', centre), centre, {
      ...{ kind: 'place', place: 'روستا', reason: 'نیاز' },
      ...days,
    });
    return 'yes';
  },
  letterhead: (centre) => {
    issueLetter(db(), trustee('reza', centre), {
      ...{ centre, kind: 'change-request', head: 'centre', addressee: ['کمیته'] },
      values: { seat: 'سمت', reason: 'سبب' },
      deed: { kind: 'test.lettered', subject: 'tests' },
    });
    return activityCodeOrNone(db(), centre.id) ? 'yes' : 'draft';
  },
  introductions: (centre) => {
    if (centre.code === 'noor') {
      const kept = { ...proposal('benefactors-women'), keep: true };
      draftDecree(db(), trustee('reza', centre), centre, kept);
    } else proposeForSeat(db(), head(centre), centre, { seat: 'chair', personId: zahra() });
    return 'yes';
  },
  decrees: (centre) => {
    if (centre.code === 'noor') issueDecree(db(), head(centre), centre, drafted);
    else draftDecree(db(), head(centre), centre, proposal('chair'));
    return 'yes';
  },
  account: (centre) => {
    if (centre.code === 'noor') introduceToBank(db(), head(centre), centre, { reason: 'lost' });
    else recordActivityCode(db(), head(centre), centre, '09-77');
    return 'yes';
  },
  'asset-transfers': (centre) => {
    const { id } = listAsset(db(), trustee('reza', centre), centre, SAFE);
    expect(() => issueAssetList(db(), head(centre), centre)).to.throw(Refusal);
    const { countersignedBy } = countersignAsset(db(), head(centre), centre, id);
    return countersignedBy ? 'countersigned' : 'yes';
  },
  entries: (centre) => {
    const [entry] = readLedger(`${day()} closing\n  1102 sadaqa 400\n  1101 sadaqa -400`);
    const written = { ...entry!, entryOn: day() };
    const one = draftEntry(db(), trustee('maryam', centre), centre.id, written);
    postDraft(db(), trustee('reza', centre), one);
    return 'yes';
  },
};

/** Does it, looks whether it was refused, and takes it back. */
function tried(deed: LicensedDeed, centre: Centre): Leave {
  const { $client } = db();
  $client.exec('SAVEPOINT tried');
  try {
    return TRIES[deed]!(centre)!;
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    // Whose decree has ended with the licence has not the power; else the state forbids it.
    const powerless = fault.key === 'common:refusals.not-yours' && fault.status === 403;
    const { clause = '' } = fault.details;
    if (!powerless) expect(clause, `${deed}: ${fault.key}`).to.match(/^B-(102|109|117|128)$/);
    return 'no';
  } finally {
    $client.exec('ROLLBACK TO tried; RELEASE tried');
  }
}

describe('the table of states, tried', () => {
  it('has every state and every deed', () => {
    expect(STATES).to.deep.equal([...LICENCE_STATES]);
    expect(ROWS.map(([deed]) => deed)).to.deep.equal([...LICENSED_DEEDS]);
  });

  for (const [at, state] of STATES.entries()) {
    describe(`while ${state}`, () => {
      let centre: Centre;
      before(async () => {
        world = await buildWorld();
        const office = world.actor('hadi', world.noor);
        drafted = draftDecree(db(), office, world.noor, proposal('vice-chair'));
        // What is booked later is booked of something.
        const gift = { amountRial: 100_000, fund: 'sadaqa', receivedOn: TODAY };
        const give = () => issueReceipt(db(), trustee('maryam', world.noor), world.noor, gift);
        db().$client.transaction(give)();
        BRING[state]();
        centre = state === 'before' ? world.sepid : world.noor;
        expect(standingOn(db(), centre.id, day()).state).to.equal(state);
      });
      after(() => world.close());

      for (const [deed, ...cells] of ROWS) {
        const leave = LEAVES[cells[at]!]!;
        if (TRIES[deed]) {
          // What goes only under a second signature, nobody does by himself.
          const expected = deed === 'aid' && leave === 'countersigned' ? 'no' : leave;
          it(`${deed}: ${expected}`, () => expect(tried(deed, centre)).to.equal(expected));
        }
        it(`${deed}: ${leave}, as it is asked before any deed`, () => {
          const ask = () => refuseUnpermitted(db(), centre.id, day(), deed);
          if (leave === 'yes') expect(ask).to.not.throw();
          else expect(ask).to.throw(Refusal).with.nested.property('details.clause');
          expect(leaveFor(standingOn(db(), centre.id, day()).state, deed)).to.equal(leave);
        });
        it(`${deed}: ${leave}, as the page of the licence says`, async () => {
          const t = wordsFor('fa');
          const path = `GET /centres/${centre.code}/licence`;
          const { text } = await world.visit('deputy', path, undefined, { accept: 'text/html' });
          const line = text
            .split('<li>')
            .find((one) => one.includes(`<span>${t(`licence:deeds.${deed}`)}</span>`));
          expect(line).to.contain(t(`licence:leaves.${leave}`));
        });
      }

      it('reading: yes, by page, list and print', async () => {
        const pages = ['', '/licence', '/board', '/board/decrees', '/compliance', '/papers'];
        for (const page of [...pages, '/books/journal', '/donations']) {
          const told = await world.visit('hadi', `GET /centres/noor${page}.json`);
          if (centre.code === 'noor') expect(told.status, page).to.equal(200);
        }
        // The board reads on as well; before its licence and once it is dissolved there is none.
        for (const page of [...pages, '/books/journal', '/donations']) {
          const told = await world.visit('reza', `GET /centres/${centre.code}${page}.json`);
          expect(told.status, `reza ${page}`).to.equal(centre.code === 'noor' ? 200 : 404);
        }
        const pdf = `GET /centres/${centre.code}/compliance.pdf`;
        expect((await world.visit('deputy', pdf)).text.slice(0, 4)).to.equal('%PDF');
      });
    });
  }
}).timeout(30_000);
