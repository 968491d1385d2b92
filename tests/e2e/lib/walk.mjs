/** What people do on the screens, in their words; stories are made of these. */
import assert from 'node:assert/strict';
import { openPage } from './browser.mjs';

/** The sign-in of somebody who holds all these roles. */
export function who(signIns, ...roles) {
  const found = signIns.find((one) => roles.every((role) => rolesOf(one).includes(role)));
  assert.ok(found, `the demonstration has nobody with ${roles.join(' and ')}`);
  return found;
}

/** The sign-in of this user. */
export function userOf(signIns, user) {
  const found = signIns.find((one) => one.user === user);
  assert.ok(found, `the demonstration has no ${user}`);
  return found;
}

export function rolesOf(one) {
  return Array.isArray(one.roles) ? one.roles : String(one.roles ?? one.role ?? '').split(/[\s,;]+/);
}

/** Opens the page and signs in; `close` also asserts that the page had nothing to complain of. */
export async function signIn(browser, url, person, options) {
  const { page, faults, close } = await openPage(browser, url, options);
  await page.fill('#user', person.user);
  await page.fill('#password', person.password);
  await page.click('[data-testid=sign-in] [data-testid=submit]');
  await page.waitForSelector('[data-testid=user-menu]');
  return {
    page,
    faults,
    close: async () => {
      await close();
      assert.deepEqual(faults, []);
    },
  };
}

export async function goDesk(page, desk, view) {
  await page.click(`nav a[href^="/d/${desk}"]`);
  await page.waitForSelector(`[data-testid=desk-${desk}]`);
  if (view) await goView(page, view);
}

export async function goView(page, view) {
  await page.click(`[data-testid=view-${view}]`);
  await page.waitForSelector(`[data-testid=view-${view}][aria-selected=true]`);
}

/** Fills a field of the open form by its name in the API: text, choice or tick. */
export async function fill(page, name, value) {
  const field = page.locator(`.context [data-testid="field-${name}"]`);
  if (typeof value === 'boolean') return field.locator('input[type=checkbox]').setChecked(value);
  if ((await field.locator('input[type=radio]').count()) > 0)
    return field.locator(`input[value="${value}"]`).check();
  if ((await field.locator('select').count()) > 0) return field.locator('select').selectOption(value);
  return field.locator('input:not([type=date]):not([type=datetime-local]), textarea').first().fill(value);
}

/** Types into a combobox and takes the first that fits; a person is searched with Enter. */
export async function take(page, name, text, { search = false } = {}) {
  const field = page.locator(`.context [data-testid="field-${name}"]`);
  const input = field.locator('input[role=combobox]');
  await input.click();
  await input.fill(text);
  if (search) await input.press('Enter');
  await field.locator('[role=option]:not([aria-disabled])').first().waitFor();
  await input.press('ArrowDown');
  await input.press('Enter');
}

/** Presses the form's button; a review asks for a second look. */
export async function submit(page, { review = false } = {}) {
  await page.click('.context [data-testid=submit]');
  if (review) await page.click('.context [data-testid=submit]');
}

/** The number of the latest message at the foot of the page; they go away by themselves. */
const lastToast = (page) =>
  page.evaluate(() =>
    Math.max(
      0,
      ...[...document.querySelectorAll('[data-toast]')].map((toast) => Number(toast.dataset.toast)),
    ),
  );

async function toastAfter(page, before) {
  await page.waitForFunction(
    (number) =>
      [...document.querySelectorAll('[data-toast]')].some((toast) => Number(toast.dataset.toast) > number),
    before,
  );
}

/** Submits and waits for the word that it was recorded. */
export async function record(page, options) {
  const before = await lastToast(page);
  await submit(page, options);
  await toastAfter(page, before);
}

export async function act(page, key) {
  await page.click(`.context [data-testid="action-${key}"]`);
}

/** A one-button action. */
export async function press(page, key) {
  const before = await lastToast(page);
  await act(page, key);
  await toastAfter(page, before);
}

export async function openRow(page, text) {
  await page.locator('tr[data-row]', { hasText: text }).first().locator('.row-open').click();
  await page.waitForSelector('[data-testid=row-context]');
}

/** Moves the realm's clock: `0717 2240`. */
export async function setClock(page, typed) {
  await page.click('[data-testid=clock-control]');
  await page.fill('#clock-set', typed);
  await page.click('[data-testid=clock-box] [data-testid=clock-set]');
  const shown = `${typed.slice(0, 2)}-${typed.slice(2, 4)} ${typed.slice(5, 7)}:${typed.slice(7, 9)}`;
  await page.waitForFunction(
    (text) => document.querySelector('[data-testid=clock]')?.textContent?.startsWith(text),
    shown,
  );
  await page.keyboard.press('Escape');
}

/** When the duties of a rule fall due, as the left pane (or another place) shows them: `MM-DD HH:mm`. */
export async function dueOf(page, rule, testId = 'duty-row') {
  const rows = page.locator(`[data-testid=${testId}][data-rule="${rule}"]`);
  await rows.first().waitFor();
  const due = await rows.first().locator('[data-testid=duty-due]').getAttribute('data-due');
  return due.slice(5, 16).replace('T', ' ');
}

/** Duties about the selected thing, by rule: due as `MM-DD HH:mm`, or the state when closed. */
export async function aboutThis(page) {
  await page.waitForSelector('[data-testid=about-duty]');
  return page.locator('[data-testid=about-duty]').evaluateAll((cards) =>
    Object.fromEntries(
      cards.map((card) => {
        const due = card.querySelector('[data-testid=duty-due]')?.getAttribute('data-due');
        return [
          card.getAttribute('data-rule'),
          due ? due.slice(5, 16).replace('T', ' ') : card.getAttribute('data-state'),
        ];
      }),
    ),
  );
}

export async function refusals(page) {
  const shown = page.locator('[data-testid=refusal]');
  await shown.first().waitFor();
  return shown.evaluateAll((all) => all.map((one) => one.getAttribute('data-code')));
}
