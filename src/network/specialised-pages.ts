/** B-142 to B-148: the six specialised networks: each with its head, members and meetings. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { searchDonors } from '../donations/donor-search.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName, readParagraph } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import { listForms } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  type HeadTyped,
  joinNetwork,
  leaveNetwork,
  type MemberTyped,
  nameHead,
  recordMeeting,
} from './network-deeds.ts';
import {
  findNetwork,
  MEETING_KINDS,
  type Member,
  meetingsOf,
  membersOf,
  type Network,
  networksOf,
  trusteeNames,
  volunteerNames,
} from './networks.ts';
import { readCount } from './place-forms.ts';
import { referralsOf } from './referral-rows.ts';

export const specialisedPages = Router({ mergeParams: true });

const headForm = z.object({ head: typed(readHead) });
const memberForm = z.object({
  kind: chosen(['volunteer', 'donor', 'institution']),
  volunteer: typedOrNone(readCount({ from: 1, to: 999_999 })),
  donor: typedOrNone((text) => readName(text)),
  institution: typedOrNone((text) => readName(text, { max: 120 })),
});
const meetingForm = (today: string) =>
  z.object({
    metOn: typed((text) => readDay(text, { today })),
    kind: chosen(MEETING_KINDS),
    subject: typed((text) => readName(text)),
    present: typedOrNone(readCount({ from: 1, to: 9999 })),
    resolutions: typedOrNone((text) => readParagraph(text, { max: 2000 })),
    noPolitics: ticked,
  });

const ADDRESS = '/{province}/centres/{code}/network/networks/{network}';
describeBody(`POST ${ADDRESS}/head`, headForm);
describeBody(`POST ${ADDRESS}/members`, memberForm);
describeWishes(`POST ${ADDRESS}/members/{member}/leaving`);
describeBody(`POST ${ADDRESS}/meetings`, meetingForm(''));

specialisedPages.get('/network/networks', allow('networks.read'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const networks = networksOf(province.db, centre.id, actor!.today);
  const title = t('network:networks.title');
  const listed = networks.map(({ head, ...network }) => ({ ...network, head: head?.name ?? null }));
  await answer(res, {
    html: () => sendPage(req, res, 'network/networks', { title, networks }),
    ...listForms(req, res, {
      ...{ name: `networks-${centre.code}`, title },
      columns: (
        ['kind', 'head', 'members', 'meetings', 'lastMetOn', 'open', 'overdue'] as const
      ).map((key) => ({
        ...{ key, title: t(`network:networks.columns.${key}`) },
        kind: key === 'lastMetOn' ? 'day' : key === 'kind' || key === 'head' ? 'text' : 'count',
        width: key === 'kind' || key === 'head' ? 3 : 2,
      })),
      page: () => ({ rows: listed, total: listed.length }),
      all: () =>
        listed.map((row) =>
          res.locals.format === 'csv'
            ? row
            : { ...row, kind: t(`network:networks.kinds.${row.kind}`) },
        ),
    }),
  });
});

specialisedPages.get('/network/networks/:network', allow('networks.read'), async (req, res) => {
  const network = networkNamed(req, res);
  const { province, centre } = res.locals;
  await answer(res, {
    html: () => sendNetwork(req, res, network),
    json: () =>
      res.json({
        ...network,
        members: membersOf(province.db, centre.id, network.kind).map((one) => shown(res, one)),
        meetings: meetingsOf(province.db, centre.id, network.kind),
      }),
  });
});

specialisedPages.post('/network/networks/:network/head', allow('networks.edit'), (req, res) =>
  change(req, res, 'headed', 200, ({ kind }) => {
    const { province, actor, centre } = res.locals;
    const { head } = readBody(req, headForm);
    return enter(province, (tx) => nameHead(tx, actor!, centre, kind, head));
  }),
);

specialisedPages.post('/network/networks/:network/members', allow('networks.edit'), (req, res) =>
  change(req, res, 'joined', 201, async ({ kind }) => {
    const { province, actor, centre } = res.locals;
    const member = memberTyped(req, res);
    return shown(res, await enter(province, (tx) => joinNetwork(tx, actor!, centre, kind, member)));
  }),
);

specialisedPages.post(
  '/network/networks/:network/members/:member/leaving',
  allow('networks.edit'),
  (req, res) =>
    change(req, res, 'left', 200, async ({ kind }) => {
      const { province, actor, centre } = res.locals;
      const id = Number(req.params.member);
      if (!Number.isSafeInteger(id)) throw new NotFound();
      await enter(province, (tx) => leaveNetwork(tx, actor!, centre, kind, id));
      return { id };
    }),
);

specialisedPages.post('/network/networks/:network/meetings', allow('networks.edit'), (req, res) =>
  change(req, res, 'met', 201, ({ kind }) => {
    const { province, actor, centre } = res.locals;
    const meeting = readBody(req, meetingForm(actor!.today));
    return enter(province, (tx) => recordMeeting(tx, actor!, centre, kind, meeting));
  }),
);

/** A volunteer is chosen as `v12`, a trustee as `p34`. */
function readHead(text: string): Reading<HeadTyped> {
  const [, kind, id] = /^([vp])([1-9]\d{0,12})$/.exec(text) ?? [];
  if (kind === undefined) return { fault: 'common:refusals.choose' };
  return { value: kind === 'v' ? { volunteerId: Number(id) } : { personId: Number(id) } };
}

