/** What programs need to know without asking anybody: whether we live, and what can be sent. */
import { Router } from 'express';
import { provincesOf } from '../provinces/catalogue.ts';

export const describePages = Router();

describePages.get('/healthz', (_req, res) => {
  const provinces = provincesOf(res.locals.site.catalogue);
  for (const province of provinces) province.db.$client.prepare('SELECT 1').get();
  res.json({ status: 'ok', provinces: provinces.length });
});
