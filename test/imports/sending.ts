/** Sheets sent for import, as a program does it, and what the tests read of the answers. */

import { xlsxOf } from '../sheets/workbooks.ts';
import type { Person, Visit, World } from '../support/world.ts';

export const GIFT_HEADS = ['تاریخ دریافت', 'شیوهٔ دریافت', 'مبلغ (ریال)', 'نیت', 'نام نیکوکار'];
export const DONOR_HEADS = ['نام و نام خانوادگی', 'کد ملی', 'تلفن همراه', 'نامش برده نشود'];

export type Cell = string | number | null;

export type Trial = {
  rows: number;
  sound: number;
  faulty: number;
  known: number;
  short: number;
  refusal: { key: string; message: string } | null;
  faults: { line: number; field: string; key: string; message: string }[];
  warnings: { line: number; key: string; message: string }[];
  notes: { key: string }[];
  sums: { rial: number; debitRial: number; creditRial: number };
  chosen: { head: number; columns: Record<string, number> };
};

export function sender(world: World) {
  const root = '/centres/noor/imports';
  const send = (person: Person, what: string, bytes: Buffer, more: object = {}) =>
    world.visit(person, `POST ${root}`, {
      ...{ what, name: `${what}.xlsx`, file: bytes.toString('base64'), ...more },
    });
  const sheet = async (person: Person, what: string, rows: Cell[][], more: object = {}) =>
    send(person, what, await xlsxOf(rows), more);
  const tried = async (answer: Visit, query = ''): Promise<Trial & { id: number }> => {
    const { id } = answer.json<{ id?: number }>();
    if (id === undefined) throw new Error(answer.text);
    const page = await world.visit('maryam', `GET ${root}/${id}.json${query}`);
    return { id, ...page.json<{ trial: Trial }>().trial };
  };
  const take = (id: number, body: object = {}, person: Person = 'maryam') =>
    world.visit(person, `POST ${root}/${id}/take-in`, body);
  /** Sends rows and answers what they would bring. */
  const trial = async (what: string, rows: Cell[][], query = '') =>
    tried(await sheet('maryam', what, rows), query);
  return { root, send, sheet, tried, take, trial };
}

/** How many of everything there is: whatever is refused leaves all of it as it was. */
export function counted({ province }: World): Record<string, number> {
  const tables = ['donors', 'donations', 'receipts', 'entries', 'papers', 'entry_drafts'];
  const count = (table: string) =>
    province.db.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  return Object.fromEntries(tables.map((table) => [table, count(table)]));
}
