/** Where dashboards come from, behind one interface. Sources decide nothing about access; the handlers do. */
import type { Dashboard } from '../contracts/dashboard';

export interface DashboardStore {
  /** Every valid dashboard of the source, in a stable order. */
  list(): Promise<readonly Dashboard[]>;
  /** One dashboard, or undefined when there is none of this name in this project. */
  get(project: string, name: string): Promise<Dashboard | undefined>;
}
