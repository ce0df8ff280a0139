import { hostname, networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { describeCpu, describeMachine, inspectMachine } from '../../src/host/inspect-machine.ts';
import {
  computeMachineId,
  isInContainer,
  isMachineOwn,
  type MachineFacets,
} from '../../src/host/machine-id.ts';
import { environment, run } from '../../src/schema/run.ts';

const facets: MachineFacets = {
  operatingSystemId: '0f3c5a7e91b24d68a1c2e4f607182934',
  name: null,
  cpuModel: 'AMD EPYC 9654',
  gpuModels: ['NVIDIA H200', 'NVIDIA L4'],
};

test('a machine id is fixed by what the machine is, not by the order of its GPUs', () => {
  expect(computeMachineId(facets)).toBe('794a38b9269b');
  expect(computeMachineId({ ...facets, gpuModels: ['NVIDIA L4', 'NVIDIA H200'] })).toBe(
    computeMachineId(facets),
  );
});

test('a name does not count where the operating system has an id', () => {
  expect(computeMachineId({ ...facets, name: 'runner-1' })).toBe(computeMachineId(facets));
});

test('every facet changes the id', () => {
  const machines: MachineFacets[] = [
    facets,
    { ...facets, operatingSystemId: '0f3c5a7e91b24d68a1c2e4f607182935' },
    { ...facets, operatingSystemId: null },
    { ...facets, operatingSystemId: null, name: 'node-1' },
    { ...facets, operatingSystemId: null, name: 'node-2' },
    { ...facets, cpuModel: 'AMD EPYC 9655' },
    { ...facets, gpuModels: ['NVIDIA H200'] },
    { ...facets, gpuModels: ['NVIDIA H200', 'NVIDIA H200'] },
    { ...facets, gpuModels: [] },
  ];
  expect(new Set(machines.map(computeMachineId)).size).toBe(machines.length);
});

test.each([
  ['0f3c5a7e91b24d68a1c2e4f607182934', false, true],
  ['564D2A48-C4C5-404A-AA1F-6D2A48ADFDA4', false, true],
  ['0f3c5a7e91b24d68a1c2e4f607182934', true, false],
  ['uninitialized', false, false],
  ['', false, false],
])('the operating system’s id %j (in a container: %j) stands for the machine: %j', (id, inContainer, own) => {
  expect(isMachineOwn(id, inContainer)).toBe(own);
});

test('a pod of Kubernetes is a container', async () => {
  expect(await isInContainer({ KUBERNETES_SERVICE_HOST: '10.0.0.1' })).toBe(true);
});

test.each([
  ['AMD', 'EPYC 9654', 'AMD EPYC 9654'],
  ['Intel', 'Core™ i9-14900K', 'Intel Core i9-14900K'],
  ['Intel', 'Intel(R) Xeon(R) Gold 6430', 'Intel Xeon Gold 6430'],
  ['Apple', 'Apple M4 Max', 'Apple M4 Max'],
  ['', 'Cortex-A76', 'Cortex-A76'],
  ['', '', 'arm64 processor'],
])('the processor %j %j is %j', (manufacturer, brand, model) => {
  expect(describeCpu(manufacturer, brand, 'arm64')).toBe(model);
});

const gpu = (vendor: string, model: string) => ({ vendor, model, vramBytes: null, driver: null });

test.each([
  [null, 'AMD EPYC'],
  [[], 'AMD EPYC'],
  [[gpu('Intel', 'UHD Graphics 770')], 'AMD EPYC'],
  [[gpu('Intel', 'UHD Graphics 770'), gpu('NVIDIA', 'NVIDIA L4')], 'NVIDIA L4'],
  [
    [gpu('NVIDIA', 'NVIDIA H200'), gpu('NVIDIA', 'NVIDIA L4'), gpu('NVIDIA', 'NVIDIA H200')],
    '2 × NVIDIA H200, NVIDIA L4',
  ],
])('a machine with the GPUs %j is called %j', (gpus, label) => {
  expect(describeMachine(gpus, 'AMD EPYC')).toBe(label);
});

test('this machine: facts that fit the report, the same each time, and nothing that names it', async () => {
  const facts = await inspectMachine();
  expect(environment.omit({ server: true, runner: true }).parse(facts.environment)).toEqual(
    facts.environment,
  );
  expect(run.shape.machine.parse(facts.machine)).toEqual(facts.machine);
  expect(facts.environment.herdmark.node).toBe(process.versions.node);
  expect(facts.environment.cpu.logicalCores).toBeGreaterThan(0);
  expect(await inspectMachine()).toEqual(facts);

  const words = JSON.stringify(facts)
    .toLowerCase()
    .split(/[^\w.:-]+/);
  expect(words).not.toContain(hostname().toLowerCase());
  for (const addresses of Object.values(networkInterfaces())) {
    for (const { address, mac } of addresses ?? []) {
      expect(words).not.toContain(address);
      expect(words).not.toContain(mac);
    }
  }
});
