/** The document around every page: language, styles, title. Knows no session and no dashboard. */
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import '@patternfly/react-core/dist/styles/base.css';
import { texts } from '../components/texts';

// The content security policy has a nonce for each request, and only pages rendered for a request can carry it.
export const dynamic = 'force-dynamic';

export const metadata: Metadata = {
  title: { template: texts.common.pageTitle('%s'), default: texts.common.product },
  description: texts.common.productDescription,
};

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang={texts.language}>
      <body>{children}</body>
    </html>
  );
}
