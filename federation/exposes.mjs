/** What a host can load from `odhObservability`, by name. Types for hosts are in types/. */
export const exposes = {
  './DashboardCatalog': './exposes/DashboardCatalog',
  './DashboardViewer': './exposes/DashboardViewer',
  './extensions': './exposes/extensions',
  './links': './exposes/links',
  './SummaryPanel': './exposes/SummaryPanel',
};
