/**
 * What a dashboard costs inside ODH Dashboard: bytes, requests and time from the click in a host's navigation to the first
 * panel with data, in Chromium, with an empty cache and a warm one, and over a slow line.
 */
import { chromium, type BrowserContext, type Page } from 'playwright';
import { chromiumOptions } from '../e2e/support/chromium';
import { answerSignIn } from '../e2e/support/sign-in';
import { median } from './statistics';

const runs = 5;

/** 1 Mbit/s each way and 40 ms round trips; in bytes a second and milliseconds. */
const slowLine = { offline: false, latency: 40, downloadThroughput: 125_000, uploadThroughput: 125_000 };

interface Opening {
  readonly milliseconds: number;
  readonly code: number;
  readonly data: number;
  readonly requests: number;
}

/** Signs in to the host and opens its front page, with the list and the dashboard one click each away. */
async function openHost(context: BrowserContext, hostUrl: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(hostUrl);
  if (new URL(page.url()).origin !== hostUrl) await answerSignIn(page, 'scientist');
  await page.getByRole('link', { name: 'Workload dashboards' }).waitFor();
  return page;
}

/** From a click on a link of the host to the dashboard's first drawn panel. */
async function openDashboard(page: Page, dashboard: string, line: typeof slowLine | undefined): Promise<Opening> {
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
  const drawn = await page.waitForFunction(
    () => {
      const canvases = document.querySelectorAll<HTMLCanvasElement>('[data-testid="dashboard-viewer"] canvas');
      const painted = [...canvases].some((canvas) => canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value !== 0) ?? false);
      return painted ? performance.now() : undefined;
    },
    undefined,
    { timeout: 180_000 },
  );
  return { milliseconds: Number(await drawn.jsonValue()) - start, code: codeBytes, data: dataBytes, requests };
}

function report(label: string, openings: readonly Opening[]): void {
  const middle = (value: (opening: Opening) => number) => median(openings.map(value));
  console.log(
    `${label.padEnd(34)} median of ${openings.length}: ${(middle(({ milliseconds }) => milliseconds) / 1000).toFixed(2)} s ` +
      `(${openings.map(({ milliseconds }) => (milliseconds / 1000).toFixed(2)).join(', ')}), ` +
      `${(middle(({ code }) => code) / 1024).toFixed(0)} KB of code and ${(middle(({ data }) => data) / 1024).toFixed(0)} KB of data in ${middle(({ requests }) => requests).toFixed(0)} requests`,
  );
}

/** @param hostUrl a host that is built for production */
export async function benchEmbedding(hostUrl: string, dashboard: string): Promise<void> {
  console.log(`\nInside a host, from the click to the first panel with data of ${dashboard}`);
  const browser = await chromium.launch(chromiumOptions);
  const context = () => browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    for (const { label, line } of [
      { label: 'empty cache', line: undefined },
      { label: 'empty cache, 1 Mbit/s, 40 ms', line: slowLine },
    ]) {
      const openings: Opening[] = [];
      for (let run = 0; run < runs; run += 1) {
        const cold = await context();
        openings.push(await openDashboard(await openHost(cold, hostUrl), dashboard, line));
        await cold.close();
      }
      report(label, openings);
    }
    const warm = await context();
    const first = await openHost(warm, hostUrl);
    await openDashboard(first, dashboard, undefined);
    await first.close();
    for (const { label, line } of [
      { label: 'warm cache', line: undefined },
      { label: 'warm cache, 1 Mbit/s, 40 ms', line: slowLine },
    ]) {
      const openings: Opening[] = [];
      for (let run = 0; run < runs; run += 1) {
        const page = await openHost(warm, hostUrl);
        openings.push(await openDashboard(page, dashboard, line));
        await page.close();
      }
      report(label, openings);
    }
  } finally {
    await browser.close();
  }
}
