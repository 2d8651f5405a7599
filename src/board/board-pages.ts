/** The board of a centre: its six seats in time, what waits, and the users of its holders. */
import { type Request, type Response, Router } from 'express';
import { hashPassword, inventPassword } from '../access/passwords.ts';
import { may } from '../access/powers.ts';
import { traineesOf } from '../opening/trainings.ts';
import { enter } from '../provinces/enter.ts';
import { jalaliParts } from '../values/jalali-date.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { answer, wantsJson } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { absenceShown } from './absences.ts';
import { userForm } from './decree-form.ts';
import { LOOKS, listedDecree, whoseTurn } from './decree-page.ts';
import { decreesOf } from './decree-rows.ts';
import { powerFor } from './decree-sides.ts';
import { isCommittees, isOpen, isOptional } from './decree-states.ts';
import { closedTo } from './fitness.ts';
import { birthYearsOf } from './nominations.ts';
import { axisOf, seatRows } from './seats.ts';
import { holderUsers, openerOf, openHolderUser } from './users.ts';

export const boardHomePages = Router({ mergeParams: true });

boardHomePages.get('/board', allow('board.read'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const decrees = decreesOf(province.db, centre.id, actor!.today);
  const axis = axisOf(actor!.today);
  const seats = seatRows(decrees, axis, actor!.today);
  const open = closedTo(province.db, centre.id, actor!.today) === null;
  await answer(res, {
    html: () =>
      sendPage(req, res, 'board/board', {
        ...{
          title: t('board:title'),
          axis,
          looks: LOOKS,
          whoseTurn,
          styles: ['/assets/board.css'],
        },
        ...byKind(seats, (row) => open && may(actor!, powerFor(row.seat, 'draft'), centre)),
        mayAdd: open && may(actor!, 'decrees.draft-board', centre),
        seesMembers: may(actor!, 'members.read', centre),
        absence: absenceShown(province.db, centre.id, actor!.today),
        ages: agesOf(res, seats),
        waiting: decrees.filter((decree) => isOpen(decree.state)),
      }),
    json: () => {
      const shown = seats.map(({ seat, holder, waiting, emptySince }) => ({
        ...{ seat, holder: holder && listedDecree(holder) },
        ...{ waiting: waiting && listedDecree(waiting), emptySince },
      }));
      res.json({ seats: shown });
    },
  });
});

type Row = ReturnType<typeof seatRows>[number];

/** Core seats and optional ones apart, each with whether this reader may propose for it. */
function byKind(seats: Row[], mayDraft: (row: Row) => boolean) {
  const told = seats.map((row) => ({ ...row, mayDraft: mayDraft(row), to: leadsTo(row) }));
  const [core, optional] = [false, true].map((kind) =>
    told.filter(({ seat }) => isOptional(seat) === kind),
  );
  return { coreSeats: core!, optionalSeats: optional! };
}

/** B-93: an empty seat that was somebody's is filled by the committee's leave. */
function leadsTo({ seat, emptySince, lastDecree }: Row): string {
  if (emptySince === null || lastDecree === null || isCommittees(seat)) {
    return `/decrees/new?seat=${seat}`;
  }
  return `/changes/new?decree=${lastDecree}&kind=fill`;
}

/** B-91: how old the board is, where years of birth are known; nobody is named or ranked. */
function agesOf({ locals: { province, actor } }: Response, seats: Row[]) {
  const holders = seats.flatMap(({ holder }) => (holder ? [holder.id] : []));
  const { year } = jalaliParts(actor!.today);
  const ages = birthYearsOf(province.db, holders).map((born) => year - born);
  if (ages.length === 0) return null;
  return { youngest: Math.min(...ages), oldest: Math.max(...ages), known: ages.length };
}

boardHomePages.get('/board/users', allow('board.read'), async (req, res) => {
  await answer(res, {
    html: () => sendUsers(req, res),
    json: () => {
      const { province, actor, centre } = res.locals;
      const users = holderUsers(province.db, centre, actor!.today).map(({ decree, username }) => ({
        ...{ decree: decree.number, seat: decree.seat, name: decree.name, username },
      }));
      res.json({ users });
    },
  });
});

/** The first password is shown in this one answer and nowhere again. */
boardHomePages.post(
  '/board/users',
  allow('users.open-chair', 'users.open-board'),
  async (req, res) => {
    const { province, actor, centre, t } = res.locals;
    try {
      const { decree: decreeId, username } = readBody(req, userForm);
      const password = inventPassword();
      const passwordHash = await hashPassword(password);
      const opened = await enter(province, (tx) =>
        openHolderUser(tx, actor!, centre, { decreeId, username, passwordHash }),
      );
      const { id, decree } = opened;
      res
        .set('Cache-Control', 'no-store')
        .status(201)
        .location(`${centreRoot(res)}/board/users`);
      if (wantsJson(req, res)) {
        res.json({ id, username, password, seat: decree.seat, name: decree.name });
        return;
      }
      const title = t('board:users.opened', { name: decree.name });
      sendPage(req, res, 'board/user-opened', { title, username, password, decree });
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendUsers(req, res, { ...refused, values: req.body as object }),
      );
    }
  },
);

function sendUsers(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  const holders = holderUsers(province.db, centre, actor!.today);
  sendPage(req, res, 'board/users', {
    title: t('board:users.title'),
    holders: holders.map((holder) => {
      return { ...holder, mayOpen: may(actor!, openerOf(holder.decree.seat), centre) };
    }),
    // B-121: by the person, the day of the last training.
    trained: new Map(
      traineesOf(province.db, centre.id, actor!.today).map((one) => [one.personId, one.trainedOn]),
    ),
    ...refused,
  });
}
