'use client';
/** The frame of the standalone app. Inside a host, the host's own frame stands in its place. */
import { useRef, useState, type ReactNode } from 'react';
import Link from 'next/link';
import {
  Dropdown,
  DropdownItem,
  DropdownList,
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MenuToggle,
  Page,
  SkipToContent,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import UserIcon from '@patternfly/react-icons/dist/esm/icons/user-icon';
import { isKiosk } from '../../components/host/kiosk';
import { useHost } from '../../components/host/HostProvider';
import { readPageAddress } from '../../components/pages/page-address';
import { texts } from '../../components/texts';
import { catalogPath } from '../../lib/contracts/links';
import styles from './shell.module.css';

const mainId = 'main';

export function Shell({ userName, children }: { readonly userName: string | undefined; readonly children: ReactNode }) {
  const { location } = useHost();
  // A screen on a wall shows a dashboard and nothing else.
  if (isKiosk(new URLSearchParams(location.search)) && readPageAddress(location.pathname).page === 'dashboard') {
    return (
      <Page isContentFilled sidebar={null}>
        {children}
      </Page>
    );
  }
  return (
    <Page
      isContentFilled
      mainContainerId={mainId}
      skipToContent={<SkipToContent href={`#${mainId}`}>{texts.app.skipToContent}</SkipToContent>}
      masthead={
        <Masthead>
          <MastheadMain>
            <MastheadBrand>
              <MastheadLogo component={Brand} />
            </MastheadBrand>
          </MastheadMain>
          <MastheadContent>
            <Toolbar isStatic>
              <ToolbarContent>
                <ToolbarItem align={{ default: 'alignEnd' }}>{userName !== undefined && <UserMenu name={userName} />}</ToolbarItem>
              </ToolbarContent>
            </Toolbar>
          </MastheadContent>
        </Masthead>
      }
    >
      {children}
    </Page>
  );
}

function Brand({ className }: { readonly className?: string }) {
  return (
    <Link href={catalogPath} prefetch={false} className={`${className ?? ''} ${styles['brand'] ?? ''}`}>
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="8" className={styles['mark']} />
        <path d="M6 19h5l3-9 4 14 3-8h5" fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <span>{texts.common.product}</span>
    </Link>
  );
}

function UserMenu({ name }: { readonly name: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const signOut = useRef<HTMLFormElement>(null);
  return (
    <>
      {/* Signing out changes state, so it is a POST that carries this page's origin, not a link. */}
      <form ref={signOut} method="post" action="/api/auth/sign-out" hidden />
      <Dropdown
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        shouldFocusToggleOnSelect
        popperProps={{ position: 'right', appendTo: 'inline' }}
        toggle={(ref) => (
          <MenuToggle
            ref={ref}
            variant="plainText"
            icon={<UserIcon />}
            isExpanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
            data-testid="user-menu"
          >
            {name}
          </MenuToggle>
        )}
      >
        <DropdownList>
          <DropdownItem onClick={() => signOut.current?.requestSubmit()} data-testid="sign-out">
            {texts.app.signOut}
          </DropdownItem>
        </DropdownList>
      </Dropdown>
    </>
  );
}
