/**
 * The table of powers, cell by cell: written out here once more, so that whoever gives or takes a
 * power says so twice. A row: the offices, the core seats, the optional seats, the volunteers' tasks,
 * in the order of their lists; `x` where the power is held.
 */
import { expect } from 'chai';
import type { Actor } from '../../src/access/actor.ts';
import {
  CORE_SEATS,
  may,
  OPTIONAL_SEATS,
  POWERS,
  type Power,
  ROLES,
  type Role,
  type Seat,
  TASKS,
  type Task,
} from '../../src/access/powers.ts';

const HEADS = {
  roles: ['county-head', 'province-deputy', 'inspector', 'security', 'selection', 'system-admin'],
  core: [
    ...['chair', 'vice-chair', 'admin-finance'],
    ...['benefactors-men', 'benefactors-women', 'assemblies'],
  ],
  optional: [
    ...['participation', 'orphans', 'dowry', 'loans', 'social-work', 'employment', 'culture'],
    ...['health', 'housing', 'public-relations'],
  ],
  tasks: ['receipts-desk', 'donor-contact', 'network', 'archive'],
};

const TABLE: Record<Power, string> = {
  'centres.read': 'xxx... xxxxxx xxxxxxxxxx xxxx',
  'centres.register': 'xx.... ...... .......... ....',
  'applications.read': 'xxx... ...... .......... ....',
  'applications.register': 'xx.... ...... .......... ....',
  'counties.edit': '.x.... ...... .......... ....',
  'users.manage': '.x...x ...... .......... ....',
  'settings.edit': '.x...x ...... .......... ....',
  'province.check': '.x...x ...... .......... ....',
  'templates.read': 'xxx... ...... .......... ....',
  'templates.edit': '.x.... ...... .......... ....',
  'persons.read': 'xxxxx. ...... .......... ....',
  'persons.register': 'xx.... ...... .......... ....',
  'clearances.read': 'xxxxx. ...... .......... ....',
  'clearances.security': '...x.. ...... .......... ....',
  'clearances.selection': '....x. ...... .......... ....',
  'licences.issue': 'xx.... ...... .......... ....',
  'licences.decide': '.x.... ...... .......... ....',
  'monitorings.read': 'xxx... xx.... .......... ....',
  'monitorings.open': '.xx... ...... .......... ....',
  'monitorings.fill': '.xxxx. ...... .......... ....',
  'monitorings.sign': '.x.... ...... .......... ....',
  'assets.read': 'xxx... xxx... .......... ....',
  'assets.list': '.x.... x..... .......... ....',
  'assets.countersign': 'xx.... ...... .......... ....',
  'activity-codes.record': 'xx.... ...... .......... ....',
  'bank-accounts.introduce': 'xx.... ...... .......... ....',
  'bank-accounts.record': 'xx.... x.x... .......... ....',
  'boundary.read': 'xxx... xxxxxx xxxxxxxxxx ....',
  'boundary.propose': 'xx.... xx.... .......... ....',
  'boundary.approve': 'xx.... ...... .......... ....',
  'boundaries.read': 'xxx... ...... .......... ....',
  'outlines.read': 'xxx... ...... .......... ....',
  'outlines.edit': 'xx.... ...... .......... ....',
  'landmarks.record': 'xx.... xx.... .......... ....',
  'area-parts.record': 'xx.... xx.xx. .......... ....',
  'map-sheets.issue': 'xx.... x..... .......... ....',
  'map-sheets.hang': 'xx.... xxx... .......... ....',
  'permits.request': '...... x..... .......... ....',
  'permits.decide': 'xx.... ...... .......... ....',
  'permits.end': 'xx.... x..... .......... ....',
  'benefactors.link': 'xx.... x..... .......... ....',
  'opening.read': 'xxx... xxxxxx xxxxxxxxxx ....',
  'opening.rules': '.x.... ...... .......... ....',
  'late-days.set': '.x.... ...... .......... ....',
  'proposals.make': 'xx.... ...... .......... ....',
  'premises.edit': 'xx.... xxx... .......... ....',
  'equipment.edit': 'xx.... xxx... .......... ....',
  'seals.read': 'xxx... xxx... .......... ....',
  'seals.record': 'xx.... x..... .......... ....',
  'trainings.record': 'xx.... ...... .......... ....',
  'board.read': 'xxx... xxxxxx xxxxxxxxxx ....',
  'decrees.draft-committee': 'xx.... ...... .......... ....',
  'decrees.draft-board': '...... x..... .......... ....',
  'decrees.coordinate': 'xx.... ...... .......... ....',
  'decrees.issue-committee': 'xx.... ...... .......... ....',
  'decrees.issue-board': '...... x..... .......... ....',
  'users.open-chair': 'xx.... ...... .......... ....',
  'users.open-board': '...... x..... .......... ....',
  'changes.request': '...... x..... .......... ....',
  'changes.answer': 'xx.... ...... .......... ....',
  'absences.declare': 'xx.... x..... .......... ....',
  'members.read': 'xxx... xxx... .......... ....',
  'members.keep': '...... xxx... .......... ....',
  'handovers.read': 'xxx... xxx... .......... ....',
  'handovers.keep': 'xx.... xx.... .......... ....',
  'handovers.issue': 'xx.... x..... .......... ....',
  'donations.read': 'xxx... xxxxx. x......... ....',
  'donations.register': '...... xxxxx. x......... x...',
  'receipts.own': '...... ...... .......... x...',
  'receipts.cancel': '...... xxx... .......... ....',
  'cheques.read': 'xxx... xxx... .......... ....',
  'cheques.record': '...... xxx... .......... ....',
  'deposits.read': 'xxx... xxx... .......... ....',
  'deposits.record': '...... xxx... .......... ....',
  'deposits.match': '...... xxx... .......... ....',
  'tributes.issue': '...... xxxxx. x......... ....',
  'gift-files.add': '...... xxxxx. x......... ....',
  'vows.record': '...... xxxxx. x......... ....',
  'thanks.issue': '...... xxxxx. x......... ....',
  'batches.read': 'xxx... xxxxx. x......... ....',
  'batches.enter': '...... xxxxx. x......... ....',
  'donors.read': 'xxx... xxxxx. x......... .x..',
  'donors.contact': '...... xxx... .......... .x..',
  'donors.edit': '...... xxx... .......... ....',
  'donors.unmask': 'xxx... xxx... .......... ....',
  'imports.read': 'xxx... xxxxx. x......... ....',
  'funds.read': 'xxx... xxxxxx xxxxxxxxxx ....',
  'funds.edit': '.x.... ...... .......... ....',
  'fund-statements.read': 'xxx... xxx... .......... ....',
  'permissions.record': '.x.... x..... .......... ....',
  'overrides.read': 'xxx... xxx... .......... ....',
  'overrides.make': '...... x..... .......... ....',
  'intentions.change': '...... xxx... .......... ....',
  'boxes.read': 'xxx... xxxxx. x......... ....',
  'pledges.read': 'xxx... xxxxx. x......... ....',
  'pledges.keep': '...... xxxxx. x......... ....',
  'sponsored.read': 'xxx... xxx... .x........ ....',
  'committee-share.read': 'xxx... xxx... .......... ....',
  'committee-share.record': '...... xxx... .......... ....',
  'committee-rates.edit': '.x.... ...... .......... ....',
  'boxes.keep': '...... xxx... x......... ....',
  'boxes.contact': '...... x.x... x......... ....',
  'boxes.count': '...... xxx... x......... ....',
  'boxes.remit': '...... xxx... .......... ....',
  'denominations.edit': '.x.... ...... .......... ....',
  'receipt-books.read': 'xxx... xxx... .......... ....',
  'receipt-books.keep': '...... xxx... .......... ....',
  'fitra.read': 'xxx... xxx... x......... ....',
  'fitra.rates': '.x.... ...... .......... ....',
  'fitra.confirm': '...... xxx... .......... ....',
  'books.read': 'xxx... xxx... .......... ....',
  'entries.draft': '...... xxx... .......... ....',
  'entries.post': '...... xxx... .......... ....',
  'entries.reverse': '...... xxx... .......... ....',
  'bank.read': 'xxx... xxx... .......... ....',
  'bank.keep': '...... xxx... .......... ....',
  'money.move': '...... xxx... .......... ....',
  'plans.read': 'xxx... xxxxxx xxxxxxxxxx ....',
  'plans.prepare': '...... ..x... .......... ....',
  'plans.approve': '...... x..... .......... ....',
  'complaints.read': 'xxx... ...... .......... ....',
  'complaints.handle': 'xxx... ...... .......... ....',
  'complaints.referred': 'xxx... xx.... .......... ....',
  'complaints.tell': '...... xx.... .......... ....',
  'inspections.read': 'xxx... xxx... .......... ....',
  'inspections.record': 'xxx... ...... .......... ....',
  'inspections.mend': '...... xxx... .......... ....',
  'packs.read': 'xxx... xxx... .......... ....',
  'packs.issue': '...... xxx... .......... ....',
  'packs.hand': '...... xxx... .......... ....',
  'registrations.read': 'xxx... xxx... .......... ....',
  'registrations.record': '...... xxx... .......... ....',
  'registrations.rules': '.x.... ...... .......... ....',
  'books.seal': '...... xxx... .......... ....',
  'books.close': '...... .xx... .......... ....',
  'books.reopen': 'xx.... ...... .......... ....',
  'goods.read': 'xxx... xxx... x......... ....',
  'goods.keep': '...... xxx... x......... ....',
  'goods.announce': '...... xxxxx. x......... ....',
  'goods.inspect': '...... xxx... x......... ....',
  'goods.appraise': '...... xxx... x......... ....',
  'goods.count': '...... xxxxxx x......... ....',
  'goods.approve': '...... xxx... .......... ....',
  'goods.sell': '...... xxx... .......... ....',
  'goods.permit-sale': 'xx.... ...... .......... ....',
  'waste-limits.set': '.x.... ...... .......... ....',
  'payments.read': 'xxx... xxx... .......... ....',
  'payments.prepare': '...... xxx... .......... ....',
  'payments.sign': '...... xxx... .......... ....',
  'payments.reverse': '...... x..... .......... ....',
  'payments.rule': '.x.... ...... .......... ....',
  'deliveries.read': 'xxx... xxx... ....x..... ....',
  'deliveries.prepare': '...... xxx... ....x..... ....',
  'recipients.read': 'xxx... xxx... ....x..... ....',
  'recipients.keep': '...... xxx... ....x..... ....',
  'payees.keep': '...... xxx... .......... ....',
  'petty-cash.set': '...... x..... .......... ....',
  'petty-cash.count': '...... xxx... .......... ....',
  'network.read': 'xxx... xxxxxx xxxxxxxxxx ..x.',
  'volunteers.register': 'xx.... xx.xx. .......... ....',
  'volunteers.contact-men': '...... x..x.. .......... ....',
  'volunteers.contact-women': '...... x...x. .......... ....',
  'volunteers.unmask': 'xxx... ...... .......... ....',
  'volunteers.cards': '...... xx.xx. .......... ....',
  'hours.record': '...... xx.xx. .......... ..x.',
  'units.register': 'xx.... xx.xx. .......... ....',
  'units.contact': '...... x..xx. .......... ....',
  'units.report': 'xx.... xx.xx. .......... ..x.',
  'assignments.read': 'xxx... xx.xx. .......... ....',
  'assignments.give': '...... x..... .......... ....',
  'assignments.end': 'xx.... x..... .......... ....',
  'capacities.read': 'xxx... xxxxxx xxxxxxxxxx ..x.',
  'capacities.record': 'xx.... xxxxxx xxxxxxxxxx ..x.',
  'capacities.open': '...... xx.... .......... ....',
  'capacities.contact': '...... x..... .......... ....',
  'capacities.unmask': 'xxx... .x.... .......... ....',
  'surveys.read': 'xxx... xxxxxx xxxxxxxxxx ....',
  'surveys.draft': 'xx.... xx.... .......... ....',
  'surveys.approve': 'xx.... x..... .......... ....',
  'networks.read': 'xxx... xxxxxx xxxxxxxxxx ..x.',
  'networks.edit': '...... xx...x x......... ....',
  'referrals.ask': 'xx.... xxxxxx xxxxxxxxxx ..x.',
  'referrals.answer': '...... xxxxxx xxxxxxxxxx ..x.',
  'network-report.read': 'xxx... ...... .......... ....',
  'assemblies.read': 'xxx... xxxxxx xxxxxxxxxx ..x.',
  'assemblies.edit': '...... xx.xxx x........x ....',
  'assemblies.contact': '...... x....x .......... ....',
  'section-reports.issue': '...... xx.xxx .......... ....',
  'institutions.read': 'xxx... xxxxxx xxxxxxxxxx ..x.',
  'institutions.edit': '...... xx.xxx x........x ..x.',
  'delegations.read': 'xxx... xxxxxx xxxxxxxxxx ....',
  'delegations.give': 'xx.... ...... .......... ....',
  'channels.read': 'xxx... xxxxxx xxxxxxxxxx ....',
  'channels.edit': '...... xx.... .........x ....',
  'channels.services': '.x.... ...... .......... ....',
  'support.answer': '.x...x ...... .......... ....',
  'experiences.read': 'xxx... xxxxxx xxxxxxxxxx ....',
  'experiences.write': '...... xxxxxx .......... ....',
  'experiences.answer': 'xx.... ...... .......... ....',
  'reports.read': 'xxx... ...... .......... ....',
  'compliance.read': 'xxx... xxxxxx xxxxxxxxxx ....',
  'papers.read': 'xxx... xxx... .......... ...x',
  'looks.read': 'xxx... x..... .......... ....',
  'trail.read': 'xxx... xxx... .......... ....',
};

