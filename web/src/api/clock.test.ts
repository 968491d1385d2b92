import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deviceNow, serverNow, setServerNow } from './clock';

const at = Date.parse('2022-07-17T22:40:00+08:00');

/** The server says it is `realm`, its own clock standing `offset` behind it; this machine believes it is `here`. */
function hear(realm: number, offset: number, here: number) {
  vi.setSystemTime(here);
  setServerNow(realm, here, offset);
}

describe('the clock of this machine', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is told apart from the realm’s: a realm in another year is no skew', () => {
    const machine = Date.parse('2026-11-30T08:00:00+08:00');
    hear(at, at - machine, machine);
    expect(serverNow()).toBe(at);
    expect(deviceNow()).toBe(at);
  });

  it('is sent as it is: two days fast stays two days fast, whatever the realm', () => {
    const twoDays = 48 * 3600_000;
    hear(at, 0, at + twoDays);
    expect(serverNow()).toBe(at);
    expect(deviceNow()).toBe(at + twoDays);
    const machine = Date.parse('2026-11-30T08:00:00+08:00');
    hear(at, at - machine, machine - twoDays);
    expect(serverNow()).toBe(at);
    expect(deviceNow()).toBe(at - twoDays);
  });

  it('takes half of the way there and back off', () => {
    vi.setSystemTime(at + 4000);
    setServerNow(at + 2000, at, 0);
    expect(deviceNow() - serverNow()).toBe(0);
  });
});
