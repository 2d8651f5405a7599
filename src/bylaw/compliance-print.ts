/** Gathers what the file for renewal says beside the compass, and sends it. */
import type { Response } from 'express';
import { decreesOf } from '../board/decree-rows.ts';
import { centreOnPaper } from '../centres/centre-on-paper.ts';
import { oversightFactsOf } from '../centres/oversight-facts.ts';
import { licenceFacts } from '../licence/facts.ts';
import { newestAct } from '../trail/acts.ts';
import { type BoardMember, compliancePdf } from './compliance-pdf.ts';
import type { SaidBearing } from './said.ts';

export async function printCompliance(res: Response, clauses: SaidBearing[]): Promise<void> {
  const { province, centre, language, actor, site, path, t } = res.locals;
  const { current, state, left } = licenceFacts(res);
  const { code, countyName: county } = centre;
  const pdf = await compliancePdf({
    ...{ lang: language, t, clauses, licence: current, state, left, board: boardOf(res) },
    centre: { ...centreOnPaper(province.db, centre), code, county },
    head: oversightFactsOf(province.db, centre.id).head,
    printedOn: actor!.today,
    hash: newestAct(province.db)?.hash.toString('hex') ?? '',
    scan: `${site.address}${path}`,
  });
  res.type('pdf');
  res.set('Content-Disposition', `inline; filename="compliance-${code}.pdf"`);
  res.send(pdf);
}

/** Those who hold their seats by decrees in force today. */
function boardOf({ locals: { province, centre, actor } }: Response): BoardMember[] {
  return decreesOf(province.db, centre.id, actor!.today)
    .filter(({ state, fromOn }) => state === 'accepted' && fromOn <= actor!.today)
    .map(({ seat, name, number, fromOn, toOn }) => ({
      ...{ seat, name, number: number ?? '', fromOn, toOn },
    }));
}
