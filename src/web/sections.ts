/** The navigation: only what this reader may open, the page he is on or under marked. */
import type { Response } from 'express';
import type { Actor } from '../access/actor.ts';
import { may, type Place, type Power } from '../access/powers.ts';

type Link = { word: string; to: string; power?: Power; trustees?: true };
/** `first` of a reader's sections stands open; the others open when he is in them or asks. */
type Section = { word: string; links: Link[]; first?: 'office' | 'all' };

const DAILY: Section = {
  ...{ word: 'daily', first: 'all' },
  links: [
    { word: 'home', to: '' },
    { word: 'new-donation', to: '/donations/new', power: 'donations.register' },
    { word: 'donations', to: '/donations', power: 'donations.read' },
    { word: 'receipts', to: '/donations/receipts', power: 'donations.read' },
    { word: 'my-receipts', to: '/donations/my-receipts', power: 'receipts.own' },
    { word: 'donors', to: '/donations/donors', power: 'donors.read' },
    { word: 'firms', to: '/donations/firms', power: 'donors.read' },
    { word: 'cheques', to: '/donations/cheques', power: 'cheques.read' },
    { word: 'deposits', to: '/donations/deposits', power: 'deposits.read' },
    { word: 'batches', to: '/donations/batches', power: 'batches.read' },
    { word: 'pledges', to: '/donations/pledges', power: 'pledges.read' },
    { word: 'vows', to: '/donations/vows', power: 'donations.read' },
    { word: 'sponsored', to: '/donations/sponsored', power: 'sponsored.read' },
    { word: 'imports', to: '/imports', power: 'imports.read' },
    { word: 'boxes', to: '/donations/boxes', power: 'boxes.read' },
    { word: 'receipt-books', to: '/donations/receipt-books', power: 'receipt-books.read' },
    { word: 'eid', to: '/donations/eid', power: 'donations.register' },
  ],
};

const GOODS: Section = {
  word: 'goods-section',
  links: [
    { word: 'stock', to: '/goods', power: 'goods.read' },
    { word: 'lots', to: '/goods/lots', power: 'goods.read' },
    { word: 'announced', to: '/goods/announced', power: 'goods.read' },
    { word: 'counts', to: '/goods/counts', power: 'goods.count' },
    { word: 'wastes', to: '/goods/wastes', power: 'goods.read' },
    { word: 'sales', to: '/goods/sales', power: 'goods.read' },
    { word: 'moves', to: '/goods/moves', power: 'goods.read' },
    { word: 'goods-statement', to: '/goods/statement', power: 'goods.read' },
    { word: 'goods-intentions', to: '/goods/intentions', power: 'goods.read' },
    { word: 'opening-stock', to: '/goods/opening', power: 'goods.read' },
    { word: 'kits', to: '/goods/kits', power: 'goods.read' },
    { word: 'items', to: '/goods/items', power: 'goods.read' },
    { word: 'stores', to: '/goods/stores', power: 'goods.read' },
  ],
};

const OUTGOING: Section = {
  word: 'outgoing',
  links: [
    { word: 'payments', to: '/payments', power: 'payments.read' },
    { word: 'deliveries', to: '/deliveries', power: 'deliveries.read' },
    { word: 'recipients', to: '/recipients', power: 'recipients.read' },
    { word: 'payees', to: '/payees', power: 'payments.read' },
    { word: 'petty-cash', to: '/petty-cash', power: 'payments.read' },
  ],
};

const BOOKS: Section = {
  word: 'books',
  links: [
    { word: 'journal', to: '/books/journal', power: 'books.read' },
    { word: 'ledgers', to: '/books/ledger', power: 'books.read' },
    { word: 'trial-balance', to: '/books/trial-balance', power: 'books.read' },
    { word: 'sealed-books', to: '/books/sealed', power: 'books.read' },
    { word: 'drafts', to: '/books/drafts', power: 'books.read' },
    { word: 'bank', to: '/books/bank', power: 'bank.read' },
    { word: 'budget', to: '/books/budget', power: 'plans.read' },
    { word: 'packs', to: '/packs', power: 'packs.read' },
    { word: 'registrations', to: '/registrations', power: 'registrations.read' },
    { word: 'fund-statement', to: '/funds', power: 'fund-statements.read' },
    { word: 'committee-share', to: '/donations/committee-share', power: 'committee-share.read' },
    { word: 'fund-changes', to: '/funds/intentions', power: 'fund-statements.read' },
    { word: 'permissions', to: '/funds/permissions', power: 'fund-statements.read' },
    { word: 'statements', to: '/books/statements', power: 'books.read' },
    { word: 'periods', to: '/books/periods', power: 'books.read' },
    { word: 'year-end', to: '/books/year-end', power: 'books.read' },
  ],
};

