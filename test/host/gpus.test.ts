import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAmdSmi, parseRocmSmi } from '../../src/host/amd.ts';
import { type GpuSources, inspectGpus, readPciClasses } from '../../src/host/gpus.ts';
import { parseNvidiaSmi } from '../../src/host/nvidia.ts';
import type { ToolAnswer } from '../../src/host/run-tool.ts';

const readFixture = (name: string) => readFile(join(import.meta.dirname, 'fixtures', name), 'utf8');
const mebibyte = 1024 ** 2;
const rtx4090 = {
  vendor: 'NVIDIA',
  model: 'NVIDIA GeForce RTX 4090',
  vramBytes: 24_564 * mebibyte,
  driver: '560.35.03',
};
const rtx3060 = {
  vendor: 'NVIDIA',
  model: 'NVIDIA GeForce RTX 3060',
  vramBytes: 12_288 * mebibyte,
  driver: '560.35.03',
};
const rx7900 = { vendor: 'AMD', model: 'Radeon RX 7900 XT', vramBytes: 21_458_059_264, driver: '6.8.5' };
const mi210 = {
  vendor: 'AMD',
  model: 'AMD Instinct MI210',
  vramBytes: 65_520 * mebibyte,
  driver: '6.14.0-24-generic',
};

describe('what a tool prints', () => {
  test.each([
    ['nvidia-smi.txt', parseNvidiaSmi, [rtx4090, rtx3060]],
    [
      'nvidia-smi-unified-memory.txt',
      parseNvidiaSmi,
      [{ vendor: 'NVIDIA', model: 'NVIDIA GB10', vramBytes: null, driver: '580.126.09' }],
    ],
    ['rocm-smi.txt', parseRocmSmi, [rx7900]],
    [
      'rocm-smi-5.txt',
      parseRocmSmi,
      [
        {
          vendor: 'AMD',
          model: 'Arcturus GL-XL [AMD Instinct MI100]',
          vramBytes: 34_342_961_152,
          driver: '5.13.20.5.1',
        },
        { vendor: 'AMD', model: 'AMD GPU', vramBytes: 34_342_961_152, driver: '5.13.20.5.1' },
      ],
    ],
    ['amd-smi.txt', parseAmdSmi, [mi210]],
    [
      'amd-smi-6.txt',
      parseAmdSmi,
      [
        { vendor: 'AMD', model: 'AMD Instinct MI300X', vramBytes: 196_592 * mebibyte, driver: '6.10.5' },
        { vendor: 'AMD', model: 'AMD GPU', vramBytes: null, driver: null },
      ],
    ],
  ])('%s', async (name, parse, gpus) => {
    expect(parse(await readFixture(name))).toEqual(gpus);
  });

  test.each([
    ['', []],
    ['No devices were found\n', []],
    ['a, b', []],
    ['NVIDIA H200, 0, 570.1', [{ vendor: 'NVIDIA', model: 'NVIDIA H200', vramBytes: null, driver: '570.1' }]],
    [
      'NVIDIA H200, 1e9, [N/A]\r\n',
      [{ vendor: 'NVIDIA', model: 'NVIDIA H200', vramBytes: null, driver: null }],
    ],
    ['One, Two, 1, 2', [{ vendor: 'NVIDIA', model: 'One, Two', vramBytes: mebibyte, driver: '2' }]],
    ['\u001b[31mx\u202e, 1, 2', [{ vendor: 'NVIDIA', model: '[31mx', vramBytes: mebibyte, driver: '2' }]],
  ])('nvidia-smi: %j', (output, gpus) => {
    expect(parseNvidiaSmi(output)).toEqual(gpus);
  });

  test.each(['', 'no JSON', '{', '[1]', '{"gpu_data": 1}', '{"card0": 1}', '[{"asic": {}}]', '[[[['])(
    'of AMD: %j is no answer',
    (output) => {
      expect([parseAmdSmi(output), parseRocmSmi(output)]).toEqual([null, null]);
    },
  );

  test('a driver alone is no GPU', () => {
    expect(parseRocmSmi('{"system": {"Driver version": "6.8.5"}}')).toEqual([]);
    expect(parseAmdSmi('{"gpu_data": []}')).toEqual([]);
  });
});

