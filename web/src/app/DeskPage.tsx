import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useSession } from '@/api/session';
import { DeskFrame } from '@/ui/desk/DeskFrame';
import { Failed, Loading } from '@/ui/States';
import { desks, desksFor } from './desks';
import { NotFound } from './pages';

const route = getRouteApi('/d/$desk');

export default function DeskPage() {
  const { desk: name } = route.useParams();
  const session = useSession();
  const load = desks[name];
  const query = useQuery({
    queryKey: ['code', name],
    enabled: Boolean(load),
    staleTime: Infinity,
    queryFn: async () => (await load?.())?.default ?? null,
  });
  if (!load) return <NotFound />;
  if (!desksFor(session).includes(name)) {
    return (
      <main className="page" id="work">
        <Failed failure={{ kind: 'forbidden', refusals: [] }} />
      </main>
    );
  }
  if (query.isPending) return <Loading />;
  if (!query.data) return <Failed failure={{ kind: 'unreachable' }} retry={() => void query.refetch()} />;
  return <DeskFrame key={name} desk={query.data} />;
}
