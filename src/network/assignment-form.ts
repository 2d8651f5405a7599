/** What is typed of an assignment: whom, which tasks, for which days; and the volunteer's undertaking. */
import { z } from 'zod';
import { TASKS } from '../access/powers.ts';
import { readUsername } from '../access/users.ts';
import { readDay } from '../values/jalali-date.ts';
import { readReason } from '../values/persian-text.ts';
import { describeBody } from '../web/described.ts';
import { picked, ticked, typed } from '../web/forms.ts';
import { readCount } from './place-forms.ts';
import { several } from './volunteer-form.ts';

export const assignmentForm = (today: string) =>
  z.object({
    volunteer: picked(readCount()),
    tasks: several(TASKS).superRefine((tasks, context) => {
      if (tasks.length > 0) return;
      context.addIssue({ code: 'custom', message: 'network:refusals.no-task' });
    }),
    from: typed((text) => readDay(text, { today })),
    to: typed((text) => readDay(text, { today })),
  });

export const undertakingForm = z.object({
  honorary: ticked,
  liability: ticked,
  secrecy: ticked,
  noPolitics: ticked,
});

export const endingForm = z.object({ reason: typed(readReason) });

export const userForm = z.object({ username: typed(readUsername) });

const ASSIGNMENTS = '/{province}/centres/{code}/network/assignments';
describeBody(`POST ${ASSIGNMENTS}`, assignmentForm(''));
describeBody(`POST ${ASSIGNMENTS}/{assignment}/ending`, endingForm);
describeBody(`POST ${ASSIGNMENTS}/{assignment}/user`, userForm);
describeBody('POST /{province}/my-assignments/{assignment}/acceptance', undertakingForm);
