/** A picture and the same data as a table, one key (T) or press apart. The picture draws itself to the width it gets. */
import { Button } from 'antd';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  title: string;
  /** What the picture shows, in a sentence, for who cannot see it. */
  summary: string;
  legend?: React.ReactNode;
  picture: (width: number) => React.ReactNode;
  table: React.ReactNode;
  testId: string;
}

export function ChartFrame({ title, summary, legend, picture, table, testId }: Props) {
  const { t } = useTranslation();
  const [isTable, setTable] = useState(false);
  const space = useRef<HTMLDivElement>(null);
  const width = useWidth(space);
  const key = (event: React.KeyboardEvent) => {
    const inField = event.target instanceof HTMLElement && event.target.closest('input, textarea, select');
    if (event.key.toLowerCase() !== 't' || event.ctrlKey || event.altKey || event.metaKey || inField) return;
    event.preventDefault();
    setTable((before) => !before);
  };
  return (
    <section className="card chart" aria-label={title} data-testid={testId} onKeyDown={key}>
      <div className="pane-head">
        <h3>{title}</h3>
        <Button
          size="small"
          aria-pressed={isTable}
          aria-keyshortcuts="T"
          data-testid={`${testId}-twin`}
          onClick={() => setTable(!isTable)}
        >
          {t(isTable ? 'chart.as_picture' : 'chart.as_table')}
        </Button>
      </div>
      {!isTable && legend && <div className="chart-legend">{legend}</div>}
      <div ref={space} className="chart-space" tabIndex={0} role="group" aria-label={summary}>
        {isTable ? table : width > 0 && picture(width)}
      </div>
    </section>
  );
}

function useWidth(space: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = space.current;
    if (!element) return undefined;
    const measure = () => setWidth(element.clientWidth);
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    measure();
    return () => watch.disconnect();
  }, [space]);
  return width;
}
