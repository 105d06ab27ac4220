/** Makes a dashboard the one that a person begins with, or gives that up. */
import { Button } from '@patternfly/react-core';
import HomeIcon from '@patternfly/react-icons/dist/esm/icons/home-icon';
import { texts } from '../texts';
import { useHome } from './use-home';

export interface HomeButtonProps {
  /** As `<project>/<name>`. */
  readonly dashboard: string;
  readonly title: string;
  /** The icon alone, where there is little room. */
  readonly isCompact?: boolean;
  readonly className?: string | undefined;
}

export function HomeButton({ dashboard, title, isCompact = false, className }: HomeButtonProps) {
  const { home, setHome } = useHome();
  const isHome = home === dashboard;
  const action = isHome ? texts.catalog.home.remove : texts.catalog.home.set;
  return (
    <Button
      variant={isCompact ? 'plain' : 'link'}
      size="sm"
      icon={<HomeIcon />}
      isClicked={isHome}
      onClick={() => setHome(isHome ? undefined : dashboard)}
      data-testid="home-toggle"
      data-home={isHome}
      {...(className === undefined ? {} : { className })}
      {...(isCompact ? { 'aria-label': texts.catalog.home.of(action, title) } : {})}
    >
      {isCompact ? undefined : action}
    </Button>
  );
}
