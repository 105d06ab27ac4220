/** Our section of the host's project overview. The host gives it no props: the project is in the page's address. */
import { useParams } from 'react-router-dom';
import Summary from './Summary';

export default function ProjectSection() {
  const { namespace } = useParams();
  return namespace === undefined ? null : <Summary namespace={namespace} />;
}
