/** By the hour: forgets sessions past their end and keys of a month ago, warns of licences' ends. */
import { warnOfEnds } from '../licence/expiry.ts';
import { log } from '../log.ts';
import { dayInTehran } from '../values/jalali-date.ts';
import type { Site } from '../web/site.ts';
import { openedOf } from './catalogue.ts';
import { prepared } from './connection.ts';
import { enter } from './enter.ts';
import { type Province, setting, writeSetting } from './province.ts';

const KEYS_DAYS = 30;

const statements = prepared((db) => ({
  sessions: db.$client.prepare('DELETE FROM sessions WHERE expires_at <= ?'),
  keys: db.$client.prepare('DELETE FROM idempotency_keys WHERE created_at < ?'),
  failures: db.$client.prepare(
    "DELETE FROM sign_in_failures WHERE since < ? AND coalesce(locked_until, '') < ?",
  ),
}));

/** Runs at the start and by the hour; a file that cannot be written now is swept next time. */
export async function sweep(site: Site): Promise<void> {
  const now = site.clock();
  const moment = now.toISOString();
  const monthAgo = new Date(now.getTime() - KEYS_DAYS * 86_400_000).toISOString();
  const dayAgo = new Date(now.getTime() - 86_400_000).toISOString();
  for (const province of openedOf(site.catalogue)) {
    const wasOpen = province.isOpen;
    try {
      await keepAddress(province, site.address);
      await enter(province, (tx) => {
        statements(tx).sessions.run(moment);
        statements(tx).keys.run(monthAgo);
        statements(tx).failures.run(dayAgo, moment);
      });
      await enter(province, (tx) => warnOfEnds(tx, moment, dayInTehran(moment)));
    } catch (fault) {
      log.error({ province: province.slug, err: fault }, 'a province file could not be swept');
    }
    // Opened for this alone, it need not wait to be found unused.
    if (!wasOpen) province.rest();
  }
}

/** Papers print where they can be checked; until the province says where, it is this machine. */
async function keepAddress(province: Province, address: string): Promise<void> {
  if (address === '' || setting(province.db, 'address') !== undefined) return;
  await enter(province, (tx) => writeSetting(tx, 'address', address.replace(/^\w+:\/\//, '')));
}
