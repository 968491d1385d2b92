/** A state in a word and a shape; colour only underlines them. */
export type Tone = 'good' | 'warning' | 'error' | 'info' | 'plain';

const shapes: Record<Tone, string> = { good: '●', warning: '▲', error: '■', info: '◆', plain: '○' };

export function Mark({ tone = 'plain', children }: { tone?: Tone; children: React.ReactNode }) {
  return (
    <span className="mark" data-tone={tone}>
      <span aria-hidden="true">{shapes[tone]}</span>
      {children}
    </span>
  );
}
