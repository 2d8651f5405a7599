/** What the frame of every page needs, put together once, so that a handler gives only its own. */
import type { Request, Response } from 'express';
import { inCentre } from '../access/actor.ts';
import { conversionOf } from '../books/conversions.ts';
import { bannerOf } from '../licence/look.ts';
import { countUnread } from '../notices/notices.ts';
import { provinceName, setting } from '../provinces/province.ts';
import { untilChanged } from '../provinces/unchanged.ts';
import { dayInTehran } from '../values/jalali-date.ts';
import { newUnit } from '../values/money-unit.ts';
import { csrfToken } from './csrf.ts';
import { takeFlash } from './flash.ts';
import { sectionsFor } from './sections.ts';

export function frameOf(req: Request, res: Response): Record<string, unknown> {
  const { language, t, show, centre, site, path } = res.locals;
  const now = site.clock().toISOString();
  return {
    t,
    show,
    path,
    lang: language,
    dir: language === 'fa' ? 'rtl' : 'ltr',
    query: req.query,
    csrf: csrfToken(req, res),
    flash: takeFlash(req, res),
    now,
    today: dayInTehran(now),
    print: show.moment(now),
    saidInNew: newUnit() !== null,
    centre: centre ? { code: centre.code, name: centre.name, place: centre.place } : null,
    ...lasting(res),
  };
}

const frames = untilChanged<ReturnType<typeof readerOf>>();

/** The same page has the same of these for the same reader until the file or the day changes. */
function lasting(res: Response): ReturnType<typeof readerOf> {
  const { language, province, centre, actor, path } = res.locals;
  if (!province) return readerOf(res);
  const key = [actor?.user?.id, actor?.today, centre?.id, language, path].join(' ');
  return frames(province.db, key, () => readerOf(res));
}

function readerOf(res: Response) {
  const { province, actor } = res.locals;
  return {
    province: province ? { slug: province.slug, name: provinceName(province) } : null,
    actor: actor?.user ? { name: actor.user.name, standing: standingOf(res) } : null,
    sections: actor ? sectionsFor(res) : [],
    standing: bannerOf(res),
    practice: res.locals.practice ?? null,
    conversion: (province && conversionOf(province.db)) ?? null,
    rehearsal: province ? setting(province.db, 'rehearsal') !== undefined : false,
    unread: actor && province ? countUnread(province.db, actor) : 0,
  };
}

/** In which capacity the reader is here: his seat in this centre, or his office. */
function standingOf(res: Response): string {
  const { actor, centre, t } = res.locals;
  if (!actor) return '';
  if (actor.office) return t(`common:roles.${actor.office.role}`);
  const seats = actor.seats.filter((seat) => !centre || seat.centreId === centre.id);
  const held = inCentre(actor, centre?.id ?? -1).seats.length > 0 ? seats[0] : undefined;
  if (seats.some(({ acting }) => acting)) return t('board:acting');
  if (held) return t(`board:seats.${held.seat}`);
  const kept = actor.kept?.find((seat) => !centre || seat.centreId === centre.id);
  if (kept) return t('board:kept', { seat: t(`board:seats.${kept.seat}`) });
  const assigned = actor.tasks.some((task) => !centre || task.centreId === centre.id);
  return t(assigned ? 'network:standing' : 'common:roles.none');
}
