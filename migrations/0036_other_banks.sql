-- B-118: an IBAN names its bank in its fifth to seventh place; one of another bank is no account of
-- the one permitted. The codes are those that the central bank gave to banks and credit institutions.
CREATE TABLE other_banks (
  code TEXT PRIMARY KEY CONSTRAINT other_bank_code CHECK (code GLOB '[0-9][0-9][0-9]')
) STRICT, WITHOUT ROWID;
INSERT INTO other_banks VALUES
  ('010'), ('011'), ('012'), ('013'), ('014'), ('015'), ('016'), ('017'), ('018'), ('019'), ('020'),
  ('021'), ('022'), ('051'), ('052'), ('053'), ('054'), ('055'), ('056'), ('057'), ('058'), ('059'),
  ('060'), ('061'), ('062'), ('063'), ('064'), ('065'), ('066'), ('069'), ('070'), ('073'), ('075'),
  ('078'), ('079'), ('080'), ('090'), ('095');
CREATE TRIGGER b118_iban_of_no_other_bank BEFORE INSERT ON bank_accounts
WHEN substr(NEW.iban, 5, 3) IN (SELECT code FROM other_banks)
BEGIN SELECT RAISE(ABORT, 'b118_iban_of_no_other_bank'); END;
CREATE TRIGGER b118_corrected_iban_of_no_other_bank BEFORE INSERT ON bank_account_corrections
WHEN substr(NEW.iban, 5, 3) IN (SELECT code FROM other_banks)
BEGIN SELECT RAISE(ABORT, 'b118_iban_of_no_other_bank'); END;
