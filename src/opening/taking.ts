/** A step taken by form or by a program: refused, its page is shown again with what was typed. */
import type { Request, Response } from 'express';
import { sendRefusedForm } from '../web/answers.ts';
import type { Created } from '../web/once.ts';
import { sendCreated } from '../web/written.ts';

type Show = (req: Request, res: Response, refused?: object) => void;

export async function take(
  req: Request,
  res: Response,
  { page, said }: { page: Show; said: string },
  step: () => Promise<Created>,
): Promise<void> {
  try {
    sendCreated(req, res, await step(), res.locals.t(`opening:flash.${said}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      page(req, res, { ...refused, values: req.body as object }),
    );
  }
}
