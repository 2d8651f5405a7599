/** Reads a paper back as a stranger's program would: with poppler. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Poppler frames right-to-left text in marks, and our numbers carry one; none is seen. */
const MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export function hasPoppler(): boolean {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export function textOf(pdf: Buffer, ...options: string[]): string {
  return run('pdftotext', pdf, [...options, 'FILE', '-']).replace(MARKS, '');
}

export function linesOf(pdf: Buffer, ...options: string[]): string[] {
  return textOf(pdf, ...options)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter(Boolean);
}

export function infoOf(pdf: Buffer, ...options: string[]): string {
  return run('pdfinfo', pdf, [...options, 'FILE']).replace(MARKS, '');
}

export function pagesOf(pdf: Buffer): number {
  return Number(/^Pages:\s+(\d+)/m.exec(infoOf(pdf))?.[1]);
}

export function fontsOf(pdf: Buffer): string {
  return run('pdffonts', pdf, ['FILE']);
}

function run(tool: string, pdf: Buffer, options: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'paper-'));
  const file = join(folder, 'paper.pdf');
  writeFileSync(file, pdf);
  try {
    const given = options.map((option) => (option === 'FILE' ? file : option));
    return execFileSync(tool, given, { encoding: 'utf8', maxBuffer: 1 << 26 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
