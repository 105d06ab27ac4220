/** For addresses below `/observability` that name no page. */
import { Unknown } from './views';

export default function NotFound() {
  return <Unknown />;
}
