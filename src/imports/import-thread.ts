/** A sheet read, judged and written beside the program, on a connection of its own. */
import { parentPort } from 'node:worker_threads';
import { connect, connectForReading } from '../provinces/connection.ts';
import { doWork, type Told, type Work } from './work.ts';

type Heard = { work: Work } | { id: number };

const port = parentPort!;
const tell = (told: Told) => port.postMessage(told);

/** Answered with the number of the import once it is this thread's turn to write. */
let mayWrite: (id: number) => void = () => {};

port.on('message', (heard: Heard) => {
  if ('id' in heard) mayWrite(heard.id);
  else void work(heard.work);
});

async function work(asked: Work): Promise<void> {
  const writes = asked.mode === 'take';
  const db = writes ? connect(asked.file) : connectForReading(asked.file);
  try {
    tell({ told: 'begun' });
    // What was written goes into the file itself after everybody has been answered.
    if (writes) db.$client.pragma('wal_autocheckpoint = 0');
    // What one import changes stays in memory until it is written once.
    if (writes) db.$client.pragma('cache_size = -262144');
    const named = new Promise<number>((answered) => {
      mayWrite = answered;
    });
    await doWork(asked, { db, tell, mayWrite: () => named });
    if (writes) db.$client.pragma('wal_checkpoint(PASSIVE)');
  } finally {
    db.$client.close();
  }
  tell({ told: 'over' });
}
