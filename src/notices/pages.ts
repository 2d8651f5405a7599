/** The addresses of what the reader was told: the list, and the mark that he has read it. */
import { type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged } from '../web/written.ts';
import { countNotices, countUnread, markRead, type NoticeRow, noticesOf } from './notices.ts';

export const noticePages = Router({ mergeParams: true });

/** The newest notice that stood on the page when it was read. */
const readForm = z.object({ upTo: z.coerce.number().int().positive() });

describeBody('POST /{province}/notices/read', readForm);

noticePages.get('/notices', async (req, res) => {
  const { province, t } = res.locals;
  const actor = res.locals.actor!;
  const total = countNotices(province.db, actor);
  const unread = countUnread(province.db, actor);
  const at = pageAsked(req);
  const rows = noticesOf(province.db, actor, ROWS_PER_PAGE, (at - 1) * ROWS_PER_PAGE);
  const notices = rows.map((row) => told(res, row));
  await answer(res, {
    html: () => {
      const of = Math.max(1, Math.ceil(total / ROWS_PER_PAGE));
      const title = t('notices:title');
      sendPage(req, res, 'notices/list', { title, notices, total, unread, at, of });
    },
    json: () => res.json({ notices, page: at, total, unread }),
  });
});

noticePages.post('/notices/read', async (req, res) => {
  const { province, actor, t } = res.locals;
  const { upTo } = readBody(req, readForm);
  await enter(province, (tx) => markRead(tx, actor!, upTo));
  const body = { unread: countUnread(province.db, actor!) };
  sendChanged(req, res, { to: `${provinceRoot(res)}/notices`, body }, t('notices:read'));
});

/** A notice in the reader's words; the address is whole. */
function told(res: Response, row: NoticeRow) {
  const { t } = res.locals;
  const { id, key, href, toldAt, centre, unread } = row;
  const root = centre ? `${provinceRoot(res)}/centres/${centre.code}` : provinceRoot(res);
  // Whoever sat on a board is told of its end, and may know no more of the centre than that.
  const open = !centre || may(res.locals.actor!, 'centres.read', centre);
  const text = t(key, spoken(res, row.said));
  return {
    id,
    text,
    href: open ? root + href : null,
    toldAt,
    centre: centre?.name ?? null,
    unread,
  };
}

/** Days and numbers as the reader writes them; the rest as it was told. */
function spoken(res: Response, said: NoticeRow['said']): NoticeRow['said'] {
  const { show } = res.locals;
  const read = (name: string, value: string | number) => {
    if (typeof value === 'number') return show.number(value);
    return name.endsWith('On') ? show.day(value) : show.digits(value);
  };
  return Object.fromEntries(Object.entries(said).map(([name, value]) => [name, read(name, value)]));
}
