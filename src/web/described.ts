/** Bodies that programs may send, named by the address they go to; OpenAPI tells them. */
import { z } from 'zod';

/** As `POST /{province}/centres/{code}/donations`. */
type Line = `POST /${string}`;

const bodies = new Map<string, z.ZodType>();

/** Tells of the schema that reads this address's body; the same one that reads it. */
export function describeBody(line: Line, schema: z.ZodType): void {
  bodies.set(line, schema);
}

/** Tells of addresses to which nothing is sent but the wish itself. */
export function describeWishes(...lines: Line[]): void {
  for (const line of lines) bodies.set(line, z.object({}));
}

export function bodyOf(line: string): z.ZodType | undefined {
  return bodies.get(line);
}
