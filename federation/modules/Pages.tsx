/** Our pages below `/observability` of the host, as the route of the extensions shows them. */
import { useEffect, useState } from 'react';
import { ObservabilityRoutes } from '../../components/pages/ObservabilityRoutes';
import { RouterHost } from '../host/RouterHost';

export default function Pages() {
  const setTitle = usePageTitle();
  return (
    <RouterHost setTitle={setTitle}>
      <ObservabilityRoutes />
    </RouterHost>
  );
}

/** Names the page while one of ours is shown; the host's own title is back when it is left. */
function usePageTitle(): (title: string) => void {
  const [ofTheHost] = useState(() => document.title);
  useEffect(() => () => void (document.title = ofTheHost), [ofTheHost]);
  return setDocumentTitle;
}

const setDocumentTitle = (title: string): void => {
  document.title = title;
};
