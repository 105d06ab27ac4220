/** How a new dashboard begins, what it is called and whose it is. */
import { useState, type FormEvent } from 'react';
import { ActionGroup, Button, Content, Form, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, PageSection, Radio, TextInput, Title } from '@patternfly/react-core';
import { titleOf, type Dashboard } from '../../../lib/contracts/dashboard';
import { dashboardKey } from '../../../lib/contracts/links';
import { useDashboards } from '../../api/ApiProvider';
import { manageEditor } from '../../texts/manage-editor';
import { nameFor, namePattern, placedAt } from './document';
import { ImportField } from './ImportField';
import { fromTemplate, type TemplateName } from './templates';

const words = manageEditor.start;
const templates = ['serving', 'training', 'project'] as const satisfies readonly TemplateName[];
const ways = ['blank', 'template', 'copy', 'import'] as const;
type Way = (typeof ways)[number];

export interface StartFormProps {
  /** Where the person may make dashboards. */
  readonly projects: readonly string[];
  readonly platformProject: string;
  /** What is to be copied, where the page was opened for that. */
  readonly original: Dashboard | undefined;
  readonly onBegin: (dashboard: Dashboard) => void;
}

export function StartForm({ projects, platformProject, original, onBegin }: StartFormProps) {
  const { data: dashboards = [] } = useDashboards();
  const [way, setWay] = useState<Way>(original === undefined ? 'blank' : 'copy');
  const [template, setTemplate] = useState<TemplateName>('serving');
  const [copied, setCopied] = useState(original);
  const [imported, setImported] = useState<Dashboard>();
  const [ownTitle, setOwnTitle] = useState<string>();
  const [ownName, setOwnName] = useState<string>();
  const [project, setProject] = useState(() => (original !== undefined && projects.includes(original.metadata.project) ? original.metadata.project : (projects.find((one) => one !== platformProject) ?? projects[0] ?? '')));

  const source = { blank: fromTemplate('blank'), template: fromTemplate(template), copy: copied, import: imported }[way];
  const title = ownTitle ?? (source === undefined ? '' : way === 'copy' ? words.copyTitle(titleOf(source)) : titleOf(source));
  const name = ownName ?? nameFor(title);
  const isNameValid = namePattern.test(name);
  const copyable = original === undefined || dashboards.some(({ metadata }) => dashboardKey(metadata) === dashboardKey(original.metadata)) ? dashboards : [original, ...dashboards];

  const begin = (event: FormEvent): void => {
    event.preventDefault();
    if (source !== undefined && isNameValid && title !== '') onBegin(placedAt(source, { project, name }, title));
  };

  return (
    <PageSection isFilled>
      <Form onSubmit={begin} isWidthLimited data-testid="start-form">
        <Title headingLevel="h1">{manageEditor.titleNew}</Title>
        <FormGroup role="radiogroup" fieldId="start-way" label={words.lead}>
          {ways.map((one) => (
            <Radio key={one} id={`start-${one}`} name="start-way" label={words[one].title} description={words[one].body} isChecked={way === one} onChange={() => setWay(one)} />
          ))}
        </FormGroup>
        {way === 'template' && (
          <FormGroup label={words.templateLabel} fieldId="start-template">
            <FormSelect id="start-template" value={template} onChange={(_event, value) => setTemplate(templates.find((one) => one === value) ?? 'serving')}>
              {templates.map((one) => (
                <FormSelectOption key={one} value={one} label={manageEditor.templates.names[one].title} />
              ))}
            </FormSelect>
            <Hint text={manageEditor.templates.names[template].body} />
          </FormGroup>
        )}
        {way === 'copy' && (
          <FormGroup label={words.copyLabel} fieldId="start-copy" isRequired>
            <FormSelect id="start-copy" value={copied === undefined ? '' : dashboardKey(copied.metadata)} onChange={(_event, value) => setCopied(copyable.find(({ metadata }) => dashboardKey(metadata) === value))}>
              <FormSelectOption value="" label={words.copyChoose} isPlaceholder />
              {copyable.map((dashboard) => (
                <FormSelectOption key={dashboardKey(dashboard.metadata)} value={dashboardKey(dashboard.metadata)} label={`${titleOf(dashboard)} (${dashboardKey(dashboard.metadata)})`} />
              ))}
            </FormSelect>
          </FormGroup>
        )}
        {way === 'import' && <ImportField onImported={setImported} />}
        <FormGroup label={words.title} fieldId="start-title" isRequired>
          <TextInput id="start-title" value={title} onChange={(_event, value) => setOwnTitle(value)} isRequired />
          <Hint text={words.titleHint} />
        </FormGroup>
        <FormGroup label={words.name} fieldId="start-name" isRequired>
          <TextInput id="start-name" value={name} onChange={(_event, value) => setOwnName(value)} isRequired validated={name === '' || isNameValid ? 'default' : 'error'} />
          <FormHelperText>
            <HelperText>
              <HelperTextItem variant={name === '' || isNameValid ? 'default' : 'error'}>{name === '' || isNameValid ? words.nameHint : words.nameInvalid}</HelperTextItem>
            </HelperText>
          </FormHelperText>
        </FormGroup>
        <FormGroup label={words.project} fieldId="start-project" isRequired>
          <FormSelect id="start-project" value={project} onChange={(_event, value) => setProject(value)}>
            {projects.map((one) => (
              <FormSelectOption key={one} value={one} label={one === platformProject ? words.platform(one) : one} />
            ))}
          </FormSelect>
          <Hint text={words.projectHint} />
        </FormGroup>
        <ActionGroup>
          <Button type="submit" isDisabled={source === undefined || !isNameValid || title === ''} data-testid="begin">
            {words.proceed}
          </Button>
        </ActionGroup>
      </Form>
    </PageSection>
  );
}

function Hint({ text }: { readonly text: string }) {
  return (
    <FormHelperText>
      <Content component="small">{text}</Content>
    </FormHelperText>
  );
}

