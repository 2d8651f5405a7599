/**
 * What the operator is told, as JSON lines on the error output: faults, refused writes, and with
 * `LOG_LEVEL=debug` each request. Never a name, a number of a person, or what was typed.
 */
import pino from 'pino';

const level = process.env.LOG_LEVEL || (process.env.NODE_ENV === 'test' ? 'silent' : 'info');

export const log = pino({ level }, pino.destination({ fd: 2, sync: true }));
