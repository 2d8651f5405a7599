/** The wording of each kind of paper: the list, the editor with its versions, the specimen. */
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { officialLetterPdf } from '../paper/official-letter-pdf.ts';
import { shownLetter } from '../paper/shown-letter.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { listForms } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged } from '../web/written.ts';
import { boardNameOn } from './board-name.ts';
import { citationState, citationsOf } from './citations.ts';
import { placeholdersOf, TEMPLATE_KINDS, type TemplateKind } from './kinds.ts';
import { memorandumOrNone } from './memoranda.ts';
import { named, namedWording } from './placeholder-names.ts';
import { refuseUnsaid } from './sound-wording.ts';
import { exampleOf, specimenOf } from './specimen.ts';
import { templateForm, wordingForm } from './template-form.ts';
import { setTemplate, type Template, templateOn, templateVersions } from './templates.ts';
import type { Wording } from './wording.ts';

export const wordingPages = Router({ mergeParams: true });

const HERE = '/{province}/templates/{kind}';
describeBody(`POST ${HERE}`, templateForm(''));
describeBody(`POST ${HERE}/preview`, wordingForm);

wordingPages.get('/templates', allow('templates.read'), async (req, res) => {
  const { province, actor, t } = res.locals;
  const { db } = province;
  const { today } = actor!;
  const inForce = TEMPLATE_KINDS.map((kind) => templateOn(db, kind, today));
  const rows = inForce.map(({ kind, version, fromOn, setBy }) => ({
    ...{ kind: t(`templates:kinds.${kind}`), version, fromOn, setBy },
  }));
  const title = t('templates:list.title');
  await answer(res, {
    html: () =>
      sendPage(req, res, 'templates/list', {
        ...{ title, templates: inForce, boardName: boardNameOn(db, today) },
        expired: citationsOf(db).filter((one) => citationState(one, today) === 'expired').length,
        memorandum: memorandumOrNone(db) ?? null,
      }),
    ...listForms(req, res, {
      ...{ name: 'templates', title },
      columns: [
        { key: 'kind', title: t('templates:list.kind'), kind: 'text', width: 4 },
        { key: 'version', title: t('templates:list.version'), kind: 'count' },
        { key: 'fromOn', title: t('templates:list.from'), kind: 'day' },
        { key: 'setBy', title: t('templates:list.by'), kind: 'text', width: 3 },
      ],
      page: () => ({ rows, total: rows.length }),
      all: () => rows,
      json: () => ({ templates: inForce.map(({ wording, ...one }) => one) }),
    }),
  });
});

wordingPages.get('/templates/:kind', allow('templates.read'), async (req, res) => {
  const versions = versionsAsked(req, res);
  await answer(res, {
    html: () => sendTemplate(req, res),
    json: () =>
      res.json({ kind: kindNamed(req), placeholders: placeholdersOf(kindNamed(req)), versions }),
  });
});

wordingPages.get('/templates/:kind/preview', allow('templates.read'), async (req, res) => {
  const template = templateAsked(req, res);
  await answer(res, {
    html: () => sendPreview(req, res, template),
    json: () => res.json(specimenOf(res.locals.province.db, res.locals.actor!, template)),
    pdf: () => sendSpecimen(res, template),
  });
});

wordingPages.post('/templates/:kind', allow('templates.edit'), async (req, res) => {
  const { province, actor, t } = res.locals;
  const kind = kindNamed(req);
  try {
    const { fromOn = actor!.today, ...wording } = readBody(req, templateForm(actor!.today));
    const set = await enter(province, (tx) => setTemplate(tx, actor!, kind, { fromOn, wording }));
    const { version } = set;
    const said = t('templates:flash.set', {
      ...{ kind: t(`templates:kinds.${kind}`), number: res.locals.show.number(version) },
    });
    sendChanged(req, res, { to: `${provinceRoot(res)}/templates/${kind}`, body: set }, said);
  } catch (fault) {
    refusedTemplate(fault, req, res);
  }
});

