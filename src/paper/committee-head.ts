/** The committee's name, province and county, as they head its letters. */
import type { Words } from '../words.ts';
import { own } from './bidi.ts';
import type { Letterhead } from './letterhead.ts';

type Committee = { province: string; county: string };

export function committeeHead(
  { province, county }: Committee,
  t: Words,
): Pick<Letterhead, 'arch' | 'name' | 'lines'> {
  return {
    // The committee's own emblem is not ours to draw.
    arch: false,
    name: t('paper:committee.name'),
    lines: [
      t('paper:committee.province', { province: own(province) }),
      t('paper:committee.county', { county: own(county) }),
    ],
  };
}
