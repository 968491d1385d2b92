import choices from '@/app/words/zh-CN/choices.json';
import shell from '@/app/words/zh-CN/shell.json';
import site from '@/app/words/zh-CN/site.json';

/** What the field pages say. */
export default { ...shell, ...choices, ...site };