const STANDING: Section[] = [
  {
    ...{ word: 'centre', first: 'office' },
    links: [
      { word: 'licence', to: '/licence' },
      { word: 'opening', to: '/opening', power: 'opening.read' },
      { word: 'board', to: '/board', power: 'board.read' },
      { word: 'equipment', to: '/equipment', power: 'opening.read' },
      { word: 'papers', to: '/papers', power: 'papers.read' },
    ],
  },
  {
    word: 'area',
    links: [
      { word: 'boundary', to: '/boundary', power: 'boundary.read' },
      { word: 'map-sheet', to: '/boundary/sheet', power: 'boundary.read' },
      { word: 'landmarks', to: '/boundary/landmarks', power: 'boundary.read' },
      { word: 'area-parts', to: '/boundary/parts', power: 'boundary.read' },
      { word: 'permits', to: '/boundary/permits', power: 'boundary.read' },
      { word: 'benefactors', to: '/boundary/benefactors', power: 'donations.read' },
    ],
  },
  {
    word: 'people',
    links: [
      { word: 'network', to: '/network', power: 'network.read' },
      { word: 'volunteers', to: '/network/volunteers', power: 'network.read' },
      { word: 'capacities', to: '/network/capacities', power: 'capacities.read' },
      { word: 'networks', to: '/network/networks', power: 'networks.read' },
      { word: 'referrals', to: '/network/referrals', power: 'networks.read' },
      { word: 'assemblies', to: '/assemblies', power: 'assemblies.read' },
      { word: 'institutions', to: '/institutions', power: 'institutions.read' },
      { word: 'channels', to: '/channels', power: 'channels.read' },
      { word: 'experiences', to: '/experiences', power: 'experiences.read' },
    ],
  },
];

const OVERSIGHT: Section = {
  word: 'oversight',
  links: [
    { word: 'compliance', to: '/compliance', power: 'compliance.read' },
    { word: 'inspections', to: '/inspections', power: 'inspections.read' },
    { word: 'referred-complaints', to: '/complaints', power: 'complaints.referred' },
    { word: 'looks', to: '/looks', power: 'looks.read' },
    { word: 'trail', to: '/trail', power: 'trail.read' },
  ],
};

/** The board's day is gifts and books; an office comes for the licence, the board and the area. */
const CENTRE = {
  board: [DAILY, OUTGOING, GOODS, BOOKS, ...STANDING, OVERSIGHT],
  office: [DAILY, ...STANDING, OVERSIGHT, OUTGOING, GOODS, BOOKS],
};

