/** Types of ./index.mjs, which is plain JavaScript because it runs before TypeScript can. */

export interface Steps {
  /** Time since these steps began, for people. */
  elapsed(): string;
  print(line: string): void;
  run<T>(title: string, work: (report: (detail: string) => void) => Promise<T>): Promise<T>;
}

interface SetupOptions {
  readonly steps?: Steps | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface ToolOptions extends SetupOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly uid?: number;
}

export declare class SetupError extends Error {}
export declare const projectRoot: string;
export declare function createSteps(output?: { write(text: string): unknown; isTTY?: boolean; columns?: number }): Steps;
export declare function runCommand(
  command: string,
  args: readonly string[],
  options?: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly signal?: AbortSignal | undefined;
    readonly onLine?: (line: string) => void;
  },
): Promise<void>;
export declare function hashFiles(root: string, paths: readonly string[], include?: (path: string) => boolean): Promise<string>;
export declare function packagesAreCurrent(root?: string): Promise<boolean>;
export declare function ensureNpmPackages(options?: SetupOptions & { readonly root?: string }): Promise<void>;
export declare function ensureBuild(options?: SetupOptions): Promise<void>;
export declare function ensurePrometheus(options?: ToolOptions): Promise<{ prometheus: string; promtool: string }>;
export declare function ensureChromium(options?: ToolOptions): Promise<string>;
