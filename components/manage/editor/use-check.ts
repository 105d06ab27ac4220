/** What is wrong with a text, asked of the server shortly after each change; and the last dashboard that was right. */
import { useEffect, useState } from 'react';
import type { Dashboard } from '../../../lib/contracts/dashboard';
import type { CheckAnswer, TextProblem } from '../../../lib/contracts/editor';
import { useApi } from '../../api/ApiProvider';

export interface Checked {
  /** `failed`: nobody knows, because the server cannot be asked. */
  readonly state: 'checking' | 'valid' | 'invalid' | 'failed';
  readonly problems: readonly TextProblem[];
  /** What this text stands for, with its errors; undefined while it is checked, and where it is no dashboard. */
  readonly understood: Dashboard | undefined;
  /** As it was when the text was last right; undefined until it is. */
  readonly lastValid: Dashboard | undefined;
}

/** Milliseconds without typing until the text is checked. */
const pause = 500;
/** Milliseconds until a check that failed is tried again. */
const again = 5_000;

export function useCheck(text: string): Checked {
  const { editor } = useApi();
  const [answer, setAnswer] = useState<{ readonly text: string; readonly result: CheckAnswer | undefined }>();
  const [lastValid, setLastValid] = useState<Dashboard>();
  const [attempt, setAttempt] = useState(0);
  const isFirst = answer === undefined;

  useEffect(() => {
    const controller = new AbortController();
    let retry: ReturnType<typeof setTimeout> | undefined;
    const check = async (): Promise<void> => {
      try {
        const result = await editor.check(text, controller.signal);
        setAnswer({ text, result });
        if (isValid(result)) setLastValid(result.dashboard);
      } catch {
        if (controller.signal.aborted) return;
        setAnswer({ text, result: undefined });
        retry = setTimeout(() => setAttempt((before) => before + 1), again);
      }
    };
    const timer = setTimeout(() => void check(), isFirst ? 0 : pause);
    return () => {
      clearTimeout(timer);
      clearTimeout(retry);
      controller.abort();
    };
    // The first answer must not ask once more.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- isFirst only shortens the wait
  }, [editor, text, attempt]);

  const isCurrent = answer?.text === text;
  const problems = answer?.result?.problems ?? none;
  const state = !isCurrent ? 'checking' : answer.result === undefined ? 'failed' : isValid(answer.result) ? 'valid' : 'invalid';
  return { state, problems, understood: isCurrent ? answer.result?.dashboard : undefined, lastValid };
}

const none: readonly TextProblem[] = [];

function isValid({ problems, dashboard }: CheckAnswer): boolean {
  return dashboard !== undefined && problems.every(({ severity }) => severity !== 'error');
}
