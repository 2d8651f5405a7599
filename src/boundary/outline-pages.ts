/** The pages of outlines: the sets of the province, the import of a file, and one set looked at. */
import { createHash, randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { countiesOf, countyOrNone } from '../centres/counties.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { readName, readReason } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed } from '../web/forms.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged, sendCreated } from '../web/written.ts';
import { doneApart } from './apart.ts';
import type { FoundOutlines } from './outline-reading.ts';
import { sendSet, setNamed, toldSet } from './outline-set-page.ts';
import {
  confirmOutlines,
  findOutlineSet,
  importOutlines,
  mayLay,
  type OutlineSet,
  outlineSets,
  withdrawOutlines,
} from './outline-sets.ts';
import { OUTLINE_KINDS, type OutlineKind } from './outlines.ts';

export const outlinePages = Router({ mergeParams: true });

outlinePages.get('/outlines', allow('outlines.read'), (req, res) => {
  const { province, actor, t } = res.locals;
  const rows = outlineSets(province.db, actor!);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const shown = rows.slice(offset, offset + ROWS_PER_PAGE);
  return answer(res, {
    html: () => sendSets(req, res, {}),
    ...listForms(req, res, {
      ...{ name: 'outlines', title: t('boundary:outlines.title'), columns: columnsOf(res) },
      page: () => ({ rows: shown.map(toldSet), total: rows.length }),
      all: () => rows.map(toldSet),
    }),
  });
});

outlinePages.post('/outlines', allow('outlines.edit'), async (req, res) => {
  const { actor, t } = res.locals;
  try {
    const { file, ...form } = readBody(req, importForm);
    const countyId = countyTyped(res, form.county);
    const text = typeof file === 'string' ? file : JSON.stringify(file);
    const found = await readApart(text, form.kind);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const created = await enterOnce(req, res, (tx) => {
      const id = importOutlines(tx, actor!, { ...form, countyId, sha256 }, found);
      const body = { ...toldSet(findOutlineSet(tx, actor!, id)), leftOutFor: found.leftOut };
      return { location: `${provinceRoot(res)}/outlines/${id}`, body };
    });
    sendCreated(req, res, created, t('boundary:outlines.flash.imported'));
  } catch (fault) {
    const { file: _, ...values } = (req.body ?? {}) as Record<string, unknown>;
    sendRefusedForm(fault, req, res, (refused) => sendSets(req, res, { ...refused, values }));
  }
});

outlinePages.post('/outlines/:set/confirmation', allow('outlines.edit'), (req, res) =>
  change(req, res, 'confirmed', (id) =>
    enter(res.locals.province, (tx) => confirmOutlines(tx, res.locals.actor!, id)),
  ),
);

outlinePages.post('/outlines/:set/withdrawal', allow('outlines.edit'), (req, res) =>
  change(req, res, 'withdrawn', (id) => {
    const { reason } = readBody(req, withdrawal);
    return enter(res.locals.province, (tx) => withdrawOutlines(tx, res.locals.actor!, id, reason));
  }),
);

const importForm = z.object({
  kind: chosen(OUTLINE_KINDS),
  county: z.union([z.string(), z.number(), z.null()]).optional(),
  name: typed((text) => readName(text, { max: 100 })),
  source: typed((text) => readName(text, { max: 200 })),
  attribution: typed((text) => readName(text, { max: 200 })),
  file: z
    .union([z.string().min(1), z.record(z.string(), z.unknown())])
    .meta({ description: 'GeoJSON or KML as text, or a GeoJSON object' }),
});
const withdrawal = z.object({ reason: typed(readReason) });
describeBody('POST /{province}/outlines', importForm);
describeBody('POST /{province}/outlines/{set}/withdrawal', withdrawal);
describeWishes('POST /{province}/outlines/{set}/confirmation');

/** The county that the set is of; none is the whole province. */
function countyTyped({ locals }: Response, typedCounty?: string | number | null): number | null {
  const text = String(typedCounty ?? '').trim();
  if (!text) return null;
  const county = countyOrNone(locals.province.db, text);
  if (county) return county.id;
  throw new Refusal('centres:refusals.no-such-county', { status: 422, field: 'county' });
}

/** The largest file we take is read in less than one. */
const longestSeconds = 20;

async function readApart(text: string, kind: OutlineKind): Promise<FoundOutlines> {
  const url = new URL('./outline-thread.ts', import.meta.url);
  const reading = await doneApart<Reading<FoundOutlines>>(
    url,
    { text, kind },
    {
      longestMs: longestSeconds * 1000,
      tooLong: new Refusal('boundary:refusals.outlines-too-long', {
        ...{ status: 422, field: 'file', values: { seconds: longestSeconds } },
      }),
    },
  );
  if ('value' in reading) return reading.value;
  throw new Refusal(reading.fault, { status: 422, field: 'file', values: reading.values });
}

async function change(
  req: Request,
  res: Response,
  said: string,
  act: (id: number) => Promise<OutlineSet>,
): Promise<void> {
  const { t } = res.locals;
  const set = setNamed(req, res);
  if (!mayLay(res.locals.actor!, set.kind, set.countyId)) throw new NotFound();
  try {
    const body = toldSet(await act(set.id));
    const to = `${provinceRoot(res)}/outlines/${set.id}`;
    sendChanged(req, res, { to, body }, t(`boundary:outlines.flash.${said}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendSet(req, res, set, { values: req.body, ...refused }),
    );
  }
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`boundary:outlines.${key}`);
  return [
    { key: 'name', title: title('name'), kind: 'text', width: 3 },
    { key: 'kind', title: title('kind'), kind: 'text', width: 2 },
    { key: 'county', title: title('county'), kind: 'text', width: 2 },
    { key: 'outlines', title: title('count'), kind: 'count', width: 1 },
    { key: 'leftOut', title: title('left-out'), kind: 'count', width: 1 },
    { key: 'attribution', title: title('attribution'), kind: 'text', width: 4 },
    { key: 'importedOn', title: title('imported-on'), kind: 'day', width: 2 },
    { key: 'state', title: title('state'), kind: 'code', width: 2 },
  ];
}

function sendSets(req: Request, res: Response, form: object): void {
  const { province, actor, t } = res.locals;
  const rows = outlineSets(province.db, actor!);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const ofProvince = actor!.office?.countyId === null;
  sendPage(req, res, 'boundary/outlines', {
    ...{ title: t('boundary:outlines.title'), key: randomUUID(), at: pageAsked(req) },
    ...{ rows: rows.slice(offset, offset + ROWS_PER_PAGE), total: rows.length },
    of: Math.max(1, Math.ceil(rows.length / ROWS_PER_PAGE)),
    kinds: OUTLINE_KINDS.filter((kind) => ofProvince || kind !== 'county'),
    counties: countiesOf(province.db, actor!),
    ...{ ofProvince, mayEdit: may(actor!, 'outlines.edit') },
    ...form,
  });
}
