/**
 * A host that loads federated modules as ODH Dashboard does. It knows of a module what its configuration says, and what
 * the module's extensions say of themselves.
 */
import '@patternfly/react-core/dist/styles/base.css';
import './host.css';
import { init } from '@module-federation/runtime';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router-dom';
import { App } from './App';
import { loadExtensions } from './extensions';
import { readDocument } from './document';

const { remotes, pages, userName } = readDocument();

// As ODH Dashboard calls it; what replaces it came after its version.
// eslint-disable-next-line @typescript-eslint/no-deprecated
init({ name: 'app', remotes: remotes.map(({ name, remoteEntry }) => ({ name, entry: `/_mf/${name}${remoteEntry}` })) });

const root = document.getElementById('root');
if (root !== null) {
  const extensions = await loadExtensions(remotes.map(({ name }) => name));
  createRoot(root).render(
    <BrowserRouter>
      <App extensions={extensions} pages={pages} userName={userName} />
    </BrowserRouter>,
  );
}
