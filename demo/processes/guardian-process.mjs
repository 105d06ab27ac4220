// Ends the demo's processes when the process that started them has been killed and could not. It is told their ids on
// standard input ("+id" when one starts, "-id" when it has ended); the end of the input means that the starter is gone.
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const watched = new Set();

createInterface({ input: process.stdin }).on('line', (line) => {
  const pid = Number(line.slice(1));
  if (line.startsWith('+')) watched.add(pid);
  else watched.delete(pid);
});

function signalAll(name) {
  for (const pid of watched) {
    try {
      // Each is the leader of its own group.
      process.kill(-pid, name);
    } catch {
      watched.delete(pid);
    }
  }
}

process.stdin.on('end', async () => {
  signalAll('SIGTERM');
  for (let tries = 0; watched.size > 0 && tries < 30; tries += 1) {
    await sleep(100);
    signalAll(0);
  }
  signalAll('SIGKILL');
  process.exit();
});
