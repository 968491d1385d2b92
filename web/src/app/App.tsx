import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureError } from '@/api/outcome';
import { retryLater } from '@/api/queries';
import { sessionKey, useSessionQuery } from '@/api/session';
import { Failed, Loading } from '@/ui/States';
import { makeRouter } from './router';
import { usePhone, useScheme } from './scheme';
import { SignIn } from './SignIn';
import { themeOf } from './theme';

function makeQueries(): QueryClient {
  const queries = new QueryClient({
    defaultOptions: { queries: { staleTime: 5_000, retry: retryLater, refetchOnWindowFocus: true } },
  });
  // A session that ended is noticed by whichever list asks next.
  queries.getQueryCache().subscribe((event) => {
    const error = event.query.state.error;
    if (event.type === 'updated' && error instanceof FailureError && error.failure.kind === 'signed_out') {
      queries.setQueryData(sessionKey, null);
    }
  });
  return queries;
}

const queries = makeQueries();
const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content;

export function App() {
  const { i18n } = useTranslation();
  const { scheme } = useScheme();
  const phone = usePhone();
  return (
    <ConfigProvider
      theme={useMemo(() => themeOf(scheme, phone), [scheme, phone])}
      locale={i18n.language === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      {...(nonce ? { csp: { nonce } } : {})}
    >
      <QueryClientProvider client={queries}>
        <Gate />
      </QueryClientProvider>
    </ConfigProvider>
  );
}

function Gate() {
  const session = useSessionQuery();
  const account = session.data?.account;
  // A new router for each account: the first page follows from its roles.
  const router = useMemo(() => (account ? makeRouter(queries) : undefined), [account]);
  if (session.isPending) return <Loading />;
  if (session.isError)
    return <Failed failure={{ kind: 'unreachable' }} retry={() => void session.refetch()} />;
  return router ? <RouterProvider router={router} /> : <SignIn />;
}
