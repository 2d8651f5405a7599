/** Assignments of a centre: the list, giving one, its page, its end, and the volunteer's user. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { hashPassword, inventPassword } from '../access/passwords.ts';
import { may, TASKS } from '../access/powers.ts';
import { licencesOf } from '../licence/licences.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { answer, wantsJson } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { type Column, listForms, mapped, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { assignmentForm, endingForm, userForm } from './assignment-form.ts';
import { printAssignment } from './assignment-print.ts';
import {
  ASSIGNMENT_STATES,
  type Assignment,
  assignmentsOf,
  countAssignments,
  everyAssignment,
  findAssignment,
} from './assignment-rows.ts';
import { hasUser, openVolunteerUser } from './assignment-users.ts';
import { endAssignment, giveAssignment } from './assignments.ts';
import { volunteersOf } from './volunteer-rows.ts';

export const assignmentPages = Router({ mergeParams: true });

const BASE = '/network/assignments';

export const ASSIGNMENT_LOOKS = {
  ...{ waiting: 'wait', 'in-force': 'ok', coming: 'none', over: 'none', ended: 'void' },
} as const;

assignmentPages.get(BASE, allow('assignments.read'), async (req, res) => {
  const { province, actor, centre, t, format } = res.locals;
  const { today } = actor!;
  const state = wordAsked(req.query, 'state');
  const total = countAssignments(province.db, centre.id, today, state);
  const [at, of] = [pageAsked(req), Math.max(1, Math.ceil(total / ROWS_PER_PAGE))];
  const part = { limit: ROWS_PER_PAGE, offset: (at - 1) * ROWS_PER_PAGE };
  const rows = assignmentsOf(province.db, centre.id, today, { state, ...part });
  const inWords = format !== 'csv' && format !== 'json';
  const cellsOf = ({ number, name, tasks, fromOn, toOn, state: stands }: Assignment) => ({
    ...{ number, name, from: fromOn, to: toOn },
    tasks: inWords ? tasksSaid(res, tasks) : tasks.join(' '),
    state: inWords ? t(`network:assignment-states.${stands}`) : stands,
  });
  const title = t('network:assignments.title');
  await answer(res, {
    html: () =>
      sendPage(req, res, 'network/assignments', {
        ...{ title, root: `${centreRoot(res)}/network`, rows, looks: ASSIGNMENT_LOOKS },
        ...{ total, at, of, states: ASSIGNMENT_STATES, isFiltered: state !== undefined },
        mayGive: may(actor!, 'assignments.give', centre),
      }),
    ...listForms(req, res, {
      ...{ name: `assignments-${centre.code}`, title, columns: columnsOf(res) },
      page: () => ({ rows: rows.map(cellsOf), total }),
      all: (db) => mapped(everyAssignment(db, centre.id, today, state), cellsOf),
      json: () => ({ assignments: rows.map(toldAssignment), page: at, pages: of, total }),
    }),
  });
});

assignmentPages.get(`${BASE}/new`, allow('assignments.give'), async (req, res) => {
  const values = { volunteer: String(req.query.volunteer ?? '') };
  await answer(res, { html: () => sendForm(req, res, { values }) });
});

assignmentPages.post(BASE, allow('assignments.give'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const { from: fromOn, to: toOn, ...rest } = readBody(req, assignmentForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => {
      const assignment = giveAssignment(tx, actor!, centre, { ...rest, fromOn, toOn });
      return { location: addressOf(res, assignment), body: toldAssignment(assignment) };
    });
    sendCreated(req, res, created, t('network:flash.assigned'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

assignmentPages.get(`${BASE}/:assignment`, allow('assignments.read'), async (req, res) => {
  const assignment = assignmentNamed(req, res);
  await answer(res, {
    html: () => sendAssignment(req, res, assignment),
    json: () => res.json(toldAssignment(assignment)),
    pdf: () => printAssignment(res, assignment),
  });
});

assignmentPages.post(`${BASE}/:assignment/ending`, allow('assignments.end'), async (req, res) => {
  const { actor, province, t } = res.locals;
  const assignment = assignmentNamed(req, res);
  try {
    const { reason } = readBody(req, endingForm);
    const ended = await enter(province, (tx) => endAssignment(tx, actor!, assignment, reason));
    const sentence = t('network:flash.ended', { name: ended.name });
    sendChanged(req, res, { to: addressOf(res, ended), body: toldAssignment(ended) }, sentence);
  } catch (fault) {
    sendAgain(req, res, fault);
  }
});

/** The first password is shown in this one answer and nowhere again. */
assignmentPages.post(`${BASE}/:assignment/user`, allow('assignments.give'), async (req, res) => {
  const { actor, centre, province, t } = res.locals;
  const known = assignmentNamed(req, res);
  try {
    const { username } = readBody(req, userForm);
    const password = inventPassword();
    const passwordHash = await hashPassword(password);
    const { id, assignment } = await enter(province, (tx) =>
      openVolunteerUser(tx, actor!, centre, known, { username, passwordHash }),
    );
    res.set('Cache-Control', 'no-store').status(201).location(addressOf(res, assignment));
    if (wantsJson(req, res)) {
      res.json({ id, username, password, name: assignment.name });
      return;
    }
    const title = t('board:users.opened', { name: assignment.name });
    const back = addressOf(res, assignment);
    sendPage(req, res, 'network/user-opened', { title, username, password, assignment, back });
  } catch (fault) {
    sendAgain(req, res, fault);
  }
});

