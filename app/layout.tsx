/** The document around every page: language, styles, title. Knows no session and no dashboard. */
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import '@patternfly/react-core/dist/styles/base.css';

// The content security policy has a nonce for each request, and only pages rendered for a request can carry it.
export const dynamic = 'force-dynamic';

export const metadata: Metadata = {
  title: { template: '%s · OpenShift AI Observability', default: 'OpenShift AI Observability' },
  description: 'Dashboards for the workloads of your OpenShift AI projects',
};

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
