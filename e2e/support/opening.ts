/** What it costs to open a dashboard in a host: bytes, requests and time, as Chromium counts them. */
import type { Page } from '@playwright/test';
import { paintedAt } from './painted';

/** A line's speed, in bytes a second and milliseconds. */
export interface Line {
  readonly offline: boolean;
  readonly latency: number;
  readonly downloadThroughput: number;
  readonly uploadThroughput: number;
}

export interface Opening {
  /** From the click to the first panel with something drawn in it. */
  readonly milliseconds: number;
  /** Bytes on the line, compressed and with headers: what the module's service sent, and the API. */
  readonly code: number;
  readonly data: number;
  readonly requests: number;
}

/** From a click on a link of the host to the dashboard's first drawn panel. */
export async function openDashboard(page: Page, dashboard: string, line?: Line): Promise<Opening> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  if (line !== undefined) await session.send('Network.emulateNetworkConditions', line);
  const code = new Set<string>();
  let [codeBytes, dataBytes, requests] = [0, 0, 0];
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.url.includes('/_mf/')) code.add(requestId);
  });
  session.on('Network.requestWillBeSent', () => (requests += 1));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (code.has(requestId)) codeBytes += encodedDataLength;
    else dataBytes += encodedDataLength;
  });
  // The host's router follows its own history; the page does not load anew.
  const start = await page.evaluate((path) => {
    const started = performance.now();
    history.pushState(null, '', path);
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
    return started;
  }, dashboard);
  const drawn = await paintedAt(page, '[data-testid="dashboard-viewer"]', 180_000);
  return { milliseconds: drawn - start, code: codeBytes, data: dataBytes, requests };
}