const HERE = { id: 1, countyId: 1 };
const NEXT_DOOR = { id: 2, countyId: 1 };
const ELSEWHERE = { id: 3, countyId: 2 };

const nobody: Actor = {
  ...{ user: { id: 1, username: 'one', name: 'One', personId: 1 }, office: null },
  ...{ seats: [], tasks: [], capacity: 'person', now: '', today: '' },
};
const officer = (role: Role): Actor => {
  return { ...nobody, office: { role, countyId: role === 'county-head' ? 1 : null } };
};
const trustee = (seat: Seat): Actor => {
  return { ...nobody, seats: [{ decreeId: 1, centreId: 1, seat }] };
};
const volunteer = (task: Task): Actor => {
  return { ...nobody, tasks: [{ assignmentId: 1, centreId: 1, task }] };
};

/** Everybody the table knows, in the order of a row's marks. */
const EVERYBODY: [string, Actor][] = [
  ...ROLES.map((role): [string, Actor] => [role, officer(role)]),
  ...CORE_SEATS.map((seat): [string, Actor] => [seat, trustee(seat)]),
  ...OPTIONAL_SEATS.map((seat): [string, Actor] => [seat, trustee(seat)]),
  ...TASKS.map((task): [string, Actor] => [task, volunteer(task)]),
];

