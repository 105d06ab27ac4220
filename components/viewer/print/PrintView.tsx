/**
 * The dashboard on paper: laid out once more at the width of an A4 page, beside the page rather than in it, so that
 * nothing of what surrounds the viewer is printed or gets in the way. Prints by itself when all panels are drawn.
 */
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { Button, Modal, ModalBody, ModalFooter, ModalHeader, Progress, Title } from '@patternfly/react-core';
import { darkClass } from '../../perses/colors';
import { texts } from '../../texts';
import { PanelsViewProvider, type PanelsView } from '../panels/panels-view';
import styles from './print.module.css';

export interface PrintViewProps {
  readonly title: string;
  /** What is shown, as terms and texts: project, time range and so on. */
  readonly facts: readonly (readonly [term: string, text: string])[];
  readonly compare: PanelsView['compare'];
  /** When it was printed, or is not to be. */
  readonly onClose: () => void;
  /** The panels. */
  readonly children: ReactNode;
}

export function PrintView({ title, facts, compare, onClose, children }: PrintViewProps) {
  const { done, total, onSettled } = useSettled();
  const [isReady, setIsReady] = useState(false);
  const view = useMemo((): PanelsView => ({ compare, isInteractive: false, onSettled }), [compare, onSettled]);
  useLightTheme();

  // Also before the panels have told of themselves, which is before the next frame, and for a dashboard without any.
  const areAllSettled = done === total;
  useEffect(() => {
    if (!areAllSettled) {
      return;
    }
    let isWanted = true;
    void painted().then(() => isWanted && setIsReady(true));
    return () => {
      isWanted = false;
    };
  }, [areAllSettled]);

  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    if (!isReady) {
      return;
    }
    const printed = (): void => close.current();
    window.addEventListener('afterprint', printed);
    window.print();
    return () => window.removeEventListener('afterprint', printed);
  }, [isReady]);

  return (
    <>
      {createPortal(
        <div className={styles['print']} data-testid="print-view" data-ready={isReady}>
          <header className={styles['header']}>
            <Title headingLevel="h1">{title}</Title>
            <dl className={styles['facts']}>
              {facts.map(([term, text]) => (
                <div key={term}>
                  <dt>{term}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </header>
          <PanelsViewProvider value={view}>{children}</PanelsViewProvider>
        </div>,
        document.body,
      )}
      {!isReady && (
        <Modal isOpen variant="small" onClose={onClose} aria-labelledby="print-title" data-testid="print-progress">
          <ModalHeader title={texts.viewer.print.preparing} labelId="print-title" />
          <ModalBody>
            <Progress value={done} max={Math.max(1, total)} valueText={texts.viewer.print.progressInWords(done, total)} label={texts.viewer.print.progress(done, total)} title={texts.viewer.print.drawn} />
          </ModalBody>
          <ModalFooter>
            <Button variant="link" onClick={onClose}>
              {texts.common.cancel}
            </Button>
          </ModalFooter>
        </Modal>
      )}
    </>
  );
}

/** How many panels there are, and how many of them have all that they show. */
function useSettled() {
  const [panels, setPanels] = useState<ReadonlyMap<string, boolean>>(new Map());
  const onSettled = useCallback((id: string, isSettled: boolean) => setPanels((before) => (before.get(id) === isSettled ? before : new Map(before).set(id, isSettled))), []);
  return { done: [...panels.values()].filter(Boolean).length, total: panels.size, onSettled };
}

/** Resolves when what was rendered last is on the canvases, and in its fonts. */
async function painted(): Promise<void> {
  for (let frame = 0; frame < 3; frame += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  await document.fonts.ready;
}

/** Paper is white. The theme is the whole page's, and given back. */
function useLightTheme(): void {
  useEffect(() => {
    const { classList } = document.documentElement;
    const wasDark = classList.contains(darkClass);
    classList.remove(darkClass);
    return () => {
      if (wasDark) classList.add(darkClass);
    };
  }, []);
}
