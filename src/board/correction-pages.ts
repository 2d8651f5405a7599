/** Correcting a person's particulars where the province keeps them. */
import { type Request, type Response, Router } from 'express';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged } from '../web/written.ts';
import { correctionForm } from './correction-form.ts';
import { correctPerson } from './corrections.ts';
import { GENDERS } from './person-pages.ts';
import { findPerson, type Person } from './persons.ts';

export const correctionPages = Router({ mergeParams: true });

describeBody('POST /{province}/persons/{person}/particulars', correctionForm);

correctionPages.get('/persons/:person/edit', allow('persons.register'), async (req, res) => {
  const { name, gender, isCleric, mobile } = personNamed(req, res);
  const values = { name, gender, isCleric: isCleric ? '1' : '', mobile: mobile ?? '' };
  await answer(res, { html: () => sendForm(req, res, { values }) });
});

correctionPages.post(
  '/persons/:person/particulars',
  allow('persons.register'),
  async (req, res) => {
    const { actor, province, t } = res.locals;
    const person = personNamed(req, res);
    try {
      const { name, gender, isCleric, mobile = null } = readBody(req, correctionForm);
      const typed = { name, gender, isCleric, mobile };
      const corrected = await enter(province, (tx) => correctPerson(tx, actor!, person, typed));
      const { countyId: _, countyName, ...told } = corrected;
      const to = `${provinceRoot(res)}/persons/${person.id}`;
      const body = { ...told, county: countyName };
      sendChanged(req, res, { to, body }, t('board:flash.corrected', { name }));
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendForm(req, res, { ...refused, values: req.body as object }),
      );
    }
  },
);

function personNamed(req: Request, res: Response): Person {
  const { province, actor } = res.locals;
  const named = String(req.params.person);
  if (!/^\d{1,10}$/.test(named)) throw new NotFound();
  return findPerson(province.db, actor!, Number(named));
}

function sendForm(req: Request, res: Response, form: object): void {
  const person = personNamed(req, res);
  const title = res.locals.t('board:persons.edit', { name: person.name });
  sendPage(req, res, 'board/person-edit', { title, person, genders: GENDERS, ...form });
}
