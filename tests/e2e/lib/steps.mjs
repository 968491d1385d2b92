/** Counts what a person must do besides entering data (ui.md §2): each press, each key that acts, each scan is one interaction. */
import assert from 'node:assert/strict';

export class Steps {
  constructor(page) {
    this.page = page;
    this.taken = [];
  }

  async press(selector) {
    this.taken.push(selector);
    await this.page.click(selector);
  }

  async key(name) {
    this.taken.push(name);
    await this.page.keyboard.press(name);
  }

  /** Scanned or typed into the field that is there for it, ended by the Enter a scanner sends. */
  async scan(selector, text) {
    this.taken.push(`scan ${text}`);
    await this.page.fill(selector, text);
    await this.page.press(selector, 'Enter');
  }

  atMost(most) {
    assert.ok(this.taken.length <= most, `${this.taken.length} interactions: ${this.taken.join(', ')}`);
  }
}

/** Pastes text as from a spreadsheet. */
export async function paste(page, selector, text) {
  await page.focus(selector);
  await page.evaluate(
    ([target, pasted]) => {
      const data = new DataTransfer();
      data.setData('text/plain', pasted);
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector(target).dispatchEvent(event);
    },
    [selector, text],
  );
}

/** Waits for the word that something was recorded. */
export async function recorded(page, act) {
  const before = await page.evaluate(() =>
    Math.max(
      0,
      ...[...document.querySelectorAll('[data-toast]')].map((toast) => Number(toast.dataset.toast)),
    ),
  );
  await act();
  await page.waitForFunction(
    (number) =>
      [...document.querySelectorAll('[data-toast]')].some((toast) => Number(toast.dataset.toast) > number),
    before,
  );
}
