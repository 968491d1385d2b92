/** The browser tests live outside web/ but use its packages; nothing is installed twice. */
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../../web/package.json', import.meta.url));

export const { chromium } = require('playwright-core');
export const { AxeBuilder } = require('@axe-core/playwright');