/** Shows what is being written as a page or as PDF; nothing is kept of it. */
wordingPages.post('/templates/:kind/preview', allow('templates.edit'), async (req, res) => {
  const { province } = res.locals;
  const kind = kindNamed(req);
  try {
    const wording = readBody(req, wordingForm);
    refuseUnsaid(province.db, kind, wording);
    const template = { kind, version: 0, wording };
    if (res.locals.format === 'pdf') await sendSpecimen(res, template);
    else if (res.locals.format === 'json') {
      res.json(specimenOf(province.db, res.locals.actor!, template));
    } else sendTemplate(req, res, { values: req.body as object, typed: wording });
  } catch (fault) {
    refusedTemplate(fault, req, res);
  }
});

function refusedTemplate(fault: unknown, req: Request, res: Response): void {
  sendRefusedForm(fault, req, res, (refused) =>
    sendTemplate(req, res, { ...refused, values: req.body as object }),
  );
}

function kindNamed(req: Request): TemplateKind {
  const kind = TEMPLATE_KINDS.find((one) => one === req.params.kind);
  if (!kind) throw new NotFound();
  return kind;
}

const versionsAsked = (req: Request, res: Response): Template[] =>
  templateVersions(res.locals.province.db, kindNamed(req));

/** The version in the address, or the one set last. */
function templateAsked(req: Request, res: Response): Template {
  const versions = versionsAsked(req, res);
  if (req.query.version === undefined) return versions[0]!;
  const found = versions.find(({ version }) => String(version) === req.query.version);
  if (!found) throw new NotFound();
  return found;
}

type Specimen = Pick<Template, 'kind' | 'version' | 'wording'>;

async function sendSpecimen(res: Response, template: Specimen): Promise<void> {
  const { province, actor } = res.locals;
  const says = specimenOf(province.db, actor!, template);
  const nothing = { actHash: '', draft: false, reprint: null, cancelled: null };
  const pdf = await officialLetterPdf(says, { ...nothing, specimen: true });
  res.type('pdf');
  res.set('Content-Disposition', `inline; filename="${template.kind}-specimen.pdf"`);
  res.send(pdf);
}

function sendPreview(req: Request, res: Response, template: Template): void {
  const { province, actor, t } = res.locals;
  const title = t('templates:preview.title', { kind: t(`templates:kinds.${template.kind}`) });
  const says = specimenOf(province.db, actor!, template);
  sendPage(req, res, 'templates/preview', { title, template, ...shownLetter(says) });
}

function sendTemplate(
  req: Request,
  res: Response,
  { typed, ...refused }: { typed?: Wording; values?: object; refusal?: object } = {},
): void {
  const { province, actor, t } = res.locals;
  const { db } = province;
  const kind = kindNamed(req);
  const template = templateAsked(req, res);
  const says = specimenOf(db, actor!, { ...template, wording: typed ?? template.wording });
  sendPage(req, res, 'templates/template', {
    ...{ title: t(`templates:kinds.${kind}`), kind, template, isTyped: typed !== undefined },
    ...shownLetter(says),
    ...{
      versions: templateVersions(db, kind),
      inForce: templateOn(db, kind, actor!.today).version,
    },
    wording: namedWording(t, template.wording),
    placeholders: placeholdersShown(res, kind),
    citations: citationsOf(db).map((one) => ({
      ...{ ...one, state: citationState(one, actor!.today) },
    })),
    ...{ mayEdit: may(actor!, 'templates.edit'), scripts: ['/assets/template.js'] },
    ...refused,
  });
}

function placeholdersShown(res: Response, kind: TemplateKind) {
  const { province, actor, t } = res.locals;
  return Object.entries(placeholdersOf(kind)).map(([name, { needed = false }]) => ({
    ...{ name, needed, label: t(`templates:placeholders.${name}`), token: named(t, `{{${name}}}`) },
    example: exampleOf(province.db, actor!, kind, name),
  }));
}
