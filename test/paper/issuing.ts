/** A process that issues letters, eight at a time, and tells each once it is on the disk. */
import { inCentre } from '../../src/access/actor.ts';
import { actorOf } from '../../src/access/identify.ts';
import { findCentre } from '../../src/centres/centres.ts';
import { issueLetter } from '../../src/paper/letters.ts';
import { enter } from '../../src/provinces/enter.ts';
import { openProvince } from '../../src/provinces/province.ts';

const [file, code, userId, now, asked] = process.argv.slice(2) as [string, ...string[]];
const province = openProvince(file);
const centre = findCentre(province.db, code!);
const actor = inCentre(actorOf(province.db, Number(userId), new Date(now!))!, centre.id);

async function issueOn(): Promise<never> {
  for (;;) {
    const letter = { ...JSON.parse(asked!), centre };
    const { number } = await enter(province, (tx) => issueLetter(tx, actor, letter));
    process.stdout.write(`${number}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, issueOn));