describe('the GPUs of a machine', () => {
  const absent: ToolAnswer = { status: 'absent' };
  const failed: ToolAnswer = { status: 'failed', reason: 'exit code 9' };

  function machine(
    tools: Record<string, ToolAnswer>,
    controllers: [vendor: string, model: string][] = [],
    pciClasses: string[] | null = null,
  ): GpuSources {
    return {
      runTool: async (command) => tools[command] ?? absent,
      listControllers: async () => controllers.map(([vendor, model]) => ({ vendor, model })),
      readPciClasses: async () => pciClasses,
    };
  }
  const answers = async (name: string): Promise<ToolAnswer> => ({
    status: 'ok',
    output: await readFixture(name),
  });

  test('come from the tools of both vendors', async () => {
    const tools = { 'nvidia-smi': await answers('nvidia-smi.txt'), 'amd-smi': await answers('amd-smi.txt') };
    expect(await inspectGpus(machine(tools))).toEqual([rtx4090, rtx3060, mi210]);
  });

  test.each([absent, failed, { status: 'ok', output: 'Unable to detect any GPU' } as const])(
    'come from rocm-smi where amd-smi answers %j',
    async (amdSmi) => {
      const tools = { 'amd-smi': amdSmi, 'rocm-smi': await answers('rocm-smi.txt') };
      expect(await inspectGpus(machine(tools))).toEqual([rx7900]);
    },
  );

  test('are names alone where only the operating system knows them, and only those that run models', async () => {
    const controllers: [string, string][] = [
      ['ASPEED Technology, Inc.', 'ASPEED Graphics Family'],
      ['Advanced Micro Devices, Inc. [AMD/ATI]', 'Navi 31'],
      ['NVIDIA Corporation', 'GA102 [GeForce RTX 3090]'],
      ['Apple', 'Apple M4 Max'],
      ['', 'Intel(R) Arc(TM) A770'],
      ['Microsoft', 'Microsoft Hyper-V Video'],
    ];
    expect(await inspectGpus(machine({ 'nvidia-smi': failed }, controllers))).toEqual([
      { vendor: 'AMD', model: 'Navi 31', vramBytes: null, driver: null },
      { vendor: 'NVIDIA', model: 'GA102 [GeForce RTX 3090]', vramBytes: null, driver: null },
      { vendor: 'Apple', model: 'Apple M4 Max', vramBytes: null, driver: null },
      { vendor: 'Intel', model: 'Intel(R) Arc(TM) A770', vramBytes: null, driver: null },
    ]);
  });

  test.each([
    ['its PCI devices hold no display', ['0x060000', '0x020000'], []],
    ['a display is there that no tool can name', ['0x060000', '0x030200'], null],
    ['nothing tells', null, null],
  ])('are none, or unknown, where %s', async (_, pciClasses, gpus) => {
    expect(await inspectGpus(machine({}, [], pciClasses))).toEqual(gpus);
  });

  test('are bounded, whatever a tool prints', async () => {
    const output = 'NVIDIA H200, 1, 2\n'.repeat(10_000);
    expect(await inspectGpus(machine({ 'nvidia-smi': { status: 'ok', output } }))).toHaveLength(64);
  });
});

describe('PCI classes', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'herdmark-pci-'));
    for (const [device, pciClass] of [
      ['0000:00:00.0', '0x060000\n'],
      ['0000:01:00.0', '0x030200\n'],
    ] as const) {
      await mkdir(join(folder, 'devices', device), { recursive: true });
      await writeFile(join(folder, 'devices', device, 'class'), pciClass);
    }
    await mkdir(join(folder, 'empty'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('are read from sysfs', async () => {
    expect((await readPciClasses(join(folder, 'devices')))?.sort()).toEqual(['0x030200', '0x060000']);
  });

  test.each(['empty', 'missing'])('are unknown where sysfs is %s', async (name) => {
    expect(await readPciClasses(join(folder, name))).toBeNull();
  });
});
