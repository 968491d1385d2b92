import { useState } from 'react';
import type { RulebookSearch } from '@/app/router';
import { RuleList } from '@/app/RulebookPage';

export function RulebookBoard() {
  const [search, setSearch] = useState<RulebookSearch>({});
  return <RuleList search={search} change={(part) => setSearch((before) => ({ ...before, ...part }))} />;
}
