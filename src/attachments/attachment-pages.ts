/** The addresses of the files of a subject: a capability lays them below the subject's own. */
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { may, type Power } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { readReason } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer, wantsJson } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendChanged, sendCreated } from '../web/written.ts';
import {
  type Attachment,
  attach,
  attachmentsOf,
  bytesOf,
  endAttachment,
  findAttachment,
  type Subject,
} from './attachments.ts';
import { ACCEPTED } from './content.ts';

/** A subject as it was asked for: where it stands, the page that shows its files, that page again. */
export type Held = Subject & {
  /** Its own address; its files are below it. */
  address: string;
  /** The page to which a reader comes back. */
  page: string;
  /** Shows that page with what was refused. */
  again: (refused: object) => void;
};

export type AttachedTo = {
  /** The address of the subject below the router's, as Express writes it. */
  at: string;
  /** The same address whole, as OpenAPI writes it. */
  told: `/${string}`;
  /** Who sees the subject, and so its files. */
  see: Power;
  /** Who attaches and ends. */
  add: Power;
  /** Finds the subject; throws NotFound. */
  held: (req: Request, res: Response) => Held;
};

const fileForm = z.object({ name: z.string().max(400), file: z.base64() });
const endingForm = z.object({ reason: typed(readReason) });

/** Lays list, download, attaching and ending below the subject. */
export function layAttachments(router: Router, { at, told, see, add, held }: AttachedTo): void {
  const base = `${at}/attachments`;
  describeBody(`POST ${told}/attachments`, fileForm);
  describeBody(`POST ${told}/attachments/{attachment}/ending`, endingForm);

  router.get(base, allow(see), async (req, res) => {
    const subject = held(req, res);
    await answer(res, {
      html: () => res.redirect(303, subject.page),
      json: () => res.json({ attachments: attachmentsOf(res.locals.province.db, subject) }),
    });
  });

  router.get(`${base}/:attachment`, allow(see), async (req, res) => {
    const { db } = res.locals.province;
    const attachment = findAttachment(db, held(req, res), numberOf(req));
    await answer(res, {
      html: () => sendFile(res, attachment, bytesOf(db, attachment)),
      json: () => res.json(attachment),
    });
  });

  router.post(base, allow(add), async (req, res) => {
    const subject = held(req, res);
    const { actor, t } = res.locals;
    try {
      const sent = fileSent(req);
      const created = await enterOnce(req, res, (tx) => {
        const body = attach(tx, actor!, { ...subject, power: add }, sent);
        return { location: `${subject.address}/attachments/${body.id}`, body };
      });
      const said = t('attachments:flash.attached');
      if (wantsJson(req, res)) sendCreated(req, res, created, said);
      else sendChanged(req, res, { to: subject.page, body: created.body }, said);
    } catch (fault) {
      sendRefusedForm(fault, req, res, subject.again);
    }
  });

  router.post(`${base}/:attachment/ending`, allow(add), async (req, res) => {
    const subject = held(req, res);
    const { actor, province, t } = res.locals;
    const { id } = findAttachment(province.db, subject, numberOf(req));
    try {
      const { reason } = readBody(req, endingForm);
      const body = await enter(province, (tx) =>
        endAttachment(tx, actor!, { ...subject, power: add }, { id, reason }),
      );
      sendChanged(req, res, { to: subject.page, body }, t('attachments:flash.ended'));
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        subject.again({ ...refused, refusedFile: id, values: req.body as object }),
      );
    }
  });
}

/** What `parts/attachments` shows of a subject. */
export function attachedTo(res: Response, subject: Subject & { address: string; add: Power }) {
  const { province, actor } = res.locals;
  return {
    ...{ files: attachmentsOf(province.db, subject), filesAt: `${subject.address}/attachments` },
    ...{ accept: ACCEPTED, mayAttach: may(actor!, subject.add, subject.centre ?? undefined) },
  };
}

/** Always a file to keep, never a page: no browser is to read it under our name. */
function sendFile(res: Response, { name, type }: Attachment, bytes: Buffer): void {
  res.attachment(name).type(type);
  res.set('Content-Security-Policy', "default-src 'none'; sandbox");
  res.set({ 'Cache-Control': 'private, no-store', 'X-Content-Type-Options': 'nosniff' });
  res.send(bytes);
}

/** A form sends the file as it is; a program its name and its bytes in base64. */
function fileSent(req: Request): { name: string; bytes: Buffer } {
  if (!req.is('multipart')) {
    const { name, file } = readBody(req, fileForm);
    return { name, bytes: Buffer.from(file, 'base64') };
  }
  const files = (req.files ?? []) as Express.Multer.File[];
  const file = files.find(({ fieldname }) => fieldname === 'file');
  // What stands in the body is the text of the file, which no page shows and no key is counted by.
  const body = req.body as { file?: unknown; name?: unknown };
  delete body.file;
  if (!file || (file.size === 0 && !file.originalname)) {
    throw new Refusal('attachments:faults.none', { status: 422, field: 'file' });
  }
  // Browsers send the name in UTF-8; the header's own alphabet is Latin.
  const name = Buffer.from(file.originalname, 'latin1').toString('utf8');
  body.name = `${name} ${file.size}`;
  return { name, bytes: file.buffer };
}

function numberOf(req: Request): number {
  const named = String(req.params.attachment);
  if (!/^[1-9]\d{0,9}$/.test(named)) throw new NotFound();
  return Number(named);
}
