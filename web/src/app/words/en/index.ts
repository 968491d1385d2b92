import choices from './choices.json';
import desks from './desks.json';
import fields from './fields.json';
import site from './site.json';
import operations from './operations.json';
import shell from './shell.json';

export default { ...shell, ...desks, ...fields, ...choices, ...operations, ...site };
