// @vitest-environment node
// Without these, a gate without network could pass whom it must stop, or tell a decision that was taken back.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { tokenOf, type Seen, type Snapshot } from '@/desks/gates/snapshot';
import { FieldDb } from './db';
import {
  decide,
  declareEmergency,
  isTooOld,
  judgeHere,
  lacksOrigin,
  mayDecide,
  takeBack,
  tallies,
  tellHeld,
  type GateSite,
} from './passage';
import { mayLeave } from './queue';
import { Vault } from './vault';

const salt = '00112233445566778899aabbccddeeff';
const stopped = '990121198604121130';
const issued = Date.parse('2022-07-17T21:30:00+08:00');
vi.setConfig({ testTimeout: 60_000 }); // a busy machine is no fault of the queue

let number = 0;
let site: GateSite;
let snapshot: Snapshot;

beforeEach(async () => {
  number += 1;
  const db = new FieldDb(`gate-${String(number)}`);
  site = {
    db,
    vault: await Vault.enrol(db),
    author: { account: 'a', home: 990121, rules: 'v' },
    gate: 'g',
    now: () => issued + 60_000,
  };
  snapshot = {
    gate: 'g',
    kind: 'traffic',
    county: 990121,
    issued_at: '2022-07-17T21:30:00+08:00',
    rulebook: 'v',
    rules: { fever_c: 37.3, health_code: true, travel_code: false, stars: false, snapshot_min: 120 },
    history_d: 7,
    key_classes: ['high'],
    list_version: 1,
    places: [],
    salt,
    stopped: [await tokenOf(stopped, salt)],
    unclassed: [],
  };
});

const seen = (documentNumber: string): Seen => ({
  documentNumber,
  places: [],
  historySettled: false,
  health: 'green',
  temperature: 36.5,
});
const kept = () => ({ id: 's', content: snapshot });

describe('a gate without network', () => {
  it('never lets pass whom the list stops', async () => {
    const judged = await judgeHere(kept(), seen(stopped), site.now());
    expect(judged.verdict).toBe('red_channel');
    expect(mayDecide(judged, 'passed')).toBe(false);
    expect(mayDecide(judged, 'red_channel')).toBe(true);
  });

  it('asks for a telephone call when the list is old', async () => {
    const later = issued + 121 * 60_000;
    expect(isTooOld(snapshot, later)).toBe(true);
    expect((await judgeHere(kept(), seen('990121199301280243'), later)).verdict).toBe('second_check');
  });

  it('tells a decision once, and not before it can no longer be taken back', async () => {
    const who = seen('990121199301280243');
    const judged = await judgeHere(kept(), who, site.now());
    await decide(site, kept(), who, judged, 'passed');
    expect(await site.db.queue.count()).toBe(0);
    expect(await mayLeave(site.db)).toBe(false);
    await tellHeld(site);
    await tellHeld(site);
    expect((await site.db.queue.toArray()).map((record) => record.operation)).toEqual([
      'people.meet_person',
      'gates.record_passage',
    ]);
    expect((await tallies(site.db)).passed).toBe(1);
    await decide(site, kept(), who, judged, 'second_check');
    expect(await takeBack(site.db)).toBe(true);
    await tellHeld(site);
    expect(await site.db.queue.count()).toBe(2);
  });

  it('sends an emergency on at once, known or not, and holds nothing back for it', async () => {
    await declareEmergency(site, seen(''));
    await declareEmergency(site, seen(stopped));
    expect((await site.db.queue.toArray()).map((record) => record.operation)).toEqual([
      'gates.declare_emergency',
      'people.meet_person',
      'gates.declare_emergency',
    ]);
    expect((await tallies(site.db)).emergency).toBe(2);
  });

  it('tells a truck and an arrival with the check they hang on', async () => {
    const who = { ...seen('990121199301280243'), places: [110105] };
    const judged = await judgeHere(kept(), who, site.now());
    const landing = { id: 'landing', carriage: 'coach' as const, number: 'C 123' };
    await decide(site, kept(), who, judged, 'passed', { driver: { plate: '京A12345' }, landing });
    await tellHeld(site);
    const bodies = await Promise.all(
      (await site.db.queue.toArray()).map(async ({ operation, body }) => ({
        operation,
        ...(body ? await site.vault.unseal<Record<string, unknown>>(body) : {}),
      })),
    );
    const [met, check, driver, arrival] = bodies as Record<string, unknown>[];
    expect(bodies.map(({ operation }) => operation)).toEqual([
      'people.meet_person',
      'gates.record_passage',
      'gates.receive_driver',
      'gates.register_arrivals',
    ]);
    expect(driver?.check).toBe(check?.check);
    expect(arrival).toMatchObject({ place: 'g', carriage: 'coach', number: 'C 123' });
    expect(arrival?.travellers).toMatchObject([{ person: met?.person, from: 110105 }]);
    expect(lacksOrigin(seen(''), { landing })).toBe(true);
    expect(lacksOrigin(who, { landing })).toBe(false);
  });

  it('registers a traveller once, however often he is decided on', async () => {
    const who = { ...seen('990121199301280243'), places: [110105] };
    const judged = await judgeHere(kept(), who, site.now());
    const landing = { id: 'landing', carriage: 'coach' as const, number: 'C 123' };
    for (const [outcome, of] of [
      ['second_check', landing],
      ['passed', landing],
      ['passed', { ...landing, id: 'another' }],
    ] as const) {
      await decide(site, kept(), who, judged, outcome, { landing: of });
      await tellHeld(site);
    }
    expect((await site.db.queue.toArray()).map((record) => record.operation)).toEqual([
      'people.meet_person',
      'gates.record_passage',
      'gates.register_arrivals',
      'gates.record_passage',
      'gates.record_passage',
      'gates.register_arrivals',
    ]);
  });

  it('knows a passport by itself', async () => {
    const who = { ...seen('E12345678'), documentType: 'passport' };
    await decide(site, kept(), who, await judgeHere(kept(), who, site.now()), 'passed');
    await tellHeld(site);
    expect((await site.db.people.toArray())[0]?.document).toBe('passport');
  });
});
