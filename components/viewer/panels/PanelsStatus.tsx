/** Tells assistive technology how the panels are getting on, as a whole: one message, not one for each panel. */
import { useEffect, useState } from 'react';
import { usePanelStates } from './use-panel-states';

/** A message is said when nothing changed for this time, in milliseconds: panels come one after the other. */
const settle = 1000;

export function PanelsStatus() {
  const { waiting, failed } = usePanelStates();
  const text = waiting > 0 ? 'Loading panels' : failed > 0 ? `${failed} ${failed === 1 ? 'query' : 'queries'} of the panels failed` : 'Panels are up to date';
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
