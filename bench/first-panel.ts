/** How soon a dashboard shows data: from opening its URL with a session to the first chart and figure drawn, in Chromium. */
import { chromium, type Browser, type BrowserContext, type Cookie } from 'playwright';
import { chromiumOptions } from '../e2e/support/chromium';
import { paintedAt } from '../e2e/support/painted';
import { median } from './statistics';

const runs = 5;

interface Opening {
  milliseconds: number;
  bytes: number;
  requests: number;
}

async function open(context: BrowserContext, url: string): Promise<Opening> {
  const page = await context.newPage();
  // A busy machine is slow, which is what the number says; it is no failure.
  page.setDefaultTimeout(180_000);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  let requests = 0;
  session.on('Network.requestWillBeSent', () => (requests += 1));
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(url, { waitUntil: 'commit' });
  // The page's clock begins with its navigation.
  const milliseconds = await paintedAt(page, '[data-testid="dashboard-viewer"]');
  const opening = { milliseconds, bytes, requests };
  await page.close();
  return opening;
}

function report(label: string, openings: Opening[]): void {
  const kilobytes = median(openings.map(({ bytes }) => bytes)) / 1024;
  console.log(
    `${label.padEnd(22)} median of ${openings.length}: ${(median(openings.map(({ milliseconds }) => milliseconds)) / 1000).toFixed(2)} s ` +
      `(${openings.map(({ milliseconds }) => (milliseconds / 1000).toFixed(2)).join(', ')}), ` +
      `${kilobytes.toFixed(0)} KB transferred in ${median(openings.map(({ requests }) => requests)).toFixed(0)} requests`,
  );
}

async function coldContext(browser: Browser, cookies: Cookie[]): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies(cookies);
  return context;
}

/** @param cookies of a signed-in session */
export async function benchFirstPanel(url: string, cookies: Cookie[]): Promise<void> {
  console.log(`\nFirst panel with data, from opening ${new URL(url).pathname}`);
  const browser = await chromium.launch(chromiumOptions);
  try {
    const cold: Opening[] = [];
    for (let run = 0; run < runs; run += 1) {
      const context = await coldContext(browser, cookies);
      cold.push(await open(context, url));
      await context.close();
    }
    const warmContext = await coldContext(browser, cookies);
    await open(warmContext, url);
    const warm: Opening[] = [];
    for (let run = 0; run < runs; run += 1) warm.push(await open(warmContext, url));
    report('empty browser cache', cold);
    report('warm browser cache', warm);
  } finally {
    await browser.close();
  }
}
