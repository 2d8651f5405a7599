/** Self-checks of centres: what was registered, licensed and recorded is what the acts say. */
import { asActsSay, type Check } from '../provinces/check.ts';

export const centreChecks: Check[] = [
  {
    name: 'centre-acts',
    run: asActsSay(
      {
        ...{ table: 'centres', kind: 'centre.registered', on: 'registered_on' },
        subject: "'centres/' || t.code",
        says: { name: 't.name', kind: 't.kind', countyId: 't.county_id' },
      },
      {
        ...{ table: 'licences', kind: 'licence.issued', by: 'issued_by' },
        says: { number: 't.number', fromOn: 't.from_on', toOn: 't.to_on' },
      },
      {
        ...{ table: 'activity_codes', kind: 'activity-code.recorded', on: 'recorded_on' },
        says: { code: 't.code' },
      },
      {
        ...{ table: 'introductions', kind: 'centre.introduced', by: 'issued_by', on: 'issued_on' },
        says: { number: "t.year || '-' || printf('%04d', t.number)" },
      },
      {
        ...{ table: 'bank_accounts', kind: 'bank-account.recorded', by: 'recorded_by' },
        says: {
          ...{ bank: 't.bank', ownerName: 't.owner_name', accountNumber: 't.account_number' },
          ...{ iban: 't.iban', openedOn: 't.opened_on' },
        },
      },
      {
        ...{ table: 'licence_corrections', kind: 'licence.corrected' },
        ...{ by: 'corrected_by', on: 'corrected_on' },
        says: {
          ...{ licence: 't.licence_id', number: 't.number', reason: 't.reason' },
          ...{ fromOn: 't.from_on', toOn: 't.to_on' },
        },
      },
      {
        ...{ table: 'activity_code_corrections', kind: 'activity-code.corrected' },
        ...{ by: 'corrected_by', on: 'corrected_on' },
        says: { code: 't.code', reason: 't.reason' },
      },
      {
        ...{ table: 'bank_account_corrections', kind: 'bank-account.corrected' },
        ...{ by: 'corrected_by', on: 'corrected_on' },
        says: {
          ...{ accountNumber: 't.account_number', iban: 't.iban' },
          ...{ openedOn: 't.opened_on', reason: 't.reason' },
        },
      },
    ),
  },
];
