// Loaded into the app's process before anything else (`node --import`): appends every address that it connects to, and
// every name that it looks up, to the file that CONNECTIONS_FILE names, one a line, with the script that runs.
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';
import { syncBuiltinESMExports } from 'node:module';

const script = process.argv[1] ?? '';
const file = process.env.CONNECTIONS_FILE;
const record = (what) => {
  if (file !== undefined) appendFileSync(file, `${script} ${what}\n`);
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  // `net.connect` hands on its arguments as one array.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const target = typeof first === 'object' && first !== null ? (first.path ?? first.host ?? 'localhost') : typeof second === 'string' ? second : 'localhost';
  record(target);
  return connect.apply(this, args);
};

for (const api of [dns, dns.promises]) {
  for (const [name, ask] of Object.entries(api)) {
    if (typeof ask !== 'function' || !/^(?:lookup|resolve)/.test(name)) continue;
    api[name] = function (host, ...rest) {
      record(host);
      return ask.call(this, host, ...rest);
    };
  }
}
syncBuiltinESMExports();
