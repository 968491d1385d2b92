/** A round of checks by the doors: the number scanned or typed opens that room, with what is owed in it under the finger. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuarantineRoom } from '@/api/rows';
import { useDeskSearch } from '@/ui/desk/DeskFrame';
import { focusSoon } from '@/ui/focus';
import { roomOf } from './rooms';

interface Props {
  rooms: QuarantineRoom[];
  select: (key: string) => void;
}

export function DoorScan({ rooms, select }: Props) {
  const { t } = useTranslation();
  const { change } = useDeskSearch();
  const [text, setText] = useState('');
  const [say, setSay] = useState('');
  const take = (event: React.FormEvent) => {
    event.preventDefault();
    const room = roomOf(rooms, text);
    setSay(room ? '' : t('isolation.no_room', { number: text }));
    if (!room) return;
    setText('');
    if ((room.stays ?? []).length !== 1) return select(room.id);
    change({ sel: room.id, op: 'isolation.check_in_room', part: 'context' });
    focusSoon('[data-testid="form-isolation/record_check"] input');
  };
  return (
    <form className="filters" onSubmit={take}>
      <label htmlFor="door" className="quiet">
        {t('isolation.door')}
      </label>
      <input
        id="door"
        className="field-input mono"
        autoComplete="off"
        inputMode="text"
        data-testid="door"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <span role="status" aria-live="polite" className="quiet">
        {say}
      </span>
    </form>
  );
}
