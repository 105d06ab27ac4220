/** A host developer's TypeScript, compiled with nothing but React's types and what is published beside the remote. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { exposes } from '../exposes.mjs';

const published = join(import.meta.dirname, 'odhObservability.d.ts');

/** Messages of the compiler for a page of a host. */
function compile(source: string): string[] {
  const page = join(import.meta.dirname, 'page.tsx');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    jsx: ts.JsxEmit.ReactJSX,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  host.fileExists = (file) => file === page || ts.sys.fileExists(file);
  host.readFile = (file) => (file === page ? source : ts.sys.readFile(file));
  host.getSourceFile = (file, language) => {
    const text = host.readFile(file);
    return text === undefined ? undefined : ts.createSourceFile(file, text, language);
  };
  const program = ts.createProgram([published, page], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('the published declarations', () => {
  it('let a host page use every module as the documentation shows', { timeout: 120_000 }, () => {
    const messages = compile(`
      import { lazy } from 'react';
      import extensions from 'odhObservability/extensions';
      import { dashboardHref, ViewMetricsLink } from 'odhObservability/links';
      const DashboardViewer = lazy(() => import('odhObservability/DashboardViewer'));
      const SummaryPanel = lazy(() => import('odhObservability/SummaryPanel'));
      const DashboardCatalog = lazy(() => import('odhObservability/DashboardCatalog'));
      export const types: string[] = extensions.map(({ type }) => type);
      export const href: string = dashboardHref({ kind: 'model', namespace: 'fraud', name: 'bert-v2' }, { start: '6h' });
      export const Page = () => (
        <>
          <DashboardViewer project="opendatahub" dashboard="model-serving" variables={{ namespace: 'fraud', model: ['a', 'b'] }} timeRange={{ start: '6h' }} chrome="compact" />
          <SummaryPanel namespace="fraud" onNavigate={(to) => console.log(to)} />
          <DashboardCatalog apiBase="/odh-observability/api" />
          <ViewMetricsLink kind="training-job" namespace="fraud" name="llama" start="6h" />
        </>
      );
    `);
    expect(messages.filter((message) => !message.includes("'console'"))).toEqual([]);
  });

  it('tell a host developer what is wrong', { timeout: 120_000 }, () => {
    const messages = compile(`
      import DashboardViewer from 'odhObservability/DashboardViewer';
      import { dashboardHref } from 'odhObservability/links';
      export const page = <DashboardViewer dashboard="model-serving" />;
      export const href = dashboardHref({ kind: 'kitchen', name: 'sink' });
    `).join('\n');
    expect(messages).toContain("'project' is missing");
    expect(messages).toContain('"kitchen"');
  });

  it('name every module that is exposed', () => {
    const text = readFileSync(published, 'utf8');
    for (const name of Object.keys(exposes)) expect(text).toContain(`declare module 'odhObservability/${name.slice(2)}'`);
  });
});
