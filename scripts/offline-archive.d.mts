interface Image {
  readonly image: string;
  readonly digest: string | null;
  readonly use: string;
}

export function imageList(containerfile: string, version: string, runtime?: string): readonly Image[];
export function offlineContainerfile(containerfile: string, runtime?: string): string;
