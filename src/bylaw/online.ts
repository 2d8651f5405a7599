/** Online means and support: where a centre may be found. */
import type { Clause } from './clause.ts';

/** A public channel is on a service that the province approves, on its domain or below it. */
export const domesticChannel: Clause<{ host: string; domain: string | undefined }> = {
  id: 'B-122',
  holds: ({ host, domain }) =>
    domain !== undefined && (host === domain || host.endsWith(`.${domain}`)),
};

/** Support is answered by those who look after the program; the asker himself asks again or closes. */
export const supportByItsKeepers: Clause<{
  step: 'answer' | 'ask' | 'close';
  isKeeper: boolean;
  isAsker: boolean;
}> = {
  id: 'B-120',
  holds: ({ step, isKeeper, isAsker }) => (step === 'answer' ? isKeeper : isAsker),
};
