/** The front door leads to the list of dashboards. */
import { redirect } from 'next/navigation';
import { catalogPath } from '../lib/contracts/links';

export default function Home(): never {
  redirect(catalogPath);
}
