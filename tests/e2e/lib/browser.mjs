/** Pages that tell on themselves: an uncaught error, a console error or a request elsewhere fails the story. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { axeSource, chromium } from './packages.mjs';

const shots = fileURLToPath(new URL('../../../web/shots', import.meta.url));

export const desk = { width: 1366, height: 768 };
export const phone = { width: 390, height: 844 };

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

/** A refusal is an answer with a 4xx status, which chromium writes to the console by itself; that alone is no error. */
const anAnswer =
  /^Failed to load resource: the server responded with a status of (400|401|403|404|409|422|429|503)/;

export async function openPage(browser, url, { viewport = desk, language = 'zh-CN' } = {}) {
  const context = await browser.newContext({ viewport, locale: language, reducedMotion: 'reduce' });
  await context.addInitScript((kept) => {
    if (!localStorage.getItem('fx.language')) localStorage.setItem('fx.language', kept);
  }, language);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const home = new URL(url).origin;
  const faults = [];
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !anAnswer.test(message.text()))
      faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const to = request.url();
    if (!to.startsWith(`${home}/`) && !to.startsWith('data:') && !to.startsWith('blob:'))
      faults.push(`request elsewhere: ${to}`);
  });
  await page.goto(url);
  return { page, faults, close: () => context.close() };
}

export async function shoot(page, name) {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** WCAG 2.1 A and AA by axe; answers the violations as lines. */
export async function axe(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  return page.evaluate(async (tags) => {
    const { violations, passes } = await window.axe.run(document, { runOnly: { type: 'tag', values: tags } });
    if (passes.length === 0) return ['axe: looked at nothing'];
    return violations.map(
      (one) =>
        `${one.id}: ${one.nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join(' | ')}`,
    );
  }, levels);
}

/** Nothing may be cut off at the side. */
export async function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
