/** Parameters are written so that the planner does not look at their values; nothing else is touched. */
import { expect } from 'chai';
import { connect } from '../../src/provinces/connection.ts';

describe('a statement of a connection', () => {
  const client = connect(':memory:').$client;
  const row = (sql: string, ...values: unknown[]) =>
    client
      .prepare(sql)
      .raw()
      .get(...values);

  it('keeps what only looks like a parameter: strings, quoted names, comments', () => {
    const sql = `SELECT '?', "a?", 'it''s :x @y', ? -- what? @z
      FROM (SELECT 1 AS "a?")`;
    expect(row(sql, 'value')).to.deep.equal(['?', 1, "it's :x @y", 'value']);
    expect(row(`SELECT '{"a":7}' ->> ?`, '$.a')).to.deep.equal([7]);
  });

  it('keeps the type of every value', () => {
    const types = row('SELECT typeof(?), typeof(@b), typeof(:c), typeof($d)', 'x', {
      ...{ b: Buffer.from('a'), c: null, d: 5 },
    });
    expect(types).to.deep.equal(['text', 'blob', 'null', 'real']);
  });

  it('finds by the index as before, text as text and number as number', () => {
    client.exec('CREATE TABLE t (a TEXT, b INTEGER) STRICT; CREATE INDEX t_a ON t (a)');
    client.prepare('INSERT INTO t VALUES (?, ?)').run('12', 3);
    expect(row('SELECT b FROM t WHERE a = ?', '12')).to.deep.equal([3]);
    expect(row('SELECT a FROM t WHERE b = @b', { b: 3 })).to.deep.equal(['12']);
    const plan = row('EXPLAIN QUERY PLAN SELECT b FROM t WHERE a = ?', '12') as unknown[];
    expect(plan.join(' ')).to.contain('USING INDEX t_a');
  });

  it('limits, lists and searches by a parameter', () => {
    expect(row('SELECT value FROM json_each(?) LIMIT ?', '[4,5]', 1)).to.deep.equal([4]);
    client.exec("CREATE VIRTUAL TABLE f USING fts5 (x); INSERT INTO f VALUES ('peace be')");
    expect(row('SELECT x FROM f WHERE f MATCH ?', 'peace')).to.deep.equal(['peace be']);
  });
});
