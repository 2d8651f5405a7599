/** The addresses of what the reader was told. */
import { Router } from 'express';

export const noticePages = Router({ mergeParams: true });
