/** B-137: how many volunteers and charity units a province asks for before a first licence. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Tx } from '../provinces/connection.ts';
import { writeSetting } from '../provinces/province.ts';
import { record } from '../trail/acts.ts';
import { leastPeople, type People } from './ready.ts';

/** Sets the least numbers; centres that were licensed before keep their licence. */
export function setLeastPeople(tx: Tx, actor: Actor, asked: People): People {
  requirePower(actor, 'opening.rules');
  const { volunteers, units } = asked;
  const before = leastPeople(tx);
  record(tx, actor, { kind: 'opening.ruled', subject: 'settings', before, after: asked });
  writeSetting(tx, 'least_volunteers', String(volunteers));
  writeSetting(tx, 'least_units', String(units));
  return leastPeople(tx);
}
