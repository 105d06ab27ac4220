/** The models that a project serves: requests, errors and latency of each. */
import {
  Card,
  CardBody,
  CardFooter,
  CardTitle,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Title,
} from '@patternfly/react-core';
import { dashboardHref, shortcutPath } from '../../lib/contracts/links';
import type { Model, Models } from '../../lib/contracts/summary';
import { useHost } from '../host/HostProvider';
import { texts } from '../texts';
import type { FigureUnit } from './figure-text';
import { FigureView } from './FigureView';
import styles from './summary.module.css';

interface ModelsCardProps {
  readonly namespace: string;
  readonly models: Models;
  /** Length of the trends in milliseconds. */
  readonly range: number;
}

export function ModelsCard({ namespace, models, range }: ModelsCardProps) {
  const { Link } = useHost();
  return (
    <Card data-testid="summary-models">
      <CardTitle component="h3">{texts.summary.models.title}</CardTitle>
      <CardBody>
        {models.state === 'measured' ? (
          <div className={styles.models}>
            {models.shown.map((model) => (
              <ModelFigures key={model.name} namespace={namespace} model={model} range={range} />
            ))}
            {models.total > models.shown.length && (
              <div>{texts.summary.models.shown(models.shown.length.toLocaleString(), models.total.toLocaleString())}</div>
            )}
          </div>
        ) : (
          <FigureView figure={models} unit="count" range={range} />
        )}
      </CardBody>
      <CardFooter>
        <Link href={shortcutPath('serving', { namespace })}>{texts.summary.models.link}</Link>
      </CardFooter>
    </Card>
  );
}

const columns: readonly { readonly name: 'requestRate' | 'errorRate' | 'latencyP95'; readonly unit: FigureUnit }[] = [
  { name: 'requestRate', unit: 'requests per second' },
  { name: 'errorRate', unit: 'percent' },
  { name: 'latencyP95', unit: 'milliseconds' },
];

function ModelFigures({ namespace, model, range }: { readonly namespace: string; readonly model: Model; readonly range: number }) {
  const { Link } = useHost();
  return (
    <section aria-label={model.name} className={styles.model} data-testid="summary-model" data-model={model.name}>
      <Title headingLevel="h4" size="md">
        <Link href={dashboardHref({ kind: 'model', namespace, name: model.name })}>{model.name}</Link>
      </Title>
      <DescriptionList isCompact isAutoFit autoFitMinModifier={{ default: '150px' }}>
        {columns.map(({ name, unit }) => (
          <DescriptionListGroup key={name} data-testid={`figure-${name}`}>
            <DescriptionListTerm>{texts.summary.models[name]}</DescriptionListTerm>
            <DescriptionListDescription>
              <FigureView figure={model[name]} unit={unit} range={range} />
            </DescriptionListDescription>
          </DescriptionListGroup>
        ))}
      </DescriptionList>
    </section>
  );
}
