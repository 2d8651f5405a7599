import { expect } from 'chai';
import { type Area, ringsArea } from '../../src/boundary/area.ts';
import { approveBoundary, proposeBoundary } from '../../src/boundary/boundaries.ts';
import { coordinateOverlap } from '../../src/boundary/coordinations.ts';
import { areasInForce, neighboursIn } from '../../src/boundary/neighbours.ts';
import { boundaryOn, findVersion } from '../../src/boundary/versions.ts';
import type { Refusal } from '../../src/refusal.ts';
import { openPlace, type Place } from './place.ts';

const square = (west: number, south: number, side = 0.01): Area => {
  const at = (x: number, y: number): [number, number] => [
    Number((west + x).toFixed(7)),
    Number((south + y).toFixed(7)),
  ];
  return ringsArea([[at(0, 0), at(side, 0), at(side, side), at(0, side), at(0, 0)]]);
};

describe('the boundary of a centre', () => {
  let place: Place;
  before(async () => {
    place = await openPlace();
  });
  after(() => place.close());

  /** The head of the county that the centre is in (B-17). */
  const head = (code: string) => place.actor(code === 'qods' ? 'karim' : 'hadi');
  const propose = (code: string, area: Area) =>
    proposeBoundary(place.province.db, head(code), place.centre(code), { area });
  const approve = (code: string, id: number, approvedOn?: string) =>
    approveBoundary(place.province.db, head(code), place.centre(code), id, { approvedOn });
  const onDay = (code: string, day = '2026-11-21') =>
    boundaryOn(place.province.db, place.centre(code).id, day);

  function refusal(act: () => unknown): Pick<Refusal, 'key' | 'status'> & { clause?: string } {
    try {
      act();
    } catch (fault) {
      const { key, status, details } = fault as Refusal;
      return { key: key?.replace('boundary:refusals.', ''), status, clause: details?.clause };
    }
    throw new Error('nothing was refused');
  }

  it('counts for nothing until it is approved, and from that day on', () => {
    const proposed = propose('noor', square(59.6, 36.29));
    expect(proposed).to.include({ version: 1 });
    expect(proposed.squareMetres).to.be.closeTo(997_200, 3000);
    expect(onDay('noor')).to.equal(undefined);
    approve('noor', proposed.id);
    expect(onDay('noor')).to.include({ version: 1, approvedOn: '2026-11-21', approvedBy: 'hadi' });
    expect(onDay('noor', '2026-11-20')).to.equal(undefined);
  });

  it('is not proposed twice unchanged, nor approved twice', () => {
    expect(refusal(() => propose('noor', square(59.6, 36.29))).key).to.equal('unchanged');
    expect(refusal(() => approve('noor', onDay('noor')!.id)).key).to.equal('already-approved');
  });

  it('is not approved in the future or before it was proposed', () => {
    const { id } = propose('qods', square(59.5, 36.2));
    expect(refusal(() => approve('qods', id, '2026-11-22'))).to.include({ status: 422 });
    expect(refusal(() => approve('qods', id, '2026-11-20')).key).to.equal('before-proposal');
    approve('qods', id);
  });

  it('has no overlap across a shared edge', () => {
    const { id, overlaps } = propose('kowsar', square(59.61, 36.29));
    expect(overlaps).to.deep.equal([]);
    approve('kowsar', id);
  });

  it('is not approved over a neighbour without the coordination of the committee, B-124', () => {
    const { id, version, overlaps } = propose('kowsar', square(59.605, 36.29));
    expect(overlaps.map(({ code, blocks }) => [code, blocks])).to.deep.equal([['noor', true]]);
    expect(overlaps[0]!.sharedSquareMetres).to.be.closeTo(498_600, 2000);
    expect(refusal(() => approve('kowsar', id))).to.include({ status: 409, clause: 'B-124' });
    const { db } = place.province;
    expect(() =>
      db.$client
        .prepare('INSERT INTO boundary_approvals VALUES (?, ?, (SELECT id FROM users LIMIT 1), 1)')
        .run(id, '2026-11-21'),
    ).to.throw('b124_no_overlap_without_coordination');
    const kowsar = place.centre('kowsar');
    const proposed = findVersion(db, kowsar.id, version);
    const letter = { number: '1405/41/207', decidedOn: '2026-11-20', letter: null };
    const coordinate = (code: string) =>
      coordinateOverlap(db, place.actor('hadi'), kowsar, proposed, { code, ...letter });
    expect(refusal(() => coordinate('qods')).key).to.equal('no-overlap');
    expect(coordinate('noor').coordination).to.deep.equal(letter);
    expect(refusal(() => coordinate('noor')).key).to.equal('coordinated');
    approve('kowsar', id);
    expect(onDay('kowsar')).to.include({ version });
  });

  it('measures again at the approval, for a neighbour may have come first', () => {
    const early = propose('noor', square(59.4, 36.29));
    const late = propose('qods', square(59.405, 36.29));
    approve('qods', late.id);
    expect(early.overlaps).to.deep.equal([]);
    expect(refusal(() => approve('noor', early.id)).clause).to.equal('B-124');
  });

  it('may be shared by guild centres', () => {
    const { id, overlaps } = propose('bazaar', square(59.6, 36.29));
    expect(overlaps.length).to.be.greaterThan(0);
    expect(overlaps.every(({ blocks }) => !blocks)).to.equal(true);
    approve('bazaar', id);
    expect(refusal(() => approve('noor', 1)).key).to.equal('already-approved');
  });

  it('is passed over once a later version is in force', () => {
    const first = propose('qods', square(59.3, 36.2));
    const second = propose('qods', square(59.31, 36.2));
    approve('qods', second.id);
    expect(refusal(() => approve('qods', first.id)).key).to.equal('passed-over');
  });

  it('stands among its neighbours by its version in force only', () => {
    const { db } = place.province;
    const codes = areasInForce(db).map(({ code, version }) => `${code} ${version}`);
    expect(codes).to.deep.equal(['bazaar 1', 'kowsar 2', 'noor 1', 'qods 4']);
    const box = { west: 59.6, south: 36.29, east: 59.61, north: 36.3 };
    const around = neighboursIn(db, place.centre('noor').id, box).map(({ code }) => code);
    expect(around).to.deep.equal(['bazaar', 'kowsar']);
  });

  it('stays as it was proposed and approved, even from raw SQL', () => {
    const client = place.province.db.$client;
    for (const table of ['boundaries', 'boundary_approvals', 'boundary_coordinations']) {
      for (const act of [`UPDATE ${table} SET act_id = 1`, `DELETE FROM ${table}`]) {
        expect(() => client.exec(act), act).to.throw('are_final');
      }
    }
    const approve = (which: string) =>
      `INSERT INTO boundary_approvals SELECT id, '2026-11-21', 4, 1 FROM boundaries
       WHERE id ${which} (SELECT boundary_id FROM boundary_approvals) LIMIT 1`;
    expect(() => client.exec(approve('IN'))).to.throw('are_final');
    expect(() => client.exec(approve('NOT IN'))).to.throw('b124_committee_approves');
  });

  it('leaves its acts in the trail', () => {
    const kinds = place.province.db.$client
      .prepare("SELECT kind, count(*) FROM acts WHERE kind LIKE 'boundary.%' GROUP BY kind")
      .raw()
      .all();
    expect(kinds).to.deep.equal([
      ['boundary.approved', 7],
      ['boundary.coordinated', 1],
      ['boundary.proposed', 9],
    ]);
  });
});
