/** Tells assistive technology how the panels are getting on, as a whole: one message, not one for each panel. */
import { useEffect, useState } from 'react';
import { texts } from '../../texts';
import { usePanelStates } from './use-panel-states';

/** A message is said when nothing changed for this time, in milliseconds: panels come one after the other. */
const settle = 1000;

export function PanelsStatus() {
  const { waiting, failed, isDown } = usePanelStates();
  const text = isDown ? texts.panels.states.down : waiting > 0 ? texts.panels.states.loading : failed > 0 ? texts.panels.states.failed(failed) : texts.panels.states.ready;
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), settle);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div role="status" className="pf-v6-screen-reader" data-testid="panels-status">
      {said}
    </div>
  );
}
