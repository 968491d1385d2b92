import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { sessionKey, type Session } from '@/api/session';
import type { DeskSearch } from '@/ui/desk/DeskFrame';
import { homeDesk } from './desks';
import { NotFound, PageError } from './pages';
import { Shell } from './Shell';

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

export interface RulebookSearch {
  q?: string | undefined;
  kind?: string | undefined;
  pathogen?: string | undefined;
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: PageError });

function home(queries: QueryClient) {
  return createRoute({
    getParentRoute: () => root,
    path: '/',
    beforeLoad: () => {
      const session = queries.getQueryData<Session>(sessionKey);
      const first = session ? homeDesk(session) : undefined;
      throw first
        ? redirect({ to: '/d/$desk', params: { desk: first } })
        : redirect({ to: '/rulebook', search: {} });
    },
  });
}

const desk = createRoute({
  getParentRoute: () => root,
  path: '/d/$desk',
  validateSearch: (search: Record<string, unknown>): DeskSearch => ({
    view: text(search.view),
    sel: text(search.sel),
    op: text(search.op),
    only: text(search.only),
    part:
      search.part === 'duties' || search.part === 'work' || search.part === 'context'
        ? search.part
        : undefined,
  }),
  component: lazyRouteComponent(() => import('./DeskPage')),
});

const person = createRoute({
  getParentRoute: () => root,
  path: '/people/$id',
  component: lazyRouteComponent(() => import('./PersonPage')),
});

const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  validateSearch: (found: Record<string, unknown>) => ({ q: String(found.q ?? '') }),
  component: lazyRouteComponent(() => import('./SearchPage')),
});

const rulebook = createRoute({
  getParentRoute: () => root,
  path: '/rulebook',
  validateSearch: (found: Record<string, unknown>): RulebookSearch => ({
    q: text(found.q),
    kind: text(found.kind),
    pathogen: text(found.pathogen),
  }),
  component: lazyRouteComponent(() => import('./RulebookPage')),
});

const rule = createRoute({
  getParentRoute: () => root,
  path: '/rulebook/$id',
  validateSearch: (found: Record<string, unknown>): { pathogen?: string | undefined } => ({
    pathogen: text(found.pathogen),
  }),
  component: lazyRouteComponent(() => import('./RulePage')),
});

const labels = createRoute({
  getParentRoute: () => root,
  path: '/print/labels',
  validateSearch: (found: Record<string, unknown>) => ({ codes: String(found.codes ?? '') }),
  component: lazyRouteComponent(() => import('./LabelSheet')),
});

const hold = createRoute({
  getParentRoute: () => root,
  path: '/print/hold/$encounter',
  component: lazyRouteComponent(() => import('@/desks/hospitals/HoldNotice')),
});

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([home(queries), desk, person, search, rulebook, rule, labels, hold]),
    defaultPreload: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
