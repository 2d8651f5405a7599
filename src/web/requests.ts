/** Each request in a line of the log, for who runs the program with `LOG_LEVEL=debug`. */
import type { NextFunction, Request, Response } from 'express';
import { log } from '../log.ts';

export function tellRequests(req: Request, res: Response, next: NextFunction): void {
  if (log.isLevelEnabled('debug')) {
    const began = performance.now();
    const { method, path } = req;
    res.once('finish', () => {
      const ms = Math.round(performance.now() - began);
      const user = res.locals.actor?.user?.id;
      log.debug({ method, path, status: res.statusCode, ms, user }, 'request');
    });
  }
  next();
}
