/** `POST /api/import/grafana`: what a dashboard of Grafana becomes here. Stores nothing. */
import type { ImportAnswer } from '../contracts/editor';
import { parseDashboard } from '../dashboards/parse';
import { AppError } from '../errors/app-error';
import { readText } from '../http/body';
import { jsonResponse } from '../http/json';
import type { IdentityHandler } from '../http/with-identity';
import { GrafanaImportError, importGrafana } from './import';

/** As much as the host's proxy lets through. */
const maxBytes = 1024 * 1024;

/**
 * Handler: Grafana's JSON as the body.
 *
 * It throws AppError `ERR_DASH_002` for what is none, or is of a version that is not read; `ERR_QUERY_003` for a larger body.
 *
 * @param platformProject project of what is made, until somebody chooses another
 */
export function createGrafanaImport(platformProject: string): IdentityHandler {
  return async (request) => {
    const text = await readText(request.body, maxBytes, request.signal);
    if (text === undefined) throw new AppError('ERR_QUERY_003', { detail: `The body is larger than the ${maxBytes} bytes allowed.` });
    const { resource, report } = imported(text);
    const parsed = parseDashboard(resource, platformProject);
    // What the import makes has the form of a dashboard; anything else is a defect of it.
    if ('problems' in parsed) throw new Error(`not a dashboard: ${JSON.stringify(parsed.problems)}`);
    const answer: ImportAnswer = { dashboard: parsed.dashboard, report: [...report] };
    return jsonResponse(answer);
  };
}

function imported(text: string): ReturnType<typeof importGrafana> {
  try {
    return importGrafana(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new AppError('ERR_DASH_002', { detail: 'This is not JSON. Export the dashboard from Grafana as a file and use that.' });
    if (error instanceof GrafanaImportError) throw new AppError('ERR_DASH_002', { detail: error.message });
    throw error;
  }
}
