/** The caller's projects, each leading to where it is summed up. */
import { Label, LabelGroup } from '@patternfly/react-core';
import { projectPath } from '../../lib/contracts/links';
import { useHost } from '../host/HostProvider';
import { texts } from '../texts';

/** More are behind a button: an administrator may have hundreds. */
const shown = 8;

export function ProjectLinks({ projects }: { readonly projects: readonly string[] }) {
  const { Link } = useHost();
  return (
    <LabelGroup categoryName={texts.catalog.projects} numLabels={shown} data-testid="project-links">
      {projects.map((project) => (
        <Label
          key={project}
          isClickable
          variant="outline"
          render={({ className, content }) => (
            <Link href={projectPath(project)} className={className}>
              {content}
            </Link>
          )}
        >
          {project}
        </Label>
      ))}
    </LabelGroup>
  );
}
