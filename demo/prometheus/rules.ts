/** Reads the rules that the product ships for clusters — PrometheusRule resources in alerts/ — for a Prometheus without an operator. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { z } from 'zod';

const rule = z.looseObject({
  record: z.string().optional(),
  alert: z.string().optional(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
});
const group = z.looseObject({ name: z.string(), interval: z.string().optional(), rules: z.array(rule) });
const resource = z.looseObject({ kind: z.literal('PrometheusRule'), spec: z.object({ groups: z.array(group) }) });

export type Rule = z.infer<typeof rule>;
export type RuleGroup = z.infer<typeof group>;

/**
 * The groups of all resources in the folder, in the order of the files; none where there is no folder.
 *
 * @throws Error that names the file when one of them is not a PrometheusRule
 */
export async function readRules(directory: string): Promise<RuleGroup[]> {
  const files = await readdir(directory).catch(() => []);
  const groups = await Promise.all(
    files
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .map(async (file) => {
        const documents = parseAllDocuments(await readFile(join(directory, file), 'utf8'));
        return documents.flatMap((document) => {
          const parsed = resource.safeParse(document.toJS());
          if (!parsed.success) throw new Error(`${join(directory, file)} is not a PrometheusRule: ${z.prettifyError(parsed.error)}`);
          return parsed.data.spec.groups;
        });
      }),
  );
  return groups.flat();
}

/** A rule file of Prometheus. */
export function ruleFile(groups: readonly RuleGroup[]): string {
  return stringify({ groups });
}
