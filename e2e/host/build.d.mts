/** Types of ./build.mjs. */

/** Builds the host unless that is done; resolves with the folder of the build. */
export declare function buildHost(mode: 'development' | 'production'): Promise<string>;
