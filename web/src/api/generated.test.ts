// Without this, the screens could be typed and built against an API that is no more.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

describe('generated files', () => {
  it('are what the committed OpenAPI description gives', () => {
    expect(() => execFileSync('node', ['scripts/api.mjs', '--check'], { stdio: 'pipe' })).not.toThrow();
  });
});
