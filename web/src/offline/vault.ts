/**
 * Sealing on the device. The key is made at sign-in, never leaves the browser's own key store (not extractable) and is deleted
 * at the end of the shift: what was sealed under it is unreadable from then on, wherever a copy lies.
 */
import type { FieldDb, Sealed } from './db';

interface Keys {
  seal: CryptoKey;
  tag: CryptoKey;
}

const encode = new TextEncoder();
const decode = new TextDecoder();

export class Vault {
  private constructor(private readonly keys: Keys) {}

  /** The key of this enrolment, if one is there. */
  static async open(db: FieldDb): Promise<Vault | undefined> {
    const keys = await db.read<Keys>('keys');
    return keys ? new Vault(keys) : undefined;
  }

  static async enrol(db: FieldDb): Promise<Vault> {
    const kept = await Vault.open(db);
    if (kept) return kept;
    const keys: Keys = {
      seal: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
      tag: await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
    };
    await db.write('keys', keys);
    return new Vault(keys);
  }

  async seal(value: unknown): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = encode.encode(JSON.stringify(value));
    return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.keys.seal, plain) };
  }

  async unseal<T>(sealed: Sealed): Promise<T> {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.iv },
      this.keys.seal,
      sealed.data,
    );
    return JSON.parse(decode.decode(plain)) as T;
  }

  /** The same number gives the same tag on this device in this shift, and tells nothing else. */
  async tag(text: string): Promise<string> {
    const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', this.keys.tag, encode.encode(text)));
    return [...bytes.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}
