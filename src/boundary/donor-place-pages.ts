/** Where a donor is: recorded on a page of its own, shown on the donor's. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { donorShownTo } from '../donations/donor-words.ts';
import { type Donor, findDonor } from '../donations/donors.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readName } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typedOrNone } from '../web/forms.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import { type DonorPlace, placeDonor, placeOfDonor, SIDES } from './donor-places.ts';
import { areasInForce } from './neighbours.ts';
import { centreNamed } from './permit-form.ts';

export const donorPlacePages = Router({ mergeParams: true });

const form = z.object({
  side: chosen(SIDES),
  place: typedOrNone((text) => readName(text, { max: 120 })),
  otherCentre: z.string().optional(),
});

describeBody('POST /{province}/centres/{code}/donations/donors/{id}/place', form);

donorPlacePages.get('/donations/donors/:id/place', allow('donors.edit'), (req, res) => {
  const donor = donorNamed(req, res);
  return answer(res, {
    html: () => sendForm(req, res, donor),
    json: () => res.json(shownPlace(res, donor) ?? {}),
  });
});

donorPlacePages.post('/donations/donors/:id/place', allow('donors.edit'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const donor = donorNamed(req, res);
  try {
    const { side, place, otherCentre: code } = readBody(req, form);
    const other = side === 'outside' && code ? centreNamed(res, code, 'otherCentre') : null;
    const said = { side, place, otherCentre: other };
    await enter(province, (tx) => placeDonor(tx, actor!, centre, donor.id, said));
    const to = `${centreRoot(res)}/donations/donors/${donor.id}`;
    const body = shownPlace(res, donor) ?? {};
    sendChanged(req, res, { to, body }, t('boundary:donor-place.recorded'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, donor, { ...refused, values: req.body as object }),
    );
  }
});

/** B-105: where exactly a donor is, is told to those who keep the donors' contacts. */
export function shownPlace(res: Response, donor: Donor): DonorPlace | undefined {
  const { province, actor, centre } = res.locals;
  const known = placeOfDonor(province.db, donor.id);
  if (!known || may(actor!, 'donors.contact', centre)) return known;
  return { ...known, place: null, otherCentre: null };
}

function donorNamed(req: Request, res: Response): Donor {
  const id = Number(req.params.id);
  if (!Number.isSafeInteger(id)) throw new NotFound();
  return findDonor(res.locals.province.db, res.locals.centre.id, id);
}

function sendForm(req: Request, res: Response, donor: Donor, refused: object = {}): void {
  const { province, centre, actor, t } = res.locals;
  const nearby = areasInForce(province.db, actor!.today)
    .filter(({ centreId, countyId }) => centreId !== centre.id && countyId === centre.countyId)
    .map(({ code, name }) => ({ value: code, text: name }));
  const known = shownPlace(res, donor);
  sendPage(req, res, 'boundary/donor-place', {
    title: t('boundary:donor-place.title'),
    ...{ donor: donorShownTo(res, donor), known: known ?? null, sides: SIDES, nearby },
    ...{ faults: {}, refusal: null, ...refused },
  });
}
