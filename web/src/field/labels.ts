/** Takes the labels of the unit along while the network is there. */
import { ask } from '@/api/client';
import type { Page } from '@/api/queries';
import type { Tube } from '@/api/rows';
import { db } from '@/offline/db';
import { takeAlong } from '@/offline/labels';

/** Rows an answer; a point works with a few thousand labels a day. */
const aPage = 500;

export async function renewLabels(sender: string): Promise<void> {
  let after: string | undefined;
  do {
    const page: Page<Tube> = await ask<Page<Tube>>('/v1/screening/tubes', {
      state: 'printed,open',
      sender,
      limit: aPage,
      after,
    });
    await takeAlong(db, page.rows);
    after = page.next ?? undefined;
  } while (after);
}
