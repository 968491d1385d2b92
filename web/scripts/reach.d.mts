export function reachOf(dist: string, page: string): Set<string>;
