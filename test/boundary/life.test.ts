import { expect } from 'chai';
import { type Area, ringsArea } from '../../src/boundary/area.ts';
import {
  approveBoundary,
  proposeBoundary,
  refuseBoundary,
  withdrawBoundary,
} from '../../src/boundary/boundaries.ts';
import { adjoining, centresAt } from '../../src/boundary/centre-at.ts';
import { coordinateOverlap, coordinationsOf } from '../../src/boundary/coordinations.ts';
import { areasOfCounty } from '../../src/boundary/neighbours.ts';
import { boundaryOn, findVersion, stateOf, versionsOf } from '../../src/boundary/versions.ts';
import type { DecisionKind } from '../../src/licence/standing.ts';
import { HOLDS_AREA, type LicenceState } from '../../src/licence/states.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Refusal } from '../../src/refusal.ts';
import { openPlace, type Place, visit } from './place.ts';

const TODAY = '2026-11-21';
const LATER = '2026-12-22';

const square = (west: number, south: number, side = 0.01): Area => {
  const at = (x: number, y: number): [number, number] => [
    Number((west + x).toFixed(7)),
    Number((south + y).toFixed(7)),
  ];
  return ringsArea([[at(0, 0), at(side, 0), at(side, side), at(0, side), at(0, 0)]]);
};