const PROVINCE: Section[] = [
  {
    ...{ word: 'province', first: 'office' },
    links: [
      { word: 'notices', to: '/notices' },
      { word: 'supervision', to: '/supervision', power: 'reports.read' },
      { word: 'complaints', to: '/supervision/complaints', power: 'complaints.read' },
      { word: 'centres', to: '/centres', power: 'centres.read' },
      { word: 'applications', to: '/applications', power: 'applications.read' },
      { word: 'persons', to: '/persons', power: 'persons.read' },
      { word: 'monitoring', to: '/monitoring', power: 'monitorings.fill' },
    ],
  },
  {
    word: 'overview',
    links: [
      { word: 'boundaries', to: '/boundaries', power: 'boundaries.read' },
      { word: 'outlines', to: '/outlines', power: 'outlines.read' },
      { word: 'landmarks', to: '/landmarks', power: 'outlines.read' },
      { word: 'open-capacities', to: '/capacities', power: 'capacities.read' },
      { word: 'shared-experiences', to: '/experiences', power: 'experiences.read' },
      { word: 'overrides', to: '/supervision/overrides', power: 'reports.read' },
      { word: 'network-report', to: '/reports/network', power: 'network-report.read' },
      { word: 'compliance-sums', to: '/compliance', power: 'reports.read' },
    ],
  },
  {
    word: 'rules',
    links: [
      { word: 'counties', to: '/counties', power: 'counties.edit' },
      { word: 'users', to: '/users', power: 'users.manage' },
      { word: 'opening-rules', to: '/opening-rules', power: 'opening.rules' },
      { word: 'fund-rules', to: '/funds', power: 'funds.read' },
      { word: 'waste-limits', to: '/waste-limits', power: 'waste-limits.set' },
      { word: 'late-days', to: '/late-days', power: 'late-days.set' },
      { word: 'registration-rules', to: '/registration-rules', power: 'registrations.rules' },
      { word: 'payment-rules', to: '/payment-rules', power: 'payments.rule' },
      { word: 'templates', to: '/templates', power: 'templates.read' },
      { word: 'settings', to: '/settings', power: 'settings.edit' },
      { word: 'fitra-rates', to: '/fitra-rates', power: 'fitra.rates' },
      { word: 'denominations', to: '/denominations', power: 'denominations.edit' },
      { word: 'committee-rates', to: '/committee-rates', power: 'committee-rates.edit' },
      { word: 'channel-services', to: '/channel-services', power: 'channels.services' },
      { word: 'doctor', to: '/doctor', power: 'province.check' },
    ],
  },
  {
    word: 'mine',
    links: [
      { word: 'my-decrees', to: '/my-decrees', trustees: true },
      { word: 'my-assignments', to: '/my-assignments', trustees: true },
      { word: 'bylaw', to: '/bylaw' },
      { word: 'support', to: '/support' },
      { word: 'account', to: '/account' },
    ],
  },
];

/** 'page' on the page itself, 'true' on what is under it. */
type Current = 'page' | 'true' | null;

export type Shown = {
  title: string;
  open: boolean;
  links: { href: string; text: string; current: Current }[];
};

export function sectionsFor(res: Response): Shown[] {
  const { province, centre, path, actor } = res.locals;
  const ofReader = actor?.office ? CENTRE.office : CENTRE.board;
  const home = `/${province.slug}`;
  const root = centre && `${home}/centres/${centre.code}`;
  const ofCentre = root ? shown(res, ofReader, root, path.slice(root.length)) : [];
  return [...ofCentre, ...shown(res, PROVINCE, home, root ? '' : path.slice(home.length))];
}

/** below: the address below the root, empty when it is none of these pages. */
function shown(res: Response, sections: Section[], root: string, below: string): Shown[] {
  const { actor, centre, t } = res.locals;
  // What stands under the province is opened there, whatever centre the reader is in.
  const place = sections === PROVINCE ? undefined : centre;
  const nearest = nearestOf(sections, below);
  return sections
    .map((section) => ({
      title: t(`common:sections.${section.word}`),
      open: !centre || isFirst(section, actor) || section.links.some(({ to }) => to === nearest),
      links: section.links
        .filter((link) => !link.power || (actor && mayOpen(res, link.power, place)))
        .filter((link) => !link.trustees || (actor?.user?.personId ?? null) !== null)
        .map((link) => ({
          href: `${root}${link.to}`,
          text: t(`common:sections.${link.word}`),
          current: link.to === nearest ? currentAs(link.to === below) : null,
        })),
    }))
    .filter((section) => section.links.length > 0);
}

function isFirst({ first }: Section, actor?: Actor | null): boolean {
  return first === 'all' || (first === 'office' && Boolean(actor?.office));
}

/** The link that this address is or stands under; every page of a centre stands under its home. */
function nearestOf(sections: Section[], below: string): string | undefined {
  return sections
    .flatMap(({ links }) => links.map(({ to }) => to))
    .filter((to) => below === to || (to !== '' && below.startsWith(`${to}/`)))
    .sort((a, b) => b.length - a.length)[0];
}

function currentAs(isThis: boolean): Current {
  return isThis ? 'page' : 'true';
}

function mayOpen(res: Response, power: Power, centre: Place): boolean {
  const { actor } = res.locals;
  if (!actor) return false;
  // A trustee's list of centres is the centres in which he has a seat, or a volunteer his tasks.
  if (power === 'centres.read' && !actor.office) {
    return [...actor.seats, ...(actor.kept ?? []), ...actor.tasks].length > 0;
  }
  // What the centres opened to each other is read by whoever sits in any of them.
  const shared = ['capacities.read', 'experiences.read', 'funds.read'].includes(power);
  if (shared && !centre && !actor.office) return actor.seats.length > 0;
  return may(actor, power, centre);
}
