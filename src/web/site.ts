/** What the whole installation shares: its provinces, its clock, its secrets. */
import type { Catalogue } from '../provinces/catalogue.ts';

export type Site = {
  catalogue: Catalogue;
  /** The moment it is; tests set their own. */
  clock: () => Date;
  /** Made on first start and kept in the data folder; signs cookies and form tokens. */
  secret: string;
  /** Where people reach this installation, without a slash at the end; papers print it. */
  address: string;
  /** Whether cookies travel only over TLS. */
  secure: boolean;
  /** What express is told of proxies before it: false, a count, or addresses. */
  trustProxy: boolean | number | string;
  /** The one-time code for claiming an empty installation; undefined once there is a province. */
  setupCode?: string;
};
