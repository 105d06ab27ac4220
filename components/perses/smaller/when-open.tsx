/** MUI's overlays, fetched when one is opened: they bring focus traps, backdrops and transitions that no panel needs to be read. */
import { useState, type ComponentType } from 'react';
import { deferred } from '../../feedback/deferred';

export function whenOpen<Props extends { readonly open: boolean }>(load: () => Promise<{ readonly default: ComponentType<Props> }>): ComponentType<Props> {
  const Overlay = deferred(load, () => null);
  return function WhenOpen(props: Props) {
    const [wasOpen, setWasOpen] = useState(props.open);
    if (props.open && !wasOpen) {
      setWasOpen(true);
    }
    // Stays once it was open: it closes by a transition.
    return wasOpen ? <Overlay {...props} /> : null;
  };
}
