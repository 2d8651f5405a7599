/** What a province decides about itself: its name, the address on its papers, who needs codes. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { enter } from '../provinces/enter.ts';
import { provinceName, setting, writeSetting } from '../provinces/province.ts';
import { record } from '../trail/acts.ts';
import { readName } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged } from '../web/written.ts';
import { CODE_ROLES, requireCodesOf, rolesThatNeedCodes } from './totp.ts';

export const settingsPages = Router({ mergeParams: true });

const role = chosen(CODE_ROLES);
const settings = z.object({
  name: typed((name) => readName(name, { max: 80 })),
  address: typedOrNone(readPrintedAddress),
  codes: z
    .union([z.array(role), role])
    .optional()
    .transform((roles) => [roles ?? []].flat()),
});

describeBody('POST /{province}/settings', settings);

settingsPages.use('/settings', allow('settings.edit'));

settingsPages.get('/settings', async (req, res) => {
  const now = settingsOf(res);
  await answer(res, {
    html: () => sendSettings(req, res, {}),
    json: () => res.json(now),
  });
});

settingsPages.post('/settings', async (req, res) => {
  const { province, actor, t } = res.locals;
  if (!actor) return;
  try {
    const { name, address, codes } = readBody(req, settings);
    const before = settingsOf(res);
    const after = { name, address: address ?? '', codes };
    await enter(province, (tx) => {
      writeSetting(tx, 'name', name);
      if (address !== undefined) writeSetting(tx, 'address', address);
      requireCodesOf(tx, codes);
      record(tx, actor, { kind: 'settings.changed', subject: 'settings', before, after });
    });
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => sendSettings(req, res, refused));
    return;
  }
  const changed = { to: `${provinceRoot(res)}/settings`, body: settingsOf(res) };
  sendChanged(req, res, changed, t('access:done.settings'));
});

function settingsOf(res: Response) {
  const { province } = res.locals;
  const address = setting(province.db, 'address') ?? '';
  return { name: provinceName(province), address, codes: rolesThatNeedCodes(province.db) };
}

const formOf = (req: Request) => (req.body ?? {}) as Record<string, unknown>;

function sendSettings(req: Request, res: Response, refused: object): void {
  const { t } = res.locals;
  const now = settingsOf(res);
  const typed = res.locals.review ?? (req.method === 'POST' ? formOf(req) : undefined);
  const ticked: unknown[] = typed ? [typed.codes ?? []].flat() : now.codes;
  const codes = CODE_ROLES.map((value) => ({
    ...{ value, ticked: ticked.includes(value) },
    text: t(value === 'trustee' ? 'access:trustees' : `common:roles.${value}`),
  }));
  const title = t('common:sections.settings');
  const values = { name: typed?.name ?? now.name, address: typed?.address ?? now.address };
  sendPage(req, res, 'access/settings', { title, values, codes, faults: {}, ...refused });
}

/** Host, port and path as somebody types them from a paper: nothing before the host. */
function readPrintedAddress(typedAddress: string): Reading<string> {
  const address = typedAddress
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/+$/, '');
  const isOne = /^[a-z0-9.-]+(:\d{1,5})?(\/[\w.~/-]*)?$/i.test(address) && address.length <= 100;
  return isOne ? { value: address } : { fault: 'access:settings.address-form' };
}
