/** Pages: EJS templates in the layout, with an escape that will not print what is not there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs from 'ejs';
import type { Request, Response } from 'express';
import { NotFound } from '../refusal.ts';
import { withLabels } from './fault-labels.ts';
import { frameOf } from './frame.ts';

export const VIEWS = join(import.meta.dirname, '../../views');

type Template = (page: object) => string;

const templates = new Map<string, Template>();

/** Names of the templates rendered since the start; a test sees that each was. */
export const rendered = new Set<string>();

/** Sends a page: its own template wrapped in the layout. In another format a page is not there. */
export function sendPage(req: Request, res: Response, view: string, data: PageData): void {
  if (req.method === 'GET' && res.locals.format !== 'html' && view !== 'errors/error') {
    throw new NotFound();
  }
  res.type('html').send(renderPage(req, res, view, data));
}

export type PageData = { title: string; layout?: 'layout' | 'gate' | 'plain' } & Record<
  string,
  unknown
>;

export function renderPage(req: Request, res: Response, view: string, data: PageData): string {
  const page = { ...frameOf(req, res), ...data, ...reviewed(res, data) };
  const body = withLabels(template(view)(page));
  return template(data.layout ?? 'layout')({ ...page, body });
}

/** The fields of a form that was kept through a sign-in stand in its page again. */
function reviewed(res: Response, data: PageData): object {
  const { review } = res.locals;
  return review ? { values: { ...(data.values as object | undefined), ...review } } : {};
}

function template(view: string): Template {
  const known = templates.get(view);
  if (known) return known;
  const filename = join(VIEWS, `${view}.ejs`);
  if (!existsSync(filename)) throw new Error(`no view ${view}`);
  const compiled = ejs.compile(readFileSync(filename, 'utf8'), {
    filename,
    root: VIEWS,
    views: [VIEWS],
    _with: false,
    localsName: 'page',
    strict: true,
    escape: strictEscape,
    includer: seen,
    cache: true,
  }) as Template;
  templates.set(view, compiled);
  rendered.add(view);
  return compiled;
}

/** Notes an included template too; where it lies is left to EJS. */
function seen(path: string): { filename: string } {
  rendered.add(path.replace(/^\//, ''));
  return { filename: '' };
}

/** A misspelt property fails with its file and line instead of printing a blank. */
function strictEscape(value: unknown): string {
  if (value === undefined || value === null)
    throw new Error('a template printed what is not there');
  const text = String(value);
  return UNSAFE.test(text) ? text.replaceAll(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`) : text;
}

const UNSAFE = /[&<>"']/;
