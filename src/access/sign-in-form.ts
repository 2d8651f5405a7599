/** The sign-in page, as it is first shown, as it is shown again, and in the place of another page. */
import type { Request, Response } from 'express';
import { sendPage } from '../web/views.ts';

type SignInForm = {
  values?: { username: string };
  faults?: Record<string, string>;
  refusal?: object;
  /** Where to go afterwards. */
  to?: unknown;
  /** A form that is kept, as JSON text. */
  held?: unknown;
  /** Why the page is shown in the place of another. */
  note?: string;
};

export function sendSignIn(req: Request, res: Response, form: SignInForm = {}): void {
  sendPage(req, res, 'access/sign-in', {
    title: res.locals.t('access:sign-in.title'),
    layout: 'gate',
    values: form.values ?? {},
    faults: form.faults ?? {},
    refusal: form.refusal ?? null,
    note: form.note ?? '',
    to: textOf(form.to),
    held: textOf(form.held),
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
