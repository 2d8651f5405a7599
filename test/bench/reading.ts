/** Coming in to read: by a browser's session for pages, by token for data. */
import type { Kept } from './data.ts';
import { type Call, requireStatus, send } from './load.ts';

/** Calls for an address of the sample's centre, as a program makes them. */
export function dataCall({ slug, code, token }: Kept, path: string): Call {
  const headers = { Authorization: `Bearer ${token}` };
  return { method: 'GET', path: `/${slug}/centres/${code}${path}`, headers };
}

/** Signs the finance officer in; answers how a page is asked for with that session. */
export async function signIn(address: string, kept: Kept): Promise<(path: string) => Call> {
  const { slug, code, username, password } = kept;
  const call: Call = {
    ...{ method: 'POST', path: `/${slug}/login.json` },
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password }),
  };
  const answer = await send(address, call);
  requireStatus(answer, 200, call);
  const Cookie = (answer.headers['set-cookie'] ?? []).map((one) => one.split(';', 1)[0]).join('; ');
  const headers = { Cookie, Accept: 'text/html' };
  return (path) => ({ method: 'GET', path: `/${slug}/centres/${code}${path}`, headers });
}
