/** What a field device keeps while the network is off. Everything about people is sealed (`vault.ts`); the rest is ids and codes. */
import Dexie, { type EntityTable } from 'dexie';

/** Sealed bytes: AES-GCM under the key of this enrolment. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

/** `waiting`: not yet acknowledged. `refused`: the server said no; it waits for its author. `done`: acknowledged, nothing of it kept. */
export type RecordState = 'waiting' | 'refused' | 'done';

/** One deed, in the order of the device. Never changed but for its state; deleted only with the whole shift. */
export interface QueueRecord {
  /** Place in the order of this device: gap-free from 1. */
  seq: number;
  /** Idempotency key, made here. */
  key: string;
  /** `<desk>.<operation>` */
  operation: string;
  state: RecordState;
  /** When it happened, by the server's clock as last heard, ms. */
  at: number;
  account: string;
  /** Edition of the rules it was checked by. */
  rules: string;
  body?: Sealed;
  /** As first sent: sent again byte for byte. */
  sent?: Sealed;
  answer?: { status: number; refusals: unknown[]; faults: unknown[] };
  /** Code of what it is about, to show it by: a tube, a box. */
  about?: string;
}

/** Somebody who stood here with a document. */
export interface MetPerson {
  /** Id made here; the server's own where it told one. */
  id: string;
  /** Keyed hash of the document number. */
  tag: string;
  number: Sealed;
  /** Kind of document; absent: a resident identity card. */
  document?: string;
  serverId?: string;
  at: number;
}

export interface LocalTube {
  /** The server's id of a label taken along, else the one its code spells here. */
  id: string;
  code: string;
  size: number;
  class: string;
  pathogen: string;
  state: 'printed' | 'open' | 'sealed' | 'boxed' | 'voided';
  members: string[];
  /** The tube of this code as the server told; absent: not asked yet. */
  serverId?: string;
  /** People other devices put in, as far as the server knew. */
  elsewhere?: number;
  /** Order of sealing, for boxing. */
  sealedAt?: number;
  round?: string;
}

export interface Meta {
  name: string;
  value: unknown;
}

export class FieldDb extends Dexie {
  queue!: EntityTable<QueueRecord, 'seq'>;
  people!: EntityTable<MetPerson, 'id'>;
  tubes!: EntityTable<LocalTube, 'id'>;
  meta!: EntityTable<Meta, 'name'>;

  constructor(name = 'fangxian-field') {
    super(name);
    this.version(1).stores({
      queue: 'seq, &key, state',
      people: 'id, &tag, at',
      tubes: 'id, &code, state',
      meta: 'name',
    });
  }

  async read<T>(name: string): Promise<T | undefined> {
    return (await this.meta.get(name))?.value as T | undefined;
  }

  async write(name: string, value: unknown): Promise<void> {
    await this.meta.put({ name, value });
  }
}

export const db = new FieldDb();