const rows = Object.entries(TABLE) as [Power, string][];

describe('the table of powers', () => {
  it('has its columns in this order', () => {
    const { roles, core, optional, tasks } = HEADS;
    expect(ROLES).to.deep.equal(roles);
    expect(CORE_SEATS).to.deep.equal(core);
    expect(OPTIONAL_SEATS).to.deep.equal(optional);
    expect(TASKS).to.deep.equal(tasks);
  });

  it('has every power, and each row every column', () => {
    expect(Object.keys(TABLE)).to.have.members(Object.keys(POWERS));
    for (const [power, marks] of rows) {
      expect(marks.replaceAll(' ', ''), power).to.match(/^[x.]{26}$/);
    }
  });

  for (const [power, marks] of rows) {
    it(`gives ${power} to those marked and to nobody else`, () => {
      const held = [...marks.replaceAll(' ', '')].map((mark) => mark === 'x');
      EVERYBODY.forEach(([who, actor], at) => {
        expect(may(actor, power, HERE), who).to.equal(held[at]);
      });
      expect(may(nobody, power, HERE)).to.equal(false);
    });
  }

  it('leaves of a seat that ended with the licence what is read, printed and closed in the books', () => {
    const closing = [
      ...['entries.draft', 'entries.post', 'entries.reverse', 'books.seal', 'books.close'],
      ...['assets.list', 'bank.keep', 'money.move', 'packs.hand'],
    ];
    for (const [power] of rows) {
      for (const seat of [...CORE_SEATS, ...OPTIONAL_SEATS]) {
        const kept = [{ decreeId: 1, centreId: 1, seat }];
        const once = may({ ...nobody, kept }, power, HERE);
        const left = closing.includes(power) || power.endsWith('.read');
        const held = may(trustee(seat), power, HERE);
        expect(once, `${seat} ${power}`).to.equal(left && held);
        expect(may({ ...nobody, kept }, power, NEXT_DOOR), `${seat} ${power}`).to.equal(false);
        expect(may({ ...nobody, kept }, power), `${seat} ${power}`).to.equal(false);
      }
    }
  });

  it('gives a seat or a task no power in another centre, an office none in another county', () => {
    for (const [power] of rows) {
      for (const [who, actor] of EVERYBODY.slice(ROLES.length)) {
        expect(may(actor, power, NEXT_DOOR), `${who} ${power}`).to.equal(false);
        expect(may(actor, power), `${who} ${power}`).to.equal(false);
      }
      expect(may(officer('county-head'), power, ELSEWHERE), power).to.equal(false);
    }
  });

  it('shows the system’s administrator no person and no centre (contract)', () => {
    const held = rows.filter(([power]) => may(officer('system-admin'), power, HERE));
    expect(held.map(([power]) => power)).to.have.members([
      ...['users.manage', 'settings.edit', 'province.check', 'support.answer'],
    ]);
  });
});
