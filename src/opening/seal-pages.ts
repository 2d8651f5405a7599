/** The official seal (B-117): the one in use, those before it, recording one and ending one. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { activityCodeOrNone } from '../centres/activity-codes.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import { sealEndingForm, sealForm } from './forms.ts';
import { endSeal, KEEPERS, recordSeal, SEAL_ENDINGS, sealImage, sealsOf } from './seals.ts';
import { take } from './taking.ts';

export const sealPages = Router({ mergeParams: true });

sealPages.get('/seal', allow('seals.read'), (req, res) =>
  answer(res, {
    html: () => sendSeal(req, res),
    json: () => res.json({ seals: sealsOf(res.locals.province.db, res.locals.centre.id) }),
  }),
);

sealPages.post('/seal', allow('seals.record'), (req, res) =>
  take(req, res, { page: sendSeal, said: 'sealed' }, () => {
    const { actor, centre } = res.locals;
    const { image: encoded, ...form } = readBody(req, sealForm(actor!.today));
    const image = sentFile(req) ?? (encoded ? Buffer.from(encoded, 'base64') : undefined);
    return enterOnce(req, res, (tx) => ({
      body: recordSeal(tx, actor!, centre, { ...form, image }),
      location: `${centreRoot(res)}/seal`,
    }));
  }),
);

sealPages.post('/seal/ending', allow('seals.record'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  try {
    const form = readBody(req, sealEndingForm);
    const ended = await enter(province, (tx) => endSeal(tx, actor!, centre, form));
    const to = `${centreRoot(res)}/seal`;
    sendChanged(req, res, { to, body: ended }, t('opening:flash.seal-ended'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendSeal(req, res, { ...refused, values: req.body as object }),
    );
  }
});

/** The image itself, for those who may see it, of the type that its first bytes tell. */
sealPages.get('/seal/:seal/image', allow('seals.read'), (req, res) =>
  answer(res, {
    html: () => {
      const named = String(req.params.seal);
      if (!/^\d{1,10}$/.test(named)) throw new NotFound();
      const { image, type } = sealImage(
        res.locals.province.db,
        res.locals.centre.id,
        Number(named),
      );
      const suffix = type === 'image/png' ? 'png' : 'jpg';
      res.set('Content-Disposition', `inline; filename="seal-${named}.${suffix}"`);
      // Whatever else the bytes say, no browser reads them as a page.
      res.set('Content-Security-Policy', "default-src 'none'; sandbox");
      res.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
      res.type(type).send(image);
    },
  }),
);

/** The bytes as they were sent; what stands in the body of the form is their text. */
function sentFile(req: Request): Buffer | undefined {
  const files = (req.files ?? []) as Express.Multer.File[];
  const file = files.find(({ fieldname, size }) => fieldname === 'image' && size > 0);
  return file?.buffer;
}

function sendSeal(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  const seals = sealsOf(province.db, centre.id);
  sendPage(req, res, 'opening/seal', {
    ...{ title: t('opening:seal.title'), key: randomUUID(), keepers: KEEPERS },
    ...{ endings: SEAL_ENDINGS, inUse: seals.find(({ how }) => how === null) ?? null },
    ended: seals.filter(({ how }) => how !== null),
    coded: activityCodeOrNone(province.db, centre.id) !== undefined,
    mayRecord: may(actor!, 'seals.record', centre),
    ...refused,
  });
}
