/** Equipment, seal and bank account. */
import type { Clause } from './clause.ts';

/** The activity code, and with it the seal, comes after the licence. */
export const codeAfterLicence: Clause<{ licensed: boolean }> = {
  id: 'B-117',
  holds: ({ licensed }) => licensed,
};

/** The one account: at Sandoq-e Emdad-e Velayat, in the centre's name, on an introduction. */
export const oneBankAccount: Clause<{
  bank: string;
  ownerName: string;
  centreName: string;
  introduced: boolean;
  isCardNumber: boolean;
}> = {
  id: 'B-118',
  holds: ({ bank, ownerName, centreName, introduced, isCardNumber }) =>
    bank === 'velayat' && ownerName === centreName && introduced && !isCardNumber,
};
