/** What the browser loads: styles, scripts, fonts. */
import { join } from 'node:path';
import express from 'express';
import { VIEWS } from './views.ts';

export const assets = express.static(join(VIEWS, 'assets'), {
  index: false,
  maxAge: '1h',
});
