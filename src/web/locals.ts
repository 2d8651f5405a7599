/** What every request carries from one middleware to the next. */
import type { Actor } from '../access/actor.ts';
import type { Practice } from '../access/practice.ts';
import type { Centre } from '../centres/centres.ts';
import type { Province } from '../provinces/province.ts';
import type { Language } from '../values/language.ts';
import type { Words } from '../words.ts';
import type { Format } from './formats.ts';
import type { Show } from './show.ts';
import type { Site } from './site.ts';

declare global {
  namespace Express {
    interface Locals {
      site: Site;
      language: Language;
      t: Words;
      show: Show;
      /** html unless the address has a suffix or the body is JSON. */
      format: Format;
      /** The address without its suffix and query. */
      path: string;
      province: Province;
      /** The province itself, where `province` is a practising user's. */
      real?: Province;
      practice?: Practice;
      /** Who asks; undefined while nobody is signed in. */
      actor?: Actor;
      centre: Centre;
      /** How the request was let in; a token needs no CSRF token. */
      by?: 'session' | 'token';
      /** What a kept form had in its fields: this page is shown with them filled in. */
      review?: Record<string, string | string[]>;
    }
  }
}
