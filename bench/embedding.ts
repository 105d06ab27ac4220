/**
 * What a dashboard costs inside ODH Dashboard: bytes, requests and time from the click in a host's navigation to the first
 * panel with data, in Chromium, with an empty cache and a warm one, and over a slow line.
 */
import { chromium, type BrowserContext, type Page } from 'playwright';
import { chromiumOptions } from '../e2e/support/chromium';
import { openDashboard, type Line, type Opening } from '../e2e/support/opening';
import { answerSignIn } from '../e2e/support/sign-in';
import { median } from './statistics';

const runs = 5;

/** 1 Mbit/s each way and 40 ms round trips. */
const slowLine: Line = { offline: false, latency: 40, downloadThroughput: 125_000, uploadThroughput: 125_000 };

/** Signs in to the host and opens its front page, with the list and the dashboard one click each away. */
async function openHost(context: BrowserContext, hostUrl: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(hostUrl);
  if (new URL(page.url()).origin !== hostUrl) await answerSignIn(page, 'scientist');
  await page.getByRole('link', { name: 'Workload dashboards' }).waitFor();
  return page;
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