/** Whoever is taken in by what was typed; a benefactor by his number, or by a name that is his alone. */
function memberTyped(req: Request, res: Response): MemberTyped {
  const { kind, volunteer, donor, institution } = readBody(req, memberForm);
  const needed = (field: string) => new Refusal('common:refusals.needed', { status: 422, field });
  if (kind === 'institution') {
    if (institution === undefined) throw needed('institution');
    return { kind, institution };
  }
  if (kind === 'volunteer') {
    if (volunteer === undefined) throw needed('volunteer');
    return { kind, volunteerId: volunteer };
  }
  if (donor === undefined) throw needed('donor');
  const found = searchDonors(res.locals.province.db, res.locals.centre.id, donor, 2);
  if (found.length === 1) return { kind, donorId: found[0]! };
  const key = `network:refusals.donor-${found.length === 0 ? 'unknown' : 'many'}`;
  throw new Refusal(key, { status: 422, field: 'donor' });
}

/** An act upon a network: a program gets what came of it, a person the network again. */
async function change(
  req: Request,
  res: Response,
  said: string,
  status: 200 | 201,
  act: (network: Network) => Promise<object>,
): Promise<void> {
  const network = networkNamed(req, res);
  const location = `${centreRoot(res)}/network/networks/${network.kind}`;
  try {
    const body = await act(network);
    const sentence = res.locals.t(`network:networks.flash.${said}`);
    if (status === 201) sendCreated(req, res, { location, body }, sentence);
    else sendChanged(req, res, { to: location, body }, sentence);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendNetwork(req, res, network, { values: req.body as object, ...refused }),
    );
  }
}

const LATEST = { limit: 10, offset: 0 };

function networkNamed(req: Request, res: Response): Network {
  const { province, actor, centre } = res.locals;
  return findNetwork(province.db, centre.id, String(req.params.network), actor!.today);
}

/** B-104: a benefactor who asked not to be named is not named here either. */
function shown(res: Response, { withheld, ...member }: Member) {
  return withheld ? { ...member, name: res.locals.t('donations:withheld') } : member;
}

function sendNetwork(req: Request, res: Response, network: Network, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  const { db } = province;
  sendPage(req, res, 'network/network', {
    ...{ title: t(`network:networks.kinds.${network.kind}`), network, key: randomUUID() },
    members: membersOf(db, centre.id, network.kind).map((member) => shown(res, member)),
    meetings: meetingsOf(db, centre.id, network.kind),
    referrals: referralsOf(db, centre.id, actor!.today, { network: network.kind }, LATEST),
    volunteers: volunteerNames(db, centre.id),
    trustees: trusteeNames(db, centre.id, actor!.today),
    meetingKinds: MEETING_KINDS,
    mayEdit: may(actor!, 'networks.edit', centre),
    mayAsk: may(actor!, 'referrals.ask', centre),
    ...refused,
  });
}
