/** What programs need to know without asking anybody: whether we live, and what can be sent where. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Request, Router } from 'express';
import { z } from 'zod';
import { provincesOf } from '../provinces/catalogue.ts';
import { type Address, addressesOf } from './addresses.ts';
import { bodyOf } from './described.ts';

export const describePages = Router();

describePages.get('/healthz', (_req, res) => {
  const provinces = provincesOf(res.locals.site.catalogue);
  for (const province of provinces) province.db.$client.prepare('SELECT 1').get();
  res.json({ status: 'ok', provinces: provinces.length });
});

// The format has been taken off the address: this is /openapi.json.
describePages.get('/openapi', (req, res) => {
  res.json(describe(req));
});

const { version } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
) as { version: string };

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    clause: { type: 'string', examples: ['B-128'] },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

function describe(req: Request): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const address of addressesOf(req.app.router as unknown as Router)) {
    const { path, method } = address;
    paths[path] ??= {};
    paths[path][method] = method === 'get' ? describeGet(address) : describePost(address);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Nikukari', version, description: ABOUT },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: PROBLEM },
    },
  };
}

const ABOUT = `Every page is also data: add .json to its address, .csv or .xlsx on a list, .pdf where
it is printed, .hledger or .beancount on the journal, .geojson or .kml on a boundary. Lists take
from, to (ISO or Jalali days), q, page and sort. Amounts are whole rials. Programs send JSON with a
bearer token, and may send Idempotency-Key: the same body again gets the first answer again.`;

function describeGet({ path }: Address): object {
  return {
    parameters: parametersOf(path),
    responses: { 200: { description: 'The page, or its data in the format asked for' }, ...WRONG },
  };
}

function describePost({ path }: Address): object {
  const schema = bodyOf(`POST ${path}`);
  const key = { name: 'Idempotency-Key', in: 'header', schema: { type: 'string' } };
  return {
    parameters: [...parametersOf(path), key],
    ...(schema ? { requestBody: bodyIn(schema) } : {}),
    responses: {
      200: { description: 'Changed' },
      201: { description: 'Created; Location tells where' },
      ...WRONG,
    },
  };
}

/** Bodies are described as they are sent, before they are read. */
function bodyIn(schema: z.ZodType): object {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const required = !schema.safeParse({}).success;
  return { required, content: { 'application/json': { schema: described } } };
}

const WRONG = {
  default: {
    description: 'What was refused, and why',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  },
};

function parametersOf(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
  }));
}
