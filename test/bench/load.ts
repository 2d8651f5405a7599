/** Requests over keep-alive connections to the loopback, timed one by one. */
import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';

export type Call = {
  method: 'GET' | 'POST';
  path: string;
  headers: OutgoingHttpHeaders;
  body?: string;
};

export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

export type Load = {
  calls: number;
  seconds: number;
  /** Milliseconds of each call, from its first byte sent to its last received. */
  times: number[];
};

/** How much is asked: it ends with the first of them. */
export type Bounds = {
  clients: number;
  calls?: number;
  seconds?: number;
  until?: Promise<unknown>;
};

/**
 * Sends calls from so many clients, each its next as soon as it was answered. Any other answer than
 * the expected is a failure of the bench.
 */
export async function drive(
  address: string,
  { clients, calls = Infinity, seconds = 60, until }: Bounds,
  callOf: (n: number) => Call,
  expected: number,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const times: number[] = [];
  let next = 0;
  let over = false;
  void until?.finally(() => {
    over = true;
  });
  const began = performance.now();
  const ends = began + seconds * 1000;
  const client = async () => {
    while (next < calls && !over && performance.now() < ends) {
      const one = callOf(next++);
      const sent = performance.now();
      const answer = await send(address, one, agent);
      times.push(performance.now() - sent);
      requireStatus(answer, expected, one);
    }
  };
  try {
    await Promise.all(Array.from({ length: clients }, client));
  } finally {
    agent.destroy();
  }
  return { calls: times.length, seconds: (performance.now() - began) / 1000, times };
}

/** One call and its whole answer. */
export function send(address: string, call: Call, agent?: Agent): Promise<Answer> {
  return new Promise((answered, failed) => {
    const { method, headers, path, body } = call;
    const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const options = { method, agent, headers: { ...headers, ...length } };
    const asked = request(`${address}${path}`, options, (res) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part));
      res.once('error', failed);
      res.once('end', () => {
        const { statusCode: status = 0, headers: told } = res;
        answered({ status, headers: told, body: Buffer.concat(parts) });
      });
    });
    asked.once('error', failed);
    asked.end(body);
  });
}

export function requireStatus(answer: Answer, expected: number, { method, path }: Call): void {
  if (answer.status === expected) return;
  const told = answer.body.toString('utf8').slice(0, 300);
  throw new Error(`${method} ${path} was answered ${answer.status}: ${told}`);
}
