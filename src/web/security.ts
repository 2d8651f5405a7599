/** Headers that keep a page to itself: nothing from elsewhere, nothing inline, no framing. */
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Site } from './site.ts';

export function secureHeaders(site: Site): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        ...(site.secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: site.secure,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
}

/** Our cookies are text; one that a browser claims to be JSON is none of ours. */
export const plainCookies: RequestHandler = (req, _res, next) => {
  const cookies = Object.entries(req.cookies as Record<string, unknown>);
  req.cookies = Object.fromEntries(cookies.filter(([, value]) => typeof value === 'string'));
  next();
};