describe('the life of a version', () => {
  let place: Place;
  beforeEach(async () => {
    place = await openPlace();
  });
  afterEach(() => place.close());

  const db = () => place.province.db;
  const propose = (code: string, area: Area, username = 'hadi') =>
    proposeBoundary(db(), place.actor(username), place.centre(code), { area });
  const approve = (code: string, id: number, fromOn?: string) =>
    approveBoundary(db(), place.actor('hadi'), place.centre(code), id, { fromOn });
  const states = (code: string, day = TODAY) => {
    const versions = versionsOf(db(), place.centre(code).id);
    return versions.map((version) => stateOf(version, versions, day));
  };
  const key = (act: () => unknown) => {
    try {
      act();
    } catch (fault) {
      return (fault as Refusal).key?.replace('boundary:refusals.', '') ?? String(fault);
    }
    throw new Error('nothing was refused');
  };

  it('begins on its day, and until then the one before is in force', () => {
    const noor = place.centre('noor');
    approve('noor', propose('noor', square(59.6, 36.29)).id);
    approve('noor', propose('noor', square(59.6, 36.3)).id, LATER);
    expect(states('noor')).to.deep.equal(['to-come', 'in-force']);
    expect(states('noor', LATER)).to.deep.equal(['in-force', 'past']);
    expect(boundaryOn(db(), noor.id, '2026-12-21')?.version).to.equal(1);
    expect(boundaryOn(db(), noor.id, LATER)?.version).to.equal(2);
    const third = propose('noor', square(59.6, 36.31));
    expect(key(() => approve('noor', third.id, '2026-11-20'))).to.equal('before-approval');
    approve('noor', third.id);
    expect(states('noor', LATER)).to.deep.equal(['in-force', 'passed-over', 'past']);
  });

  it('lets a gift be entered only from the first day in force (B-124)', () => {
    const begin = `INSERT INTO boundary_starts VALUES (1, '2026-11-01')`;
    const { id } = propose('noor', square(59.6, 36.29));
    approve('noor', id, LATER);
    expect(() => db().$client.exec(begin)).to.throw('boundary_starts_are_final');
    const first = db().$client.prepare('SELECT from_on FROM approved_boundaries').pluck().get();
    expect(first).to.equal(LATER);
  });

  it('is refused with a reason, and its maker draws again from it', async () => {
    const { id } = propose('noor', square(59.6, 36.29), 'reza');
    refuseBoundary(db(), place.actor('hadi'), place.centre('noor'), id, 'خیابان بهار جا مانده است');
    expect(states('noor')).to.deep.equal(['refused']);
    expect(key(() => approve('noor', id))).to.equal('already-refused');
    expect(
      key(() => withdrawBoundary(db(), place.actor('reza'), place.centre('noor'), id, 'نه')),
    ).to.equal('already-refused');
    const page = await (await visit(place, 'reza', '/centres/noor/boundary/1')).text();
    expect(page).to.include('خیابان بهار جا مانده است').and.include('/boundary/new?from=1');
    expect(propose('noor', square(59.6, 36.29), 'reza').version).to.equal(2);
    const refused = db().$client.prepare('INSERT INTO boundary_approvals VALUES (1, ?, 1, 1)');
    expect(() => refused.run(TODAY)).to.throw();
  });

  it('is taken back while nobody has decided, and the one before waits again', () => {
    propose('noor', square(59.6, 36.29), 'reza');
    const second = propose('noor', square(59.6, 36.3), 'reza');
    expect(states('noor')).to.deep.equal(['waiting', 'passed-over']);
    withdrawBoundary(
      db(),
      place.actor('reza'),
      place.centre('noor'),
      second.id,
      'اشتباه کشیده بودیم',
    );
    expect(states('noor')).to.deep.equal(['withdrawn', 'waiting']);
    expect(() =>
      withdrawBoundary(db(), place.actor('zahra'), place.centre('noor'), 1, 'نه'),
    ).to.throw();
  });

  it('is decided by one of two officers who decide at once; the other is told (409)', async () => {
    propose('noor', square(59.6, 36.29));
    const json = { accept: 'application/json' };
    const [one, other] = await Promise.all([
      visit(place, 'hadi', '/centres/noor/boundary/1/approval', { body: {}, ...json }),
      visit(place, 'deputy', '/centres/noor/boundary/1/refusal', {
        body: { reason: 'مرز روشن نیست' },
        ...json,
      }),
    ]);
    expect([one.status, other.status].sort()).to.deep.equal([200, 409]);
    const rows = db().$client.prepare(
      'SELECT (SELECT count(*) FROM boundary_approvals) + (SELECT count(*) FROM boundary_refusals)',
    );
    expect(rows.pluck().get()).to.equal(1);
  });

  it('overlapping another is approved for one of the two only (B-124)', async () => {
    const [one, other] = [
      propose('noor', square(59.6, 36.29)),
      propose('kowsar', square(59.605, 36.29)),
    ];
    const decided = await Promise.allSettled([
      enter(place.province, (tx) =>
        approveBoundary(tx, place.actor('hadi'), place.centre('noor'), one.id),
      ),
      enter(place.province, (tx) =>
        approveBoundary(tx, place.actor('deputy'), place.centre('kowsar'), other.id),
      ),
    ]);
    expect(decided.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected']);
  });

  it('counts a version of the neighbour that is yet to begin (B-124)', () => {
    approve('noor', propose('noor', square(59.6, 36.29)).id, LATER);
    const { id, overlaps } = propose('kowsar', square(59.605, 36.29));
    expect(overlaps).to.have.length(1);
    expect(key(() => approve('kowsar', id))).to.equal('overlap');
  });

  it('contains or lies within another: that is an overlap too (B-124)', () => {
    approve('noor', propose('noor', square(59.6, 36.29)).id);
    for (const area of [square(59.603, 36.293, 0.002), square(59.59, 36.28, 0.04)]) {
      const { id, overlaps } = propose('kowsar', area);
      expect(overlaps[0]!.sharedSquareMetres).to.be.greaterThan(30_000);
      expect(key(() => approve('kowsar', id))).to.equal('overlap');
    }
  });

  /** A decision on the licence of Noor, laid down past the rules of how decisions come about. */
  function decide(kind: string): void {
    const { $client } = db();
    const triggers = $client
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'licence_decisions'",
      )
      .pluck()
      .all() as string[];
    for (const name of triggers) $client.exec(`DROP TRIGGER ${name}`);
    $client.pragma('foreign_keys = OFF');
    $client.pragma('ignore_check_constraints = ON');
    const columns = $client.pragma('table_info(licence_decisions)') as {
      name: string;
      type: string;
    }[];
    const next = $client.prepare('SELECT count(*) + 1 FROM licence_decisions').pluck().get();
    const given: Record<string, unknown> = {
      ...{ kind, centre_id: place.centre('noor').id, decided_on: TODAY },
      ...{ id: next, number: `d${next}`, monitoring_id: null },
    };
    const values = columns.map(({ name, type }) =>
      name in given ? given[name] : type === 'INTEGER' ? 1 : 'reason',
    );
    $client.prepare(`INSERT INTO licence_decisions VALUES (${columns.map(() => '?')})`).run(values);
  }

  const told: Record<DecisionKind, LicenceState> = {
    ...({ renew: 'active', suspend: 'suspended', reinstate: 'active' } as const),
    ...({ revoke: 'revoked', dissolve: 'dissolving', finish: 'dissolved' } as const),
  };

  for (const [kind, state] of Object.entries(told) as [DecisionKind, LicenceState][]) {
    const holds = HOLDS_AREA[state];
    it(`${holds ? 'stops' : 'does not stop'} at the area of a centre that is ${state}, after ${kind} (B-124)`, () => {
      approve('noor', propose('noor', square(59.6, 36.29)).id);
      decide(kind);
      const [lon, lat] = [59.6075, 36.295];
      const at = centresAt(db(), { lon, lat }, TODAY).map(({ code }) => code);
      expect(at).to.deep.equal(holds ? ['noor'] : []);
      const area = square(59.605, 36.29);
      const near = adjoining(db(), { centreId: place.centre('kowsar').id, area }, TODAY);
      expect(near.length).to.equal(holds ? 1 : 0);
      const county = place.centre('noor').countyId;
      expect(areasOfCounty(db(), county, TODAY).length).to.equal(holds ? 1 : 0);
      const { id, overlaps } = propose('kowsar', area);
      expect(overlaps.length).to.equal(holds ? 1 : 0);
      if (holds) {
        expect(key(() => approve('kowsar', id))).to.equal('overlap');
        // The file refuses as the page does: the overlap is measured, the approval is an act's.
        expect(() => approvedByHand(id)).to.throw('b124_no_overlap_without_coordination');
      } else {
        approve('kowsar', id);
        // Who holds no ground is given none, by page or by hand.
        expect(key(() => propose('noor', square(59.5, 36.2)))).to.equal(
          `licence:refusals.${state}`,
        );
        expect(() =>
          db().$client.exec(`INSERT INTO boundaries (centre_id, version, area, square_metres,
            proposed_on, proposed_by, act_id) SELECT centre_id, version + 1, area, square_metres,
            proposed_on, proposed_by, act_id FROM boundaries
            WHERE centre_id = ${place.centre('noor').id} ORDER BY version DESC LIMIT 1`),
        ).to.throw('b124_ground_for_who_holds_it');
      }
    });
  }

  it('stops again at the area of a centre that was reinstated (B-124)', () => {
    approve('noor', propose('noor', square(59.6, 36.29)).id);
    decide('revoke');
    decide('reinstate');
    expect(propose('kowsar', square(59.605, 36.29)).overlaps).to.have.length(1);
  });

  const approvedByHand = (id: number) =>
    db()
      .$client.prepare(
        `INSERT INTO boundary_approvals SELECT ?, ?, proposed_by, act_id FROM boundaries LIMIT 1`,
      )
      .run(id, TODAY);

  it('is settled by a letter that the boards of both centres read', async () => {
    approve('kowsar', propose('kowsar', square(59.605, 36.29)).id);
    const { version } = propose('noor', square(59.6, 36.29));
    const noor = place.centre('noor');
    const letter = { number: '1405/41/7', decidedOn: TODAY, letter: 'کوچهٔ دوم با مرکز نور است' };
    coordinateOverlap(db(), place.actor('hadi'), noor, findVersion(db(), noor.id, version), {
      ...{ code: 'kowsar', ...letter },
    });
    for (const code of ['noor', 'kowsar']) {
      const [row] = coordinationsOf(db(), place.centre(code).id);
      expect(row).to.include({ ...letter, other: code === 'noor' ? 'kowsar' : 'noor' });
      expect(row!.squareMetres).to.be.greaterThan(400_000);
    }
    const page = await (await visit(place, 'reza', '/centres/noor/boundary/coordinations')).text();
    expect(page).to.include(letter.letter);
    for (const suffix of ['.json', '.csv', '.xlsx', '.pdf']) {
      const address = `/centres/noor/boundary/coordinations${suffix}`;
      expect((await visit(place, 'zahra', address)).status, suffix).to.equal(200);
    }
    expect((await visit(place, 'karim', '/centres/noor/boundary/coordinations')).status).to.equal(
      404,
    );
  });

  it('is held against another: what came in, what went out, to the metre', async () => {
    approve('noor', propose('noor', square(59.6, 36.29)).id);
    propose('noor', square(59.605, 36.29));
    const answer = await visit(place, 'reza', '/centres/noor/boundary/2/comparison.json');
    const told = (await answer.json()) as Record<
      string,
      { squareMetres: number; geometry: object }
    >;
    const [came, went, stayed] = [told.cameIn!, told.wentOut!, told.stayed!];
    expect(came.squareMetres).to.be.closeTo(went.squareMetres, 2);
    expect(came.squareMetres + stayed.squareMetres).to.be.closeTo(997_200, 3000);
    expect(came.geometry).to.include({ type: 'MultiPolygon' });
    const page = await (
      await visit(place, 'reza', '/centres/noor/boundary/2/comparison?with=1')
    ).text();
    expect(page).to.include('class="came"').and.include('class="clash"');
    expect((await visit(place, 'reza', '/centres/noor/boundary/1/comparison')).status).to.equal(
      200,
    );
  });

  it('is approved by no hand in the file without its neighbours measured (B-124)', () => {
    approve('kowsar', propose('kowsar', square(59.605, 36.29)).id);
    const officer = "(SELECT id FROM users WHERE username = 'hadi')";
    const area = JSON.stringify(square(59.6, 36.29));
    const lay = (version: number) =>
      db().$client.exec(`INSERT INTO boundaries (centre_id, version, area, square_metres, proposed_on, proposed_by, act_id)
        SELECT id, ${version}, '${area}', 1, '${TODAY}', ${officer}, 1 FROM centres WHERE code = 'noor'`);
    const approveRaw = () =>
      db().$client.exec(
        `INSERT INTO boundary_approvals SELECT max(id), '${TODAY}', ${officer}, 1 FROM boundaries`,
      );
    lay(1);
    expect(approveRaw).to.throw('b124_measured_before_approval');
    db().$client.exec(
      `INSERT INTO boundary_bounds SELECT max(id), 59.6, 59.61, 36.29, 36.3 FROM boundaries`,
    );
    expect(approveRaw).to.throw('b124_measured_before_approval');
    const measured = 'INSERT INTO boundary_overlaps SELECT 2, 1, 500';
    db().$client.exec(measured);
    expect(() => db().$client.exec(measured.replace('500', '0'))).to.throw('b124_overlaps_stay');
    expect(approveRaw).to.throw('b124_no_overlap_without_coordination');
    const by = (
      username: string,
    ) => `INSERT INTO acts SELECT max(id) + 1, at, (SELECT id FROM users WHERE username = '${username}'),
      'x', 'x', NULL, 'x', NULL, NULL, hash, zeroblob(32) FROM acts WHERE id = (SELECT max(id) FROM acts)`;
    db().$client.exec(by('karim'));
    const coordinate =
      "INSERT INTO boundary_coordinations SELECT 2, 1, '7', '2026-11-21', max(id), NULL FROM acts";
    expect(() => db().$client.exec(coordinate)).to.throw('b17_own_county');
  });
});
