/** B-7 to B-11: the library of what letters rest on, each basis with its versions and its days. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed, typedOrNone } from '../web/forms.ts';
import { listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  type Citation,
  citationState,
  citationsOf,
  citationVersions,
  freeCitationKey,
  writeCitation,
} from './citations.ts';
import { TEMPLATE_KINDS } from './kinds.ts';
import { templateOn } from './templates.ts';

export const citationPages = Router({ mergeParams: true });

const citationForm = (today: string) =>
  z.object({
    title: typed((text) => readName(text, { max: 120 })),
    words: typed((text) => readName(text, { max: 300 })),
    validFrom: typedOrNone((text) => readDay(text, { today })),
    validTo: typedOrNone((text) => readDay(text, { today })),
  });

describeBody('POST /{province}/templates/citations', citationForm(''));
describeBody('POST /{province}/templates/citations/{citation}', citationForm(''));

citationPages.get('/templates/citations', allow('templates.read'), async (req, res) => {
  const { t } = res.locals;
  const rows = statedCitations(res).map(({ title, words, clause, validFrom, validTo, state }) => ({
    ...{
      title,
      words,
      clause,
      validFrom,
      validTo,
      state: t(`templates:citations.states.${state}`),
    },
  }));
  const title = t('templates:citations.title');
  const head = (key: string) => t(`templates:citations.${key}`);
  await answer(res, {
    html: () => sendCitations(req, res),
    ...listForms(req, res, {
      ...{ name: 'citations', title },
      columns: [
        { key: 'title', title: head('name'), kind: 'text', width: 3 },
        { key: 'words', title: head('words'), kind: 'text', width: 4 },
        { key: 'clause', title: head('clause'), kind: 'code', width: 1 },
        { key: 'validFrom', title: head('from'), kind: 'day' },
        { key: 'validTo', title: head('to'), kind: 'day' },
        { key: 'state', title: head('state'), kind: 'text' },
      ],
      page: () => ({ rows, total: rows.length }),
      all: () => rows,
      json: () => ({ citations: statedCitations(res) }),
    }),
  });
});

citationPages.post('/templates/citations', allow('templates.edit'), async (req, res) => {
  const { actor, t } = res.locals;
  try {
    const { validFrom = null, validTo = null, ...form } = readBody(req, citationForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => {
      const typedIn = { ...form, validFrom, validTo };
      const written = writeCitation(tx, actor!, freeCitationKey(tx), typedIn);
      return { location: `${provinceRoot(res)}/templates/citations`, body: written };
    });
    sendCreated(req, res, created, t('templates:flash.citation', { title: form.title }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendCitations(req, res, { ...refused, values: req.body as object }),
    );
  }
});

citationPages.get('/templates/citations/:citation', allow('templates.read'), async (req, res) => {
  const citation = citationNamed(req, res);
  await answer(res, {
    html: () => sendCitation(req, res),
    json: () => res.json({ ...citation, versions: versionsNamed(req, res) }),
  });
});

citationPages.post('/templates/citations/:citation', allow('templates.edit'), async (req, res) => {
  const { province, actor, t } = res.locals;
  const { key } = citationNamed(req, res);
  try {
    const { validFrom = null, validTo = null, ...form } = readBody(req, citationForm(actor!.today));
    const typedIn = { ...form, validFrom, validTo };
    const body = await enter(province, (tx) => writeCitation(tx, actor!, key, typedIn));
    const to = `${provinceRoot(res)}/templates/citations/${key}`;
    sendChanged(req, res, { to, body }, t('templates:flash.citation', { title: form.title }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendCitation(req, res, { ...refused, values: req.body as object }),
    );
  }
});

function citationNamed(req: Request, res: Response): Citation {
  const found = citationsOf(res.locals.province.db).find(({ key }) => key === req.params.citation);
  if (!found) throw new NotFound();
  return found;
}

const versionsNamed = (req: Request, res: Response): Citation[] =>
  citationVersions(res.locals.province.db)
    .filter(({ key }) => key === req.params.citation)
    .reverse();

/** Each basis with its state of the day and the kinds of papers whose words name it. */
function statedCitations(res: Response) {
  const { province, actor } = res.locals;
  const { today } = actor!;
  const templates = TEMPLATE_KINDS.map((kind) => templateOn(province.db, kind, today));
  return citationsOf(province.db).map((one) => ({
    ...one,
    state: citationState(one, today),
    citedIn: templates
      .filter(({ wording }) => wording.citations.includes(one.key))
      .map(({ kind }) => kind),
  }));
}

function sendCitations(req: Request, res: Response, refused: object = {}): void {
  const { actor, t } = res.locals;
  sendPage(req, res, 'templates/citations', {
    ...{ title: t('templates:citations.title'), citations: statedCitations(res) },
    ...{ mayEdit: may(actor!, 'templates.edit'), ...refused },
  });
}

function sendCitation(req: Request, res: Response, refused: object = {}): void {
  const { actor } = res.locals;
  const citation = citationNamed(req, res);
  sendPage(req, res, 'templates/citation', {
    ...{ title: citation.title, citation, state: citationState(citation, actor!.today) },
    ...{ versions: versionsNamed(req, res), mayEdit: may(actor!, 'templates.edit'), ...refused },
  });
}
