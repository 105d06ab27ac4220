// What `helm test` runs inside the cluster, against the service named by SERVICE.
const ready = await fetch(`${process.env.SERVICE}/api/health/ready`);
const { status, checks } = await ready.json();
for (const check of checks) console.log(`${check.status.padEnd(4)} ${check.name}${check.detail === undefined ? '' : ` (${check.detail})`}`);
const entry = await fetch(`${process.env.SERVICE}/federation/_next/static/chunks/remoteEntry.js`);
console.log(`${entry.ok ? 'up' : 'down'}   federated modules (${entry.status})`);
process.exitCode = status === 'ready' && entry.ok ? 0 : 1;
