/** A project at a glance, as a part of a host's page. */
import { SummaryPanel } from '../../components/summary/SummaryPanel';
import { RouterHost, type EmbeddingProps } from '../host/RouterHost';

interface SummaryProps extends EmbeddingProps {
  readonly namespace: string;
}

export default function Summary({ namespace, ...embedding }: SummaryProps) {
  return (
    <RouterHost {...embedding}>
      <SummaryPanel namespace={namespace} />
    </RouterHost>
  );
}
