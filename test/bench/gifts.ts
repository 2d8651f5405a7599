/** Gifts as programs send them. */
import { createRequire } from 'node:module';
import type { Kept } from './data.ts';
import type { Call } from './load.ts';

const names = createRequire(import.meta.url)('../../seeds/sample-names.json') as {
  men: string[];
  families: string[];
  purposes: string[];
};

const FUNDS = ['sadaqa', 'sadaqa', 'vow', 'orphans', 'kaffara', 'zakat-general'];
const DONORS = 400;

/** The nth gift: one of seven anonymous, one of four of somebody new. */
export function giftCall({ slug, code, token }: Kept, today: string): (n: number) => Call {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const path = `/${slug}/centres/${code}/donations`;
  // A later bench of the same file brings new people too.
  const era = Date.now() % 1_000_000;
  return (n) => {
    const known = n % 4 !== 0;
    const serial = known ? n % DONORS : n;
    const donor = {
      name: `${names.men[serial % 20]} ${names.families[serial % 24]}`,
      mobile: `09${known ? '11' : '12'}${String((known ? 0 : era) + serial).padStart(7, '0')}`,
    };
    const body = JSON.stringify({
      ...{ kind: 'cash', amount: (4 + (n % 50)) * 50_000, fund: FUNDS[n % FUNDS.length] },
      ...{ receivedOn: today, donor: n % 7 === 3 ? undefined : donor },
      purpose: n % 3 === 0 ? names.purposes[n % names.purposes.length] : undefined,
    });
    return { method: 'POST', path, headers, body };
  };
}
