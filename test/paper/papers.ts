/** Papers as a centre would issue them, for the tests to change one thing of. */
import type { DecreePaper } from '../../src/board/decree-paper.ts';
import type { BookHead } from '../../src/books/book-head.ts';
import type { IntroductionPaper } from '../../src/centres/introduction-paper.ts';
import type { ReceiptPaper } from '../../src/donations/receipt-paper.ts';
import type { PrintMark } from '../../src/paper/print-mark.ts';

export const print: PrintMark = {
  actHash: '9f2c41d07ab85e6310c4de72f1189b3a55e07c6d24f8a9b1637ec05d8842bb1f',
  draft: false,
  reprint: null,
  cancelled: null,
};

const centre = {
  name: 'مرکز نیکوکاری نورالهدی',
  place: 'محله باغ‌سنگ، شهرستان مشهد',
  address: 'مشهد، خیابان بهار، مسجد نورالهدی',
  postalCode: '9100000047',
  phone: '051-30000127',
  activityCode: '09-1274',
};

const verify = { code: '9-7K4M-92QD-AB3F', verifyAddress: 'nikukari.example/verify' };

export const receipt: ReceiptPaper = {
  kind: 'receipt',
  lang: 'fa',
  centre,
  number: '1405-000350',
  year: 1405,
  receivedOn: '2026-11-21',
  issuedAt: '2026-11-21T14:12:07Z',
  donor: { name: 'غلامحسین رضایی', maskedId: '••••••5616', anonymous: false, withheld: false },
  fund: { code: 'alms', name: 'صدقه' },
  method: 'نقدی',
  purpose: 'سلامتی خانواده',
  amountRial: 12_500_000,
  amountWords: 'دوازده میلیون و پانصد هزار',
  receivedBy: { name: 'زهرا صادقی‌پور', seatName: 'مسئول امور اداری و مالی' },
  ...verify,
};

export const decree: DecreePaper = {
  kind: 'decree',
  lang: 'fa',
  form: 'centre',
  number: '1405-0001',
  issuedOn: '2026-05-23',
  committee: { province: 'خراسان رضوی', county: 'مشهد' },
  centre,
  person: { honorific: 'سرکار خانم', name: 'فاطمه حیدری‌مقدم' },
  seat: 'مسئول امور خیّرین و بانوان امدادیار',
  from: '2026-05-23',
  to: '2028-05-22',
  basis: { number: '1405/41/036', on: '2026-05-18' },
  predecessor: 'سرکار خانم ناهید شریفی',
  duties: ['شناسایی و نگهداشت خیّرین؛', 'تهیهٔ مستندات و گزارش‌های مرتبط.'],
  signer: { name: 'محمدرضا یوسفی‌نیا', office: 'رئیس هیئت امنا' },
  ...verify,
};

export const introduction: IntroductionPaper = {
  kind: 'introduction',
  lang: 'fa',
  number: '1405/41/052',
  issuedOn: '2026-06-01',
  committee: decree.committee,
  centre,
  licence: { number: '1405-118', from: '2026-05-01', to: '2029-04-30' },
  branch: 'شعبهٔ مشهد',
  signatories: [
    { name: 'محمدرضا یوسفی‌نیا', office: 'رئیس هیئت امنا', nationalId: '0013542419' },
    { name: 'زهرا صادقی‌پور', office: 'مسئول امور اداری و مالی', nationalId: null },
  ],
  signer: { name: 'سید حسن میرزایی', office: 'رئیس کمیته امداد شهرستان مشهد' },
  ...verify,
};

export const head: BookHead = {
  lang: 'fa',
  centre,
  from: '2026-03-21',
  to: '2027-03-20',
  printedOn: '2027-03-21',
  lastEntry: 1000,
  newestHash: print.actHash,
  preparedBy: 'زهرا صادقی‌پور',
};
