// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import type { ListVariableDefinition } from '@perses-dev/core';
import { http, HttpResponse } from 'msw';
import { useState } from 'react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { origin, renderInHost, scientist, serveApi } from '../testing/render';
import { readViewState } from './url-state';
import { pickedProjects, useViewReport } from './use-view-report';
import { withProjects } from './variables/projects';

const server = serveApi();

/** What the page said, in order. jsdom has no beacons. */
let reports: unknown[];

beforeEach(() => {
  reports = [];
  Object.defineProperty(navigator, 'sendBeacon', {
    configurable: true,
    value: (url: string, body: Blob) => {
      expect(url).toBe(`${origin}/api/audit/views`);
      expect(body.type).toBe('application/json');
      void textOf(body).then((text) => reports.push(JSON.parse(text)));
      return true;
    },
  });
});
afterEach(() => {
  cleanup();
  Reflect.deleteProperty(navigator, 'sendBeacon');
});

/** As jsdom reads blobs. */
const textOf = (blob: Blob): Promise<string> =>
  new Promise((resolve) => {
    const reader = new FileReader();
    // Of what is read as text, the result is one.
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.readAsText(blob);
  });

/** The server, which gives each view a token of its own; answers when told to, where `answer` is given. */
function answers(answer: Promise<unknown> = Promise.resolve()): void {
  let views = 0;
  server.use(
    http.post(`${origin}/api/audit/views`, async ({ request }) => {
      reports.push(await request.json());
      await answer;
      views += 1;
      return HttpResponse.json({ view: `view-${views}` }, { status: 201 });
    }),
  );
}

function Viewer() {
  const [namespaces, setNamespaces] = useState<readonly string[] | undefined>(undefined);
  useViewReport('platform', 'training', namespaces);
  return <button onClick={() => setNamespaces(['llm-research'])}>pick</button>;
}

const opened = { phase: 'opened', project: 'platform', dashboard: 'training' };
const left = (view: string) => ({ phase: 'left', view });
const reported = (...expected: unknown[]) => waitFor(() => expect(reports).toEqual(expected));

it('reports a dashboard when it is opened and when it is left for another page', async () => {
  answers();
  const { unmount } = renderInHost(<Viewer />);
  await reported(opened);
  unmount();
  await reported(opened, left('view-1'));
});

it('reports once that the page was closed, and a new view when the browser shows it again as it was', async () => {
  answers();
  const { unmount } = renderInHost(<Viewer />);
  await reported(opened);
  window.dispatchEvent(new Event('pagehide'));
  window.dispatchEvent(new Event('pagehide'));
  await reported(opened, left('view-1'));
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  await reported(opened, left('view-1'), opened);
  unmount();
  await reported(opened, left('view-1'), opened, left('view-2'));
});

it('reports another pick of projects as another view', async () => {
  answers();
  const { unmount } = renderInHost(<Viewer />);
  await reported(opened);
  const again = { ...opened, namespaces: ['llm-research'] };
  fireEvent.click(screen.getByText('pick'));
  await waitFor(() => expect(reports).toHaveLength(3));
  expect(reports).toEqual(expect.arrayContaining([opened, again, left('view-1')]));
  // The same pick again, as another list, begins nothing.
  fireEvent.click(screen.getByText('pick'));
  unmount();
  await waitFor(() => expect(reports.slice(3)).toEqual([left('view-2')]));
});

it('reports leaving also where the answer comes later', async () => {
  let answer: (value: unknown) => void = () => undefined;
  answers(new Promise((resolve) => (answer = resolve)));
  const { unmount } = renderInHost(<Viewer />);
  await reported(opened);
  unmount();
  expect(reports).toEqual([opened]);
  answer(undefined);
  await reported(opened, left('view-1'));
});

it('shows nothing and says nothing more when the report fails', async () => {
  let asked = 0;
  server.use(
    http.post(`${origin}/api/audit/views`, () => {
      asked += 1;
      return HttpResponse.error();
    }),
  );
  const { unmount, container } = renderInHost(<Viewer />);
  await waitFor(() => expect(asked).toBe(1));
  expect(container.textContent).toBe('pick');
  unmount();
  expect(reports).toEqual([]);
});

it('names the projects that were picked, and none where all of the person’s are shown', () => {
  const project: ListVariableDefinition = { kind: 'ListVariable', spec: { name: 'namespace', allowMultiple: true, allowAllValue: true, plugin: { kind: 'StaticListVariable', spec: {} } } };
  const picked = (search: string, spec: Partial<ListVariableDefinition['spec']> = {}) =>
    pickedProjects(withProjects([{ ...project, spec: { ...project.spec, ...spec } }], scientist.projects), readViewState(search), scientist);
  expect(picked('')).toBeUndefined();
  expect(picked('?var-namespace=%24__all')).toBeUndefined();
  expect(picked('?var-namespace=vision-lab')).toEqual(['vision-lab']);
  expect(picked('', { allowAllValue: false, allowMultiple: false })).toEqual(['llm-research']);
  expect(pickedProjects([], readViewState('?var-namespace=vision-lab'), scientist)).toBeUndefined();
});
