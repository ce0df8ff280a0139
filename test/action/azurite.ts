import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  BlobSASPermissions,
  BlobServiceClient,
  generateBlobSASQueryParameters,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';

export interface BlobStorage {
  /** A URL that may read and write one blob and nothing else, as the real service gives out. */
  signUrl(blob: string): string;
  close(): Promise<void>;
}

// The account and key that are built into Azurite and published with it.
const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const container = 'artifacts';
const main = new URL('../../node_modules/azurite/dist/src/blob/main.js', import.meta.url).pathname;
const flags = '--inMemoryPersistence --blobPort 0 --silent --skipApiVersionCheck --disableTelemetry';

/** Starts Azurite, Microsoft's own emulator of the blob storage that holds GitHub's artifacts. */
export async function startBlobStorage(): Promise<BlobStorage> {
  const server = spawn(process.execPath, [main, ...flags.split(' ')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = await readAddress(server.stdout);
  const credential = new StorageSharedKeyCredential(account, key);
  await new BlobServiceClient(`${url}/${account}`, credential).createContainer(container);
  return {
    signUrl(blobName) {
      const expiresOn = new Date(Date.now() + 3_600_000);
      const permissions = BlobSASPermissions.parse('rcw');
      const query = generateBlobSASQueryParameters(
        { containerName: container, blobName, expiresOn, permissions },
        credential,
      );
      return `${url}/${account}/${container}/${blobName}?${query}`;
    },
    async close() {
      server.kill('SIGKILL');
      await closed;
    },
  };
}

async function readAddress(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const address = /listens on (http:\S+)/.exec(line)?.[1];
    if (address !== undefined) {
      output.resume();
      return address;
    }
  }
  throw new Error('Azurite ended before it listened.');
}
