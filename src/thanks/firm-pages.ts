/** The directory of firms: whom the centre knows there, what they gave, and when they were thanked. */
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { donorShownTo, soughtBy } from '../donations/donor-words.ts';
import { maskMobile } from '../donations/donors.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { type Column, everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { countFirms, FIRM_STATES, type Firm, type FirmFilter, firmsOf } from './firms.ts';

export const firmPages = Router({ mergeParams: true });

firmPages.get('/donations/firms', allow('donors.read'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const asked = filterAsked(req, res);
  const total = countFirms(province.db, centre.id, asked);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = firmsOf(province.db, centre.id, asked, { limit: ROWS_PER_PAGE, offset });
  const listed = rows.map((firm) => rowOf(res, firm));
  const title = t('thanks:firms.title');
  await answer(res, {
    html: () =>
      sendPage(req, res, 'thanks/firms', {
        ...{ title, total, at: pageAsked(req), states: FIRM_STATES },
        of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
        rows: listed,
        root: `${centreRoot(res)}/donations`,
        isFiltered: Object.values(asked).some((one) => one !== undefined),
        mayAdd: may(actor!, 'donors.edit', centre),
      }),
    ...listForms(req, res, {
      ...{ name: `firms-${centre.code}`, title, columns: columnsOf(res) },
      page: () => ({ rows: listed.map(cells), total }),
      all: (db) =>
        everyRow((limit, from) =>
          firmsOf(db, centre.id, asked, { limit, offset: from }).map((one) =>
            cells(rowOf(res, one)),
          ),
        ),
    }),
  });
});

function filterAsked({ query }: Request, res: Response): FirmFilter {
  const q = wordAsked(query, 'q');
  return {
    state: FIRM_STATES.find((one) => one === query.state),
    q: q && soughtBy(res, q),
  };
}

/** B-104: a firm that is not to be named is not named here, nor is its contact. */
function rowOf(res: Response, firm: Firm) {
  const { actor, centre } = res.locals;
  const { gifts, rial, lastOn, thankedOn, askedOn, unthanked, office } = firm;
  const { id, name, nationalId, withheld, href } = donorShownTo(res, firm);
  const open = may(actor!, 'donors.contact', centre);
  const phone = firm.phone && (open ? firm.phone : maskMobile(firm.phone));
  const told = withheld ? { contact: null, office: null, phone: null } : { office, phone };
  return {
    ...{ id, name, nationalId, contact: firm.contact, ...told, gifts, rial, lastOn },
    ...{ thankedOn, askedOn, unthanked, withheld, href },
  };
}

function cells({ withheld: _, href: __, ...row }: ReturnType<typeof rowOf>) {
  return row;
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const column = (key: string, kind: Column['kind'], width: number): Column => {
    return { key, title: t(`thanks:columns.${key}`), kind, width };
  };
  return [
    ...[column('name', 'text', 4), column('nationalId', 'code', 2)],
    ...[column('contact', 'text', 3), column('phone', 'code', 2)],
    ...[column('gifts', 'count', 1), column('rial', 'rial', 3), column('lastOn', 'day', 2)],
    ...[column('thankedOn', 'day', 2), column('unthanked', 'count', 1)],
  ];
}
