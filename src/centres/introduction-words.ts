/** What the letter to the bank says in the words that the province has in force on its day. */
import type { Db } from '../provinces/connection.ts';
import { commonValues } from '../templates/common-values.ts';
import { templateOn } from '../templates/templates.ts';
import { worded } from '../templates/wording.ts';
import type { Words } from '../words.ts';
import type { Centre } from './centres.ts';
import type { IntroductionPaper } from './introduction-paper.ts';
import { signatory } from './introduction-pdf.ts';

export function introductionWords(
  db: Db,
  centre: Centre,
  { issuedOn, licence, branch, signatories }: IntroductionPaper,
  t: Words,
): Pick<IntroductionPaper, 'words' | 'template'> {
  const { version, wording } = templateOn(db, 'introduction', issuedOn);
  const words = worded('introduction', wording, {
    ...commonValues(db, centre, issuedOn, wording.citations),
    ...{ licence: licence.number, fromOn: licence.from, toOn: licence.to, branch },
    signatories: signatories.map((person) => signatory(person, t)),
  });
  return { words, template: version };
}
