/** The browser tests live outside web/ but use its packages; nothing is installed twice. */
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../../web/package.json', import.meta.url));

export const { chromium } = require('playwright-core');
/** The engine itself: the builder around it opens a second page for each look, which takes six times as long. */
export const { source: axeSource } = createRequire(require.resolve('@axe-core/playwright'))('axe-core');
