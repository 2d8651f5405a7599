/** Bodies that programs may send, named by the address they go to; OpenAPI tells them. */
import type { z } from 'zod';

/** As `POST /{province}/centres/{code}/donations`. */
type Line = `POST /${string}`;

const bodies = new Map<string, z.ZodType>();

/** Tells of the schema that reads this address's body; the same one that reads it. */
export function describeBody(line: Line, schema: z.ZodType): void {
  bodies.set(line, schema);
}

export function bodyOf(line: string): z.ZodType | undefined {
  return bodies.get(line);
}
