/** What is typed on the way to a working centre. */
import { z } from 'zod';
import { CORE_SEATS } from '../access/powers.ts';
import { personFields } from '../board/person-pages.ts';
import { HOSTS } from '../centres/centres.ts';
import { readDay } from '../values/jalali-date.ts';
import { latinDigits, readLine, readName, readReason } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { describeBody } from '../web/described.ts';
import { chosen, ticked, typed, typedOrNone } from '../web/forms.ts';
import { EQUIPMENT_KINDS, EQUIPMENT_STATES, NEEDED_KINDS } from './equipment.ts';
import { KEEPERS, SEAL_ENDINGS } from './seals.ts';
import { TRAINING_SUBJECTS } from './trainings.ts';

const shortName = (text: string) => readName(text, { max: 60 });
const name = (text: string) => readName(text);
const whole =
  (from: number, to: number) =>
  (text: string): Reading<number> => {
    const digits = latinDigits(text.trim());
    const number = Number(digits);
    const fits = /^\d{1,6}$/.test(digits) && number >= from && number <= to;
    return fits ? { value: number } : { fault: 'opening:faults.whole', values: { from, to } };
  };
const day = (today: string) => typed((text) => readDay(text, { today }));

/** An asset number is written on the piece itself: in either digits it is the same number. */
function readAssetNumber(text: string): Reading<string> {
  const read = readName(latinDigits(text), { max: 30 });
  return 'value' in read && /[^\p{L}\p{N} ./-]/u.test(read.value)
    ? { fault: 'opening:faults.asset-number' }
    : read;
}

function readAddress(text: string): Reading<string> {
  const line = readLine(text, { max: 300 });
  return 'value' in line && line.value === '' ? { fault: 'common:refusals.needed' } : line;
}

/** A person known already, by number, or one who is registered with the proposal. */
export const knownProposal = z.object({
  seat: chosen(CORE_SEATS),
  personId: typed(whole(1, 999_999)),
});
export const freshProposal = z.object({ seat: chosen(CORE_SEATS), ...personFields });

export const premisesForm = (today: string) =>
  z.object({
    kind: chosen(HOSTS),
    owner: typed(name),
    address: typed(readAddress),
    letterNumber: typed(shortName),
    letterOn: day(today),
    free: ticked,
  });

const received = (today: string) => ({ givenBy: typedOrNone(name), receivedOn: day(today) });

export const pieceForm = (today: string) =>
  z.object({
    kind: chosen(EQUIPMENT_KINDS),
    assetNumber: typed(readAssetNumber),
    name: typedOrNone(name),
    ...received(today),
  });

const eachKind = Object.fromEntries(
  NEEDED_KINDS.map((kind) => [kind, typedOrNone(readAssetNumber)]),
) as Record<(typeof NEEDED_KINDS)[number], ReturnType<typeof typedOrNone<string>>>;

/** Several pieces of one gift: the asset number of each kind that came, the rest left empty. */
export const severalForm = (today: string) => z.object({ ...eachKind, ...received(today) });

export const markingForm = (today: string) =>
  z.object({
    state: chosen(EQUIPMENT_STATES),
    reason: typed(readReason),
    sinceOn: typedOrNone((text) => readDay(text, { today })),
  });

/** The image comes as a file of the form, or as Base64 from a program. */
export const sealForm = (today: string) =>
  z.object({
    madeOn: day(today),
    patternNumber: typed(shortName),
    patternOn: day(today),
    keeper: chosen(KEEPERS),
    image: z.string().optional(),
  });

export const sealEndingForm = z.object({
  how: chosen(SEAL_ENDINGS),
  reason: typed(readReason),
});

export const trainingForm = (today: string) =>
  z.object({
    person: typed(whole(1, 999_999)),
    subject: chosen(TRAINING_SUBJECTS),
    trainedOn: day(today),
    hours: typed(whole(1, 200)),
    trainer: typed(name),
  });

export const trainingCorrectionForm = (today: string) =>
  z.object({
    subject: chosen(TRAINING_SUBJECTS),
    trainedOn: day(today),
    hours: typed(whole(1, 200)),
    trainer: typed(name),
    withdrawn: ticked,
    reason: typed(readReason),
  });

export const rulesForm = z.object({
  volunteers: typed(whole(0, 1000)),
  units: typed(whole(0, 1000)),
});

export const practiceForm = (today: string) => z.object({ untrained: ticked, from: day(today) });

const HERE = '/{province}/centres/{code}';
describeBody(`POST ${HERE}/opening/board`, z.union([knownProposal, freshProposal]));
describeBody(`POST ${HERE}/premises`, premisesForm(''));
describeBody(`POST ${HERE}/equipment`, pieceForm(''));
describeBody(`POST ${HERE}/equipment/several`, severalForm(''));
describeBody(`POST ${HERE}/equipment/{piece}/states`, markingForm(''));
describeBody(`POST ${HERE}/seal`, sealForm(''));
describeBody(`POST ${HERE}/seal/ending`, sealEndingForm);
describeBody(`POST ${HERE}/trainings`, trainingForm(''));
describeBody(`POST ${HERE}/trainings/{training}/corrections`, trainingCorrectionForm(''));
describeBody('POST /{province}/opening-rules', rulesForm);
describeBody('POST /{province}/opening-rules/practice', practiceForm(''));
