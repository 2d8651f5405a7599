/** Where the first centre is found, what it reports and asks for help with, a seat handed over. */
import { createRequire } from 'node:module';
import { inCentre } from '../src/access/actor.ts';
import { issueReport } from '../src/assemblies/section-report.ts';
import { SECTIONS } from '../src/assemblies/section-report-kinds.ts';
import { holdersOn } from '../src/board/decree-rows.ts';
import { draftHandover } from '../src/board/handovers.ts';
import { type ChannelTyped, openChannel } from '../src/channels/channels.ts';
import type { Tx } from '../src/provinces/connection.ts';
import { askSupport, takeSupportStep } from '../src/support/requests.ts';
import { addDays } from '../src/values/jalali-date.ts';
import type { First } from './first-year.ts';
import type { Step } from './opening.ts';

const told = createRequire(import.meta.url)('./first-year.json') as {
  channels: ChannelTyped[];
  support: { subject: string; text: string; answer: string | null }[];
  handover: string;
};

export function fillHelp(tx: Tx, as: Step, { centre, chair }: First, keeper: number): void {
  const actor = inCentre(as(chair), centre.id);
  for (const channel of told.channels) openChannel(tx, actor, centre, channel);
  for (const { subject, text, answer } of told.support) {
    const { id } = askSupport(tx, actor, { subject, text, page: null });
    if (answer) takeSupportStep(tx, as(keeper), id, { kind: 'answer', text: answer });
  }
  // Half a year and more, so that a whole season lies within.
  const asked = { from: addDays(actor.today, -200), to: actor.today };
  for (const section of SECTIONS) issueReport(tx, actor, centre, { section, asked });
  const giver = holdersOn(tx, centre.id, actor.today).get('benefactors-women')!;
  const handed = { giver, taker: null, handoverOn: actor.today, reason: told.handover };
  draftHandover(tx, actor, centre, handed);
}
