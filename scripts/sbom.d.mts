interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  /** https://github.com/package-url/purl-spec */
  readonly purl: string;
  readonly licenses?: readonly unknown[];
}

/** CycloneDX 1.6 (https://cyclonedx.org/docs/1.5/json/), as far as it is looked at here. */
interface Bill {
  readonly bomFormat: string;
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

export function billOfMaterials(root?: string): Promise<{ readonly bill: Bill; readonly problems: readonly string[] }>;
