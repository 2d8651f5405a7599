/** What is typed when an application is written down as it was received. */
import { z } from 'zod';
import { HOSTS } from '../centres/centres.ts';
import { readDay } from '../values/jalali-date.ts';
import { readNationalId } from '../values/national-id.ts';
import { readLine, readName } from '../values/persian-text.ts';
import { readMobile } from '../values/phone.ts';
import type { Reading } from '../values/reading.ts';
import { chosen, ticked, typed, typedOrNone } from '../web/forms.ts';
import type { ApplicationTyped } from './applications.ts';
import { ASKS, GOALS } from './states.ts';

/** A tick for each goal of the bylaw, `goalB-2` and so on. */
const goalFields = Object.fromEntries(GOALS.map((goal) => [`goal${goal}`, ticked])) as Record<
  `goal${(typeof GOALS)[number]}`,
  typeof ticked
>;

export const applicationForm = (today: string) =>
  z
    .object({
      asksFor: chosen(ASKS),
      receivedOn: typed((text) => readDay(text, { today })),
      county: typed((text) => readName(text)),
      name: typed((text) => readName(text)),
      nationalId: typedOrNone(readNationalId),
      mobile: typed(readMobile),
      speaksFor: typedOrNone((text) => readName(text)),
      place: typed((text) => readName(text)),
      host: z
        .union([z.literal(''), chosen(HOSTS)])
        .optional()
        .transform((host) => (host === '' ? undefined : host)),
      hostName: typedOrNone((text) => readName(text)),
      plan: typed(readPlan),
      ...goalFields,
    })
    .superRefine(({ asksFor, host, hostName }, context) => {
      if (asksFor !== 'centre') return;
      if (host === undefined) need(context, 'host');
      if (hostName === undefined) need(context, 'hostName');
    });

/** As the register keeps it; where a centre is not asked for there is no host. */
export function applicationTyped(
  form: z.output<ReturnType<typeof applicationForm>>,
): Omit<ApplicationTyped, 'countyId'> {
  const forCentre = form.asksFor === 'centre';
  return {
    ...{ receivedOn: form.receivedOn, asksFor: form.asksFor, name: form.name },
    ...{ nationalId: form.nationalId ?? null, mobile: form.mobile, place: form.place },
    speaksFor: form.speaksFor ?? null,
    host: forCentre ? (form.host ?? null) : null,
    hostName: forCentre ? (form.hostName ?? null) : null,
    goals: GOALS.filter((goal) => form[`goal${goal}`]),
    plan: form.plan,
  };
}

function need(context: z.RefinementCtx, field: string): void {
  context.addIssue({ code: 'custom', path: [field], message: 'common:refusals.needed' });
}

function readPlan(text: string): Reading<string> {
  const plan = readLine(text, { max: 1000 });
  return 'value' in plan && plan.value === '' ? { fault: 'common:refusals.needed' } : plan;
}
