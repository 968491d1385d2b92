// Without these, a county that took a contact over could not judge it on screen, and whoever is held for another case could not be
// put in control.
import { describe, expect, it } from 'vitest';
import type { Contact } from '@/api/rows';
import type { Kit } from '@/ui/desk/types';
import { contactActions } from './contactActions';

const kit = { session: { unit: { id: 'ours' } } } as unknown as Kit;
const offered = (row: Partial<Contact>) =>
  contactActions
    .filter((action) => !action.when || action.when({ owed: true, ...row } as Contact, kit))
    .map((action) => action.operation?.replace('investigation/', ''));

describe('a contact another county handed over', () => {
  it('is judged here when nobody judged it there', () => {
    const steps = offered({ state: 'handed_over', handed_to: 'ours' });
    expect(steps).toEqual(['judge_contact', 'record_exposure', 'open_police_request']);
  });

  it('is reported, and its exposures recorded, here', () => {
    const steps = offered({ state: 'handed_over', handed_to: 'ours', class: 'close' });
    expect(steps).toContain('submit_contact_report');
    expect(steps).toContain('record_exposure');
    expect(steps).not.toContain('judge_contact');
  });

  it('is not sought once it is found to be none, or only to be watched', () => {
    for (const class_ of ['close', 'none', 'general'] as const) {
      const steps = offered({ state: 'judged', class: class_ });
      expect(steps.includes('open_police_request')).toBe(class_ === 'close');
    }
  });

  it('is no affair of ours when it went elsewhere', () => {
    expect(offered({ state: 'handed_over', handed_to: 'theirs' })).toEqual([]);
  });
});

describe('taking into control', () => {
  it('is offered though the order was given for another case', () => {
    expect(offered({ state: 'judged', class: 'close' })).toContain('take_into_control');
  });

  it('is not offered of a class that asks for no control', () => {
    expect(offered({ state: 'judged', class: 'general' })).not.toContain('take_into_control');
  });
});
