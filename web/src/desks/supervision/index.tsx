/** 督导台: findings, and by when each must be put right. */
import type { Finding } from '@/api/rows';
import { choiceColumn, momentColumn, textColumn, unitColumn, wordColumn } from '@/ui/cells';
import { view, type Desk } from '@/ui/desk/types';

const desk: Desk = {
  name: 'supervision',
  views: [
    view<Finding>({
      key: 'findings',
      path: 'supervision/findings',
      columns: [
        wordColumn('problem', 'problem'),
        choiceColumn('grade', 'grade', { critical: 'error', major: 'warning' }),
        choiceColumn('state', 'finding_state'),
        unitColumn('unit'),
        textColumn('due_day'),
        momentColumn('found_at'),
      ],
      rowKey: (row) => row.id,
      narrow: { field: 'grade', param: 'grade', values: ['critical', 'major', 'minor'] },
    }),
  ],
  start: [
    {
      operation: 'supervision/record_finding',
      fixed: (_row, kit) => ({ finding: kit.newId() }),
      omit: ['source'],
      order: ['unit', 'problem', 'grade', 'note'],
      primary: true,
    },
  ],
};
export default desk;
