/** Any answer of the server as labelled facts: words for the names we know, instants as Beijing time, both-language texts as one. */
import { useTranslation } from 'react-i18next';
import { pick } from '@/app/i18n';
import { UnitName } from '@/fields/UnitName';
import { Moment } from './Countdown';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-8/;

function isWords(value: object): value is { zh: string; en: string } {
  return 'zh' in value && 'en' in value;
}

export function Known({ value }: { value: Record<string, unknown> }) {
  const { t } = useTranslation();
  return (
    <dl className="facts">
      {Object.entries(value)
        .filter(([, part]) => part !== null && part !== undefined && part !== '')
        .map(([name, part]) => (
          <Entry key={name} name={t(`field.${name}`, name)} value={part} field={name} />
        ))}
    </dl>
  );
}

function Entry({ name, value, field }: { name: string; value: unknown; field: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <KnownValue value={value} field={field} />
      </dd>
    </>
  );
}

export function KnownValue({ value, field }: { value: unknown; field: string }) {
  const { t } = useTranslation();
  if (typeof value === 'boolean') return <>{t(value ? 'word.yes' : 'word.no')}</>;
  if (typeof value === 'number') return <>{value}</>;
  if (typeof value === 'string') {
    if (instant.test(value)) return <Moment at={value} />;
    if (uuid.test(value)) {
      return /unit|hospital|clinic|lab|sender|cdc/.test(field) ? (
        <UnitName id={value} />
      ) : (
        <span className="mono">…{value.slice(-8)}</span>
      );
    }
    return <>{t(`choice.${field}.${value}`, value)}</>;
  }
  if (Array.isArray(value)) {
    return (
      <ul>
        {value.map((one, at) => (
          <li key={at}>
            <KnownValue value={one} field={field} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === 'object' && value !== null) {
    return isWords(value) ? <>{pick(value)}</> : <Known value={value as Record<string, unknown>} />;
  }
  return <>—</>;
}
