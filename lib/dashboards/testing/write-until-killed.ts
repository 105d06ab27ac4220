/** Writes one version after the other into the folder it is given, and prints each when it is stored. */
import { createDirectoryWriter } from '../writer';
import { dashboard } from './resources';

const [directory = ''] = process.argv.slice(2);
const writer = createDirectoryWriter({ directory, onChange: () => undefined, date: () => Date.now() });
const subject = dashboard('fraud-detection', 'own');
// Long enough that writing takes more than one step of the file system.
const filled = { ...subject, spec: { ...subject.spec, panels: {}, padding: 'x'.repeat(200_000) } };

await writer.create(filled).catch(() => undefined);
for (;;) {
  const { after } = await writer.update(filled);
  process.stdout.write(`${after.metadata.version}\n`);
}
