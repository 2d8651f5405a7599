/** The home of a centre: first what needs doing, then what it has; and its particulars. */
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { absenceShown } from '../board/absences.ts';
import { smallMap } from '../boundary/centre-map.ts';
import { boundaryOn } from '../boundary/versions.ts';
import { channelsOf } from '../channels/channels.ts';
import { licenceFacts } from '../licence/facts.ts';
import { isClosed, permits } from '../licence/states.ts';
import { progressOf } from '../opening/path-pages.ts';
import { enter } from '../provinces/enter.ts';
import { memorandumOrNone } from '../templates/memoranda.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import { contactForm, contactTyped } from './centre-form.ts';
import { type Centre, editCentre, HOSTS } from './centres.ts';
import { told } from './list-pages.ts';
import { fundsOf, lastReceipts, moneyOf } from './position.ts';
import { tasksOf } from './tasks.ts';

export const homePages = Router({ mergeParams: true });

homePages.get('/', allow('centres.read'), async (req, res) => {
  const { province, centre, actor } = res.locals;
  const tasks = tasksOf(province.db, actor!, centre);
  const licence = licenceFacts(res);
  await answer(res, {
    html: () => sendHome(req, res, { tasks, licence }),
    json: () => {
      const { state, current, left } = licence;
      const shown = current && { number: current.number, from: current.fromOn, to: current.toOn };
      res.json({ ...told(centre), state, left, licence: shown, tasks });
    },
  });
});

homePages.get('/profile', allow('centres.read'), async (req, res) => {
  await answer(res, {
    html: () => sendProfile(req, res),
    json: () => {
      const memorandum = memorandumOrNone(res.locals.province.db) ?? null;
      res.json({ ...told(res.locals.centre), memorandum });
    },
  });
});

homePages.get('/profile/edit', allow('centres.register'), async (req, res) => {
  await answer(res, { html: () => sendEdit(req, res, { values: typedAgain(res.locals.centre) }) });
});

homePages.post('/profile', allow('centres.register'), async (req, res) => {
  const { province, centre, actor, t } = res.locals;
  try {
    const form = readBody(req, contactForm);
    const edited = await enter(province, (tx) => {
      return editCentre(tx, actor!, centre, contactTyped(form));
    });
    const done = { to: `${centreRoot(res)}/profile`, body: told(edited) };
    sendChanged(req, res, done, t('centres:flash.edited'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendEdit(req, res, { ...refused, values: req.body as object }),
    );
  }
});

type Home = { tasks: object[]; licence: ReturnType<typeof licenceFacts> };

function sendHome(req: Request, res: Response, home: Home): void {
  const { province, centre, actor, t, show } = res.locals;
  const can = (power: Parameters<typeof may>[1]) => may(actor!, power, centre);
  const boundary = boundaryOn(province.db, centre.id, actor!.today);
  sendPage(req, res, 'centres/home', {
    ...{ title: t('centres:home.title', { name: centre.name }), one: centre, ...home },
    money: can('books.read') ? moneyOf(province.db, centre.id) : null,
    funds: can('books.read') ? fundsOf(province.db, centre.id, actor!.today) : [],
    receipts: can('donations.read') ? lastReceipts(province.db, centre.id) : null,
    mayGive: can('donations.register') && permits(home.licence.state, 'donations'),
    absence: absenceShown(province.db, centre.id, actor!.today),
    opensAbsences: can('board.read'),
    map: smallMap(province.db, centre, actor!.today, { t, show }) ?? null,
    boundary: boundary ?? null,
    sees: { boundary: can('boundary.read'), opening: can('opening.read') },
    progress: isClosed(home.licence.state) ? null : progressOf(res),
    styles: ['/assets/map.css', '/assets/opening.css'],
  });
}

function sendProfile(req: Request, res: Response): void {
  const { province, centre, actor, t } = res.locals;
  sendPage(req, res, 'centres/profile', {
    ...{ title: t('centres:profile.title'), one: centre },
    memorandum: memorandumOrNone(province.db) ?? null,
    channels: channelsOf(province.db, centre.id).filter(({ endedOn }) => endedOn === null),
    seesTemplates: may(actor!, 'templates.read'),
    seesChannels: may(actor!, 'channels.read', centre),
    mayEdit: may(actor!, 'centres.register', centre),
  });
}

function sendEdit(req: Request, res: Response, form: object): void {
  const title = res.locals.t('centres:profile.edit');
  sendPage(req, res, 'centres/edit', { title, hosts: HOSTS, one: res.locals.centre, ...form });
}

function typedAgain(centre: Centre): Record<string, string> {
  const { host, hostName, imamName, imamPhone, place, address, postalCode, phone } = centre;
  const filled = { host, hostName, imamName, imamPhone, place, address, postalCode, phone };
  const { lat, lon } = centre;
  const imamIsChair = centre.imamIsChair ? '1' : '';
  return Object.fromEntries(
    Object.entries({ ...filled, imamIsChair, lat, lon }).map(([key, value]) => [
      key,
      String(value ?? ''),
    ]),
  );
}
