/** What may be corrected of a person: everything but the national ID. */
import { z } from 'zod';
import { personFields } from './person-pages.ts';

const { name, gender, isCleric, mobile } = personFields;
export const correctionForm = z.object({ name, gender, isCleric, mobile });
