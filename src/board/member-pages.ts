/** B-64: a member's file in his centre, and the papers laid in it. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { maskNationalId } from '../values/national-id.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody } from '../web/forms.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import { CLEARANCE_KINDS } from './clearances.ts';
import { correctionForm } from './correction-form.ts';
import { correctPerson, mayCorrect } from './corrections.ts';
import { LOOKS, listedDecree } from './decree-page.ts';
import { findMember, layPaper, type Member } from './members.ts';
import { nominationOrNone } from './nominations.ts';
import { GENDERS } from './person-pages.ts';
import { MEMBER_PAPERS } from './schema.ts';

export const memberPages = Router({ mergeParams: true });

const PATH = '/board/members/:person';
const paperForm = z.object({ kind: chosen(MEMBER_PAPERS) });
const MEMBER = '/{province}/centres/{code}/board/members/{person}';
describeBody(`POST ${MEMBER}/papers`, paperForm);
describeBody(`POST ${MEMBER}/particulars`, correctionForm);

memberPages.get(PATH, allow('members.read'), async (req, res) => {
  const member = memberNamed(req, res);
  await answer(res, {
    html: () => sendMember(req, res, member),
    json: () => res.json(told(res, member)),
  });
});

memberPages.post(`${PATH}/papers`, allow('members.keep'), (req, res) =>
  step(req, res, 'paper-laid', ({ person }) => {
    const { actor, centre } = res.locals;
    const { kind } = readBody(req, paperForm);
    return (tx) => layPaper(tx, actor!, centre, { personId: person.id, kind });
  }),
);

/** A name misspelt is mended by whoever registered the person; a chair has no other page for it. */
memberPages.post(
  `${PATH}/particulars`,
  allow('persons.register', 'decrees.draft-board'),
  (req, res) =>
    step(req, res, 'corrected', ({ person }) => {
      const { actor, centre } = res.locals;
      const { name, gender, isCleric, mobile = null } = readBody(req, correctionForm);
      return (tx) => {
        correctPerson(tx, actor!, person, { name, gender, isCleric, mobile });
        return findMember(tx, centre, person.id, actor!.today);
      };
    }),
);

type Verb = (tx: Parameters<typeof layPaper>[0]) => Member;

async function step(
  req: Request,
  res: Response,
  said: string,
  read: (member: Member) => Verb,
): Promise<void> {
  const { province, t } = res.locals;
  const member = memberNamed(req, res);
  try {
    const changed = await enter(province, read(member));
    const to = `${centreRoot(res)}/board/members/${member.person.id}`;
    const sentence = t(`board:flash.${said}`, { name: changed.person.name });
    sendChanged(req, res, { to, body: told(res, changed) }, sentence);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendMember(req, res, memberNamed(req, res), { ...refused, values: req.body as object }),
    );
  }
}

function memberNamed(req: Request, res: Response): Member {
  const { province, centre, actor } = res.locals;
  const named = String(req.params.person);
  if (!/^\d{1,10}$/.test(named)) throw new NotFound();
  return findMember(province.db, centre, Number(named), actor!.today);
}

/** State, number and day of each clearance, and nothing else of it. */
function clearancesOf({ clearance }: Member) {
  return CLEARANCE_KINDS.map((kind) => {
    const { state = null, number = null, decidedOn = null } = clearance[kind] ?? {};
    return { kind, state, number, decidedOn };
  });
}

function told(res: Response, member: Member) {
  const { person, decrees, papers } = member;
  const { id, name, nationalId, gender } = person;
  const nominated = decrees.map(({ id: decreeId }) => {
    return nominationOrNone(res.locals.province.db, decreeId) !== undefined;
  });
  return {
    ...{ id, name, nationalId: maskNationalId(nationalId), gender, papers },
    decrees: decrees.map((decree, at) => ({ ...listedDecree(decree), nominated: nominated[at] })),
    clearances: clearancesOf(member),
  };
}

function sendMember(req: Request, res: Response, member: Member, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  const { person, decrees, papers } = member;
  sendPage(req, res, 'board/member', {
    ...{ title: t('board:member.title', { name: person.name }), person, papers, looks: LOOKS },
    masked: maskNationalId(person.nationalId),
    decrees: decrees.map((decree) => {
      return { ...decree, nominated: nominationOrNone(province.db, decree.id) !== undefined };
    }),
    clearances: clearancesOf(member),
    ...{ genders: GENDERS, mayCorrect: mayCorrect(province.db, actor!, person) },
    mayKeep: may(actor!, 'members.keep', centre),
    ...refused,
  });
}
