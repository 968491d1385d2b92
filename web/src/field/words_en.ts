import choices from '@/app/words/en/choices.json';
import shell from '@/app/words/en/shell.json';
import site from '@/app/words/en/site.json';

/** What the field pages say. */
export default { ...shell, ...choices, ...site };
