/** The host's frame: masthead, navigation, pages of its own, and the routes that modules bring. */
import { useState } from 'react';
import { Link, Route, Routes, useLocation, matchPath } from 'react-router-dom';
import {
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadMain,
  Nav,
  NavExpandable,
  NavItem,
  NavList,
  Page,
  PageSidebar,
  PageSidebarBody,
  Switch,
  Title,
} from '@patternfly/react-core';
import { CodeRef } from './CodeRef';
import type { HostDocument } from './document';
import { ofType, type Extension } from './extensions';
import { DeploymentsPage } from './pages/DeploymentsPage';
import { ModulePage } from './pages/ModulePage';
import { ProjectPage } from './pages/ProjectPage';
import { ProjectsPage } from './pages/ProjectsPage';

const sections = [{ id: 'observe-and-monitor', title: 'Observe & monitor' }];

export interface AppProps {
  readonly extensions: readonly Extension[];
  readonly pages: HostDocument['pages'];
  readonly userName: string;
}

export function App({ extensions, pages, userName }: AppProps) {
  return (
    <Page
      isContentFilled
      masthead={
        <Masthead>
          <MastheadMain>
            <MastheadBrand>
              <Link to="/">Test host</Link>
            </MastheadBrand>
          </MastheadMain>
          <MastheadContent>
            <DarkSwitch />
            <span data-testid="host-user">{userName}</span>
          </MastheadContent>
        </Masthead>
      }
      sidebar={
        <PageSidebar>
          <PageSidebarBody>
            <Navigation extensions={extensions} pages={pages} />
          </PageSidebarBody>
        </PageSidebar>
      }
    >
      <Routes>
        <Route path="/" element={<Title headingLevel="h1">Home</Title>} />
        <Route path="/projects" element={<ProjectsPage />} />
        <Route path="/projects/:namespace" element={<ProjectPage extensions={extensions} />} />
        <Route path="/ai-hub/models/deployments/:namespace?" element={<DeploymentsPage extensions={extensions} />} />
        {pages.map((page) => (
          <Route key={page.path} path={page.path} element={<ModulePage {...page} />} />
        ))}
        {ofType(extensions, 'app.route').map(({ path, component }) => (
          <Route key={path} path={path} element={<CodeRef component={component} />} />
        ))}
        <Route path="*" element={<Title headingLevel="h1">The host has no such page</Title>} />
      </Routes>
    </Page>
  );
}

function Navigation({ extensions, pages }: Pick<AppProps, 'extensions' | 'pages'>) {
  const { pathname } = useLocation();
  const links = ofType(extensions, 'app.navigation/href');
  const item = (title: string, to: string, path = to) => (
    <NavItem key={to} isActive={matchPath(path, pathname) !== null}>
      <Link to={to}>{title}</Link>
    </NavItem>
  );
  return (
    <Nav aria-label="Host">
      <NavList>
        {item('Home', '/')}
        {item('Projects', '/projects', '/projects/*')}
        {item('Model deployments', '/ai-hub/models/deployments', '/ai-hub/models/deployments/*')}
        {pages.map(({ title, path }) => item(title, path))}
        {sections.map(({ id, title }) => (
          <NavExpandable key={id} title={title} groupId={id} isExpanded>
            {links.filter(({ section }) => section === id).map(({ title: linkTitle, href, path }) => item(linkTitle, href, path))}
          </NavExpandable>
        ))}
      </NavList>
    </Nav>
  );
}

function DarkSwitch() {
  const [isDark, setIsDark] = useState(false);
  return (
    <Switch
      label="Dark"
      isChecked={isDark}
      onChange={(_event, checked) => {
        document.documentElement.classList.toggle('pf-v6-theme-dark', checked);
        setIsDark(checked);
      }}
    />
  );
}