/** An assignment as a program is told of it. */
export function toldAssignment(assignment: Assignment) {
  const { id, number, volunteerNumber, name, tasks, fromOn, toOn, state } = assignment;
  const { issuedOn, issuedBy, acceptedOn, endedOn, endingReason } = assignment;
  return {
    ...{ id, number, volunteer: volunteerNumber, name, tasks, from: fromOn, to: toOn, state },
    ...{ issuedOn, issuedBy, acceptedOn, endedOn, endingReason },
  };
}

export function tasksSaid({ locals: { t } }: Response, tasks: Assignment['tasks']): string {
  return tasks.map((task) => t(`network:tasks.${task}`)).join(t('network:comma'));
}

function assignmentNamed(req: Request, res: Response): Assignment {
  const { province, centre, actor } = res.locals;
  const named = String(req.params.assignment);
  if (!/^\d{1,9}$/.test(named)) throw new NotFound();
  return findAssignment(province.db, centre.id, Number(named), actor!.today);
}

const addressOf = (res: Response, { id }: Assignment): string => `${centreRoot(res)}${BASE}/${id}`;

function sendAssignment(
  req: Request,
  res: Response,
  assignment: Assignment,
  shown: object = {},
): void {
  const { province, actor, centre } = res.locals;
  const can = (power: Parameters<typeof may>[1]) => may(actor!, power, centre);
  const open = !['ended', 'over'].includes(assignment.state);
  sendPage(req, res, 'network/assignment', {
    ...{ title: assignment.name, path: addressOf(res, assignment) },
    ...{ root: `${centreRoot(res)}/network`, assignment, looks: ASSIGNMENT_LOOKS },
    mayOpen: open && can('assignments.give') && !hasUser(province.db, assignment),
    ...{ mayEnd: open && can('assignments.end'), faults: {}, refusal: null, ...shown },
  });
}

function sendAgain(req: Request, res: Response, fault: unknown): void {
  sendRefusedForm(fault, req, res, (refused) =>
    sendAssignment(req, res, assignmentNamed(req, res), {
      ...{ ...refused, values: req.body as object },
    }),
  );
}

function sendForm(req: Request, res: Response, form: object): void {
  const { province, actor, centre, t } = res.locals;
  const { today } = actor!;
  const licence = licencesOf(province.db, centre.id).find(({ toOn }) => toOn >= today);
  const serving = volunteersOf(province.db, centre.id).filter(({ state }) => state === 'active');
  sendPage(req, res, 'network/assignment-new', {
    ...{ title: t('network:assignments.new'), key: randomUUID(), tasks: TASKS },
    ...{ root: `${centreRoot(res)}/network`, licence: licence ?? null },
    volunteers: serving.map(({ number, name, nationalId }) => ({ number, name, nationalId })),
    ...{ faults: {}, refusal: null, ...form },
  });
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const column = (key: string, kind: Column['kind'], width: number): Column => {
    return { key, title: t(`network:assignments.columns.${key}`), kind, width };
  };
  return [
    column('number', 'code', 2),
    column('name', 'text', 3),
    column('tasks', 'text', 4),
    column('from', 'day', 2),
    column('to', 'day', 2),
    column('state', 'text', 2),
  ];
}
