/** B-27, B-82 to B-91: the introduction form of a proposal: filled in once, shown, printed. */
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { centreOnPaper } from '../centres/centre-on-paper.ts';
import { newestAct } from '../trail/acts.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { answer } from '../web/formats.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import { type Decree, findDecree } from './decree-rows.ts';
import { powerFor } from './decree-sides.ts';
import { readNomination } from './nomination-form.ts';
import { nominationPdf } from './nomination-pdf.ts';
import {
  NOMINATION_LINES,
  type Nomination,
  nominationOrNone,
  recordNomination,
} from './nominations.ts';

export const nominationPages = Router({ mergeParams: true });

const PATH = '/board/decrees/:decree/nomination';

nominationPages.get(PATH, allow('board.read'), async (req, res) => {
  const decree = decreeNamed(req, res);
  const nomination = nominationOrNone(res.locals.province.db, decree.id);
  await answer(res, {
    html: () => sendNomination(req, res, decree, nomination),
    json: () => res.json({ seat: decree.seat, name: decree.name, nomination: nomination ?? null }),
    pdf: () => print(res, decree, nomination ?? null),
  });
});

nominationPages.post(
  PATH,
  allow('decrees.draft-committee', 'decrees.draft-board'),
  async (req, res) => {
    const { actor, t } = res.locals;
    const decree = decreeNamed(req, res);
    const location = `${centreRoot(res)}/board/decrees/${decree.number ?? decree.id}/nomination`;
    try {
      const typed = readNomination(req);
      const created = await enterOnce(req, res, (tx) => ({
        location,
        body: recordNomination(tx, actor!, decree, typed),
      }));
      sendCreated(req, res, created, t('board:flash.nominated', { name: decree.name }));
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendNomination(req, res, decree, undefined, { ...refused, values: req.body as object }),
      );
    }
  },
);

function decreeNamed(req: Request, res: Response): Decree {
  const { province, centre, actor } = res.locals;
  return findDecree(province.db, centre.id, String(req.params.decree), actor!.today);
}

function sendNomination(
  req: Request,
  res: Response,
  decree: Decree,
  nomination: Nomination | undefined,
  refused: object = {},
): void {
  const { actor, centre, t } = res.locals;
  const over = ['ended', 'cancelled'].includes(decree.state);
  sendPage(req, res, 'board/nomination', {
    title: t('board:nomination.title', { name: decree.name }),
    ...{ decree, nomination: nomination ?? null, lines: NOMINATION_LINES },
    mayFill: !nomination && !over && may(actor!, powerFor(decree.seat, 'draft'), centre),
    ...refused,
  });
}

/** The form on paper; without an introduction its lines stand empty, to be filled in by hand. */
async function print(res: Response, decree: Decree, nomination: Nomination | null): Promise<void> {
  const { province, centre, language, actor, site, path } = res.locals;
  const pdf = await nominationPdf({
    ...{ lang: language, decree, nomination, centre: centreOnPaper(province.db, centre) },
    ...{ county: centre.countyName, printedOn: actor!.today },
    scan: `${site.address}${path}`,
    hash: newestAct(province.db)?.hash.toString('hex') ?? '',
  });
  res.type('pdf');
  res.set('Content-Disposition', 'inline; filename="nomination.pdf"');
  res.send(pdf);
}
